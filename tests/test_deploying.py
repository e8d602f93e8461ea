"""The files that put Caveat on a server say what the code does."""

from __future__ import annotations

import configparser
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from bot.store.database import open_database

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_holds_what_production_needs_and_runs_as_nobody() -> None:
    """Every folder that is copied exists; no tests, no simulated Discord; not as root."""
    copied = re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE)
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"}

    assert {"bot", "cogs", "data", "bot.py", "requirements.lock"} == set(copied) == allowed
    assert all((ROOT / name).exists() for name in copied)
    assert "requirements-dev.lock" not in DOCKERFILE
    assert DOCKERFILE.index("USER caveat") < DOCKERFILE.index("ENTRYPOINT")
    assert '"bot.py", "health"]' in DOCKERFILE


def test_the_services_are_closed_down_and_set_what_settings_know() -> None:
    """Read-only, without capabilities; every variable is one of ours."""
    services: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    bot = services["caveat"]

    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert {name.lower() for name in bot["environment"]} <= Settings.model_fields.keys()
    assert bot["environment"]["DATABASE_URL"].startswith("postgresql://")
    assert bot["healthcheck"]["test"][-2:] == ["bot.py", "health"]
    assert "ports" not in bot


def test_the_unit_is_hardened_and_starts_the_bot() -> None:
    """It gives the bot time to write what is queued, and nobody else a look at its files."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # pyright: ignore[reportAttributeAccessIssue] names of settings have capitals
    unit.read(ROOT / "deploy" / "caveat.service")
    service = unit["Service"]

    assert service["ExecStart"].endswith("bot.py run")
    assert int(service["TimeoutStopSec"]) >= 10
    assert service["ProtectSystem"] == "strict"
    assert service["UMask"] == "0077"


@pytest.mark.parametrize("name", ["caveat.db", "new/caveat.db"])
async def test_a_new_database_is_its_owners_alone(tmp_path: Path, name: str) -> None:
    """Whatever the umask of the process."""
    database = await open_database(f"sqlite:///{tmp_path / name}")
    await database.close()
    assert (tmp_path / name).stat().st_mode & 0o077 == 0
