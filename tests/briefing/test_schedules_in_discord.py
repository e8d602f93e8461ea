"""Channels get their briefing on time, once, beginning with what changed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import discord
import pytest
import simcord

from bot.background.live_briefings import MOST
from bot.core.briefing.briefings import compose
from bot.core.briefing.deliveries import Due, Schedule
from bot.core.briefing.schedules import Rhythm
from bot.core.history.postings import Live
from bot.services.briefings import Digest, Report
from bot.ui.briefing.digests import MESSAGES, digest_messages
from tests.desk import Desk, moderator_says, newest, press, text_of
from tests.factories import a_base, a_claim

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
async def room(desk: Desk) -> simcord.ChannelHandle:
    """A channel for briefings alone."""
    channel = desk.server.create_text_channel("briefings")
    await desk.env.settle()
    return channel


async def scheduled(desk: Desk, room: simcord.ChannelHandle, when: str) -> str:
    """The line that says what was scheduled."""
    return await moderator_says(desk, f"!briefing schedule <#{room.id}> {when}")


def posted(room: simcord.ChannelHandle) -> list[str]:
    """What was posted there, the oldest first."""
    return [text_of(message) for message in room.history()]


async def to(desk: Desk, moment: datetime) -> None:
    """Let time pass until then."""
    await desk.env.advance_time((moment - desk.clock()).total_seconds())


async def test_a_daily_briefing_is_posted_each_day_at_its_wall_clock_time(
    desk: Desk, room: simcord.ChannelHandle
) -> None:
    """Across the change to summer time, too."""
    await to(desk, datetime(2026, 3, 26, 12, tzinfo=UTC))
    assert "daily at 08:00, Europe/Berlin" in await scheduled(desk, room, "daily 08:00 Europe/Berlin casualties")
    await to(desk, datetime(2026, 3, 31, 12, tzinfo=UTC))
    times = [message.created_at.astimezone(BERLIN) for message in room.history()]

    assert [each.day for each in times] == [27, 28, 29, 30, 31]
    assert {(each.hour, each.minute) for each in times} == {(8, 0)}
    assert all("C8" in text for text in posted(room))


async def test_a_month_brings_one_post_a_day(desk: Desk, room: simcord.ChannelHandle) -> None:
    """None twice, none left out; test_rhythms counts the days of a year and its end without Discord."""
    await scheduled(desk, room, "daily 23:30 Asia/Pyongyang casualties")
    start = desk.clock()
    for step in range(1, 3):
        await to(desk, start + timedelta(days=15 * step))
    zone = ZoneInfo("Asia/Pyongyang")
    days = [message.created_at.astimezone(zone).date() for message in room.history()]

    assert len(days) == len(set(days)) == 30


async def test_each_briefing_begins_with_what_changed_since_the_last_one_there(
    desk: Desk, room: simcord.ChannelHandle
) -> None:
    """Old and new, each a whole block."""
    await scheduled(desk, room, "daily 08:00 casualties")
    await desk.later(days=1)
    await desk.later(days=1)
    await moderator_says(desk, "!claim edit C8 caveat: Others doubt it. | Reuters reason: doubts")
    await press(desk, "Save")
    await moderator_says(desk, "!claim retire C21 withdrawn")
    await desk.later(days=1)
    first, second, third = posted(room)

    assert "What changed" not in first
    assert "No change since" in second
    assert "C8 · caveat changed · was" in third
    assert "C8 · caveat changed · now" in third
    assert "Others doubt it." in third
    assert "C21 · retired\n" in third
    assert "withdrawn" not in third


async def test_skipping_posts_nothing_when_nothing_changed(desk: Desk, room: simcord.ChannelHandle) -> None:
    """By a word in the schedule."""
    assert "skipped when nothing changed" in await scheduled(desk, room, "daily 08:00 casualties skip")
    for _ in range(3):
        await desk.later(days=1)

    assert len(posted(room)) == 1


async def test_a_slot_missed_while_the_bot_was_down_is_posted_once_and_says_so(
    desk: Desk, room: simcord.ChannelHandle
) -> None:
    """Older missed ones are folded into it."""
    await scheduled(desk, room, "daily 08:00 casualties")
    await desk.later(days=1)
    await desk.bot._scheduler.stop()  # pyright: ignore[reportPrivateUsage] the process is gone, the clock goes on
    await desk.later(days=3)
    await desk.restart()
    await desk.later(minutes=1)
    first, late = posted(room)

    assert "Late" not in first
    assert "Late: due 4 Jan 2026, 08:00" in late
    assert "2 earlier ones since 2 Jan 2026" in late


async def test_a_channel_that_is_gone_pauses_the_schedule_and_the_moderators_hear_once(
    desk: Desk, room: simcord.ChannelHandle
) -> None:
    """In the review channel."""
    await moderator_says(desk, f"!setup review-channel <#{desk.channel.id}>")
    await scheduled(desk, room, "daily 08:00 casualties")
    everyone = desk.bot.get_guild(desk.server.id)
    assert everyone is not None
    desk.env.inject_error("POST", f"/channels/{room.id}/messages", status=403, times=5)
    await desk.later(days=3)
    told = [each for each in desk.channel.history() if "is paused" in each.content]

    assert len(told) == 1
    assert "paused" in await moderator_says(desk, "!briefing list")
    assert not posted(room)


async def test_a_passing_failure_of_discord_loses_no_briefing(desk: Desk, room: simcord.ChannelHandle) -> None:
    """It is tried again."""
    await scheduled(desk, room, "daily 08:00 casualties")
    desk.env.inject_error("POST", f"/channels/{room.id}/messages", status=503, times=6)
    await desk.later(days=1)

    assert len(posted(room)) == 1


async def test_a_schedule_is_paused_resumed_previewed_run_and_cancelled(
    desk: Desk, room: simcord.ChannelHandle
) -> None:
    """By its number."""
    await scheduled(desk, room, "weekly mon 07:30 casualties")
    assert "paused" in await moderator_says(desk, "!briefing pause 1")
    await desk.later(days=8)
    assert not posted(room)
    assert "next" in await moderator_says(desk, "!briefing resume 1")
    assert "Briefing: Casualties" in await moderator_says(desk, "!briefing preview 1")
    assert not posted(room)
    assert "Posted in" in await moderator_says(desk, "!briefing run 1")
    assert len(posted(room)) == 1
    assert "cancelled" in await moderator_says(desk, "!briefing cancel 1")
    await desk.later(days=8)
    assert len(posted(room)) == 1
    assert "No schedule has that number" in await moderator_says(desk, "!briefing run 1")


@pytest.mark.parametrize(
    ("when", "line"),
    [
        ("sometimes 08:00", "daily"),
        ("daily 25:00", "time"),
        ("daily 08:00 Europe/Kiyv", "Europe/Kyiv"),
        ("daily 08:00 eurovision", "No claim in the fact base matches"),
    ],
)
async def test_a_schedule_that_cannot_be_read_is_refused(
    desk: Desk, room: simcord.ChannelHandle, when: str, line: str
) -> None:
    """With what to write instead."""
    assert line in await scheduled(desk, room, when)
    assert "There are none" in await moderator_says(desk, "!briefing list")


async def test_a_digest_never_exceeds_three_messages(desk: Desk, room: simcord.ChannelHandle) -> None:
    """Of the whole base, too; each says which part of them it is, and counts no pages that are not there."""
    await scheduled(desk, room, "daily 08:00")
    await desk.later(days=1)
    texts = posted(room)

    assert 1 < len(texts) <= MESSAGES
    assert all(f"part {number} of {len(texts)}" in text for number, text in enumerate(texts, start=1))
    assert not any(re.search(r"page \d+", text) for text in texts)


def test_what_does_not_fit_three_messages_is_left_to_a_command() -> None:
    """The last one says how to read on."""
    base = a_base(a_claim(number, f"Claim number {number} of many. " + "Words. " * 40) for number in range(1, 100))
    now = datetime(2026, 1, 1, 8, tzinfo=UTC)
    rhythm = Rhythm(time(8), "UTC", frozenset(range(7)))
    due = Due(Schedule(1, 1, 1, "casualties", rhythm, now), now)
    digest = Digest(Report(compose(base, base.live, "Casualties", today=now.date()), base, now), None, ())
    messages = digest_messages(digest, due, now, "UTC", plain=False)

    assert len(messages) == MESSAGES
    assert "more than fits here: !brief Casualties" in (messages[-1].embeds()[-1].footer.text or "")


async def test_a_schedule_may_post_changes_only(desk: Desk, room: simcord.ChannelHandle) -> None:
    """The whole briefing the first time, then what changed, with the way to the rest."""
    line = await scheduled(desk, room, "daily 08:00 casualties changes only")
    assert "changes only" in line
    await desk.later(days=1)
    await moderator_says(desk, "!claim retire C21 withdrawn")
    await desk.later(days=1)
    await desk.later(days=1)
    first, second, third = posted(room)

    assert "C22" in first
    assert second.count("C21 · retired") == second.count("Attribution:") == 1
    assert "C22" not in second
    assert "the whole briefing: !brief Casualties" in second
    assert "No change since" in third


async def test_a_schedule_notifies_the_role_it_names_and_nobody_else(desk: Desk, room: simcord.ChannelHandle) -> None:
    """Silent unless told; the first part names the role, and no other mention can come to life."""
    role = desk.server.create_role("analysts", mentionable=True)
    await desk.env.settle()
    line = await scheduled(desk, room, f"daily 08:00 changes only mention <@&{role.id}> casualties")
    assert f"for <@&{role.id}>" in line
    await desk.later(days=1)
    path = f"/{room.id}/messages"
    (sent,) = [each.json for each in desk.env.http_requests if each.path.endswith(path) and each.json]

    assert sent["content"] == f"For <@&{role.id}>"
    assert sent["allowed_mentions"] == {"parse": [], "roles": [str(role.id)]}
    assert not sent.get("flags")


@pytest.mark.parametrize(
    ("mention", "line"),
    [
        ("@everyone", "not everybody"),
        ("<@123>", "not a person"),
        ("<@&123> <@&124>", "one role at most"),
        ("<@&123>", "Name a role that is there"),
    ],
)
async def test_a_schedule_that_would_notify_anybody_else_is_refused(
    desk: Desk, room: simcord.ChannelHandle, mention: str, line: str
) -> None:
    """With what to do instead."""
    assert line in await scheduled(desk, room, f"daily 08:00 casualties mention {mention}")
    assert "There are none" in await moderator_says(desk, "!briefing list")


async def test_a_role_that_may_not_be_mentioned_is_refused(desk: Desk, room: simcord.ChannelHandle) -> None:
    """A moderator does not get by a briefing what Discord does not let them do."""
    role = desk.server.create_role("quiet")
    await desk.env.settle()

    assert "cannot be notified" in await scheduled(desk, room, f"daily 08:00 casualties mention <@&{role.id}>")


async def test_a_briefing_on_demand_begins_with_what_changed_lately(desk: Desk) -> None:
    """Within a week; before that there is nothing to say."""
    assert "What changed" not in await desk.answer("!brief casualties")
    await desk.later(days=10)
    await moderator_says(desk, "!claim retire C21 withdrawn")
    shown = await desk.answer("!brief casualties")
    assert shown.index("C21 · retired") < shown.index("C8")
    await desk.later(days=10)
    assert "No change since" in await desk.answer("!brief casualties")


async def test_a_select_leads_to_each_part_of_a_briefing(desk: Desk) -> None:
    """By its title."""
    message = await desk.say("!brief")
    assert message is not None
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    (select,) = [part for row in rows for part in row.children if isinstance(part, discord.SelectMenu)]
    (choice,) = [option.value for option in select.options if option.label == "Orders"]
    await desk.member.select(message, [choice])

    shown = newest(desk)
    assert "C9" in shown
    assert "C8" not in shown


async def test_briefings_can_be_switched_off_for_a_channel(desk: Desk, room: simcord.ChannelHandle) -> None:
    """The reason is kept."""
    await scheduled(desk, room, "daily 08:00 casualties")
    await moderator_says(desk, f"!setup channel <#{room.id}> briefings off")
    assert "switched off there" in await moderator_says(desk, "!briefing list")
    assert "!briefing list says why" in await moderator_says(desk, "!briefing run 1")
    await desk.later(days=2)

    assert not posted(room)


async def test_a_live_briefing_is_edited_when_the_base_changes_at_most_once_a_minute(
    desk: Desk, room: simcord.ChannelHandle
) -> None:
    """One message, with the time of the last change."""
    assert "A live briefing stands" in await moderator_says(desk, f"!briefing pin <#{room.id}> casualties")
    await desk.later(minutes=2)
    for words in ("First doubt.", "Second doubt."):
        await moderator_says(desk, f"!claim edit C8 caveat: {words} | Reuters reason: x")
        await press(desk, "Save")
    await desk.later(seconds=2)
    edits = [each for each in desk.env.http_requests if each.method == "PATCH" and f"/{room.id}/" in each.path]
    assert len(edits) == 1
    await desk.later(minutes=2)
    (shown,) = posted(room)

    assert "Second doubt." in shown
    assert "last change 1 Jan 2026, 00:02 UTC" in shown
    assert "Live in" in await moderator_says(desk, "!briefing list")
    assert "Edited no more" in await moderator_says(desk, f"!briefing unpin <#{room.id}>")
    assert "Ended: edited no more · last change 1 Jan 2026, 00:02 UTC" in posted(room)[0]


async def test_a_live_briefing_whose_subject_is_gone_shows_no_claim_any_more(
    desk: Desk, room: simcord.ChannelHandle
) -> None:
    """What it showed was retired, and it would never be edited again."""
    await moderator_says(desk, f"!briefing pin <#{room.id}> casualties")
    await desk.say("!setup base", who=desk.admin)
    await press(desk, "Empty it …", desk.admin)
    await press(desk, "Yes, put it away", desk.admin)
    await desk.later(minutes=2)

    assert posted(room) == ["Briefing\n\nThis briefing has ended: the fact base no longer has its subject."]
    assert not await desk.bot.services.postings.live(desk.server.id)


async def test_a_server_has_so_many_live_briefings_and_no_more(desk: Desk, room: simcord.ChannelHandle) -> None:
    """Each of them is edited after every change."""
    its = desk.bot.services
    await its.workspaces.open(desk.server.id)
    for number in range(1, MOST + 1):
        await its.postings.pin(Live(number, desk.server.id, room.id, f"topic {number}", 0, its.clock()))

    told = await moderator_says(desk, f"!briefing pin <#{room.id}> casualties")
    assert told.startswith(f"A server has {MOST} live briefings at most")


async def test_a_briefing_comes_as_pages_or_as_files(desk: Desk) -> None:
    """Markdown and PDF say the same."""
    pages = await desk.say("!brief casualties")
    assert pages is not None
    assert "3 claims: Not independently verified." in text_of(pages)
    assert [each.filename for each in pages.attachments] == ["comparison.png"]
    assert pages.attachments[0].description is not None
    assert "Attribution:" in pages.attachments[0].description
    files = await desk.say("!brief casualties as: file")
    assert files is not None
    markdown, pdf = files.attachments
    assert b"More than 6,000" in await markdown.read()
    assert (await pdf.read()).startswith(b"%PDF")
    assert "No claim in the fact base matches" in await desk.answer("!brief eurovision")


async def test_a_comparison_carries_its_picture(desk: Desk) -> None:
    """With all it shows in words for those who cannot see it."""
    answer = await desk.say("!compare casualties")
    assert answer is not None
    picture: discord.Attachment = answer.attachments[0]

    assert (await picture.read()).startswith(b"\x89PNG")
    assert picture.description is not None
    assert "more than 6,000" in picture.description.lower()
