"""What follows a command's name: quotation marks, apostrophes, claim ids, and names that open like a command."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefing.schedules import read_rhythm
from bot.core.claims import parse_ref
from bot.core.zones import zone_named, zones
from bot.errors import Refused
from bot.ui.kit.arguments import Arguments
from bot.ui.kit.claim_ids import ClaimRef
from cogs.guide import AnyCommand, visible_commands
from tests.desk import Desk, moderator_says, refs_in, text_of
from tests.ranks import COMMANDS

QUOTED = [
    "“body bags”",
    "„body bags“",
    "„body bags”",
    "«body bags»",
    "»body bags«",
    '"body bags"',
    "‘body bags’",
    "「body bags」",
]
NO_IDS = ["C1x4", "<3", ":3", "-1", "C8²", "C①", "C½", "9" * 21, "C", "C0"]


def cut(text: str) -> list[str]:
    """Every argument in *text*."""
    view, found = Arguments(text), list[str]()
    while not view.eof:
        view.skip_ws()
        if (word := view.get_quoted_word()) is not None:
            found.append(word)
    return found


@pytest.mark.parametrize("typed", QUOTED)
def test_quotation_marks_of_any_language_hold_words_together(typed: str) -> None:
    """As one argument, and as all that is left."""
    assert cut(f"alias {typed} more") == ["alias", "body bags", "more"]
    assert Arguments(typed).read_rest() == "body bags"


def test_apostrophes_are_letters() -> None:
    """Wherever they stand in a word; and so is a mark that nothing closes."""
    assert cut("сім’ї l’Ukraine qu'il 5' rock‘n’roll “open") == [
        "сім’ї",
        "l’Ukraine",
        "qu'il",
        "5'",
        "rock‘n’roll",
        "“open",
    ]
    assert Arguments("“one” and “two”").read_rest() == "“one” and “two”"


@given(st.text() | st.text(alphabet="\"'“”„«»‘’\\ ab"))
def test_any_text_is_cut_into_arguments(text: str) -> None:
    """Nothing that can be typed is an error, and nothing is lost but marks, backslashes and spaces."""
    kept = "".join(cut(text))
    assert [each for each in text if each.isalnum()] == [each for each in kept if each.isalnum()]


@pytest.mark.parametrize(
    "text", ["C14", "c14", "С14", "Ｃ14", "#14", "№14", "14", "“C14”", "C14.", "C 14", "C-14", "(C14)", "`C14`"]
)
def test_an_id_is_read_as_people_cite_it(text: str) -> None:
    """In any script, in quotation marks, at the end of a sentence."""
    assert parse_ref(text) == 14


@pytest.mark.parametrize("text", NO_IDS)
def test_what_is_no_id_is_no_claim(text: str) -> None:
    """Not even when some of it would be one."""
    assert parse_ref(text) is None


def _taking_ids(desk: Desk) -> list[tuple[AnyCommand, str]]:
    """Every command that takes a claim's id, and the name of the parameter."""
    return [
        (command, name)
        for command in visible_commands(desk.bot)
        for name, parameter in command.clean_params.items()
        if isinstance(parameter.converter, ClaimRef)
    ]


async def test_every_id_of_a_claim_is_read_and_completed_in_one_way(desk: Desk) -> None:
    """By the converter, typed and picked: no command has a reader of its own."""
    taking = {(command.qualified_name, name) for command, name in _taking_ids(desk)}
    named = {
        (command.qualified_name, name)
        for command in visible_commands(desk.bot)
        for name in command.clean_params
        if name in {"claim", "others"}
    }
    assert named == taking
    assert len(taking) >= 14
    options = [
        option
        for command in desk.bot.tree.walk_commands()
        if isinstance(command, app_commands.Command)
        for option in command.parameters
        if option.name in {"claim", "others"}
    ]
    assert len(options) == len(taking)
    assert all(option.autocomplete for option in options)


async def test_no_command_takes_anything_else_for_an_id(desk: Desk) -> None:
    """One sentence, by every command that takes one, and nothing is changed."""
    for command, _ in _taking_ids(desk):
        for wrong in NO_IDS:
            line = COMMANDS[command.qualified_name][0].replace("C8", wrong, 1)
            typed = f"!{command.qualified_name} {line.replace('{colleague}', desk.colleague.mention)}"
            shown = await desk.say(typed, who=desk.moderator)
            assert shown is not None, typed
            assert "No claim in the fact base has that id" in text_of(shown), typed


@pytest.mark.parametrize("typed", ["!<3", "!:3", "!-1", "!(3", "!C8²", "!8"])
async def test_a_sign_after_the_prefix_cites_no_claim(desk: Desk, typed: str) -> None:
    """Other bots and other people have prefixes, too."""
    shown = await desk.answer(typed)
    assert "C3" not in refs_in(shown)
    assert not refs_in(shown)


@pytest.mark.parametrize(
    ("alias", "typed"),
    [
        ("Export controls", "!export controls"),
        ("Party of Regions", "!party of regions"),
        ("Review board", "!Review board, please"),
        ("Claim form", "!claim form"),
    ],
)
async def test_a_name_that_opens_like_a_command_answers(desk: Desk, alias: str, typed: str) -> None:
    """The longer of the two is meant."""
    await desk.say(f"!alias add casualties {alias}", who=desk.moderator)
    assert "C8" in refs_in(await desk.answer(typed))


async def test_a_command_of_as_many_words_stays_a_command(desk: Desk) -> None:
    """Nobody can take one away by a name."""
    await desk.say("!alias add casualties party list", who=desk.moderator)
    assert not refs_in(await desk.answer("!party list"))


@pytest.mark.parametrize("typed", [*QUOTED, "body bags", "сім’ї загиблих", "l’Ukraine libre"])
async def test_several_words_are_one_alias(desk: Desk, typed: str) -> None:
    """In quotation marks or without; the reason is named."""
    shown = await desk.say(f"!alias add casualties {typed} reason: people say so", who=desk.moderator)
    assert shown is not None
    assert "C8" in refs_in(await desk.answer(f"!{typed}"))
    assert "people say so" in await moderator_says(desk, "!audit-log")


async def test_words_after_a_quoted_alias_are_asked_about(desk: Desk) -> None:
    """They may have been meant as the reason, and are not made part of the name."""
    shown = await desk.say('!alias add casualties "body bags" people say so', who=desk.moderator)
    assert shown is not None
    assert "“reason:”" in text_of(shown)
    assert await desk.say("!body bags") is None


@pytest.mark.parametrize("zone", sorted(available_timezones() - {"localtime", "Factory"} - set(zones().values())))
def test_a_zone_without_a_place_is_refused_everywhere_alike(zone: str) -> None:
    """EST, Etc/GMT+5 and their kin say nothing of clock changes."""
    assert zone_named(zone) in {None, "UTC", "GMT"}
    try:
        asked = read_rhythm(f"daily 08:00 {zone}", "Asia/Seoul")
    except Refused:
        return
    assert asked.rhythm.zone in {"Asia/Seoul", "UTC", "GMT"}


async def test_the_settings_refuse_it_with_a_place_that_is_meant(desk: Desk) -> None:
    """As a schedule does."""
    shown = await desk.say("!setup zone EST", who=desk.admin)
    assert shown is not None
    assert "clock changes" in text_of(shown)
    assert "America/New" in text_of(shown)
