"""Claims, one at a time: read one in full; moderators add, edit, retire, restore, relate and grade them."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.claims import Claim, FactBase, Grade, Kind
from bot.core.editing.drafts import FIELDS, check_start
from bot.core.editing.relating import leading_refs, related
from bot.core.history.events import Route
from bot.core.history.revisions import reason_words
from bot.core.wording import say
from bot.errors import InvalidClaim, Refused, Unavailable
from bot.services.answers import CURATED, Workspaces
from bot.services.curation import Curation, Edit, Proposed, Saved
from bot.services.reviewing import Reviewing
from bot.services.setups import Setups
from bot.ui.asking.single_pages import claim_page
from bot.ui.kit.buttons import Press
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.claim_ids import REPLIED, AnyClaim, LinkedLiveClaim, RetiredClaim, SeveralClaims
from bot.ui.kit.completion import complete_entries, complete_several, complete_sources, complete_statuses
from bot.ui.kit.context import Context
from bot.ui.kit.pages import send_pages
from bot.ui.moderating.drafts import DraftView, sendable
from bot.ui.moderating.immediate_edits import change_at_once
from bot.ui.moderating.proposals import announce, decision_view
from bot.ui.tracing.changed import WhatChanged

Interaction = discord.Interaction[commands.AutoShardedBot]
Reason = commands.Range[str, 1, 300]

_ADD = (
    "claim add statement: It was said to be otherwise. claimant: {party} source: {source} "
    "status: not independently verified caveat: It could not be checked. | {party} topics: {topic} "
    "reason: new report"
)


class ClaimFields(commands.FlagConverter, case_insensitive=True):
    """The fields of a claim as they are typed; notation in docs/moderating.md."""

    statement: str = commands.flag(default="", description="The claim in one neutral sentence.")
    claimant: str = commands.flag(default="", description="Who says it: a party.")
    speaker: str = commands.flag(default="", description="Who speaks for the claimant, with their role.")
    via: str = commands.flag(default="", description="Hops to the source: “to one || via another”.")
    source: str = commands.flag(default="", description="Where it was read.")
    status: str = commands.flag(default="", description="How far anybody checked it, by the source's account.")
    caveat: str = commands.flag(default="", description="The sentence that limits it | who states it.")
    topics: str = commands.flag(default="", description="Topics, with commas between.")
    about: str = commands.flag(default="", description="Parties it is about, with commas between.")
    places: str = commands.flag(default="", description="Places, with commas between.")
    figures: str = commands.flag(default="", description="metric | whom | words | low..high; several between ||.")
    quotation: str = commands.flag(default="", description="Words the source itself quotes; several between ||.")
    event: str = commands.flag(default="", description="When it happened: 2025, 2025-10 or 2025-10-31.")
    said: str = commands.flag(default="", description="When it was said, written the same way.")
    note: str = commands.flag(default="", description="An editor's note; never a verdict.")
    disputes: str = commands.flag(default="", description="Claims that it competes with: C14, C15.")
    reason: str = commands.flag(default="", description="Why you make this change.")

    @classmethod
    async def convert(cls, ctx: Context, argument: str) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride] our own context
        """Read the fields; what stands before the first one belongs to none and must not be lost."""
        check_start(argument, (*FIELDS, "reason"))
        return await super().convert(ctx, argument)

    def typed(self) -> dict[str, str]:
        """The fields that were given; a bar that parts one from the next belongs to neither."""
        given = {name: str(getattr(self, name)).strip().rstrip("|") for name in FIELDS}
        return {name: text for name, text in given.items() if text.strip()}


class Claims(commands.Cog):
    """Read a claim in full; keep it true."""

    def __init__(self, workspaces: Workspaces, curation: Curation, reviewing: Reviewing, setups: Setups) -> None:
        self._workspaces = workspaces
        self._reviewing = reviewing
        self._curation = curation
        self._setups = setups

    @commands.hybrid_group(fallback="show", extras={"examples": ("claim {claim}",)})
    @app_commands.describe(claim="The claim's id, such as C14; as a text command, a reply to an answer will do.")
    async def claim(self, ctx: Context, *, claim: LinkedLiveClaim = REPLIED) -> None:
        """Read one claim in full: figures, dates, conflicts, notes."""
        snapshot = await self._workspaces.open(ctx.workspace)
        try:
            reviewed_on = (await self._reviewing.review(ctx.workspace, claim.ref)).reviewed_on
        except Unavailable:
            reviewed_on = None
        await send_pages(ctx, [claim_page(claim, snapshot.base, reviewed_on)], [WhatChanged(claim.number)])

    @claim.command(extras={"examples": (_ADD, "claim add")})
    @moderators_only()
    async def add(self, ctx: Context, *, fields: ClaimFields) -> None:
        """Add a claim: see it as members will, what is nearly the same and what to mend, then save."""
        await self._open(ctx, "", fields)

    @claim.command(
        extras={
            "examples": ("claim edit {claim} caveat: It could not be checked. | {party} reason: caveat was missing",)
        }
    )
    @app_commands.describe(claim="The claim's id, such as C14.")
    @moderators_only()
    async def edit(self, ctx: Context, claim: AnyClaim, *, fields: ClaimFields) -> None:
        """Change any field of a claim: see before and after, then save. A bare - empties a field."""
        await self._open(ctx, claim.ref, fields)

    async def _open(self, ctx: Context, ref: str, fields: ClaimFields) -> None:
        typed = fields.typed()
        plain = not ctx.may_embed
        view = DraftView(
            self._curation, ctx.workspace, ctx.author.id, ref, typed, fields.reason, self._saved, plain=plain
        )
        if ctx.interaction is not None and not typed:
            await view.ask_main(ctx.interaction)
            return
        view.message = await ctx.respond(**sendable(await view.shown()), view=view)

    async def _saved(self, interaction: Press, outcome: Saved | Proposed, reason: str) -> None:
        if isinstance(outcome, Proposed):
            await interaction.edit_original_response(view=decision_view(outcome.proposal.id))
        setup = await self._setups.of(interaction.guild_id or CURATED)
        await announce(interaction.client, setup, outcome, interaction.channel_id or 0)

    @claim.command(extras={"examples": ("claim retire {claim} the report was withdrawn",)})
    @app_commands.describe(claim="The claim's id, such as C14.", reason="Why it no longer answers.")
    @moderators_only()
    async def retire(self, ctx: Context, claim: AnyClaim, *, reason: Reason) -> None:
        """Take a claim out of answers; its history stays, and it can be restored."""

        def edit(_: FactBase, before: Claim) -> Claim:
            if before.retired:
                raise Refused(say("{ref} is retired already: “{retired}”", ref=before.ref, retired=before.retired))
            return replace(before, retired=reason_words(reason))

        await self._change(ctx, claim, edit, reason, Route.RETIRING)

    @claim.command(extras={"examples": ("claim restore {claim} the report stands after all",)})
    @app_commands.describe(claim="The claim's id, such as C14.", reason="Why it answers again.")
    @moderators_only()
    async def restore(self, ctx: Context, claim: RetiredClaim, *, reason: Reason) -> None:
        """Let a retired claim answer again."""

        def edit(_: FactBase, before: Claim) -> Claim:
            if not before.retired:
                raise Refused(say("{ref} is not retired.", ref=before.ref))
            return replace(before, retired="")

        await self._change(ctx, claim, edit, reason, Route.RETIRING)

    @claim.command(extras={"examples": ("claim relate {claim} disputes {other} they give other figures",)})
    @app_commands.describe(
        claim="The claim's id, such as C14.",
        link="How it bears on the others; unrelated takes every relation to them back.",
        others="Their ids, with spaces between.",
        reason="Why.",
    )
    @moderators_only()
    async def relate(
        self,
        ctx: Context,
        claim: AnyClaim,
        link: Literal["disputes", "repeats", "supersedes", "denies", "unrelated"],
        others: SeveralClaims,
        *,
        reason: Reason,
    ) -> None:
        """Say how a claim bears on one or several others; “unrelated” takes that back."""
        base = (await self._workspaces.open(ctx.workspace)).base
        more, why = leading_refs(reason)
        numbers = list(dict.fromkeys([*(each.number for each in others), *(base.cited(ref).number for ref in more)]))
        if not why:
            raise Refused(say("Say why after the ids."))

        def edit(_: FactBase, before: Claim) -> Claim:
            return related(before, link, numbers)

        await self._change(ctx, claim, edit, why)

    @claim.command(extras={"examples": ("claim grade {claim} B2 one other agency agrees", "claim grade {claim} -")})
    @app_commands.describe(
        claim="The claim's id, such as C14.",
        grade="Source A to F and information 1 to 6, such as B2; - takes the grade away.",
        rationale="Why this grade.",
    )
    @moderators_only()
    async def grade(
        self, ctx: Context, claim: AnyClaim, grade: commands.Range[str, 1, 4], *, rationale: str = ""
    ) -> None:
        """Grade source and information by the Admiralty code; a claim is not graded unless somebody does."""
        code = grade.strip().upper()

        def edit(_: FactBase, before: Claim) -> Claim:
            if code == "-":
                return replace(before, grade=None)
            digit = int(code[1:]) if code[1:].isdecimal() else 0
            try:
                return replace(before, grade=Grade(code[:1], digit, rationale.strip()))
            except InvalidClaim as error:
                raise Refused(str(error)) from None

        await self._change(ctx, claim, edit, rationale or (say("Grade taken away") if code == "-" else ""))

    async def _change(
        self, ctx: Context, claim: Claim, edit: Edit, reason: str, route: Route = Route.COMMAND
    ) -> None:
        await change_at_once(ctx, self._curation, self._setups, claim.ref, edit, reason, route)

    @add.autocomplete("claimant")
    @edit.autocomplete("claimant")
    async def complete_party(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer parties."""
        snapshot = await self._workspaces.open(interaction.guild_id or CURATED)
        return complete_entries(snapshot, typed, frozenset({Kind.PARTY}))

    @add.autocomplete("topics")
    @edit.autocomplete("topics")
    async def complete_topic(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer topics, one after the other."""
        return await self._several(interaction, typed, Kind.TOPIC)

    @add.autocomplete("about")
    @edit.autocomplete("about")
    async def complete_about(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer parties, one after the other."""
        return await self._several(interaction, typed, Kind.PARTY)

    @add.autocomplete("places")
    @edit.autocomplete("places")
    async def complete_place(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer places, one after the other."""
        return await self._several(interaction, typed, Kind.PLACE)

    @add.autocomplete("via")
    @edit.autocomplete("via")
    async def complete_hop(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer parties after "to" and "via"."""
        return await self._several(interaction, typed, Kind.PARTY, hops=True)

    async def _several(
        self, interaction: Interaction, typed: str, kind: Kind, *, hops: bool = False
    ) -> list[app_commands.Choice[str]]:
        snapshot = await self._workspaces.open(interaction.guild_id or CURATED)
        return complete_several(snapshot, typed, frozenset({kind}), hops=hops)

    @add.autocomplete("source")
    @edit.autocomplete("source")
    async def complete_source(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer sources."""
        return complete_sources(await self._workspaces.open(interaction.guild_id or CURATED), typed)

    @add.autocomplete("status")
    @edit.autocomplete("status")
    async def complete_status(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the words for how far a claim was checked."""
        return complete_statuses(typed)
