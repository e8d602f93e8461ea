"""Drafting a claim: a preview as members will see it, forms for its fields, and a button that saves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import discord

from bot.core.claims import NAME_LENGTH, Claim, Entry, Link, Status
from bot.core.editing.drafts import FIELDS, Faults, Fields
from bot.core.editing.meant import Meant, meant
from bot.core.editing.notation import as_typed, differing
from bot.core.editing.previews import Draft
from bot.core.history.events import Route
from bot.core.wording import later, say
from bot.errors import Refused
from bot.services.curation import Curation, Edit, Overtaken, Proposed, Saved, because, by_fields
from bot.ui.kit.buttons import ActingView, Form, Press
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import Page
from bot.ui.kit.pages import page_message
from bot.ui.kit.text import sentence
from bot.ui.moderating.changes import change_pages, draft_pages, proposal_pages
from bot.ui.moderating.near_names import NearNames

REST = ("speaker", "via", "about", "places", "event", "said", "note", "disputes")
"""Fields that share one text field of a form, each on a line after its name."""
MORE = "speaker: via: about: places: event: said: …"
LINK = later("Link as competing")
KEPT = ("claimant", "source")
"""What stays filled in for the next claim."""


def saved_pages(outcome: Saved | Proposed, *, plain: bool) -> list[Page]:
    """What became of a change: in force, or waiting for a second moderator."""
    if isinstance(outcome, Saved):
        what = say("Saved") if outcome.before else say("Added")
        return change_pages(f"{what}: {outcome.after.ref}", outcome.before, outcome.after, plain=plain)
    proposal = outcome.proposal
    intro = [say("A second moderator must approve it before it answers anybody.")]
    return proposal_pages(
        f"{say('Proposal {id}', id=proposal.id)}: {proposal.subject}", proposal, intro=intro, plain=plain
    )


class DraftView(ActingView):
    """
    A draft in the making.

    Args:
        ref: The claim to change; empty for a new one.
        fields: What was typed so far.
        kept: What the forms are filled in with besides, from the claim before.
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
        kept: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(actor, Rank.MODERATOR)
        self._kept = dict(kept or {})
        self._curation = curation
        self._workspace = workspace
        self._ref = ref
        self._fields = dict(fields)
        self._reason = reason
        self._plain = plain
        self._saved = saved
        self._draft: Draft | None = None
        self._near: tuple[Meant, ...] = ()
        self._arrange()

    def _arrange(self) -> None:
        self.clear_items()
        self.offer(say("Save"), self._save, discord.ButtonStyle.success)
        self.offer(say("Who says what"), self.ask_main)
        self.offer(say("Caveat, figures, more"), self._ask_more)
        if self._draft is not None and self._draft.rivals:
            self.offer(say(LINK), self._link_competing, discord.ButtonStyle.primary)
        self.offer(say("Discard"), self._discard)
        if self._draft is None and self._near:
            self.add_item(NearNames(self._near, self._mend))

    async def _mend(self, interaction: Press, which: Meant) -> None:
        self._fields = which.put_into(self._fields)
        await interaction.response.edit_message(**await self.shown(), view=self)

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
            self._near = meant(await self._curation.base(self._workspace), self._fields)
            self._arrange()
            title = say("Change of {ref}", ref=self._ref) if self._ref else say("A new claim")
            faults = missing.faults if isinstance(missing, Faults) else (str(missing),)
            lines = [sentence(each) for each in faults]
            told = "\n".join(f"- {each}" for each in lines) if len(lines) > 1 else lines[0]
            page = Page(title, f"{told}\n{say('The buttons below open forms for every part.')}")
            return page_message(page, plain=self._plain)
        self._arrange()
        base = await self._curation.base(self._workspace)
        pages = draft_pages(self._draft, base, plain=self._plain)
        return together(pages, plain=self._plain)

    async def _save(self, interaction: Press) -> None:
        if self._draft is None:
            await interaction.response.edit_message(**await self.shown(), view=self)
            return
        self._curation.signature(str(self.actor), self._reason)  # before anything is written: it may lack a reason
        if self._draft.disagrees:
            form = Form(say("Words and figures differ"), Rank.MODERATOR, self._save_because)
            form.ask("why", say("Why is it right as it stands?"), most=150, needed=True)
            await interaction.response.send_modal(form)
            return
        await self._write(interaction, self._reason)

    async def _save_because(self, interaction: Press, typed: dict[str, str]) -> None:
        await self._write(interaction, because(self._reason, typed["why"]))

    async def _link_competing(self, interaction: Press) -> None:
        if self._draft is not None:
            linked = [each.number for each in self._draft.after.relations if each.link is Link.DISPUTES]
            numbers = [*linked, *(each.number for each in self._draft.rivals)]
            self._fields["disputes"] = ", ".join(f"C{number}" for number in numbers)
        await interaction.response.edit_message(**await self.shown(), view=self)

    async def _write(self, interaction: Press, reason: str) -> None:
        if self._draft is None:
            await interaction.response.edit_message(**await self.shown(), view=self)
            return
        try:
            outcome = await self._curation.save(
                self._workspace,
                self._draft,
                self._edit,
                str(self.actor),
                reason,
                route=Route.FORM,
                where=interaction.channel_id or 0,
            )
        except Overtaken as overtaken:
            how = say("Press Save to look at yours on top of this.")
            shown = together(overtaken_pages(overtaken, how, plain=self._plain), plain=self._plain)
            await interaction.response.edit_message(**shown, view=self)
            self._draft = None
            return
        self.stop()
        pages = saved_pages(outcome, plain=self._plain)
        following = None if self._ref else self._following(self._draft.after, interaction)
        await interaction.response.edit_message(**together(pages, plain=self._plain), view=following)
        await self._saved(interaction, outcome, self._reason)

    def _following(self, claim: Claim, interaction: Press) -> NextView:
        kept = {name: text for name, text in as_typed(claim).items() if name in KEPT}
        draft = DraftView(
            self._curation, self._workspace, self.actor, "", {}, "", self._saved, plain=self._plain, kept=kept
        )
        following = NextView(draft)
        following.message = interaction.message
        return following

    async def _discard(self, interaction: Press) -> None:
        self.stop()
        await interaction.response.edit_message(content=say("Discarded. Nothing was changed."), embeds=[], view=None)

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
        typed = {**(as_typed(claim) if claim else self._kept), **self._fields}
        form = Form(say("Who says what"), Rank.MODERATOR, self._filled)
        form.ask(
            "statement",
            say("Statement, in our own neutral words"),
            default=typed.get("statement", ""),
            most=500,
            long=True,
        )
        claimant, topics = _shown_name(base.parties, typed.get("claimant", "")), typed.get("topics", "")
        form.ask("claimant", say("Claimant: a party, by any of its names"), default=claimant, most=NAME_LENGTH)
        form.ask("source", say("Source: key, title or publisher"), default=typed.get("source", ""), most=NAME_LENGTH)
        form.ask("topics", say("Topics, with commas between"), default=topics, most=300)
        form.choose("status", say("Verification, by the source's account"), _statuses(typed.get("status", "")))
        await interaction.response.send_modal(form)

    async def _ask_more(self, interaction: Press) -> None:
        claim = await self._current()
        typed = {**(as_typed(claim) if claim else {}), **self._fields}
        more = "\n".join(f"{name}: {typed[name]}" for name in REST if typed.get(name))
        form = Form(say("Caveat, figures, more"), Rank.MODERATOR, self._filled)
        form.ask("caveat", say("Caveat | who states it"), default=typed.get("caveat", ""), most=1000, long=True)
        form.ask("figures", say("Metric | whom | words | low..high"), default=typed.get("figures", ""), long=True)
        form.ask("quotation", say("Quotations, one a line"), default=typed.get("quotation", ""), most=1500, long=True)
        form.ask("more", MORE, default=more, most=2000, long=True)
        form.ask("reason", say("Reason for this change"), default=self._reason, most=300)
        await interaction.response.send_modal(form)


def sendable(message: dict[str, Any]) -> dict[str, Any]:
    """What to give `send` for a message made to be edited in: without the parts that are empty."""
    return {name: value for name, value in message.items() if value}


def overtaken_pages(overtaken: Overtaken, how: str, *, plain: bool) -> list[Page]:
    """What somebody else changed meanwhile, and *how* to redo one's own change on top of it."""
    intro = [f"{overtaken} {how}"]
    return change_pages(say("Changed meanwhile"), overtaken.seen, overtaken.now, intro=intro, plain=plain)


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
            raise Refused(
                say("“{line}” has no field name before it; write it like ‘places: ’ and a place.", line=line)
            )
    return found


def _shown_name(entries: Mapping[str, Entry], typed: str) -> str:
    """The name of the entry with that key, or what was typed."""
    return entries[typed].name if typed in entries else typed


def _statuses(chosen: str) -> list[tuple[str, str, bool]]:
    return [(status.value, status.value.replace("_", " "), status.value == chosen) for status in Status]


class NextView(ActingView):
    """Leads from a claim that was added to the next one of the same claimant and source."""

    def __init__(self, draft: DraftView) -> None:
        super().__init__(draft.actor, Rank.MODERATOR)
        self.offer(say("Add another"), draft.ask_main, discord.ButtonStyle.primary)
