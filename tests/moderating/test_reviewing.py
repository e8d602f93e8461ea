"""What waits for moderators: reviews, proposals under four eyes, challenges, and questions without an answer."""

from __future__ import annotations

import discord

from tests.desk import Desk, labels_of, moderator_says, newest_with, press, refs_in, text_of

DOUBT = "!claim edit C8 status: contested caveat: Others doubt it. | Reuters reason: doubts were raised"


async def proposed(desk: Desk) -> discord.Message:
    """The message of a proposal that the moderator made under four eyes."""
    await desk.say("!setup four-eyes on", who=desk.admin)
    await moderator_says(desk, DOUBT)
    await press(desk, "Save")
    return newest_with(desk, "Approve")


async def test_the_look_before_saving_says_that_it_will_be_a_proposal(desk: Desk) -> None:
    """Whatever it changes, and under four eyes alone."""
    asked = "Saving proposes it"
    assert asked not in await moderator_says(desk, DOUBT)
    await desk.say("!setup four-eyes on", who=desk.admin)
    assert asked in await moderator_says(desk, DOUBT)
    assert asked in await moderator_says(desk, "!claim edit C8 note: Checked. reason: x")


async def test_every_claim_is_due_for_review_after_ninety_days(desk: Desk) -> None:
    """Counted from its entry, or from the last review."""
    assert "Reviews due" not in await moderator_says(desk, "!review")
    desk.skip(days=91)
    assert "C8: not reviewed yet" in await moderator_says(desk, "!review")

    await moderator_says(desk, "!review done C1")
    assert "C1:" not in await moderator_says(desk, "!review")


async def test_a_review_has_its_own_word_and_says_nothing_about_truth(desk: Desk) -> None:
    """Reviewed is not verified."""
    said = await moderator_says(desk, "!review done C8")
    shown = await desk.answer("!claim C8")

    assert "last reviewed" in said
    assert "reviewed 1 Jan 2026" in shown
    assert "verified" not in said
    assert "Verification: Not independently verified." in shown


async def test_a_change_of_what_a_claim_says_resets_its_review_and_a_small_one_does_not(desk: Desk) -> None:
    """Saving does not review."""
    for ref, fields in (("C8", "caveat: Others doubt it. | Reuters"), ("C7", "note: Checked.")):
        await moderator_says(desk, f"!review done {ref}")
        await moderator_says(desk, f"!claim edit {ref} {fields} reason: x")
        await press(desk, "Save")
    queue = await moderator_says(desk, "!review")

    assert "C8: not reviewed yet" in queue
    assert "C7" not in queue


async def test_a_claim_has_its_reviewer_and_interval(desk: Desk) -> None:
    """As a moderator says."""
    said = await moderator_says(desk, f"!review assign C8 <@{desk.admin.id}> 30")

    assert "every 30 days" in said
    assert f"by <@{desk.admin.id}>" in said
    assert "1 and 3650" in await moderator_says(desk, f"!review assign C8 <@{desk.admin.id}> 9999")


async def test_what_no_longer_answers_is_not_looked_over(desk: Desk) -> None:
    """It would be said to have been reviewed, and be due again."""
    await moderator_says(desk, "!claim retire C8 withdrawn")
    for command in ("!review done C8", f"!review assign C8 <@{desk.colleague.id}> 30"):
        assert await moderator_says(desk, command) == "C8 was retired and no longer answers."
    refused = await moderator_says(desk, "!source edit fox-2025-11-14 published: 2205-11-14 reason: x")
    assert refused == "14 Nov 2205 is still to come: nothing was published or said then."


async def test_a_proposal_answers_nobody_before_a_second_moderator_approves_it(desk: Desk) -> None:
    """Four eyes: one's own are two."""
    message = await proposed(desk)
    assert "Others doubt it." not in await desk.answer("!casualties")
    own = await desk.moderator.click(message, label="Approve")
    assert own.response is not None
    assert own.response.message is not None
    assert "another moderator" in text_of(own.response.message)

    await desk.admin.click(message, label="Approve")
    assert "Others doubt it." in await desk.answer("!casualties")
    assert f"by <@{desk.moderator.id}>" in await moderator_says(desk, "!history C8")


async def test_the_buttons_of_a_proposal_survive_a_restart(desk: Desk) -> None:
    """Their state is their id."""
    message = await proposed(desk)
    await desk.restart()
    await desk.admin.click(message, label="Approve")

    assert "Others doubt it." in await desk.answer("!casualties")


async def test_a_stale_proposal_says_what_moved(desk: Desk) -> None:
    """It is not put on top of what its approver has not seen."""
    message = await proposed(desk)
    await desk.say("!setup four-eyes off", who=desk.admin)
    await press(desk, "Agree")
    await moderator_says(desk, "!claim edit C8 note: Moved on. reason: y")
    await press(desk, "Save")
    assert "stale" in await moderator_says(desk, "!review")
    result = await desk.admin.click(message, label="Approve")

    assert result.response is not None
    assert result.response.message is not None
    assert "Moved on." in text_of(result.response.message)
    assert "Others doubt it." not in await desk.answer("!casualties")


async def test_a_declined_proposal_changes_nothing_and_cannot_be_approved(desk: Desk) -> None:
    """Settled once."""
    await proposed(desk)
    assert "declined" in await moderator_says(desk, "!review decline 1")
    answer = await desk.say("!review approve 1", who=desk.admin)
    assert answer is not None
    assert "was declined already" in text_of(answer)
    assert "declined" in await moderator_says(desk, "!review proposal 1")


async def test_a_proposal_is_announced_in_the_review_channel(desk: Desk) -> None:
    """With buttons there."""
    reviews = desk.server.create_text_channel("reviews")
    await desk.env.settle()
    await desk.say(f"!setup review-channel <#{reviews.id}>", who=desk.admin)
    await proposed(desk)

    assert reviews.last_message is not None
    assert "Approve" in labels_of(reviews.last_message)


async def test_a_challenge_lands_in_the_queue_with_question_revision_and_link(desk: Desk) -> None:
    """And who made it is told the outcome, with the claim as it stands and a moderator's words as theirs."""
    answer = await desk.say("!ask how many north koreans died")
    assert answer is not None
    opened = await desk.member.click(answer, label="Challenge")
    await desk.member.submit_modal(opened, {"claim": "C8", "reason": "Another outlet gives other words."})
    queue = await moderator_says(desk, "!review")
    assert "C8, revision 1" in queue
    assert "how many north koreans died" in queue
    assert answer.jump_url in queue

    assert "was told" in await moderator_says(desk, "!review uphold 1 mended, thank you")
    told = desk.member.user.dm_channel.history()[-1]
    assert "upheld" in told.content
    assert "In the words of a moderator, not of the fact base:\n> “mended, thank you”" in told.content
    assert "**Attribution:**" in told.content
    assert "was upheld already" in await moderator_says(desk, "!review dismiss 1 no")


async def test_words_with_a_figure_stand_whole_before_moderators_and_go_no_further(desk: Desk) -> None:
    """A challenge and what settles it, quoted as whose they are; a figure never goes out by direct message."""
    reviews = desk.server.create_text_channel("reviews")
    await desk.env.settle()
    await desk.say(f"!setup review-channel <#{reviews.id}>", who=desk.admin)
    await desk.say("!challenge C8 It was 700 men, not 500")
    words = f"In the words of <@{desk.member.id}>, not of the fact base:\n> “It was 700 men, not 500”"
    assert reviews.last_message is not None
    assert words in text_of(reviews.last_message)
    assert words in await moderator_says(desk, "!review")

    assert "not passed on" in await moderator_says(
        desk, "!review dismiss 1 the source says 6,000, the UN confirms it"
    )
    told = desk.member.user.dm_channel.history()[-1].content
    assert ": dismissed." in told
    assert "confirms" not in told
    assert told.count("6,000") == 1


async def test_a_challenge_can_be_typed_and_needs_a_claim_that_answers(desk: Desk) -> None:
    """Ids are on every answer."""
    assert "Thank you" in await desk.answer("!challenge C8 I doubt it")
    assert "No claim in the fact base has that id" in await desk.answer("!challenge C99 I doubt it")


async def test_the_challenge_button_works_after_a_restart(desk: Desk) -> None:
    """On answers of long ago."""
    answer = await desk.say("!casualties")
    assert answer is not None
    await desk.restart()
    opened = await desk.member.click(answer, label="Challenge")
    result = await desk.member.submit_modal(opened, {"claim": "C21", "reason": "Says who?"})

    assert result.response is not None
    assert result.response.message is not None
    assert "Thank you" in text_of(result.response.message)


async def test_unanswered_questions_are_counted_without_names(desk: Desk) -> None:
    """Near-duplicates are one question."""
    for text in ("!ask who won eurovision 2025", "!ask who won the eurovision 2025", "!ask price of bread"):
        await desk.say(text)
    shown = await moderator_says(desk, "!misses")

    assert "2 times" in shown
    assert "question 1 of 2" in shown
    assert str(desk.member.id) not in shown
    await desk.later(days=31)
    assert "was answered" in await moderator_says(desk, "!misses")


async def test_one_button_makes_a_missed_question_an_alias_and_who_waited_is_told(desk: Desk) -> None:
    """By a direct message, once."""
    missed = await desk.say("!ask zithers")
    assert missed is not None
    await desk.member.click(missed, label="Tell me later")
    await moderator_says(desk, "!misses")
    opened = await press(desk, "Make it an alias")
    await desk.moderator.submit_modal(opened, {"entry": "casualties", "alias": "zithers", "reason": ""})

    assert "C8" in refs_in(await desk.answer("!zithers"))
    told = [each.content for each in desk.member.user.dm_channel.history()]
    assert len([each for each in told if "can be answered now" in each]) == 1
    assert "was answered" in await moderator_says(desk, "!misses")


async def test_who_could_not_be_told_of_an_answer_is_told_with_the_next_change(desk: Desk) -> None:
    """Discord failed at that moment; nobody who waits is forgotten."""
    missed = await desk.say("!ask zithers")
    assert missed is not None
    await desk.member.click(missed, label="Tell me later")
    desk.env.inject_error("POST", "/users/@me/channels", status=503, times=1)
    await moderator_says(desk, "!alias add casualties zithers")
    await desk.later(minutes=1)
    await moderator_says(desk, "!alias add casualties psalteries")
    await desk.later(minutes=1)

    told = [each.content for each in desk.member.user.dm_channel.history()]
    assert len([each for each in told if "can be answered now" in each]) == 1


async def test_one_button_makes_a_missed_question_a_draft(desk: Desk) -> None:
    """With the forms for every part."""
    await desk.say("!ask zithers")
    await moderator_says(desk, "!misses")
    result = await press(desk, "Draft a claim")

    assert result.response is not None
    assert result.response.message is not None
    assert "A claim needs a statement" in text_of(result.response.message)


async def test_a_missed_question_can_be_dropped(desk: Desk) -> None:
    """Small talk is no gap in the base."""
    await desk.say("!ask zithers")
    await moderator_says(desk, "!misses")
    await press(desk, "Drop")

    assert "was answered" in await moderator_says(desk, "!misses")
