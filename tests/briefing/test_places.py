"""Where the bot answers, and what time does to an answer."""

from __future__ import annotations

from tests.desk import Desk, labels_of, refs_in, text_of


async def test_a_thread_is_answered_like_its_channel(desk: Desk) -> None:
    """The answer stays in the thread."""
    answer = await desk.say("!casualties", where=desk.thread)

    assert answer is not None
    assert "C8" in refs_in(text_of(answer))
    assert desk.channel.last_message is None or desk.channel.last_message.id != answer.id


async def test_a_direct_message_reads_the_curated_base(desk: Desk) -> None:
    """Nobody needs a server to ask."""
    answer = await desk.whisper("!casualties")

    assert answer is not None
    assert "C8" in refs_in(text_of(answer))


async def test_another_server_is_answered_from_its_own_copy(desk: Desk) -> None:
    """Each server has the base from the moment the bot joins."""
    answer = await desk.say("!casualties", who=desk.rival)

    assert answer is not None
    assert "C8" in refs_in(text_of(answer))


async def test_page_buttons_retire_quietly(desk: Desk) -> None:
    """After three minutes without a press Delete and Challenge are left, and they still work."""
    answer = await desk.say("!sources")
    assert answer is not None
    assert "Next ›" in labels_of(answer)

    await desk.later(minutes=4)
    assert desk.channel.last_message is not None
    assert labels_of(desk.channel.last_message) == ["Delete", "Challenge"]

    await desk.member.click(desk.channel.last_message, label="Delete")
    assert answer.id not in {message.id for message in desk.channel.history()}


async def test_an_answer_can_be_deleted_after_a_restart(desk: Desk) -> None:
    """By whoever asked, and by nobody else."""
    answer = await desk.say("!casualties")
    assert answer is not None
    await desk.restart()

    refused = await desk.colleague.click(answer, label="Delete")
    assert refused.ephemeral
    await desk.member.click(answer, label="Delete")
    assert answer.id not in {message.id for message in desk.channel.history()}
