"""What people expect in a conversation: replies, mentions, direct messages, mended messages."""

from __future__ import annotations

import discord
import pytest

from tests.desk import Desk, labels_of, refs_in, text_of

BARE = "6,000 North Korean soldiers were killed in Kursk."


async def _reply(desk: Desk, text: str, to: discord.Message | None) -> str:
    """What the bot answers to the member's reply; empty for silence."""
    assert to is not None
    before = {message.id for message in desk.channel.history()}
    await desk.member.send(desk.channel, text, reply_to=to)
    new = [message for message in desk.channel.history() if message.id not in before]
    return text_of(new[-1]) if new[-1].author.bot else ""


def _me(desk: Desk) -> str:
    assert desk.bot.user is not None
    return desk.bot.user.mention


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("and who said that?", "Said by: South Korean, Ukrainian and Western sources."),
        ("source?", "Said by: South Korean"),
        ("is that verified?", "Nobody could verify it."),
        ("really?", "Not independently verified."),
        ("who disagrees?", "C21"),
        ("where was that?", "Where: Kursk region"),
        ("when was that?", "When: no date given"),
    ],
)
async def test_a_reply_to_an_answer_is_about_the_claims_it_showed(desk: Desk, text: str, said: str) -> None:
    """Without prefix, mention or name; each kind of question is answered first."""
    shown = await _reply(desk, text, await desk.say("!C8"))

    assert said in shown
    assert refs_in(shown)[0] == "C8"
    assert "C7" not in refs_in(shown)


async def test_a_reply_why_shows_claims_that_say_why_alone(desk: Desk) -> None:
    """A figure gives no reason; a purpose does."""
    assert refs_in(await _reply(desk, "why?", await desk.say("!C18"))) == ["C18"]
    assert "No claim in the fact base matches" in await _reply(desk, "but why?", await desk.say("!C8"))


@pytest.mark.parametrize("text", ["thanks!", "lol", "who cares about lunch", "so sad", "pizza tonight?"])
async def test_talk_beneath_an_answer_stays_among_people(desk: Desk, text: str) -> None:
    """A reply that asks nothing of the base is not answered."""
    assert await _reply(desk, text, await desk.say("!C8")) == ""


async def test_commands_in_reply_act_on_the_one_claim_shown(desk: Desk) -> None:
    """Where several were shown they are named."""
    one, several = await desk.say("!C8"), await desk.say("!casualties")

    assert "(C8, revision" in await _reply(desk, "!quote", one)
    assert "Editor's note" in await _reply(desk, "!claim", one)
    assert "C21" in await _reply(desk, "!compare", one)
    assert "Thank you" in await _reply(desk, "!challenge another outlet has other words", one)
    assert "name one of them" in await _reply(desk, "!quote", several)
    assert "reply to an answer" in await desk.answer("!quote")


@pytest.mark.parametrize("words", ["", " is this true?", " source?", " who says this?", " check this please"])
async def test_a_mention_in_reply_to_a_message_checks_it(desk: Desk, words: str) -> None:
    """With words that name nothing of their own, too, and wherever the mention stands."""
    bare = await desk.colleague.send(desk.channel, BARE)

    assert "Only you will see" in await _reply(desk, _me(desk) + words, bare)
    assert "Only you will see" in await _reply(desk, f"{words} {_me(desk)}".strip(), bare)


async def test_a_mention_may_end_a_question(desk: Desk) -> None:
    """And a reply that names something is a question of its own."""
    bare = await desk.colleague.send(desk.channel, "good morning")

    assert "C26" in await desk.answer(f"how many settlements are closed {_me(desk)}?")
    assert "C26" in await _reply(desk, f"{_me(desk)} how many settlements are closed?", bare)
    assert "C18" in await desk.answer(f"{_me(desk)} why were the sappers sent")


async def test_direct_messages_need_no_prefix(desk: Desk) -> None:
    """Commands and questions alike, and replies to answers."""
    shown = await desk.whisper("how many north koreans died")
    assert shown is not None
    assert "C8" in refs_in(text_of(shown))
    topics = await desk.whisper("topics")
    assert topics is not None
    assert "Casualties" in text_of(topics)
    await desk.whisper("C8")
    channel = desk.member.user.dm_channel
    assert channel.last_message is not None
    replied = {"channel_id": str(channel.id), "message_id": str(channel.last_message.id)}
    await desk.member.send_dm("is that verified?", reference=replied)
    assert "Nobody could verify it." in text_of(channel.last_message)


async def test_a_mended_message_has_its_answer_mended(desk: Desk) -> None:
    """No second answer; its receipt follows; and what is old, or changes something, stays."""
    message = await desk.member.send(desk.channel, "!C7")
    answer = desk.channel.last_message
    assert answer is not None
    count = len(desk.channel.history())
    await desk.member.edit(message, "!C8")

    mended = desk.channel.last_message
    assert mended is not None
    assert (mended.id, len(desk.channel.history())) == (answer.id, count)
    assert refs_in(text_of(mended)) == ["C8"]
    assert "(C8, revision" in await _reply(desk, "!quote", mended)

    await desk.member.edit(message, "!zxqv zxqv")
    await desk.later(minutes=10)
    await desk.member.edit(message, "!C7")
    assert desk.channel.last_message is not None
    assert refs_in(text_of(desk.channel.last_message))[-1:] != ["C7"]


@pytest.mark.parametrize("word", ["invasion", "sent", "august"])
async def test_a_word_of_the_base_that_is_no_name_is_asked_back(desk: Desk, word: str) -> None:
    """A figure stands on no button; one leads to its claims."""
    message = await desk.say(f"!{word}")
    assert message is not None
    assert "Did you mean" in text_of(message)
    labels = labels_of(message)
    assert 1 < len(labels) <= 4
    await desk.member.click(message, label=labels[0])
    assert desk.channel.last_message is not None
    assert refs_in(text_of(desk.channel.last_message))


@pytest.mark.parametrize("text", ["!play despacito", "!rank", "!level 5", "!daily", "!work"])
async def test_commands_of_other_bots_stay_unanswered(desk: Desk, text: str) -> None:
    """They share the prefix."""
    assert await desk.answer(text) == ""
