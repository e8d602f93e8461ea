"""How a server begins: the message that greets it, and putting a base away or in place of another, after a yes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord

from bot.core.claims import FactBase
from bot.core.plurals import plural
from bot.core.wording import later, say
from bot.errors import ConflictError, Refused
from bot.services.curation import Proposed
from bot.services.setups import Setups
from bot.ui.kit.buttons import ActingView, Press
from bot.ui.kit.checks import Rank, require
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import host_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.text import bold
from bot.ui.moderating.importing import ask_for_file
from bot.ui.moderating.proposals import show_proposed

EMPTY, SAMPLE, FILE = "empty", "sample", "file"

_STEPS = {
    EMPTY: (
        later("`!setup` — who moderates, and where challenges are announced"),
        later("`!intake` with an article pasted or attached — it becomes claims that you accept one by one"),
        later("the name of any topic as a command, and members ask"),
    ),
    SAMPLE: (
        later("`!topics` — what the sample knows; each name is a command"),
        later("`!setup` — who moderates, and where challenges are announced"),
        later("`!setup base` — put the sample away when you bring your own facts"),
    ),
    FILE: (
        later(
            "`!import` with a .yaml, .json or .csv file attached — you see what it brings before anything is applied"
        ),
        later("`!setup` — who moderates, and where challenges are announced"),
        later("`!topics` — every name in the file is a command"),
    ),
}

_WHAT = later(
    "Caveat answers from a base of claims that this server keeps. Each comes with who said it and whether anyone "
    "could verify it."
)
_WHO = later(
    "Whoever may manage this server chooses what it starts with; nobody else's press counts, and `!setup base` "
    "changes it later:"
)
_PUT_AWAY = later(
    "What only they refer to is put away: topics, places, parties, metrics, sources. History, receipts and ids stay; "
    "a claim that was retired can be restored."
)

_ALREADY = later("a fact base that you have already; you see what it brings before it counts")

Write = Callable[[int, str, int], Awaitable[FactBase | Proposed]]
"""Empties or replaces the base of a server, for whoever says so, who is told in a channel."""


def greeting(sample: str) -> Page:
    """What a server is greeted with, once."""
    return Page(
        say("Caveat: who said it, and could anyone check it?"),
        "\n".join(
            (
                say(_WHAT),
                "",
                say(_WHO),
                f"- {bold(_label(EMPTY, sample))}: {say('your own news, from the first article on')}",
                f"- {bold(_label(SAMPLE, sample))}: {say('to try things out')}",
                f"- {bold(_label(FILE, sample))}: {say(_ALREADY)}",
                "",
                f"{bold(say('Then'))}: {_listed(EMPTY)}",
            )
        ),
    )


def _label(what: str, sample: str) -> str:
    """What the button for *what* says; the sample with its name, where it is known."""
    named = f" ({sample})" if sample else ""
    labels = {EMPTY: say("Start empty"), SAMPLE: say("Start with the sample") + named, FILE: say("Import a file")}
    return labels.get(what, say("Begin"))


def greeting_view(sample: str) -> discord.ui.View:
    """Its buttons; they work after a restart, too."""
    view = discord.ui.View(timeout=None)
    for what in (EMPTY, SAMPLE, FILE):
        view.add_item(Begin(what, sample))
    return view


class Begin(LastingButton, template=r"caveat:begin:(?P<what>[a-z]+)"):
    """Lets a server begin as one of its managers chooses; its state is its id."""

    def __init__(self, what: str, sample: str = "") -> None:
        style = discord.ButtonStyle.primary if what == EMPTY else discord.ButtonStyle.secondary
        super().__init__(_label(what, sample), f"caveat:begin:{what}", style=style)
        self._what = what

    @classmethod
    async def from_custom_id(cls, _: Press, item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the button from a pressed message."""
        return cls(match["what"])

    async def press(self, interaction: Press) -> None:
        """Begin so, if whoever pressed may; what is there already is put away only after a yes."""
        await require(interaction.client, interaction.user, Rank.MANAGER)
        await choose(interaction, self._what)


async def choose(interaction: Press, what: str) -> None:
    """Begin as *what* says where nothing is in the way; otherwise ask."""
    bases, workspace = host_of(interaction.client).services.bases, interaction.guild_id or 0
    if what == FILE:
        await ask_for_file(interaction, say("Import a file"), Rank.MANAGER, _done(what))
        return
    if what == SAMPLE:
        if await bases.begin_with_sample(workspace):
            await _begun(interaction, what)
            return
        question = say("Put the sample in the place of this server's base?")
        await ask(interaction, bases.sampled, question, _done(what))
        return
    if await bases.begin_empty(workspace):
        await _begun(interaction, what)
        return
    await ask(interaction, bases.empty, say("Empty this server's base?"), _done(what))


async def _begun(interaction: Press, what: str) -> None:
    """Say it in the greeting's place, or beside whatever was pressed."""
    await interaction.response.send_message(_done(what))


def _done(what: str) -> str:
    has = (
        say("The fact base has the sample now.")
        if what == SAMPLE
        else say("The fact base is empty now and this server's own.")
    )
    return f"{has} {say('Next')}: {_listed(what)}"


def _listed(what: str) -> str:
    return "".join(f"\n{number}. {say(step)}" for number, step in enumerate(_STEPS[what], start=1))


async def ask(interaction: Press, write: Write, question: str, done: str) -> None:
    """Ask privately, with what it would do, and do it after a yes."""
    host, workspace = host_of(interaction.client), interaction.guild_id or 0
    base = await host.services.curation.base(workspace)
    waits = await host.services.curation.waits(workspace)
    retired = say("Retired, with a reason: {claims}.", claims=plural(len(base.live), "claim"))
    eyes = say("Four eyes are asked for here: it becomes a proposal for another moderator.")
    lines = [f"{bold(question)} {retired} {say(_PUT_AWAY)}", *([eyes] if waits else [])]
    view = Confirm(interaction.user.id, write, workspace, done, host.services.setups)
    await interaction.response.send_message("\n".join(lines), view=view, ephemeral=True)


class Confirm(ActingView):
    """A yes or a no to what changes the whole base."""

    def __init__(self, actor: int, write: Write, workspace: int, done: str, setups: Setups) -> None:
        super().__init__(actor, Rank.MANAGER)
        self._write = write
        self._workspace = workspace
        self._done = done
        self._setups = setups
        self.offer(say("Yes, put it away"), self._yes, discord.ButtonStyle.danger)
        self.offer(say("Keep it"), self._no)

    async def _yes(self, interaction: Press) -> None:
        self.stop()
        await interaction.response.defer()
        try:
            written = await self._write(self._workspace, str(self.actor), interaction.channel_id or 0)
        except ConflictError:
            raise Refused(say("The fact base changed since you looked; press again to see anew.")) from None
        if isinstance(written, Proposed):
            await interaction.edit_original_response(content=say("Proposed to another moderator."), view=None)
            await show_proposed(interaction, self._setups, written)
            return
        await interaction.edit_original_response(content=self._done, view=None)

    async def _no(self, interaction: Press) -> None:
        self.stop()
        await interaction.response.edit_message(content=say("Nothing was changed."), view=None)


def may_be_greeted(guild: discord.Guild) -> bool:
    """Whether there is a channel in which the bot may write."""
    return _room(guild) is not None


async def greet(guild: discord.Guild, sample: str) -> None:
    """Greet *guild* where the bot may write, in the system channel if it may there."""
    channel = _room(guild)
    if channel is not None:
        page = greeting(sample)
        embeds = channel.permissions_for(guild.me).embed_links
        shown: dict[str, Any] = {"embeds": page.embeds()} if embeds else {"content": page.content()}
        await channel.send(**shown, view=greeting_view(sample), silent=True)


def _room(guild: discord.Guild) -> discord.TextChannel | None:
    first = [guild.system_channel] if guild.system_channel else []
    for channel in (*first, *guild.text_channels):
        allowed = channel.permissions_for(guild.me)
        if allowed.view_channel and allowed.send_messages:
            return channel
    return None
