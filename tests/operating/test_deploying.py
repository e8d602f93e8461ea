"""The files that put Caveat on a server say what the code does."""

from __future__ import annotations

import configparser
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.app import composed
from bot.operating.metrics import Metrics
from bot.operating.observing import Handled
from bot.settings import Settings
from bot.store.database import open_database
from bot.ui.kit.context import Outcome

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_holds_what_production_needs_and_runs_as_nobody() -> None:
    """Every folder that is copied exists; no tests, no simulated Discord; not as root."""
    copied = re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE)
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"}

    locks = {"requirements.lock", "requirements-cjk.lock", "requirements-meaning.lock"}
    assert {"bot", "cogs", "data", "bot.py", *locks} == set(copied) == allowed
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


def _expressions() -> list[str]:
    """Every question that the dashboard and the alerts ask of Prometheus."""
    board: dict[str, Any] = json.loads((ROOT / "deploy" / "grafana.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    return asked + [rule["expr"] for rule in _alerts()]


def _alerts() -> list[dict[str, Any]]:
    rules: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8"))
    return [rule for group in rules["groups"] for rule in group["rules"]]


async def test_every_metric_that_is_looked_at_is_told(settings: Settings) -> None:
    """And every metric of ours is looked at; labels and their values are ones that the bot gives."""
    async with composed(settings) as bot:
        metrics = Metrics(bot)
        for outcome in Outcome:
            metrics.count(Handled("ask", outcome, True, 0.1, "00000000"))
        bot.daily.succeeded["backup"] = bot.services.clock()
        bot.database.errors.update(["locked", "IntegrityError"])
        families = list(text_string_to_metric_families(metrics.page().decode()))
    samples = [sample for family in families for sample in family.samples]
    told = {sample.name for sample in samples}
    labels = {
        (sample.name, label, value)
        for sample in samples
        for label, value in sample.labels.items()
        if label not in {"le", "command"}
    }
    asked = " ".join(_expressions())
    named = set(re.findall(r"\b(?:caveat|process)_\w+", asked))

    assert named <= told
    assert {each for each in told if each.startswith("caveat_")} - named <= {
        "caveat_build",
        "caveat_command_seconds_count",
        "caveat_command_seconds_sum",
        "caveat_event_loop_lag_seconds_count",
        "caveat_event_loop_lag_seconds_sum",
    }
    for name, inside in re.findall(r"\b(caveat_\w+)\{([^}]*)\}", asked):
        for label, values in re.findall(r'(\w+)!?[=~]+"([^"]*)"', inside):
            assert {(name, label, value) for value in values.split("|")} <= labels
    for label in re.findall(r"sum by \((\w+)\)", asked):
        assert label in {"le", "command", *(each for _, each, _ in labels)}


def test_every_alert_says_what_to_do_and_is_explained() -> None:
    """Whoever is woken needs no other page, and finds one."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    alerts = _alerts()

    assert len({rule["alert"] for rule in alerts}) == len(alerts) > 8
    for rule in alerts:
        assert f"| `{rule['alert']}` |" in page
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert all(rule["annotations"][name].endswith(".") for name in ("summary", "action")), rule["alert"]
    assert page.count("| `Caveat") == len(alerts)


def test_every_panel_says_what_it_shows() -> None:
    """In the words that Grafana shows beside its name."""
    board: dict[str, Any] = json.loads((ROOT / "deploy" / "grafana.json").read_text(encoding="utf-8"))
    assert all(panel["description"].endswith(".") and panel["targets"] for panel in board["panels"])
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
