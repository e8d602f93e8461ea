"""The interface's sentences: all of them go through one door, and every language has every one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from bot.core.asking.answering.question import Role as FreeRole
from bot.core.asking.reading.asks import Ask
from bot.core.asking.reading.roles import Role
from bot.core.asking.remembered import Remembered
from bot.core.briefing.briefings import compose
from bot.core.claims import FactBase, Kind, Link
from bot.core.dates import MONTHS, PartialDate
from bot.core.editing.intakes import State
from bot.core.editing.queue import Outcome
from bot.core.history.revisions import changed
from bot.core.plurals import plural
from bot.core.wording import INTERFACE, LANGUAGE, WORDS, say
from bot.languages.korean import fitted
from bot.languages.sentences import FORMS, translations
from bot.ui.briefing.briefings import heading
from tests.desk import Desk

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(translations())

_DOORS = {"say", "refused", "later", "plural"}
_SHOWN = ("bot/ui/**/*.py", "bot/background/*.py", "cogs/*.py")
"""Whatever a literal sentence says here, people read it in Discord."""
_RAISED = (*_SHOWN, "bot/core/**/*.py", "bot/services/*.py", "bot/store/*.py", "bot/files/*.py", "bot/intake/*.py")
_TOLD = {"Refused", "NotFound", "ConflictError", "InvalidClaim", "CaveatError", "Unavailable", "Refusal", "Faults"}
"""Errors whose sentence is shown to whoever caused it."""

_UNREAD_CALLS = {
    *("compile", "flag", "describe", "hybrid_command", "hybrid_group", "command", "parameter", "cast", "TypeVar"),
    *("answer_failure", "log_failure", "_change", "_set", "map", "_sub", "strip", "told"),
}
_LOGGED = {"debug", "info", "warning", "error", "exception", "log"}
_UNREAD_NAMES = {"custom_id", "template", "extras", "description", "what"}
"""Calls, arguments and variables whose words nobody reads as a sentence: patterns, logs, ids, typed commands."""
_READ_BY_THE_BOT = {
    "{} · part {} of {}",  # a briefing's stamp, by which its messages are found again
    "speaker: via: about: places: event: said: …",
    "Check against fact base",  # a command's name, as the picker's other names
    *("asked back", "no claim", "a command", "the one in the answer replied to"),  # the log; a command's signature
    *("Caveat", "Italic", "Symbols"),
}
_TYPED = re.compile(
    r"!|briefing \{\}|claim add|topic add|name: Example|\{\} (list|add|edit) |(ask|brief|follow|sources|compare) "
)
"""Commands as somebody types them."""

_SENTENCE = re.compile(r"[A-Za-z]{2,}.*\s|\s.*[A-Za-z]{2,}|^[A-Z][a-z]+$", re.DOTALL)
_QUOTED = re.compile(r"“[^”]*\{[^}]*\}[^”]*”|`[^`]*`|(?<![\w{}])![a-z-]+")
"""What a translation keeps: quotation marks around what somebody typed, code, and commands."""

_OPEN_PARTICLE = re.compile(r"\((?:를|가|는|과|으|이)\)")


def _trees(patterns: tuple[str, ...]) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        yield path, ast.parse(path.read_text("utf-8"))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _words(node: ast.expr) -> str:
    """A literal's text, with `{}` for what is put in; empty for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
    return ""


def _unsaid(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Literals below *node* that read like sentences and went through no door."""
    if isinstance(node, ast.Call):
        name = _name(node)
        if name in _DOORS | _UNREAD_CALLS or (name in _LOGGED and isinstance(node.func, ast.Attribute)):
            return
    if isinstance(node, ast.Raise) and not (isinstance(node.exc, ast.Call) and _name(node.exc) in _TOLD):
        return
    if isinstance(node, ast.keyword) and node.arg in _UNREAD_NAMES:
        return
    if isinstance(node, ast.Assign) and any(getattr(each, "id", "") in _UNREAD_NAMES for each in node.targets):
        return
    if isinstance(node, ast.Expr | ast.Compare) and isinstance(getattr(node, "value", None), ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Compare | ast.Subscript | ast.match_case):
        children: list[ast.AST] = [*getattr(node, "body", [])]
    elif isinstance(node, ast.Dict):
        children = [*node.values]
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        children = [*node.body, *node.args.defaults]
    else:
        text = _words(node) if isinstance(node, ast.expr) else ""
        if _SENTENCE.search(text) and text not in _READ_BY_THE_BOT and not _TYPED.match(text):
            yield getattr(node, "lineno", 0), text
        children = [each for each in ast.iter_child_nodes(node) if not (text and isinstance(each, ast.Constant))]
    for child in children:
        yield from _unsaid(child)


def test_every_sentence_that_reaches_discord_goes_through_the_door() -> None:
    """Nothing is written into a message in English alone."""
    astray = [
        f"{path.relative_to(ROOT)}:{line}: {text}" for path, tree in _trees(_SHOWN) for line, text in _unsaid(tree)
    ]
    assert not astray, "\n".join(astray)


def test_every_refusal_is_said_in_the_server_s_language() -> None:
    """An error that is shown to somebody is built from a sentence that languages have."""
    astray = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {_words(node.args[0])}"
        for path, tree in _trees(_RAISED)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _name(node) in _TOLD and node.args
        if re.search(r"[A-Za-z]{2,} ", re.sub(r"\{\}", "", _words(node.args[0])))
    ]
    assert not astray, "\n".join(astray)


def _through(door: str, at: int = 0) -> set[str]:
    return {
        text
        for _, tree in _trees(("bot/**/*.py", "cogs/*.py"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == door and len(node.args) > at
        if isinstance(node.args[at], ast.Constant) and (text := _words(node.args[at]))
    }


SINGLE = frozenset(WORDS.split("|"))
SAID = _through("say") | _through("refused") | _through("later") | SINGLE
COUNTED = _through("plural", 1) | {"claim", "name"}


def _slots(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def _in_forms() -> set[str]:
    """Sentences that head a form or one of its fields, where Discord shows 45 characters."""
    return {
        text
        for _, tree in _trees(("bot/ui/**/*.py", "cogs/*.py"))
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call) in {"Form", "ask", "choose"}
        for part in call.args[:2]
        for said in ast.walk(part)
        if isinstance(said, ast.Call) and _name(said) == "say" and (text := _words(said.args[0]))
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_every_sentence_and_keeps_what_is_put_in(code: str) -> None:
    """Placeholders, commands, code and the quotation marks around what somebody typed are the English ones."""
    told = translations()[code]

    assert told.said.keys() >= SAID, SAID - told.said.keys()
    for english, text in told.said.items():
        assert text.strip(), english
        assert _slots(text) == _slots(english), english
        assert sorted(_QUOTED.findall(text)) == sorted(_QUOTED.findall(english)), english
        assert "„" not in text, english
        assert text[:1].isspace() == english[:1].isspace() or english.startswith(";"), english
    assert all(len(told.said[each]) <= 45 for each in _in_forms() & SAID)
    assert set(told.plurals) == COUNTED
    assert all(len(forms) > max(map(FORMS[code], range(200))) for forms in told.plurals.values())
    assert code in MONTHS


async def test_a_language_says_nothing_that_is_said_no_more(desk: Desk) -> None:
    """A sentence goes from every language when it goes from the code."""
    described = {each for command in desk.bot.tree.walk_commands() for each in _described(command)}
    for told in translations().values():
        assert not told.said.keys() - SAID - described
        assert all(len(told.said[each]) <= 100 for each in described)


def _described(command: object) -> set[str]:
    options = [str(each.description) for each in getattr(command, "parameters", [])]
    return {text for text in (getattr(command, "description", ""), *options) if text}


def test_words_that_stand_for_a_value_have_a_translation() -> None:
    """Kinds, links, roles, states and the names of fields are said by their value."""
    values = {*Kind, *Link, *State, *Outcome, *map(str, Role), *map(str, FreeRole)} - {"any"}
    asks = {str(each).replace("_", " ") for each in Ask}
    assert values | asks <= SINGLE


def test_fields_of_a_claim_are_said_in_words(base: FactBase) -> None:
    """What a change touched is told by names that languages have."""
    assert {name for claim in base.claims.values() for name in changed(None, claim)} <= SINGLE


@pytest.mark.parametrize(
    ("code", "count", "said"),
    [
        ("de", 1, "1 Aussage"),
        ("fr", 0, "0 affirmation"),
        ("it", 2, "2 affermazioni"),
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


@pytest.mark.parametrize(
    ("before", "sentence", "after"),
    [
        ("C8", "{x}와(과)", "{x}과"),
        ("C22", "{x}와(과)", "{x}와"),
        ("1", "개정 {x}(으)로", "개정 {x}로"),
        ("10", "{x}(으)로", "{x}으로"),
        ("**작전**", "“{x}”은(는)", "“{x}”은"),
        ("2024년 (월 미상)", "{x}이(가)", "{x}이"),
        ("작업", "“{x}”({y}행)을(를)", "“{x}”({y}행)을"),
        ("Kursk", "{x}을(를)", "{x}을(를)"),
        ("<#17>", "{x}(으)로", "{x}(으)로"),
        ("", "{x}(이)라", "{x}(이)라"),
    ],
)
def test_a_korean_particle_follows_the_last_sound_before_it(before: str, sentence: str, after: str) -> None:
    """As read aloud, remarks in parentheses apart; what nobody can tell the sound of keeps both."""
    assert fitted(sentence, {"x": before, "y": 3}) == after


def test_every_korean_particle_that_is_open_stands_after_what_decides_it() -> None:
    """One that follows a fixed word is written as it is said."""
    said = translations()["ko"].said.values()
    assert not [each for each in said if _OPEN_PARTICLE.search(fitted(each, dict.fromkeys(_slots(each), "말")))]


def test_what_is_remembered_of_a_question_is_remembered_for_each_language() -> None:
    """A server never hears the sentence that another one's language gave to the same question."""
    remembered = Remembered[str](8)

    def answer(_: str) -> str:
        return say("No claim in the fact base disputes it.")

    english = remembered.get("who disputes it?", answer)
    before = INTERFACE.set("de")
    german = remembered.get("who disputes it?", answer)
    INTERFACE.reset(before)

    assert english == remembered.get("who disputes it?", answer) == "No claim in the fact base disputes it."
    assert german == translations()["de"].said[english]


def test_dates_that_lack_a_part_say_so_in_the_language() -> None:
    """The month by the language of dates, the remark by that of sentences."""
    before = INTERFACE.set("it")
    assert PartialDate.parse("2025").words == "2025 (mese non indicato)"
    INTERFACE.reset(before)

    before = LANGUAGE.set("ko")
    assert PartialDate.parse("2025-10").words == "2025년 10월 (day not given)"
    LANGUAGE.reset(before)


def test_a_briefing_is_composed_in_the_language_of_whoever_asks(base: FactBase) -> None:
    """Headings and remarks of one server never stand in another's briefing."""
    shown = {}
    for code in ("en", "uk", "en"):
        before = INTERFACE.set(code)
        briefing = compose(base, tuple(base.live), "", today=date(2025, 12, 3))
        shown[code] = "\n".join(
            (heading(briefing), *(section.title for section in briefing.sections), *briefing.unknown)
        )
        INTERFACE.reset(before)
    assert translations()["uk"].said["Disputed"] in shown["uk"]
    assert "Disputed" in shown["en"]


def test_a_sentence_is_given_all_that_is_put_in() -> None:
    """Values by the names that its braces have; one without any is filled in later."""
    for path, tree in _trees(_RAISED):
        calls = (each for each in ast.walk(tree) if isinstance(each, ast.Call))
        for call in (each for each in calls if _name(each) in ("say", "refused")):
            given = {each.arg for each in call.keywords}
            wanted = {field for _, field, _, _ in Formatter().parse(_words(call.args[0])) if field}
            if given and None not in given and isinstance(call.args[0], ast.Constant):
                assert given == wanted, f"{path.name}:{call.lineno}"
