"""Holding messages against the base: on demand and by the watch."""

from __future__ import annotations

import discord
import pytest

from tests.desk import Desk, moderator_says, refs_in, text_of

BARE = "6,000 North Korean soldiers were killed in Kursk."


async def _checked(desk: Desk, text: str) -> str:
    """What the member alone sees after Apps → Check against fact base on a colleague's message."""
    message = await desk.colleague.send(desk.channel, text)
    result = await desk.member.context_menu(desk.channel, "Check against fact base", message)
    assert result.ephemeral
    assert result.response is not None
    return text_of(result.response.message)


@pytest.mark.parametrize(
    ("text", "refs", "said"),
    [
        (BARE, ["C8"], "does not say whose figure"),
        ("It is confirmed that 6k North Koreans died.", ["C8"], "nobody has confirmed it"),
        ("14,000 North Koreans killed!", ["C7", "C8"], "for something else"),
        ("Officials: 9,000 North Koreans were killed", ["C8"], "another figure"),
        ("North Koreans are clearing mines in Kursk", ["C1"], "holds claims on this"),
    ],
)
async def test_checking_a_message_shows_the_claims_behind_each_assertion(
    desk: Desk, text: str, refs: list[str], said: str
) -> None:
    """Same figure, other figure, other metric, no attribution, called confirmed: each gets its sentence."""
    shown = await _checked(desk, text)

    assert refs == refs_in(shown)[: len(refs)]
    assert said in shown


async def test_a_figure_with_its_claimant_is_not_called_unattributed(desk: Desk) -> None:
    """Whoever names whose figure it is did what the base asks for."""
    assert "does not say whose" not in await _checked(desk, "Zelensky says losses are more than 4,000.")


@pytest.mark.parametrize(
    "text",
    ["Lunch at 12?", "I bought 6,000 apples.", "Ukraine lost 6,000 soldiers last month.", "🎉", "good morning"],
)
async def test_a_message_that_asserts_nothing_of_the_base_brings_no_claim(desk: Desk, text: str) -> None:
    """Small talk, other wars' losses and other six thousands stay alone."""
    assert "Nothing in that message touches the fact base." in await _checked(desk, text)


async def test_a_text_check_is_shown_to_the_asker_alone_and_can_be_posted(desk: Desk) -> None:
    """The channel sees only that something was checked, until the asker posts it."""
    bare = await desk.colleague.send(desk.channel, BARE)
    await desk.member.send(desk.channel, "!check", reply_to=bare)
    offer = desk.channel.last_message
    assert offer is not None
    assert "C8" not in text_of(offer)

    refused = await desk.colleague.click(offer, label="Show me")
    assert refused.response is not None
    assert "Only the person who asked" in refused.response.content

    private = await desk.member.click(offer, label="Show me")
    assert private.ephemeral
    assert private.response is not None
    posted = await desk.member.click(private.response, label="Post here")
    assert not posted.ephemeral
    assert posted.response is not None
    assert "C8" in text_of(posted.response.message)

    receipt = await desk.say(f"!receipt {posted.response.message.jump_url}")  # so corrections reach it, too
    assert receipt is not None
    assert "Shown" in text_of(receipt)
    assert "C8" in text_of(receipt)


async def test_nobody_posts_a_check_where_they_may_not_write(desk: Desk) -> None:
    """Whoever reads there may have something checked; the bot speaks for them no more than they may."""
    read_only = discord.PermissionOverwrite(send_messages=False)
    room = desk.server.create_text_channel("news", overwrites={desk.server.default_role: read_only})
    private = await desk.member.slash(room, "check", text=BARE)
    assert private.response is not None
    posted = await desk.member.click(private.response, label="Post here")

    assert posted.ephemeral
    assert posted.response is not None
    assert "You may not read and write in" in posted.response.content
    assert not room.history()


async def test_what_changed_since_a_check_is_not_posted_as_if_it_stood(desk: Desk) -> None:
    """Retired meanwhile, it is nothing to show around."""
    private = await desk.member.slash(desk.channel, "check", text=BARE)
    assert private.response is not None
    await moderator_says(desk, "!claim retire C8 it was withdrawn")
    posted = await desk.member.click(private.response, label="Post here")

    assert posted.ephemeral
    assert posted.response is not None
    assert "The fact base changed since you looked" in posted.response.content


async def test_mentioning_the_bot_in_a_reply_checks_the_message(desk: Desk) -> None:
    """No command word is needed."""
    bare = await desk.colleague.send(desk.channel, BARE)
    await desk.member.send(desk.channel, f"<@{desk.bot.user.id}>", reply_to=bare)  # pyright: ignore[reportOptionalMemberAccess] logged in

    assert desk.channel.last_message is not None
    assert "Only you will see" in desk.channel.last_message.content


async def test_the_watch_is_off_until_a_moderator_switches_it_on(desk: Desk) -> None:
    """Nobody is answered unasked by default, and members cannot change that."""
    assert await desk.say(BARE) is None
    refusal = await desk.answer("!watch on")
    assert "Only moderators" in refusal
    assert await desk.say(BARE) is None


async def test_the_watch_speaks_once_per_claim_and_day(desk: Desk) -> None:
    """A figure without attribution gets one reply; the same figure again gets none until the next day."""
    await desk.say("!watch on", who=desk.moderator)

    first = await desk.say(BARE)
    assert first is not None
    assert refs_in(text_of(first)) == ["C8"]
    assert await desk.say(BARE) is None
    assert await desk.say("According to Reuters sources 6,000 North Koreans were killed.") is None

    other = await desk.say("12,000 North Korean troops were sent")
    assert other is not None
    assert refs_in(text_of(other)) == ["C20"]


@pytest.mark.parametrize(
    ("message", "noticed"),
    [
        ("9,500 North Koreans were wounded.", True),
        ("They say Russia lost 500 tanks.", True),
        ("Half a million mines lie in Kursk!", True),
        ("Officials say 9,500 North Koreans were wounded.", False),
        ("According to the Red Cross 9,500 North Koreans were wounded.", False),
        ("9,500 North Koreans were wounded: https://example.org/article", False),
        ("Were 9,500 North Koreans wounded?", False),
        ("We meet at 5 to talk about Kursk.", False),
        ("In August 2024 troops entered Kursk.", False),
        ("The Uran-6 clears mines in Kursk.", False),
        ("I need 3 minutes.", False),
    ],
)
async def test_the_watch_notices_a_figure_that_nobody_says_and_no_claim_gives(
    desk: Desk, message: str, noticed: bool
) -> None:
    """It asks whose it is, once for each figure and day, and repeats no figure."""
    await desk.say("!watch on", who=desk.moderator)
    said = await desk.say(message)
    assert (said is not None) is noticed
    if said is not None:
        assert "Nobody is named for it" in text_of(said)
        assert await desk.say(message) is None


async def test_the_watch_notices_a_figure_that_is_put_in_by_an_edit(desk: Desk) -> None:
    """An edit that says the same, or names who says so, gets none."""
    await desk.say("!watch on", who=desk.moderator)
    mine = await desk.member.send(desk.channel, "North Koreans were killed.")
    before = len(desk.channel.history())
    await desk.member.edit(mine, "Reuters reports that 6,000 North Koreans were killed.")
    assert len(desk.channel.history()) == before
    await desk.member.edit(mine, BARE)
    *_, remark = desk.channel.history()
    assert refs_in(text_of(remark)) == ["C8"]


async def test_the_watch_survives_a_restart(desk: Desk) -> None:
    """It is kept in the database, not in the process."""
    await desk.say("!watch on", who=desk.moderator)
    await desk.restart()

    assert await desk.say(BARE) is not None


async def test_a_watched_channel_is_watched_alone(desk: Desk) -> None:
    """Another channel, and another server, keep their peace."""
    await desk.say("!watch on", who=desk.moderator)
    before = len(desk.other_channel.history())
    await desk.rival.send(desk.other_channel, BARE)

    assert len(desk.other_channel.history()) == before + 1


async def test_checking_never_pings_whom_a_message_names(desk: Desk) -> None:
    """Nothing of the message is repeated."""
    shown = await _checked(desk, f"@everyone {desk.colleague.mention} {BARE}")

    assert "@everyone" not in shown
    assert BARE not in shown
    assert "C8" in shown


@pytest.mark.parametrize(
    ("text", "refs", "wrong"),
    [
        ("Zelensky says 6,000 North Koreans were killed.", ["C8", "C21"], True),
        ("Ukraine says 6,000 North Koreans were killed.", ["C8"], False),
        ("Zelensky says up to 12,000 North Koreans were sent.", ["C20"], False),
    ],
)
async def test_a_figure_given_to_somebody_else_is_told(desk: Desk, text: str, refs: list[str], wrong: bool) -> None:
    """The base has it from others; members and relays of its claimant count."""
    shown = await _checked(desk, text)

    assert refs == refs_in(shown)[: len(refs)]
    assert ("somebody's who, in the base, does not give it" in shown) is wrong


async def test_a_check_reads_what_people_see(desk: Desk) -> None:
    """Embeds, forwarded messages and linked ones; and of a picture it says that it read nothing."""
    answer = await desk.say("!C8")
    bare = await desk.colleague.send(desk.channel, BARE)
    forwarded = await desk.colleague.forward(bare, desk.channel)
    picture = await desk.colleague.send(desk.channel, "", attachments=[("photo.png", b"x")])
    assert answer is not None
    for message, read in ((answer, "C8"), (forwarded, "C8"), (picture, "Caveat read nothing")):
        result = await desk.member.context_menu(desk.channel, "Check against fact base", message)
        assert result.response is not None
        assert read in text_of(result.response.message)
    offer = await desk.say(f"!check is this true? {bare.jump_url}")
    assert offer is not None
    private = await desk.member.click(offer, label="Show me")
    assert private.response is not None
    assert "C8" in text_of(private.response.message)
