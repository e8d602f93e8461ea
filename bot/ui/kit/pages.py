"""Answers with buttons: turn the page (the asker only), delete the answer, choose between readings."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, cast

import discord

from bot.core.asking.search import Option
from bot.core.claims import Claim
from bot.core.rules.stated_figures import stated
from bot.core.wording import say
from bot.services.answers import CURATED
from bot.ui.asking.pictures import Picture, attached
from bot.ui.kit.context import Context, Outcome
from bot.ui.kit.embeds import CHOICE, LABEL, Page
from bot.ui.kit.failures import answer_failure
from bot.ui.kit.host import host_of
from bot.ui.kit.lasting import LastingButton, ReplyView
from bot.ui.kit.sending import discard_id, send_page
from bot.ui.kit.text import as_shown, clip, visible
from bot.ui.moderating.challenges import ChallengeButton

PAGES_TIMEOUT = 180.0
"""Seconds without a press after which page buttons retire."""

_CHOICES = 25
_GONE = (discord.NotFound, discord.Forbidden)


class Discard(LastingButton, template=r"caveat:discard:(?P<asker>\d{1,20})"):
    """Deletes the answer for whoever asked; its state is its id, so it works after a restart."""

    def __init__(self, asker: int) -> None:
        super().__init__(say("Delete"), discard_id(asker))
        self._asker = asker

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Delete the answer, or say privately who may."""
        if interaction.user.id != self._asker:
            await interaction.response.send_message(
                say("Only the person who asked can delete this answer."), ephemeral=True
            )
            return
        await interaction.response.defer()
        with contextlib.suppress(*_GONE):
            await interaction.delete_original_response()


Beside = Sequence[LastingButton]
"""Further buttons under an answer, which work for as long as it stands."""


def _lasting(asker: int, beside: Beside) -> discord.ui.View:
    """The buttons that stay when the others retire."""
    view = discord.ui.View(timeout=None).add_item(Discard(asker))
    for button in beside:
        button.item.row = None
        view.add_item(button)
    return view


class _AskerView(ReplyView):
    """Buttons that only the asker may press and that retire quietly."""

    def __init__(self, asker: int, beside: Beside = ()) -> None:
        super().__init__(PAGES_TIMEOUT)
        self.asker = asker
        self.beside = beside

    async def allows(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let the asker through; tell anybody else, privately, how to get their own answer."""
        if interaction.user.id == self.asker:
            return True
        await interaction.response.send_message(
            say("These buttons belong to whoever asked. Ask yourself and you get your own."), ephemeral=True
        )
        return False

    def remaining(self) -> discord.ui.View | None:
        """The buttons that keep their state in their id."""
        return _lasting(self.asker, self.beside)

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, item: Any, /) -> None:
        """One sentence for whoever pressed."""
        await answer_failure(interaction, error, "a button")


class _Turn(discord.ui.Button["Pager"]):
    def __init__(self, label: str, target: Callable[[Pager], int]) -> None:
        super().__init__(label=label, style=discord.ButtonStyle.primary)
        self.target = target

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        pager = cast("Pager", self.view)
        await pager.show(interaction, self.target(pager))


class _Jump(discord.ui.Select["Pager"]):
    """Leads to what begins on a page; where there is more than a select holds, to the first part of each page."""

    def __init__(self, pages: Sequence[Page]) -> None:
        begun = [(name, at) for at, page in enumerate(pages) for name in page.begins]
        if len(begun) > _CHOICES:
            begun = [(page.begins[0], at) for at, page in enumerate(pages) if page.begins][:_CHOICES]
        super().__init__(
            placeholder=say("Jump to …"),
            options=[
                discord.SelectOption(
                    label=clip(visible(name), CHOICE), description=f"page {at + 1}", value=f"{at}:{n}"
                )
                for n, (name, at) in enumerate(begun)
            ],
            row=4,
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await cast("Pager", self.view).show(interaction, int(self.values[0].partition(":")[0]))


class Pager(_AskerView):
    """First, previous, next, last, delete; and a select of what begins where, for pages that say so."""

    def __init__(
        self,
        pages: Sequence[Page],
        asker: int,
        *,
        plain: bool,
        beside: Beside = (),
        stands: Callable[[Claim], bool] | None = None,
    ) -> None:
        super().__init__(asker, beside)
        self._pages = pages
        present = stands and all(stands(claim) for page in pages for claim in page.shown)
        self._stands = stands if present else None  # pages of the past, or of what may be, show no present
        self._plain = plain
        self.at = 0
        self.turns = [
            _Turn(say("« First"), lambda _: 0),
            _Turn(say("‹ Previous"), lambda pager: pager.at - 1),
            _Turn(say("Next ›"), lambda pager: pager.at + 1),
            _Turn(say("Last »"), lambda _: len(pages) - 1),
        ]
        for button in self.turns if len(pages) > 2 else self.turns[1:3]:
            self.add_item(button)
        self.add_item(Discard(asker))
        for button in beside:
            self.add_item(button)
        if any(page.begins for page in pages):
            self.add_item(_Jump(pages))
        self.turn_to(0)

    @property
    def page(self) -> Page:
        """The page shown."""
        return self._pages[self.at]

    def turn_to(self, index: int) -> None:
        """Show page *index*, kept within the pages there are; buttons that lead nowhere are disabled."""
        self.at = max(0, min(index, len(self._pages) - 1))
        for position, button in enumerate(self.turns):
            button.disabled = self.at == 0 if position < 2 else self.at == len(self._pages) - 1
        self.turns[2].label = clip(as_shown(self.page.more) or say("Next ›"), LABEL)

    async def show(self, press: discord.Interaction[Any], index: int) -> None:
        """Turn to page *index*; what was changed or retired since it was made is not shown as if it stood."""
        before = self.at
        self.turn_to(index)
        if self._stands and not all(map(self._stands, self.page.shown)):
            self.turn_to(before)
            line = say("The fact base changed since you looked; give the command again to see anew.")
            await press.response.send_message(line, ephemeral=True)
            return
        await press.response.edit_message(**self.shown(), view=self)
        self.note(press)

    def note(self, press: discord.Interaction[Any]) -> None:
        """Keep what the page just turned to shows; what is for one person's eyes leaves no receipt."""
        shown = press.message
        if shown is not None and not shown.flags.ephemeral:
            receipts = host_of(press.client).services.receipts
            workspace = press.guild_id or CURATED
            receipts.note(workspace, press.channel_id or 0, shown.id, self.page.title, self.page.shown)

    def shown(self) -> dict[str, Any]:
        """The page shown, as a message's content and embeds."""
        return page_message(self.page, plain=self._plain)


def page_message(page: Page, *, plain: bool) -> dict[str, Any]:
    """*page* as the content and embeds of a message."""
    return {"content": page.content(), "embeds": []} if plain else {"content": None, "embeds": page.embeds()}


async def send_pages(
    ctx: Context, pages: Sequence[Page], beside: Beside = (), picture: Picture | None = None
) -> None:
    """
    Reply with the first of *pages* and the buttons they need, and keep a receipt of the claims they show.

    Args:
        beside: Further buttons; a page with claims gets one to challenge them.
        picture: Goes with the first page.
    """
    plain = not ctx.may_embed
    first = pages[0]
    single = len(pages) == 1 and not ctx.by_token and picture is None and ctx.mending is None
    if ctx.guild is not None and any(page.shown for page in pages):
        beside = (*beside, ChallengeButton())
    if len(pages) > 1:
        stands = partial(ctx.bot.services.workspaces.stands, ctx.workspace)
        pager = Pager(pages, ctx.author.id, plain=plain, beside=beside, stands=stands)
        pager.message = await ctx.respond(**pager.shown(), **attached(picture), view=pager)
        sent = pager.message.id
    elif single:
        sent = await send_page(ctx, first, [(each.item.label or "", each.custom_id) for each in beside], plain=plain)
        ctx.reply_id = sent
    else:
        lasting = _lasting(ctx.author.id, beside)
        sent = (await ctx.respond(**page_message(first, plain=plain), **attached(picture), view=lasting)).id
    if not ctx.discreet:
        keep_receipt(ctx, sent, first.shown)


def keep_receipt(ctx: Context, message: int, claims: Sequence[Claim]) -> None:
    """Keep which claims an answer showed; where it was mended, in the place of those it showed before."""
    if claims:
        ctx.outcome = Outcome.ANSWERED
    ctx.bot.services.receipts.note(ctx.workspace, ctx.channel.id, message, ctx.asked, claims, instead=ctx.mended)


class _Reading(discord.ui.Button["Choice"]):
    def __init__(self, option: Option | None, number: int = 0) -> None:
        label = visible(option.label) if option else say("None of these")
        if stated(label):
            label = say("Reading {n}", n=number)  # a figure on a button would stand without who said it
        style = discord.ButtonStyle.primary if option else discord.ButtonStyle.secondary
        super().__init__(label=clip(label, LABEL), style=style)
        self.option = option

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        choice = cast("Choice", self.view)
        choice.stop()
        await choice.chosen(interaction, self.option)


class Choice(_AskerView):
    """
    "Did you mean …?" with a button for each reading and one for none of them.

    Args:
        chosen: Called once with the press and the option, or None for "None of these"; it answers the press.
    """

    def __init__(
        self,
        options: Sequence[Option],
        asker: int,
        chosen: Callable[[discord.Interaction[Any], Option | None], Awaitable[None]],
    ) -> None:
        super().__init__(asker)
        self.chosen = chosen
        for number, option in enumerate(options[:4], start=1):
            self.add_item(_Reading(option, number))
        self.add_item(_Reading(None))


async def replace_pages(
    interaction: discord.Interaction[Any], pages: Sequence[Page], message: discord.Message | None, *, plain: bool
) -> None:
    """Turn *message*, whose button was pressed, into *pages*."""
    showing = interaction.guild_id is not None and any(page.shown for page in pages)
    beside = (ChallengeButton(),) if showing else ()
    stands = partial(host_of(interaction.client).services.workspaces.stands, interaction.guild_id or CURATED)
    pager = Pager(pages, interaction.user.id, plain=plain, beside=beside, stands=stands)
    if len(pages) == 1:
        lasting = _lasting(interaction.user.id, beside)
        await interaction.response.edit_message(**page_message(pages[0], plain=plain), view=lasting)
    else:
        pager.message = message
        await interaction.response.edit_message(**pager.shown(), view=pager)
    pager.note(interaction)
