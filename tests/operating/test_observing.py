"""One line in the log for each command: what it was, what became of it, how long it took; nothing typed, no names."""

from __future__ import annotations

import logging
import re
from collections.abc import Generator
from typing import Any

import pytest

from cogs.check import MENU
from tests.desk import Desk, labels_of, text_of

LOGGER = "bot.operating.observing"
FIELDS = {"command", "outcome", "ms", "request"}
_USUAL = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class Lines:
    """The log's lines about commands, as the fields that they hold beside what every line has."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self._caplog = caplog

    def told(self) -> list[dict[str, Any]]:
        """Every line since the last call."""
        found = [record.__dict__ for record in self._caplog.records if record.name == LOGGER]
        self._caplog.clear()
        return [{name: value for name, value in each.items() if name not in _USUAL} for each in found]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Generator[Lines, None, None]:
    """The lines of this test."""
    with caplog.at_level(logging.INFO, logger=LOGGER):
        yield Lines(caplog)


@pytest.mark.parametrize(
    ("said", "command", "outcome"),
    [
        ("!casualties", "ask", "answered"),
        ("!ask casualties", "ask", "answered"),
        ("!claim C8", "claim", "answered"),
        ("!topics", "topics", "answered"),
        ("!ask how deep is the sea at Hawaii", "ask", "no claim"),
        ("!claim C9999", "claim", "refused"),
        ("!claim", "claim", "refused"),
        ("!claim retire C8 nonsense", "claim retire", "refused"),
    ],
)
async def test_a_command_leaves_one_line_without_what_was_typed(
    desk: Desk, lines: Lines, said: str, command: str, outcome: str
) -> None:
    """By its own name and what became of it, in milliseconds."""
    await desk.say(said)

    (line,) = lines.told()
    assert line.keys() == FIELDS
    assert (line["command"], line["outcome"]) == (command, outcome)
    assert line["ms"] >= 0
    assert re.fullmatch("[0-9a-f]{8}", line["request"])


async def test_a_question_back_is_told_from_an_answer(desk: Desk, lines: Lines) -> None:
    """Whoever runs the bot sees how often it had to ask."""
    shown = await desk.say("!ask korea")
    assert shown is not None
    assert "None of these" in labels_of(shown)
    assert [line["outcome"] for line in lines.told()] == ["asked back"]


async def test_silence_leaves_no_line(desk: Desk, lines: Lines) -> None:
    """Talk, and commands of other bots with the same prefix, are nobody's business."""
    await desk.say("more than 6,000 were killed")
    await desk.say("!rank")
    assert lines.told() == []


async def test_slash_commands_and_menus_leave_one_line_each(desk: Desk, lines: Lines) -> None:
    """Discord tells the library of a hybrid twice; the log has it once."""
    await desk.member.slash(desk.channel, "topics")
    message = await desk.colleague.send(desk.channel, "more than 6,000 were killed")
    await desk.member.context_menu(desk.channel, MENU, message)

    told = lines.told()
    assert [line["command"] for line in told] == ["topics", MENU]
    assert all(line["outcome"] == "answered" and line["ms"] >= 0 for line in told)


async def test_a_failed_press_leaves_a_line_with_the_code_that_was_shown(
    desk: Desk, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A press that works leaves none: the command that brought the button has one."""
    shown = await desk.say("!sources")
    assert shown is not None
    await desk.member.click(shown, label="Next ›")
    assert len(lines.told()) == 1

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.ui.kit.pages.Pager._turn_to", broken)
    pressed = await desk.member.click(shown, label="Next ›")

    (line,) = lines.told()
    assert (line["command"], line["outcome"]) == ("a button", "error")
    assert pressed.response is not None
    assert line["request"] in pressed.response.content
    assert [type(error).__name__ for error in desk.env.errors]  # seen and expected


@pytest.mark.parametrize("slash", [False, True])
async def test_a_code_that_somebody_was_given_finds_the_line(
    desk: Desk, lines: Lines, monkeypatch: pytest.MonkeyPatch, slash: bool
) -> None:
    """By text and by slash."""

    def broken(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("cogs.ask.quote_text", broken)
    if slash:
        await desk.member.slash(desk.channel, "quote", claim="C8")
    else:
        await desk.say("!quote C8")
    shown = text_of(desk.channel.history(viewer=desk.member)[-1])

    (line,) = lines.told()
    assert line["outcome"] == "error"
    assert line["request"] in shown
    assert [type(error).__name__ for error in desk.env.errors]  # seen and expected
