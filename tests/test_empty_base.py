"""A server that begins with nothing: every command answers with a sentence, and nothing speaks of another base."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from cogs.guide import visible_commands
from tests.conftest import settings_for
from tests.desk import Desk, text_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """FACT_BASE is empty."""
    return settings_for(tmp_path / "empty.db").model_copy(update={"fact_base": None})


def test_an_empty_setting_means_an_empty_base(monkeypatch: pytest.MonkeyPatch) -> None:
    """And any other empty setting is none."""
    monkeypatch.setenv("FACT_BASE", "")
    monkeypatch.setenv("LOG_LEVEL", "")
    assert read_settings().fact_base is None
    monkeypatch.delenv("FACT_BASE")
    assert read_settings().fact_base == Path("data")


async def test_every_command_answers_on_an_empty_base(desk: Desk) -> None:
    """Each of its own examples, said by a moderator, gets a reply; none fails."""
    silent: list[str] = []
    failed: list[str] = []
    for command in visible_commands(desk.bot):
        for example in command.extras["examples"]:
            await desk.later(minutes=1)
            before = len(list(desk.channel.history()))
            await desk.moderator.send(desk.channel, f"!{example}")
            failed += [example for each in desk.channel.history() if "Something went wrong" in text_of(each)][:1]
            if len(list(desk.channel.history())) < before + 2 and not example.startswith("watch"):
                silent.append(example)
    assert not silent
    assert not failed


async def test_a_first_claim_can_be_asked_for(desk: Desk) -> None:
    """A file of one's own is imported, and answers."""
    shown = await desk.answer("!ask how many soldiers died")
    assert "No claim in the fact base matches" in shown
    assert not any("Kursk" in text_of(each) for each in desk.channel.history())
