"""Drafting a claim: a preview as members will see it, forms for its fields, and a button that saves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord

from bot.core.claims import NAME_LENGTH, Claim, Link, Status
from bot.core.editing.drafts import FIELDS, Faults, Fields
from bot.core.editing.meant import Meant, meant
from bot.core.editing.notation import as_typed, differing
from bot.core.editing.previews import Draft
from bot.core.wording import later, refused, say
from bot.errors import Refused
from bot.services.curation import Curation, Overtaken, Proposed, Saved, because, by_fields
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import CHOICE, Page
from bot.ui.kit.forms import Form, Sent
from bot.ui.kit.host import Press
from bot.ui.kit.lasting import ReplyView
from bot.ui.kit.pages import together
from bot.ui.kit.text import clip, sentence, visible
from bot.ui.moderating.changes import draft_pages, overtaken_pages, saved_pages

REST = ("speaker", "via", "about", "places", "event", "said", "note", "disputes")
"""Fields that share one text field of a form, each on a line after its name."""
LINK = later("Link as competing")
KEPT = ("claimant", "source")
"""What stays filled in for the next claim."""
_NEAR = 25
_AS = {
    "claimant": later("the claimant"),
    "via": later("who carried it"),
    "about": later("whom it is about"),
    "topics": later("a topic"),
    "places": later("a place"),
}

Done = Callable[[Press, Saved | Proposed], Awaitable[None]]
"""Called with the press by which a draft is in force or proposed."""


class DraftView(ReplyView):
    """
    A draft in the making.

    Args:
        ref: The claim to change; empty for a new one.
        fields: What was typed so far.
        kept: What the forms are filled in with besides, from the claim before.
    """

    def __init__(
        self,
        curation: Curation,
        workspace: int,
        person: int,
        ref: str,
        fields: Fields,
        reason: str,
        done: Done,
        *,
        plain: bool,
        kept: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(person, Rank.MODERATOR)
        self._kept = dict(kept or {})
        self._curation = curation
        self._workspace = workspace
        self._ref = ref
        self._fields = dict(fields)
        self._reason = reason
        self._plain = plain
        self._done = done
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
            self._offer_near(self._near[:_NEAR])

    def _offer_near(self, near: tuple[Meant, ...]) -> None:
        """A select of names of entries, never of what was typed, which may hold a figure."""
        select: discord.ui.Select[Any] = discord.ui.Select(placeholder=say("Did you mean …?"))
        for at, each in enumerate(near):
            select.add_option(label=clip(visible(each.name), CHOICE), value=str(at), description=say(_AS[each.field]))

        async def mend(press: Press) -> None:
            self._fields = near[int(select.values[0])].put_into(self._fields)
            await self._show(press)

        self.act_on(select, mend)

    async def shown(self) -> dict[str, Any]:
        """The draft as it stands, or what it still lacks."""
        base = await self._curation.base(self._workspace)
        try:
            if self._ref:
                self._draft = await self._curation.redraft(self._workspace, self._ref, by_fields(self._fields))
            else:
                self._draft = await self._curation.draft(self._workspace, self._fields)
        except Refused as missing:
            self._draft, self._near = None, meant(base, self._fields)
            self._arrange()
            title = say("Change of {ref}", ref=self._ref) if self._ref else say("A new claim")
            lines = [sentence(each) for each in (missing.faults if isinstance(missing, Faults) else (str(missing),))]
            told = "\n".join(f"- {each}" for each in lines) if len(lines) > 1 else lines[0]
            page = Page(title, f"{told}\n{say('The buttons below open forms for every part.')}")
            return page.message(plain=self._plain)
        self._arrange()
        return together(draft_pages(self._draft, base, plain=self._plain), plain=self._plain)

    async def _show(self, press: Press) -> None:
        await press.response.edit_message(**await self.shown(), view=self)

    async def _save(self, press: Press) -> None:
        if self._draft is None:
            await self._show(press)
            return
        self._curation.signature(str(self.person), self._reason)  # before anything is written: it may lack a reason
        if self._draft.disagrees:
            await ask_why(press, self._save_because)
        else:
            await self._write(press, self._reason)

    async def _save_because(self, press: Press, typed: dict[str, str]) -> None:
        await self.in_turn(lambda sent: self._write(sent, because(self._reason, typed["why"])), press)

    async def _link_competing(self, press: Press) -> None:
        if self._draft is not None:
            linked = [each.number for each in self._draft.after.relations if each.link is Link.DISPUTES]
            numbers = [*linked, *(each.number for each in self._draft.rivals)]
            self._fields["disputes"] = ", ".join(f"C{number}" for number in numbers)
        await self._show(press)

    async def _write(self, press: Press, reason: str) -> None:
        if self._draft is None:
            await self._show(press)
            return
        edit, who, where = by_fields(self._fields), str(self.person), press.channel_id or 0
        try:
            outcome = await self._curation.save(self._workspace, self._draft, edit, who, reason, where=where)
        except Overtaken as overtaken:
            how = say("Press Save to look at yours on top of this.")
            shown = together(overtaken_pages(overtaken, how, plain=self._plain), plain=self._plain)
            await press.response.edit_message(**shown, view=self)
            self._draft = None
            return
        self.stop()
        pages = saved_pages(outcome, plain=self._plain)
        following = None if self._ref else self._following(self._draft.after, press)
        await press.response.edit_message(**together(pages, plain=self._plain), view=following)
        await self._done(press, outcome)

    def _following(self, claim: Claim, press: Press) -> ReplyView:
        """A button that leads from a claim that was added to the next one of the same claimant and source."""
        kept = {name: text for name, text in as_typed(claim).items() if name in KEPT}
        draft = DraftView(
            self._curation, self._workspace, self.person, "", {}, "", self._done, plain=self._plain, kept=kept
        )
        following = ReplyView(self.person, Rank.MODERATOR)
        following.offer(say("Add another"), draft.ask_main, discord.ButtonStyle.primary)
        following.message = press.message
        return following

    async def _discard(self, press: Press) -> None:
        self.stop()
        await press.response.edit_message(content=say("Discarded. Nothing was changed."), embeds=[], view=None)

    async def _filled(self, press: Press, typed: dict[str, str]) -> None:
        self._reason = typed.pop("reason", self._reason)
        claim = await self._current()
        self._fields |= differing(without_more(typed), as_typed(claim) if claim else {})
        self.message = press.message
        if press.message is not None:
            await self.in_turn(self._show, press)
            return
        await press.response.send_message(**await self.shown(), view=self)
        self.message = await press.original_response()

    async def _current(self) -> Claim | None:
        return await self._curation.claim(self._workspace, self._ref) if self._ref else None

    async def _typed(self) -> dict[str, str]:
        claim = await self._current()
        return {**(as_typed(claim) if claim else self._kept), **self._fields}

    async def ask_main(self, press: Press) -> None:
        """Open the form for who says what."""
        parties, typed = (await self._curation.base(self._workspace)).parties, await self._typed()
        claimant = parties.get(typed.get("claimant", ""))
        form = Form(
            say("Who says what"), self._filled, {**typed, **({"claimant": claimant.name} if claimant else {})}
        )
        form.ask("statement", say("Statement, in our own neutral words"), most=500, long=True)
        form.ask("claimant", say("Claimant: a party, by any of its names"), most=NAME_LENGTH)
        form.ask("source", say("Source: key, title or publisher"), most=NAME_LENGTH)
        form.ask("topics", say("Topics, with commas between"), most=300)
        statuses = {status.value: status.value.replace("_", " ") for status in Status}
        form.choose("status", say("Verification, by the source's account"), statuses)
        await press.response.send_modal(form)

    async def _ask_more(self, press: Press) -> None:
        typed = await self._typed()
        form = Form(say("Caveat, figures, more"), self._filled, {**with_more(typed), "reason": self._reason})
        form.ask("caveat", say("Caveat | who states it"), long=True)
        form.ask("figures", say("Metric | whom | words | low..high"), long=True)
        ask_rest(form)
        form.ask("reason", say("Reason for this change"), most=300)
        await press.response.send_modal(form)


async def ask_why(press: Press, sent: Sent) -> None:
    """Open a form for why a claim whose words and figures differ is right; *sent* is given its `why`."""
    form = Form(say("Words and figures differ"), sent)
    form.ask("why", say("Why is it right as it stands?"), most=150, needed=True)
    await press.response.send_modal(form)


def ask_rest(form: Form) -> None:
    """Add the fields for quotations and for all that shares one, `more`."""
    form.ask("quotation", say("Quotations, one a line"), most=1500, long=True)
    form.ask("more", "speaker: via: about: places: event: said: …", most=2000, long=True)


def with_more(typed: Mapping[str, str]) -> dict[str, str]:
    """*typed* with what shares a field of a form put into one."""
    return {**typed, "more": "\n".join(f"{name}: {typed[name]}" for name in REST if typed.get(name))}


def without_more(typed: dict[str, str]) -> dict[str, str]:
    """
    *typed* with what shares a field of a form taken apart: a line without a known name goes on with the one before.

    Raises:
        Refused: The first line has no name.
    """
    if "more" not in typed:
        return typed
    found: dict[str, str] = {}
    name = ""
    for line in typed["more"].splitlines():
        head, colon, value = line.partition(":")
        if colon and head.strip().lower() in FIELDS:
            name = head.strip().lower()
            found[name] = value.strip()
        elif name:
            found[name] += f"\n{line}"
        elif line.strip():
            raise refused("“{line}” has no field name before it; write it like ‘places: ’ and a place.", line=line)
    return {**dict.fromkeys(REST, ""), **found, **{name: text for name, text in typed.items() if name != "more"}}
