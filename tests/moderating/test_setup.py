"""A server's settings."""

from __future__ import annotations

from typing import get_args

import discord
import pytest

from bot.core.dates import MONTHS
from bot.languages.sentences import translations
from cogs.setup import Tongue
from tests.desk import Desk, moderator_says, press, text_of


async def test_settings_are_shown_and_changed(desk: Desk) -> None:
    """Each by its name."""
    forum, category = desk.server.create_forum_channel("forum"), desk.server.create_category("rooms")
    await desk.env.settle()
    assert "Four eyes: off" in await moderator_says(desk, "!setup")
    for line, shown in (
        ("!setup four-eyes on", "Four eyes: on"),
        ("!setup zone europe/kyiv", "Time zone: Europe/Kyiv"),
        (f"!setup review-channel <#{desk.channel.id}>", f"Review channel: <#{desk.channel.id}>"),
        ("!setup corrections on", "Corrections: posted without asking"),
        ("!setup receipts 30", "kept for 30 days"),
        (f"!setup channel <#{desk.channel.id}> corrections off", f"corrections in <#{desk.channel.id}>"),
        (f"!setup channel <#{desk.thread.id}> remarks off", f"remarks in <#{desk.thread.id}>"),
        (f"!setup channel <#{forum.id}> briefings off", f"briefings in <#{forum.id}>"),
        (f"!setup channel <#{category.id}> briefings off", f"<#{category.id}> is a category"),
        ("!setup dates uk", "Language of dates: uk"),
    ):
        assert shown in await moderator_says(desk, line), line


async def test_settings_survive_a_restart(desk: Desk) -> None:
    """They are in the database."""
    await moderator_says(desk, "!setup zone Asia/Seoul")
    await desk.restart()

    assert "Asia/Seoul" in await moderator_says(desk, "!setup")


@pytest.mark.parametrize(
    ("code", "day"),
    [("uk", "14 лист. 2025"), ("ko", "2025년 11월 14일"), ("de", "14. Nov. 2025"), ("en", "14 Nov 2025")],
)
async def test_dates_are_written_in_the_servers_language(desk: Desk, code: str, day: str) -> None:
    """In every block, and only in that server."""
    await moderator_says(desk, f"!setup dates {code}")

    assert day in await desk.answer("!casualties")
    elsewhere = await desk.say("!casualties", who=desk.rival)
    assert elsewhere is not None
    assert "14 Nov 2025" in text_of(elsewhere)


async def test_a_misspelled_zone_is_answered_with_the_nearest(desk: Desk) -> None:
    """By name."""
    assert "the nearest is Europe/Kyiv" in await moderator_says(desk, "!setup zone europe/kyjiv")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("moderators Editers", "There is no role “Editers”"),
        ("moderators", "needs its role"),
        ("review-channel generl", "There is no channel “generl”"),
        ("receipts 5000", "Keep it from 1 to 3650"),
    ],
)
async def test_a_setting_that_cannot_be_read_changes_nothing(desk: Desk, typed: str, told: str) -> None:
    """A slip must not take the moderators' rights or the channel away."""
    role = desk.server.create_role("Editors")
    await moderator_says(desk, f"!setup moderators <@&{role.id}>")
    before = await moderator_says(desk, f"!setup review-channel <#{desk.channel.id}>")

    assert told in await moderator_says(desk, f"!setup {typed}")
    assert _settings(await moderator_says(desk, "!setup")) == _settings(before)


async def test_naming_a_role_or_the_review_channel_again_takes_it_back(desk: Desk) -> None:
    """Nothing else does."""
    role = desk.server.create_role("Editors")
    fresh = _settings(await moderator_says(desk, "!setup"))
    for line in (f"!setup moderators <@&{role.id}>", f"!setup review-channel <#{desk.channel.id}>"):
        assert _settings(await moderator_says(desk, line)) != fresh
        assert _settings(await moderator_says(desk, line)) == fresh


async def test_reviews_are_announced_only_where_caveat_may_write(desk: Desk) -> None:
    """Or they would be lost without a word; a channel without embeds will do."""
    silent = discord.PermissionOverwrite(send_messages=False)
    bare = discord.PermissionOverwrite(embed_links=False)
    closed = desk.server.create_text_channel("closed", overwrites={desk.server.default_role: silent})
    plain = desk.server.create_text_channel("plain", overwrites={desk.server.default_role: bare})

    before = await moderator_says(desk, "!setup")
    refused = await moderator_says(desk, f"!setup review-channel <#{closed.id}>")

    assert "may not" in refused
    assert _settings(await moderator_says(desk, "!setup")) == _settings(before)
    assert f"Review channel: <#{plain.id}>" in await moderator_says(desk, f"!setup review-channel <#{plain.id}>")


def _settings(shown: str) -> str:
    """What is set, without the buttons below."""
    return shown.split("\n[")[0]


async def test_the_audit_log_gives_a_setting_as_it_was_typed(desk: Desk) -> None:
    """Its numbers are no figures of the news."""
    await moderator_says(desk, "!setup four-eyes on")
    await moderator_says(desk, "!setup receipts 30")

    log = await moderator_says(desk, "!audit-log")
    assert "!setup four-eyes on" in log
    assert "!setup receipts 30" in log


async def test_everybody_cannot_be_a_moderator(desk: Desk) -> None:
    """The default role is everybody's."""
    assert "Everybody cannot be" in await moderator_says(desk, f"!setup moderators <@&{desk.server.id}>")


async def test_settings_are_reset_after_a_confirmation(desk: Desk) -> None:
    """Not before."""
    await moderator_says(desk, "!setup zone Asia/Seoul")
    await moderator_says(desk, "!setup reset")
    assert "Asia/Seoul" in await moderator_says(desk, "!setup")
    await moderator_says(desk, "!setup reset")
    await press(desk, "Reset everything")

    assert "Time zone: UTC" in await moderator_says(desk, "!setup")


def test_each_language_of_the_interface_can_be_chosen() -> None:
    """By command and in the select, English beside those that there is a file of."""
    assert set(get_args(Tongue)) == {"en", *translations()} == MONTHS.keys()
