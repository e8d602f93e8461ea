"""`python bot.py doctor`: each line says what is well, or what to do."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest
from pydantic import SecretStr

from bot.cli import main
from bot.operating.doctor import Check, examine
from bot.operating.posting import barred
from bot.settings import Settings
from tests.desk import Desk


async def _found(settings: Settings) -> dict[str, Check]:
    return {check.name: check async for check in examine(settings, offline=True)}


async def test_all_is_well_on_a_sound_machine(settings: Settings, tmp_path: Path) -> None:
    """Without a token, too: offline is a way to run."""
    Path(settings.database_url.removeprefix("sqlite:///")).chmod(0o600)
    found = await _found(settings)

    assert all(check.sound for check in found.values()), [str(check) for check in found.values() if not check.sound]
    assert "newest schema" in found["database"].said
    assert "BACKUP_DIR" in found["backups"].said
    (tmp_path / "caveat-2025-11-25.db").touch()
    kept = await _found(settings.model_copy(update={"backup_dir": tmp_path}))
    assert "caveat-2025-11-25.db" in kept["backups"].said


async def test_what_is_wrong_is_told_with_what_to_do(settings: Settings, tmp_path: Path) -> None:
    """A fact base with faults, a database that cannot be opened, a file that others may read."""
    facts = tmp_path / "fact-base.yaml"
    facts.write_text("format: 2")
    Path(settings.database_url.removeprefix("sqlite:///")).chmod(0o644)
    found = await _found(settings.model_copy(update={"fact_base": facts}))
    assert "python bot.py check" in found["fact base"].said
    assert "chmod 600" in found["privacy"].said
    assert not found["privacy"].sound

    nowhere = await _found(settings.model_copy(update={"database_url": "mysql://here/there"}))
    assert not nowhere["database"].sound
    assert "DATABASE_URL" in nowhere["database"].said


async def test_a_token_is_never_shown(settings: Settings) -> None:
    """Not even one that cannot be one."""
    found = await _found(settings.model_copy(update={"discord_token": SecretStr("hunter2")}))
    assert not found["token"].sound
    assert "hunter2" not in "".join(map(str, found.values()))


def test_the_exit_code_tells_scripts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """0 where all is well, 1 where something is to mend; backup and restore likewise."""
    file = Path(settings.database_url.removeprefix("sqlite:///"))
    file.chmod(0o600)
    environment = {"DATABASE_URL": settings.database_url, "DISCORD_TOKEN": ""}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["doctor"]) == main(["health"]) == 0  # without METRICS_ADDR nobody else can be asked
    assert main(["backup", str(file.with_name("backup.db"))]) == 0
    assert main(["backup", str(file.with_name("backup.db"))]) == 1
    assert main(["restore", str(file.with_name("backup.db"))]) == 0
    assert main(["move", "--to", f"sqlite:///{file.with_name('moved.db')}"]) == 0
    file.chmod(0o644)
    assert main(["doctor"]) == main(["health"]) == 1


async def test_a_channel_in_which_the_bot_may_not_post_is_named(desk: Desk) -> None:
    """Before a briefing is due there; a channel that is in order is not."""
    places = {desk.server.id: [desk.channel.id]}
    assert await barred(desk.bot, places) == []

    assert desk.bot.user is not None
    denied = discord.PermissionOverwrite(embed_links=False)
    closed = desk.server.create_text_channel("closed", overwrites={desk.bot.user: denied})
    (line,) = await barred(desk.bot, {desk.server.id: [desk.channel.id, closed.id]})
    assert line == f"channel {closed.id}: embed links"
    (line,) = await barred(desk.bot, {5: [6]})
    assert "no longer in its server" in line
