"""A server's language in Discord: the picker's names, and answers that keep the contract in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot.languages.sentences import translations
from bot.ui.kit.tree import in_every_language
from tests.desk import Desk, labels_of, text_of

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(translations())
_NAME = re.compile(r"[-_'\w]{1,32}")


def _options(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every option of commands, and of the commands in them."""
    for part in parts:
        yield part
        yield from _options(part.get("options") or [])


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_picker_has_names_that_discord_takes(desk: Desk, code: str) -> None:
    """In small letters, without spaces, each once among the commands and among a command's options."""
    told = translations()[code]
    menus = {each.name for each in desk.bot.tree.get_commands() if isinstance(each, app_commands.ContextMenu)}
    named = [name for english, name in told.names.items() if english not in menus]
    assert all(_NAME.fullmatch(name) and name == name.lower() for name in named)
    assert all(len(name) <= 32 for name in told.names.values())
    commands = [in_every_language(each.to_dict(desk.bot.tree)) for each in desk.bot.tree.get_commands()]
    for level in (commands, *(each.get("options") or [] for each in commands)):
        names = [each.get("name_localizations", {}).get(told.locales[0], each["name"]) for each in level]
        assert len(names) == len(set(names)), names
    assert all(told.locales[0] in each["name_localizations"] for each in commands)
    choices = [choice for each in _options(commands) for choice in each.get("choices") or ()]
    english = {str(each["value"]) for each in choices if told.locales[0] not in each.get("name_localizations", ())}
    assert len(choices) > len(english)
    assert english <= {"yaml", "json", "csv", "jsonld", "en", *LANGUAGES}
    assert all(told.locales[0] in each["description_localizations"] for each in commands if each.get("description"))


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_server_is_answered_in_its_language(desk: Desk, code: str) -> None:
    """Whole blocks under the labels that are the same everywhere; what claims say stays. Others keep theirs."""
    told = translations()[code].said
    english = await desk.answer("!casualties")
    await desk.say(f"!setup language {code}", who=desk.admin)
    shown = await desk.say("!casualties")
    assert shown is not None
    text = text_of(shown)

    assert text.count("Attribution:") == text.count("Verification:") == english.count("Attribution:") == 3
    assert told["Not independently verified."] in text
    assert "More than 6,000 of the North Korean troops sent to Russia were killed." in text
    assert labels_of(shown) == [told["Delete"], told["Challenge"]]
    assert told["No claim in the fact base matches that."] in await desk.answer("!ask lunch")
    assert "Not independently verified." in text_of(await desk.say("!casualties", who=desk.rival) or shown)
