"""Answers with buttons: turn the page (the asker only), delete the answer, choose between readings."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import discord

from bot.core.asking.search import Option
from bot.core.claims import Claim
from bot.core.rules.stated_figures import stated
from bot.core.wording import later, say
from bot.ui.asking.pictures import Picture, attached
from bot.ui.kit.checks import Refusal
from bot.ui.kit.context import Context, Outcome
from bot.ui.kit.embeds import CHOICE, LABEL, Page
from bot.ui.kit.host import Host, Press, workspace_of
from bot.ui.kit.lasting import LastingButton, ReplyView
from bot.ui.kit.sending import discard_id, send_page
from bot.ui.kit.text import as_shown, clip, visible
from bot.ui.moderating.challenges import ChallengeButton

PAGES_TIMEOUT = 180.0
"""Seconds without a press after which page buttons retire."""

_CHOICES = 25
_GONE = (discord.NotFound, discord.Forbidden)
_PRIMARY = discord.ButtonStyle.primary
_TOGETHER = 5800
"""Characters at most of several pages in one message."""


class Discard(LastingButton, template=r"caveat:discard:(?P<asker>\d{1,20})"):
    """Deletes the answer for whoever asked; its state is its id, so it works after a restart."""

    def __init__(self, asker: int) -> None:
        super().__init__(say("Delete"), discard_id(asker))
        self._asker = asker

    async def press(self, press: Press) -> None:
        """Delete the answer, or say who may."""
        if press.user.id != self._asker:
            raise Refusal(say("Only the person who asked can delete this answer."))
        await press.response.defer()
        with contextlib.suppress(*_GONE):
            await press.delete_original_response()


Beside = Sequence[LastingButton]
"""Further buttons under an answer, which work for as long as it stands."""
Stands = Callable[[Claim], bool]
"""Whether a claim still stands as it was shown."""


def _lasting(asker: int, beside: Beside) -> discord.ui.View:
    """The buttons that stay when the others retire."""
    view = discord.ui.View(timeout=None).add_item(Discard(asker))
    for button in beside:
        button.item.row = None
        view.add_item(button)
    return view


class _AskerView(ReplyView):
    """Buttons that only the asker may press and that retire quietly."""

    others = later("These buttons belong to whoever asked. Ask yourself and you get your own.")

    def __init__(self, asker: int, beside: Beside = ()) -> None:
        super().__init__(asker, seconds=PAGES_TIMEOUT)
        self.beside = beside

    def remaining(self) -> discord.ui.View | None:
        """The buttons that keep their state in their id."""
        return _lasting(self.person, self.beside)


class Pager(_AskerView):
    """First, previous, next, last, delete; and a select of what begins where, for pages that say so."""

    def __init__(
        self, pages: Sequence[Page], asker: int, *, plain: bool, beside: Beside = (), stands: Stands | None = None
    ) -> None:
        super().__init__(asker, beside)
        self._pages = pages
        present = stands and all(stands(claim) for page in pages for claim in page.shown)
        self._stands = stands if present else None  # pages of the past, or of what may be, show no present
        self._plain = plain
        self.at = 0
        targets: tuple[tuple[str, Callable[[], int]], ...] = (
            (say("« First"), lambda: 0),
            (say("‹ Previous"), lambda: self.at - 1),
            (say("Next ›"), lambda: self.at + 1),
            (say("Last »"), lambda: len(pages) - 1),
        )
        needed = {1: targets[:0], 2: targets[1:3]}.get(len(pages), targets)
        for label, target in needed:
            self.offer(label, partial(self._go, target), _PRIMARY)
        self._turning = len(needed)
        self.add_others()
        if any(page.begins for page in pages):
            self._add_jump()
        self._turn_to(0)

    def add_others(self) -> None:
        """Add the buttons that stand beside those that turn the page."""
        self.add_item(Discard(self.person))
        for button in self.beside:
            self.add_item(button)

    def _add_jump(self) -> None:
        """A select that leads to what begins on a page; to the first part of each page where there is too much."""
        begun = [(name, at) for at, page in enumerate(self._pages) for name in page.begins]
        if len(begun) > _CHOICES:
            begun = [(page.begins[0], at) for at, page in enumerate(self._pages) if page.begins][:_CHOICES]
        select: discord.ui.Select[Any] = discord.ui.Select(placeholder=say("Jump to …"), row=4)
        for n, (name, at) in enumerate(begun):
            shown, where = clip(visible(name), CHOICE), say("page {n}", n=at + 1)
            select.add_option(label=shown, description=where, value=f"{at}:{n}")
        self.act_on(select, partial(self._go, lambda: int(select.values[0].partition(":")[0])))

    @property
    def page(self) -> Page:
        """The page shown."""
        return self._pages[self.at]

    def _turn_to(self, index: int) -> None:
        """Show page *index*, kept within the pages there are; buttons that lead nowhere are disabled."""
        self.at = max(0, min(index, len(self._pages) - 1))
        turns = [each for each in self.children[: self._turning] if isinstance(each, discord.ui.Button)]
        half = len(turns) // 2
        for position, button in enumerate(turns):
            button.disabled = self.at == 0 if position < half else self.at == len(self._pages) - 1
        for following in turns[half : half + 1]:
            following.label = clip(as_shown(self.page.more) or say("Next ›"), LABEL)

    async def _go(self, target: Callable[[], int], press: Press) -> None:
        """Turn to a page; what was changed or retired since it was made is not shown as if it stood."""
        before = self.at
        self._turn_to(target())
        if not self.standing:
            self._turn_to(before)
            raise Refusal(say("The fact base changed since you looked; give the command again to see anew."))
        await press.response.edit_message(**self.shown(), view=self)
        self.note(press)

    @property
    def standing(self) -> bool:
        """Whether what the page shows still stands so."""
        return self._stands is None or all(map(self._stands, self.page.shown))

    def note(self, press: Press) -> None:
        """Keep what the page just turned to shows; what is for one person's eyes leaves no receipt."""
        shown = press.message
        if shown is not None and not shown.flags.ephemeral:
            note_page(press, shown, self.page)

    def shown(self) -> dict[str, Any]:
        """The page shown, as a message's content and embeds."""
        return self.page.message(plain=self._plain)


def note_page(press: Press, message: discord.Message, page: Page) -> None:
    """Keep a receipt of what a *message* that a press made shows."""
    receipts, where = press.client.services.receipts, press.channel_id or 0
    receipts.note(workspace_of(press), where, message.id, page.title, page.shown)


def together(pages: Sequence[Page], *, plain: bool = False) -> dict[str, Any]:
    """As much of *pages* as one message holds, the first ones first, each whole."""
    if plain:
        return pages[0].message(plain=True)
    kept: list[Page] = []
    for page in pages:
        if kept and sum(each.length for each in kept) + page.length > _TOGETHER:
            break
        kept.append(page)
    return {"content": None, "embeds": [embed for page in kept for embed in page.embeds()]}


def stands_in(host: Host, workspace: int) -> Stands:
    """Tells of a claim whether it still stands in *workspace* as it was shown."""
    return partial(host.services.workspaces.stands, workspace)


def paged(
    pages: Sequence[Page], asker: int, *, plain: bool, beside: Beside = (), stands: Stands | None = None
) -> dict[str, Any]:
    """The first of *pages* as a message, with the buttons they need."""
    if len(pages) == 1:
        return {**pages[0].message(plain=plain), "view": _lasting(asker, beside)}
    pager = Pager(pages, asker, plain=plain, beside=beside, stands=stands)
    return {**pager.shown(), "view": pager}


async def send_pages(
    ctx: Context, pages: Sequence[Page], beside: Beside = (), picture: Picture | None = None
) -> None:
    """
    Reply with the first of *pages* and the buttons they need, and keep a receipt of the claims they show.

    Args:
        beside: Further buttons; a page with claims gets one to challenge them.
        picture: Goes with the first page.
    """
    beside = (*beside, *_challenging(pages, ctx.guild))
    if len(pages) == 1 and not ctx.by_token and picture is None and ctx.mending is None:
        labelled = [(each.item.label or "", each.custom_id) for each in beside]
        sent = ctx.reply_id = await send_page(ctx, pages[0], labelled, plain=ctx.plain)
    else:
        stands = stands_in(ctx.bot, ctx.workspace)
        message = paged(pages, ctx.author.id, plain=ctx.plain, beside=beside, stands=stands)
        sent = (await ctx.respond(**message, **attached(picture))).id
    if not ctx.discreet:
        keep_receipt(ctx, sent, pages[0].shown)


def _challenging(pages: Sequence[Page], server: object) -> Beside:
    return [ChallengeButton()] if server and any(page.shown for page in pages) else []


def keep_receipt(ctx: Context, message: int, claims: Sequence[Claim]) -> None:
    """Keep which claims an answer showed; where it was mended, in the place of those it showed before."""
    if claims:
        ctx.outcome = Outcome.ANSWERED
    ctx.services.receipts.note(ctx.workspace, ctx.channel.id, message, ctx.asked, claims, instead=ctx.mended)


class Choice(_AskerView):
    """
    "Did you mean …?" with a button for each reading and one for none of them.

    Args:
        chosen: Called once with the press and the option, or None for "None of these"; it answers the press.
    """

    def __init__(
        self, options: Sequence[Option], asker: int, chosen: Callable[[Press, Option | None], Awaitable[None]]
    ) -> None:
        super().__init__(asker)
        self._chosen = chosen
        for number, option in enumerate(options[:4], start=1):
            label = visible(option.label)
            if stated(label):
                label = say("Reading {n}", n=number)  # a figure on a button would stand without who said it
            self.offer(clip(label, LABEL), partial(self._choose, option), _PRIMARY)
        self.offer(say("None of these"), partial(self._choose, None))

    async def _choose(self, option: Option | None, press: Press) -> None:
        await self._chosen(press, option)
        self.stop()


async def replace_pages(press: Press, pages: Sequence[Page], message: discord.Message | None, *, plain: bool) -> None:
    """Turn *message*, whose button was pressed, into *pages*."""
    stands, beside = stands_in(press.client, workspace_of(press)), _challenging(pages, press.guild_id)
    shown = paged(pages, press.user.id, plain=plain, beside=beside, stands=stands)
    shown["view"].message = message
    await press.response.edit_message(**shown)
    if press.message is not None and not press.message.flags.ephemeral:
        note_page(press, press.message, pages[0])
