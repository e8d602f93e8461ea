"""A server's settings as a page; a button with which a second moderator agrees to end four eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import discord

from bot.core.addresses import host_in
from bot.core.plurals import plural
from bot.core.rules.headlines import headline_in
from bot.core.setup import Setup
from bot.core.wording import refused, say, speak_as
from bot.core.zones import zone_fault, zone_named
from bot.errors import Refused
from bot.services.answers import CURATED
from bot.services.setups import SecondNeeded
from bot.ui.kit.checks import Rank, require
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import Host, Press, workspace_of
from bot.ui.kit.lasting import ReplyView
from bot.ui.kit.text import bold, escape

_NAMED = 20
Edit = Callable[[Setup], Setup]


def setup_page(setup: Setup) -> Page:
    """Every setting with its value, and how to change it."""
    roles = _some(f"<@&{role}>" for role in setup.moderators) or say("nobody else")
    channel = f"<#{setup.review_channel}>" if setup.review_channel else say("nowhere")
    corrections = say("posted without asking") if setup.corrections else say("offered to moderators")
    host = host_in(setup.feed)
    told = say("to an address") if headline_in(host) else say("to {host}", host=escape(host))
    feed = told if setup.feed else say("nowhere")
    moderate = say("everybody with Manage Server, and {roles}", roles=roles)
    lines = (
        f"{bold(say('Moderators'))}: {moderate}",
        f"{bold(say('Review channel'))}: {channel}",
        f"{bold(say('Time zone'))}: {setup.zone}",
        f"{bold(say('Four eyes'))}: {say('on') if setup.four_eyes else say('off')}",
        f"{bold(say('Language of dates'))}: {setup.dates}",
        f"{bold(say('Language'))}: {setup.language}",
        f"{bold(say('Corrections'))}: {corrections}",
        f"{bold(say('Receipts'))}: {say('kept for {days}', days=plural(setup.receipt_days, 'day'))}",
        f"{bold(say('Feed of changes'))}: {feed}",
        f"{bold(say('Not posted'))}: {_some(map(_muted, setup.muted)) or say('nothing is switched off')}",
    )
    return Page(say("Setup"), "\n".join(lines), say("Also by !setup and its name; !help setup names them"))


def _some(names: Iterable[str]) -> str:
    """As many of *names* as a page has room for, and how many more there are."""
    shown = list(names)
    left = len(shown) - _NAMED
    return ", ".join(shown[:_NAMED]) + (say(" and {n} more", n=left) if left > 0 else "")


def _muted(entry: str) -> str:
    channel, _, kind = entry.partition(":")
    return say("{what} in {channel}", what=say(kind), channel=f"<#{channel}>")


async def change_settings(
    host: Host, who: discord.Member | discord.User, what: str, edit: Edit
) -> Setup | SecondView:
    """The settings of the server of *who* after their *edit*, called *what*; or a button for a second moderator."""
    server = who.guild if isinstance(who, discord.Member) else None
    reason, person = f"!setup {what}", str(who.id)
    second = person if server and server.owner_id == who.id else ""
    try:
        after = await host.services.setups.change(
            server.id if server else CURATED, edit, person, reason, second=second
        )
    except SecondNeeded:
        return SecondView(who.id, edit, reason)
    speak_as(after)
    return after


def moderating_roles(roles: Sequence[discord.Role]) -> tuple[int, ...]:
    """The ids of *roles*; raises `Refused` where one is everybody's."""
    if any(role.is_default() for role in roles):
        raise refused("Everybody cannot be a moderator; choose a role that is given to some.")
    return tuple(role.id for role in roles)


def zone_meant(typed: str) -> str:
    """The time zone that was *typed*; raises `Refused` with what to write instead."""
    wanted = zone_named(typed)
    if wanted is None:
        raise Refused(f"{zone_fault(typed)}.")
    return wanted


class SecondView(ReplyView):
    """Lets another moderator than *person* put their change of the settings in force."""

    def __init__(self, person: int, edit: Edit, reason: str) -> None:
        super().__init__(person, Rank.MODERATOR)
        self._edit = edit
        self._reason = reason
        self.offer(say("Agree"), self._agree, discord.ButtonStyle.danger)

    async def require_allowed(self, press: Press, /) -> None:
        """Any moderator but the one who asked."""
        await require(press.client, press.user, Rank.MODERATOR)
        if press.user.id == self.person:
            raise refused("Another moderator has to press this button.")

    async def _agree(self, press: Press) -> None:
        reason = say("{reason} (agreed by a second moderator)", reason=self._reason)
        after = await press.client.services.setups.change(
            workspace_of(press), self._edit, str(self.person), reason, second=str(press.user.id)
        )
        self.stop()
        await press.response.edit_message(**setup_page(after).message(plain=False), view=None)
