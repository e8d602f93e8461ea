"""Every answer leaves a receipt; corrections follow what was shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import discord
import pytest
import simcord
from hypothesis import given
from hypothesis import strategies as st

from bot.core.asking.reading.days import leading_day
from tests.desk import Desk, moderator_says, press, refs_in, text_of


async def change(desk: Desk, words: str = "Others doubt it.") -> None:
    """A moderator changes the caveat of C8."""
    await moderator_says(desk, f"!claim edit C8 caveat: {words} | Reuters reason: doubts were raised")
    await press(desk, "Save")


def corrections(channel: simcord.ChannelHandle) -> list[str]:
    """The corrections posted there."""
    return [text for each in channel.history() if (text := text_of(each)).startswith("Correction: C8")]


async def test_a_receipt_tells_what_an_answer_was_based_on_and_what_changed_since(desk: Desk) -> None:
    """Old and new, each a whole block."""
    answer = await desk.say("!casualties")
    assert answer is not None
    before = await desk.answer(f"!receipt {answer.jump_url}")
    assert "C8 revision 1" in before
    assert "Nothing of it has changed since." in before

    await change(desk)
    after = await desk.answer(f"!receipt {answer.jump_url}")
    assert "C8 · caveat changed · was" in after
    assert "Others doubt it." in after


async def test_a_reply_asks_for_the_receipt_of_what_it_replies_to(desk: Desk) -> None:
    """No link is needed."""
    answer = await desk.say("!claim C14")
    await desk.member.send(desk.channel, "!receipt", reply_to=answer)

    assert desk.channel.last_message is not None
    assert "C14 revision 1" in text_of(desk.channel.last_message)


async def test_a_page_turned_to_is_on_the_receipt(desk: Desk) -> None:
    """What was shown is what was seen."""
    answer = await desk.say("!ask kursk")
    assert answer is not None
    first = await desk.answer(f"!receipt {answer.id}")
    await desk.member.click(answer, label="Next ›")
    second = await desk.answer(f"!receipt {answer.id}")

    assert second.count("revision 1") > first.count("revision 1")


async def test_no_page_is_turned_to_that_shows_what_was_changed_meanwhile(desk: Desk) -> None:
    """C8 stands on the last page; a receipt would say that it was shown after it was retired."""
    answer = await desk.say("!sources kursk")
    past = await desk.say("!asof 2026-01-01 kursk")
    assert answer is not None
    assert past is not None
    await desk.later(minutes=1)
    await moderator_says(desk, "!claim retire C8 withdrawn")
    turned = [text_of(shown) for shown in [await _turned(desk, answer) for _ in range(4)]]

    assert not any("C8" in refs_in(text) for text in turned)
    assert turned[-1] == "The fact base changed since you looked; give the command again to see anew."
    assert refs_in(text_of(await _turned(desk, past)))


async def _turned(desk: Desk, message: discord.Message) -> discord.Message:
    pressed = await desk.member.click(message, label="Next ›")
    assert pressed.response is not None
    return pressed.response.message


async def test_quotations_and_briefings_leave_receipts_too(desk: Desk) -> None:
    """By any route."""
    for line in (
        "!quote C8",
        "!brief casualties",
        "!compare casualties",
        "!sources casualties",
        "!timeline incursion",
    ):
        answer = await desk.say(line)
        assert answer is not None
        if "›" in text_of(answer):
            await desk.member.click(answer, label="Next ›")
        assert "revision 1" in await desk.answer(f"!receipt {answer.id}"), line


async def test_a_message_without_claims_has_no_receipt(desk: Desk) -> None:
    """And a wrong link gets one line."""
    nothing = await desk.say("!ask zithers")
    assert nothing is not None
    assert "There is no receipt" in await desk.answer(f"!receipt {nothing.id}")
    assert "Give a link" in await desk.answer("!receipt hello")


async def test_a_receipt_is_for_those_who_see_the_channel(desk: Desk) -> None:
    """What is asked in a private channel stays there."""
    everyone = next(role for role in desk.bot.get_guild(desk.server.id).roles if role.is_default())  # pyright: ignore[reportOptionalMemberAccess] it is in it
    assert desk.bot.user is not None
    room = desk.server.create_text_channel(
        "private",
        overwrites={
            everyone: discord.PermissionOverwrite(view_channel=False),
            desk.bot.user: discord.PermissionOverwrite(view_channel=True),
        },
    )
    await desk.env.settle()
    answer = await desk.say("!casualties", who=desk.admin, where=room)
    assert answer is not None

    assert "you and Caveat can read" in await desk.answer(f"!receipt {answer.id}")
    theirs = await desk.say(f"!receipt {answer.id}", who=desk.admin)
    assert theirs is not None
    assert "C8 revision 1" in text_of(theirs)


async def test_receipts_go_after_the_time_that_the_server_set(desk: Desk) -> None:
    """Ninety days unless it says otherwise."""
    answer = await desk.say("!casualties")
    assert answer is not None
    await moderator_says(desk, "!setup receipts 2")
    await desk.later(days=4)

    assert "There is no receipt" in await desk.answer(f"!receipt {answer.id}")


async def test_the_base_can_be_asked_as_it_stood(desk: Desk) -> None:
    """On any day of the past."""
    await desk.say("!casualties")
    await desk.later(days=2)
    await change(desk)
    await moderator_says(desk, "!claim retire C21 withdrawn")

    assert "Others doubt it." in await desk.answer("!casualties")
    past = await desk.answer("!asof 2026-01-02 casualties")
    assert "As of 2 Jan 2026" in past
    assert "Others doubt it." not in past
    assert refs_in(past) == ["C8", "C21", "C22"]
    assert "held no claims on 1 Dec 2025. It begins on 1 Jan 2026." in await desk.answer(
        "!asof 2025-12-01 casualties"
    )
    assert "still to come" in await desk.answer("!asof 2030-01-01 casualties")
    assert "Give a day and a question" in await desk.answer("!asof christmas casualties")


@pytest.mark.parametrize(
    ("typed", "day", "rest"),
    [
        ("2025-12-01 casualties", date(2025, 12, 1), "casualties"),
        ("2025-3-1, mines", date(2025, 3, 1), "mines"),
        ("31.12.2025 mines", date(2025, 12, 31), "mines"),
        ("1 December 2025 killed 6,000", date(2025, 12, 1), "killed 6,000"),
        ("3rd of jan. mines", date(2026, 1, 3), "mines"),
        ("Dec 31st 2025 mines", date(2025, 12, 31), "mines"),
        ("1 декабря mines", date(2025, 12, 1), "mines"),
        ("Yesterday how many", date(2026, 1, 4), "how many"),
        ("today", date(2026, 1, 5), ""),
    ],
)
def test_a_leading_day_is_read_as_people_write_it(typed: str, day: date, rest: str) -> None:
    """Without a year it is the last such day; today is 5 January 2026."""
    assert leading_day(typed, date(2026, 1, 5)) == (day, rest)


@pytest.mark.parametrize(
    "typed", ["", "casualties", "31.2.2026 x", "1/2/2026 x", "2026-13-01 x", "14 settlements", "2026"]
)
def test_what_is_no_day_is_read_as_none(typed: str) -> None:
    """Nor is one guessed where people differ in the order."""
    assert leading_day(typed, date(2026, 1, 5)) is None


@given(st.text())
def test_any_text_can_be_looked_at_for_a_leading_day(typed: str) -> None:
    """Whatever is typed."""
    found = leading_day(typed, date(2026, 1, 5))
    assert found is None or typed.rstrip(" ,:;").endswith(found[1])


async def test_a_renamed_claimant_is_worded_as_it_was_in_the_past(desk: Desk) -> None:
    """Entries have a past as claims have."""
    await desk.say("!casualties")
    await desk.later(days=2)
    await moderator_says(desk, "!party edit reuters name: Roiters reason: renamed")

    assert "Roiters" in await desk.answer("!casualties")
    assert "to Reuters" in await desk.answer("!asof 2026-01-02 casualties")


async def test_moderators_are_offered_corrections_where_a_changed_claim_was_shown(desk: Desk) -> None:
    """Posted as a reply to the old message: what it said and what it says now; a moderator's words stay inside."""
    answer = await desk.say("!casualties")
    assert answer is not None
    await change(desk)
    await press(desk, "Post corrections")
    (posted,) = corrections(desk.channel)

    assert "C8 · caveat changed · was" in posted
    assert "Others doubt it." in posted
    assert "doubts were raised" not in posted
    reply = next(each for each in desk.channel.history() if text_of(each) == posted)
    assert reply.reference is not None
    assert reply.reference.message_id == answer.id


async def test_a_changed_figure_is_seen_where_the_words_are_the_same(desk: Desk) -> None:
    """The correction gives both figures, in their blocks."""
    await desk.say("!casualties")
    await moderator_says(desk, "!claim edit C8 figures: killed | troops | more than 6,000 | 6500.. reason: a slip")
    asked = await press(desk, "Save")
    await desk.moderator.submit_modal(asked, {"why": "the source says so elsewhere"})
    await press(desk, "Post corrections")
    (posted,) = corrections(desk.channel)

    assert "Figures: killed: more than 6,000" in posted
    assert "[6500..]" in posted


async def test_a_channel_that_is_to_be_told_is_looked_into_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many messages showed the claim there, the past is asked what one of them said."""
    for _ in range(5):
        await desk.say("!casualties")
    await change(desk)
    asked: list[object] = []
    past = desk.bot.services.past.claims

    async def counting(*given: Any) -> Any:
        asked.append(given)
        return await past(*given)

    monkeypatch.setattr(desk.bot.services.past, "claims", counting)
    assert await desk.bot.services.corrections.outdated(desk.server.id, (8,)) == [8]
    assert len(asked) == 1


async def test_a_correction_is_posted_once_in_a_channel_and_never_twice(desk: Desk) -> None:
    """However often it was shown there, and however often somebody presses."""
    for _ in range(3):
        await desk.say("!casualties")
    await change(desk)
    await press(desk, "Post corrections")
    await press(desk, "Post corrections", desk.admin)
    await moderator_says(desk, "!correct C8")

    assert len(corrections(desk.channel)) == 1


async def test_corrections_can_be_automatic(desk: Desk) -> None:
    """By setting."""
    await moderator_says(desk, "!setup corrections on")
    await desk.say("!casualties")
    await change(desk)

    assert len(corrections(desk.channel)) == 1


async def test_a_channel_can_be_kept_free_of_corrections(desk: Desk) -> None:
    """By setting, too."""
    await moderator_says(desk, "!setup corrections on")
    await moderator_says(desk, f"!setup channel <#{desk.channel.id}> corrections off")
    await desk.say("!casualties")
    await change(desk)

    assert not corrections(desk.channel)


async def test_what_was_not_shown_lately_needs_no_correction(desk: Desk) -> None:
    """Within a chosen window."""
    await desk.say("!casualties")
    await desk.later(days=10)
    await change(desk)

    assert "was not shown otherwise" in await moderator_says(desk, "!correct C8")
    assert "would be posted once" in await moderator_says(desk, "!correct C8 30")


async def test_members_cannot_post_corrections(desk: Desk) -> None:
    """The button checks who presses."""
    await desk.say("!casualties")
    await change(desk)
    await press(desk, "Post corrections", desk.member)

    assert not corrections(desk.channel)
