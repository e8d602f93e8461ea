"""Drafting a claim: a preview as members will see it, forms for its fields, and a button that saves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import discord

from bot.core.claims import Claim, Entry, FactBase, Status
from bot.core.editing.drafts import FIELDS, Fields
from bot.core.editing.notation import as_typed, differing
from bot.core.history.events import Route
from bot.errors import Refused
from bot.services.curation import Curation, Draft, Edit, Overtaken, Proposed, Saved, by_fields
from bot.ui.kit.buttons import ActingView, Form, Press
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import CHOICE, Page
from bot.ui.kit.pages import page_message
from bot.ui.kit.text import clip, sentence, visible
from bot.ui.moderating.changes import change_pages, draft_pages, proposal_pages

_CHOICES = 25
REST = ("via", "about", "places", "event", "said", "note")
"""Fields that share one text field of a form, each on a line after its name."""


def saved_pages(outcome: Saved | Proposed, *, plain: bool) -> list[Page]:
    """What became of a change: in force, or waiting for a second moderator."""
    if isinstance(outcome, Saved):
        what = "Saved" if outcome.before else "Added"
        return change_pages(f"{what}: {outcome.after.ref}", outcome.before, outcome.after, plain=plain)
    proposal = outcome.proposal
    intro = ["A second moderator must approve it before it answers anybody."]
    return proposal_pages(f"Proposal {proposal.id}: {proposal.subject}", proposal, intro=intro, plain=plain)


class DraftView(ActingView):
    """
    A draft in the making.

    Args:
        ref: The claim to change; empty for a new one.
        fields: What was typed so far.
        saved: Called when the change is in force or proposed, with the press and the reason.
    """

    def __init__(
        self,
        curation: Curation,
        workspace: int,
        actor: int,
        ref: str,
        fields: Fields,
        reason: str,
        saved: Callable[[Press, Saved | Proposed, str], Awaitable[None]],
        *,
        plain: bool,
    ) -> None:
        super().__init__(actor, Rank.MODERATOR)
        self._curation = curation
        self._workspace = workspace
        self._ref = ref
        self._fields = dict(fields)
        self._reason = reason
        self._plain = plain
        self._saved = saved
        self._draft: Draft | None = None
        self.offer("Save", self._save, discord.ButtonStyle.success)
        self.offer("Who says what", self.ask_main)
        self.offer("Caveat, figures, more", self._ask_more)
        self.offer("Discard", self._discard)

    @property
    def _edit(self) -> Edit:
        return by_fields(self._fields)

    async def shown(self) -> dict[str, Any]:
        """The draft as it stands, or what it still lacks."""
        try:
            if self._ref:
                self._draft = await self._curation.redraft(self._workspace, self._ref, self._edit)
            else:
                self._draft = await self._curation.draft(self._workspace, self._fields)
        except Refused as missing:
            self._draft = None
            title = f"Change of {self._ref}" if self._ref else "A new claim"
            page = Page(title, f"{sentence(str(missing))}\nThe buttons below open forms for every part.")
            return page_message(page, plain=self._plain)
        base = await self._curation.base(self._workspace)
        pages = draft_pages(self._draft, base, plain=self._plain)
        return together(pages, plain=self._plain)

    async def _save(self, interaction: Press) -> None:
        if self._draft is None:
            await interaction.response.edit_message(**await self.shown(), view=self)
            return
        self._curation.signature(str(self.actor), self._reason)  # before anything is written: it may lack a reason
        try:
            outcome = await self._curation.save(
                self._workspace,
                self._draft,
                self._edit,
                str(self.actor),
                self._reason,
                route=Route.FORM,
                where=interaction.channel_id or 0,
            )
        except Overtaken as overtaken:
            how = "Press Save to look at yours on top of this."
            shown = together(overtaken_pages(overtaken, how, plain=self._plain), plain=self._plain)
            await interaction.response.edit_message(**shown, view=self)
            self._draft = None
            return
        self.stop()
        pages = saved_pages(outcome, plain=self._plain)
        await interaction.response.edit_message(**together(pages, plain=self._plain), view=None)
        await self._saved(interaction, outcome, self._reason)

    async def _discard(self, interaction: Press) -> None:
        self.stop()
        await interaction.response.edit_message(content="Discarded. Nothing was changed.", embeds=[], view=None)

    async def _filled(self, interaction: Press, typed: dict[str, str]) -> None:
        self._reason = typed.pop("reason", self._reason)
        more = dict.fromkeys(REST, "") | flags(typed.pop("more")) if "more" in typed else {}
        claim = await self._current()
        self._fields |= differing({**typed, **more}, as_typed(claim) if claim else {})
        if interaction.message is not None:
            await interaction.response.edit_message(**await self.shown(), view=self)
            return
        await interaction.response.send_message(**sendable(await self.shown()), view=self)
        self.message = await interaction.original_response()

    async def _current(self) -> Claim | None:
        return await self._curation.claim(self._workspace, self._ref) if self._ref else None

    async def ask_main(self, interaction: Press) -> None:
        """Open the form for who says what."""
        base, claim = await self._curation.base(self._workspace), await self._current()
        typed = {**(as_typed(claim) if claim else {}), **self._fields}
        form = Form("Who says what", Rank.MODERATOR, self._filled)
        form.ask(
            "statement",
            "Statement, in our own neutral words",
            default=typed.get("statement", ""),
            most=500,
            long=True,
        )
        form.choose("claimant", "Claimant: who says it", _entries(base.parties, base, typed.get("claimant", "")))
        form.choose("source", "Source: where it was read", _sources(base, typed.get("source", "")))
        form.choose("topics", "Topics", _entries(base.topics, base, typed.get("topics", "")), most=5)
        form.choose("status", "Verification, by the source's account", _statuses(typed.get("status", "")))
        await interaction.response.send_modal(form)

    async def _ask_more(self, interaction: Press) -> None:
        claim = await self._current()
        typed = {**(as_typed(claim) if claim else {}), **self._fields}
        more = "\n".join(f"{name}: {typed[name]}" for name in REST if typed.get(name))
        form = Form("Caveat, figures, more", Rank.MODERATOR, self._filled)
        form.ask("caveat", "Caveat | who states it", default=typed.get("caveat", ""), most=1000, long=True)
        form.ask("figures", "Metric | whom | words | low..high", default=typed.get("figures", ""), long=True)
        form.ask("quotation", "Quotations, one a line", default=typed.get("quotation", ""), most=1500, long=True)
        form.ask("more", "via: about: places: event: said: note:", default=more, most=2000, long=True)
        form.ask("reason", "Reason for this change", default=self._reason, most=300)
        await interaction.response.send_modal(form)


def sendable(message: dict[str, Any]) -> dict[str, Any]:
    """What to give `send` for a message made to be edited in: without the parts that are empty."""
    return {name: value for name, value in message.items() if value}


def overtaken_pages(overtaken: Overtaken, how: str, *, plain: bool) -> list[Page]:
    """What somebody else changed meanwhile, and *how* to redo one's own change on top of it."""
    intro = [f"{overtaken} {how}"]
    return change_pages("Changed meanwhile", overtaken.seen, overtaken.now, intro=intro, plain=plain)


def together(pages: Sequence[Page], *, plain: bool) -> dict[str, Any]:
    """As much of *pages* as one message holds, the first ones first, each whole."""
    if plain:
        return page_message(pages[0], plain=True)
    kept: list[Page] = []
    for page in pages:
        if kept and sum(each.length for each in kept) + page.length > 5800:
            break
        kept.append(page)
    return {"content": None, "embeds": [embed for page in kept for embed in page.embeds()]}


def flags(text: str) -> dict[str, str]:
    """`name: value` lines; a line without a known name goes on with the one before."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        head, colon, value = line.partition(":")
        if colon and head.strip().lower() in FIELDS:
            name = head.strip().lower()
            found[name] = value.strip()
        elif name:
            found[name] += f"\n{line}"
        elif line.strip():
            raise Refused(f"“{line}” has no field name before it; write it like “places: ” and a place.")
    return found


def _entries(entries: Mapping[str, Entry], base: FactBase, chosen: str) -> list[tuple[str, str, bool]]:
    """The most used entries, with what is chosen among them."""
    picked = {part.strip() for part in chosen.split(",")}
    used: dict[str, int] = {}
    for claim in base.live:
        for entry in (*claim.topics, claim.attribution.claimant):
            used[entry.key] = used.get(entry.key, 0) + 1
    ranked = sorted(entries.values(), key=lambda entry: (entry.key not in picked, -used.get(entry.key, 0)))
    return [(entry.key, clip(visible(entry.name), CHOICE), entry.key in picked) for entry in ranked[:_CHOICES]]


def _sources(base: FactBase, chosen: str) -> list[tuple[str, str, bool]]:
    newest = sorted(base.sources.values(), key=lambda source: source.published_on, reverse=True)
    newest.sort(key=lambda source: source.key != chosen)
    return [
        (source.key, clip(f"{source.publisher.name}, {source.published_on}", CHOICE), source.key == chosen)
        for source in newest[:_CHOICES]
    ]


def _statuses(chosen: str) -> list[tuple[str, str, bool]]:
    return [(status.value, status.value.replace("_", " "), status.value == chosen) for status in Status]
