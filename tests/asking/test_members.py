"""What each command gives a member."""

from __future__ import annotations

import re

import discord
import pytest

from bot.core.claims import FactBase
from bot.ui.asking.single_pages import quote_text
from cogs.guide import WANTS, commands_for, visible_commands
from tests.desk import Desk, labels_of, refs_in, text_of
from tests.factories import a_claim


async def test_sources_open_with_everybody_who_speaks_then_show_their_claims(desk: Desk, base: FactBase) -> None:
    """How many claims of whom, and how far checked, without a figure; then the first claims, on the same screen."""
    message = await desk.say("!sources casualties")
    assert message is not None
    shown = text_of(message)
    overview, _, claims = shown.partition("All as reported by")

    assert "Disputed: 3 claims by 2 claimants; nobody could verify any." in overview
    assert "Ukrainian President Volodymyr Zelensky: 2 claims\n" in overview
    figures = [figure.quantifier for claim in base.live for figure in claim.figures if len(figure.quantifier) > 2]
    assert not any(figure in overview for figure in figures)
    assert refs_in(claims) == ["C21", "C22", "C8"]


async def test_sources_tell_like_figures_of_unlike_things_apart(desk: Desk) -> None:
    """The same number of engineers deployed and of people killed is no agreement."""
    shown = await desk.answer("!sources")
    warnings = [line for line in shown.splitlines() if "counts unlike things" in line]

    assert any("Killed in C8" in line and "C19" in line for line in warnings), warnings


async def test_an_answer_says_first_what_it_is(desk: Desk) -> None:
    """How many claims by how many, whether they agree, whether anybody checked; the publisher once, above them."""
    shown = (await desk.answer("!casualties")).split("\n\n")

    assert shown[1].startswith("Disputed: 3 claims by 2 claimants; nobody could verify any.")
    assert "All as reported by Fox News Digital (14 Nov 2025)." in shown[1]
    assert not any("as reported by" in block for block in shown[2:])


async def test_a_lone_claim_names_its_publisher_in_its_block(desk: Desk) -> None:
    """Nothing above it would."""
    shown = await desk.answer("!claim C8")

    assert "to Reuters, as reported by Fox News Digital (14 Nov 2025)" in shown


async def test_further_reading_stands_behind_a_button_that_says_so(desk: Desk) -> None:
    """A question is answered by what answers; the rest of the topic is one press away."""
    message = await desk.say("!ask who trained the north korean engineers")
    assert message is not None
    more = next(label for label in labels_of(message) if label.startswith("More on "))
    first = refs_in(text_of(message))
    await desk.member.click(message, label=more)

    assert len(first) < 3
    assert not set(first) & set(refs_in(text_of(desk.channel.history()[-1])))


async def test_who_asks_when_gets_the_date_in_the_block(desk: Desk) -> None:
    """Which date it is, is said: when it happened, or when it was said."""
    assert "When: said Apr 2025 (day not given)" in await desk.answer("!ask when did putin announce it")
    assert "When: Aug 2024 (day not given)" in await desk.answer("!ask when did ukraine storm into kursk")


async def test_sources_without_words_are_all_claimants(desk: Desk, base: FactBase) -> None:
    """Every live claim is counted once."""
    assert f"{len(base.live)} claims by" in await desk.answer("!sources")


async def test_a_claim_in_full_says_its_figures_inside_its_block(desk: Desk) -> None:
    """Figures, dates and the editor's note stand between attribution and verification."""
    shown = await desk.answer("!claim C22")

    assert shown.index("Attribution:") < shown.index("two-thirds") < shown.index("Verification:")
    assert shown.index("Editor's note") < shown.index("Verification:")


@pytest.mark.parametrize("ref", ["C8", "c8", "8", "#8", "С8", '"C8"', "C08"])
async def test_a_claim_is_found_however_its_id_is_typed(desk: Desk, ref: str) -> None:
    """Also with a Cyrillic С, which looks the same."""
    assert refs_in(await desk.answer(f"!claim {ref}"))[:1] == ["C8"]


async def test_an_unknown_id_gets_one_sentence(desk: Desk) -> None:
    """And says what ids look like."""
    assert await desk.answer("!claim C999") == (
        "No claim in the fact base has that id. Ids look like C14; answers show them."
    )


async def test_a_quote_stays_attributed_when_pasted_elsewhere(desk: Desk) -> None:
    """Plain text in a code block: nothing in it is markup."""
    message = await desk.say("!quote C8")
    assert message is not None

    assert message.content.startswith("```\nAttribution: ")
    assert "Verification: Not independently verified." in message.content
    assert "**" not in message.content
    pasted = quote_text(a_claim(statement="``` @everyone <@123456789012345678> were told."))
    assert pasted.count("```") == 2
    assert not re.search(r"@(everyone|\d)", pasted)


async def test_a_timeline_runs_by_event_and_says_how_exact_a_date_is(desk: Desk) -> None:
    """A year alone is said to be one; what has no date comes last."""
    shown = await desk.answer("!timeline incursion")

    assert "2024 (month not given)" in shown
    assert "Aug 2024 (day not given)" in shown
    assert refs_in(shown).index("C28") < refs_in(shown).index("C30")


async def test_a_comparison_has_one_panel_for_each_metric(desk: Desk) -> None:
    """Killed, losses and a share of deaths never share a scale."""
    message = await desk.say("!compare casualties")
    assert message is not None

    titles = [embed.title for embed in message.embeds]
    assert titles == [
        "Compare: Casualties",
        "Killed",
        "Losses",
        "Share said to have died",
    ]


async def test_a_comparison_without_figures_says_so(desk: Desk) -> None:
    """Nothing is made up to compare."""
    assert "nothing to compare" in await desk.answer("!compare robots")


async def test_topics_list_every_name_that_is_a_command(desk: Desk, base: FactBase) -> None:
    """With how many claims each reaches."""
    shown = await desk.answer("!topics")

    assert all(f"{topic.name} (" in shown for topic in base.topics.values())


@pytest.mark.parametrize(
    ("typed", "read_as"), [("casulties", "casualties"), ("troups", "troops"), ("zelenskky", "volodymyr zelensky")]
)
async def test_a_clear_typo_is_mended_and_said_to_be(desk: Desk, typed: str, read_as: str) -> None:
    """Nobody is shown something else than they typed without being told."""
    shown = (await desk.answer(f"!{typed}")).lower()

    assert f"showing {read_as}" in shown
    assert f"“{typed}”" in shown


async def test_two_close_readings_are_asked_back_with_buttons(desk: Desk) -> None:
    """A guess would be a wrong answer half of the time; only the asker chooses."""
    message = await desk.say("!ask korea")
    assert message is not None
    labels = labels_of(message)
    assert labels[-1] == "None of these"
    assert len(labels) >= 3

    refused = await desk.colleague.click(message, label=labels[0])
    assert refused.response is not None
    assert "belong to whoever asked" in refused.response.content
    await desk.member.click(message, label=labels[0])
    assert refs_in(text_of(desk.channel.history()[-1]))


async def test_none_of_these_is_an_honest_no(desk: Desk) -> None:
    """Choosing no reading shows no claim."""
    message = await desk.say("!ask korea")
    assert message is not None
    await desk.member.click(message, label="None of these")

    shown = text_of(desk.channel.history()[-1])
    assert "No claim in the fact base matches" in shown
    assert refs_in(shown) == []


@pytest.mark.parametrize("question", ["!ask how many tanks were destroyed", "!ask bakhmut casualties", "!ask hello"])
async def test_when_the_base_has_nothing_it_says_so(desk: Desk, question: str) -> None:
    """No figure, and never "none", which would be a claim."""
    shown = await desk.answer(question)

    assert "No claim in the fact base matches" in shown
    assert not any(character.isdigit() for character in shown)


async def test_a_refusal_leads_on_to_topics_that_are_near_and_to_no_others(desk: Desk) -> None:
    """One press shows the topic's claims, to whoever asked; lunch is near to nothing."""
    message = await desk.say("!ask bakhmut casualties")
    assert message is not None
    await desk.moderator.click(message, label="Casualties")
    assert refs_in(text_of(desk.channel.history()[-1])) == []
    await desk.member.click(message, label="Casualties")
    assert refs_in(text_of(desk.channel.history()[-1])) == ["C8", "C21", "C22"]

    for question in ("!ask what is for lunch", "!ask hello"):
        far = await desk.say(question)
        assert far is not None
        assert labels_of(far) == ["Delete", "Tell me later"]
        assert "Near to it" not in text_of(far)


@pytest.mark.parametrize("text", ["!play despacito", "!ban", "!rank", "!", "!!", "!8ball will it rain"])
async def test_words_of_other_bots_stay_unanswered(desk: Desk, text: str) -> None:
    """They share the prefix."""
    assert await desk.say(text) is None


async def test_a_mistyped_command_is_suggested(desk: Desk) -> None:
    """It is not run: a guess could be the wrong one."""
    assert await desk.answer("!timline kursk") == "Did you mean `!timeline`?"


async def test_help_explains_every_command_with_an_example(desk: Desk) -> None:
    """The list names them all; each one has its usage."""
    shown = await desk.answer("!help")
    for command in ("ask", "sources", "claim", "compare", "timeline", "quote", "topics", "check", "help"):
        assert f"!{command}" in shown
        one = await desk.answer(f"!help {command}")
        assert "Usage" in one
        assert "Examples" in one


async def test_help_is_by_what_people_want_and_a_select_leads_there(desk: Desk) -> None:
    """Every command is for one of the wants; examples are in the words of the base; `!commands` is help, too."""
    shown = await desk.say("!commands")
    assert shown is not None
    assert "!brief engineers" in text_of(shown)
    (select,) = [
        each
        for row in shown.components
        if isinstance(row, discord.ActionRow)
        for each in row.children
        if isinstance(each, discord.SelectMenu)
    ]
    assert [option.label for option in select.options] == [want.title for want in WANTS]
    listed = [command for want in WANTS for command in commands_for(desk.bot, want)]
    assert sorted(each.qualified_name for each in listed) == [
        each.qualified_name for each in visible_commands(desk.bot)
    ]


async def test_help_on_a_group_lists_its_parts(desk: Desk) -> None:
    """`!help briefing` is where one looks for how to schedule one."""
    shown = await desk.answer("!help briefing")
    for part in ("schedule", "list", "preview", "pause", "resume", "run", "cancel", "pin", "unpin"):
        assert f"!briefing {part}" in shown


async def test_a_mention_asks_in_free_words(desk: Desk) -> None:
    """No prefix and no command name are needed."""
    me = desk.bot.user
    assert me is not None

    assert refs_in(await desk.answer(f"<@{me.id}> how many north koreans were killed?"))[:1] == ["C8"]
    assert "Try " in await desk.answer(f"<@{me.id}>")


async def test_slash_commands_answer_like_text(desk: Desk) -> None:
    """The same blocks, in the same order."""
    result = await desk.member.slash(desk.channel, "ask", question="casualties")
    assert result.response is not None

    assert refs_in(text_of(result.response.message)) == refs_in(await desk.answer("!casualties"))


@pytest.mark.parametrize(
    ("command", "option", "typed"),
    [
        ("ask", "question", "casul"),
        ("sources", "about", "zelinsk"),
        ("compare", "topic", ""),
        ("claim show", "claim", "C2"),
    ],
)
async def test_slash_options_complete_names_and_ids_without_a_figure(
    desk: Desk, base: FactBase, command: str, option: str, typed: str
) -> None:
    """At most 25, typo-tolerant; a label cannot hold a block, so it holds no claim."""
    choices = await desk.member.autocomplete(desk.channel, command, option, typed)

    assert 0 < len(choices) <= 25
    figures = [figure.quantifier for claim in base.live for figure in claim.figures if len(figure.quantifier) > 2]
    assert not any(figure in choice["name"] for choice in choices for figure in figures)


@pytest.mark.parametrize("typed", ["6000 killed", "6,000 killed", "6k killed", "six thousand killed", "6 000 killed"])
async def test_a_number_is_understood_however_it_is_typed(desk: Desk, typed: str) -> None:
    """And leads to whose figure it is."""
    assert refs_in(await desk.answer(f"!ask {typed}"))[:1] == ["C8"]


async def test_a_figure_of_another_metric_is_not_answered_as_if_it_were_this_one(desk: Desk) -> None:
    """14,000 were sent, somebody says; nobody says they were killed."""
    shown = await desk.answer("!ask were 14,000 killed?")

    assert "is given for “sent”" in shown
    assert refs_in(shown)[0] == "C7"
