"""Answers in a server's language: no sentence is missing, and the contract holds in each."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from discord import app_commands

from bot.core.dates import MONTHS
from bot.core.plurals import plural
from bot.core.wording import INTERFACE
from bot.languages.sentences import FORMS, translations
from bot.ui.kit.tree import in_every_language
from tests.desk import Desk, labels_of, text_of

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(translations())
MEMBERS = (
    *("ask", "asof", "brief", "challenge", "check", "compare", "follow", "help", "quote", "receipt", "sources"),
    *("timeline", "topics", "why"),
)
"""Commands that the slash picker describes in every language."""

_NAME = re.compile(r"[-_'\w]{1,32}")
_MARKS = {"say", "later"}


def _said() -> set[str]:
    """Every sentence that the code says in the server's language."""
    calls = (
        node
        for path in (*ROOT.glob("bot/**/*.py"), *ROOT.glob("cogs/**/*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS and node.args
    )
    literals = (call.args[0] for call in calls)
    return {each.value for each in literals if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def _slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _described(desk: Desk) -> set[str]:
    found: set[str] = set()
    for command in desk.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command) and command.qualified_name in MEMBERS:
            found |= {command.description, *(str(each.description) for each in command.parameters)}
    return found


@pytest.mark.parametrize("code", LANGUAGES)
async def test_no_sentence_is_missing_and_none_is_left_over(desk: Desk, code: str) -> None:
    """Each has the words in braces that its English has, and fits where Discord shows it."""
    told, wanted, described = translations()[code], _said(), _described(desk)

    assert set(told.said) == wanted | described
    for english, text in told.said.items():
        assert text.strip(), english
        assert _slots(text) == _slots(english), english
    assert all(len(told.said[each]) <= 100 for each in described)
    assert set(told.plurals) == {"claim", "claimant", "more claimant"}
    assert all(len(forms) > max(map(FORMS[code], range(200))) for forms in told.plurals.values())
    assert code in MONTHS


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_picker_has_names_that_discord_takes(desk: Desk, code: str) -> None:
    """In small letters, without spaces, each once among the commands and among a command's options."""
    told = translations()[code]
    assert all(_NAME.fullmatch(name) and name == name.lower() for name in told.names.values())
    commands = [in_every_language(each.to_dict(desk.bot.tree)) for each in desk.bot.tree.get_commands()]
    for level in (commands, *(each.get("options") or [] for each in commands)):
        names = [each.get("name_localizations", {}).get(told.locales[0], each["name"]) for each in level]
        assert len(names) == len(set(names)), names
    localized = {each["name"] for each in commands if each.get("description_localizations")}
    assert localized == set(MEMBERS)


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_server_is_answered_in_its_language(desk: Desk, code: str) -> None:
    """Whole blocks with the labels of that language; what claims say stays as it is. Other servers keep theirs."""
    told = translations()[code].said
    english = await desk.answer("!casualties")
    await desk.say(f"!setup language {code}", who=desk.admin)
    shown = await desk.say("!casualties")
    assert shown is not None
    text = text_of(shown)

    assert text.count(told["Attribution:"]) == text.count(told["Verification:"]) == english.count("Attribution:") == 3
    assert told["Not independently verified."] in text
    assert "Attribution:" not in text
    assert "More than 6,000 of the North Korean troops sent to Russia were killed." in text
    assert labels_of(shown) == [told["Delete"], told["Challenge"]]
    assert told["No claim in the fact base matches that."] in await desk.answer("!ask lunch")
    assert "Attribution:" in text_of(await desk.say("!casualties", who=desk.rival) or shown)


@pytest.mark.parametrize(
    ("code", "count", "said"),
    [
        ("de", 1, "1 Aussage"),
        ("fr", 0, "0 affirmation"),
        ("ru", 21, "21 утверждение"),
        ("ru", 12, "12 утверждений"),
        ("uk", 3, "3 твердження"),
        ("pl", 21, "21 twierdzeń"),
        ("ko", 5, "주장 5개"),
        ("en", 2, "2 claims"),
    ],
)
def test_numbers_take_the_form_that_a_language_gives_them(code: str, count: int, said: str) -> None:
    """As in the Unicode CLDR."""
    before = INTERFACE.set(code)
    assert plural(count, "claim") == said
    INTERFACE.reset(before)
