"""How a server begins: the message that greets it, and putting a base away or in place of another, after a yes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord

from bot.core.claims import FactBase
from bot.core.plurals import plural
from bot.core.wording import later, say
from bot.services.curation import Proposed
from bot.ui.kit.checks import Rank
from bot.ui.kit.context import embeds_allowed
from bot.ui.kit.embeds import Page
from bot.ui.kit.forms import Confirm
from bot.ui.kit.host import Press, workspace_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.text import bold
from bot.ui.moderating.edits import write_after_a_yes
from bot.ui.moderating.importing import ask_for_file

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


class Begin(LastingButton, template=r"caveat:begin:(?P<what>[a-z]+)"):
    """Lets a server begin as one of its managers chooses; its state is its id."""

    needed = Rank.MANAGER

    def __init__(self, what: str, sample: str = "") -> None:
        style = discord.ButtonStyle.primary if what == EMPTY else discord.ButtonStyle.secondary
        super().__init__(_label(what, sample), f"caveat:begin:{what}", style=style)
        self._what = what

    async def press(self, press: Press) -> None:
        """Begin so; what is there already is put away only after a yes."""
        await choose(press, self._what)


async def choose(press: Press, what: str) -> None:
    """Begin as *what* says where nothing is in the way; otherwise ask."""
    bases, workspace = press.client.services.bases, workspace_of(press)
    if what == FILE:
        await ask_for_file(press, _done(what))
    elif what == SAMPLE:
        begun = await bases.begin_with_sample(workspace)
        question = say("Put the sample in the place of this server's base?")
        await _done_or_ask(press, what, question, bases.sampled, begun=begun)
    else:
        begun = await bases.begin_empty(workspace)
        await _done_or_ask(press, what, say("Empty this server's base?"), bases.empty, begun=begun)


async def _done_or_ask(press: Press, what: str, question: str, write: Write, *, begun: bool) -> None:
    """Say what was *begun*; or ask privately, with what it would do, and do it after a yes."""
    if begun:
        await press.response.send_message(_done(what))
        return
    curation, workspace, who = press.client.services.curation, workspace_of(press), press.user.id
    claims = plural(len((await curation.base(workspace)).live), "claim")
    lines = [f"{bold(question)} {say('Retired, with a reason: {claims}.', claims=claims)} {say(_PUT_AWAY)}"]
    if await curation.waits(workspace):
        lines.append(say("Four eyes are asked for here: it becomes a proposal for another moderator."))

    async def put_away(press: Press) -> None:
        await write_after_a_yes(press, lambda: write(workspace, str(who), press.channel_id or 0), _done(what))

    view = Confirm(who, Rank.MANAGER, say("Yes, put it away"), put_away, say("Keep it"))
    await press.response.send_message("\n".join(lines), view=view, ephemeral=True)


def _done(what: str) -> str:
    has = (
        say("The fact base has the sample now.")
        if what == SAMPLE
        else say("The fact base is empty now and this server's own.")
    )
    return f"{has} {say('Next')}: {_listed(what)}"


def _listed(what: str) -> str:
    return "".join(f"\n{number}. {say(step)}" for number, step in enumerate(_STEPS[what], start=1))


def may_be_greeted(guild: discord.Guild) -> bool:
    """Whether there is a channel in which the bot may write."""
    return _room(guild) is not None


async def greet(guild: discord.Guild, sample: str) -> None:
    """Greet *guild* where the bot may write, in the system channel if it may there."""
    channel = _room(guild)
    if channel is not None:
        shown = greeting(sample).message(plain=not embeds_allowed(channel, guild.me))
        view = discord.ui.View(timeout=None)
        for what in (EMPTY, SAMPLE, FILE):
            view.add_item(Begin(what, sample))
        await channel.send(**shown, view=view, silent=True)


def _room(guild: discord.Guild) -> discord.TextChannel | None:
    first = [guild.system_channel] if guild.system_channel else []
    for channel in (*first, *guild.text_channels):
        allowed = channel.permissions_for(guild.me)
        if allowed.view_channel and allowed.send_messages:
            return channel
    return None
