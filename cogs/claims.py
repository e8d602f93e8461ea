"""Claims, one at a time: read one in full; moderators add, edit, retire, restore, relate and grade them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Literal, TypeVar

from discord import app_commands
from discord.ext import commands

from bot.core.claims import Claim, FactBase, Grade, Kind
from bot.core.editing.relating import leading_refs, related
from bot.core.history.revisions import reason_words
from bot.core.wording import refused, say
from bot.errors import Unavailable
from bot.services.curation import Proposed, Saved
from bot.ui.asking.single_pages import claim_page
from bot.ui.kit.arguments import Fields
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.claim_ids import REPLIED, AnyClaim, LinkedLiveClaim, RetiredClaim, SeveralClaims
from bot.ui.kit.completion import complete_several, completing, party_choices, source_choices, status_choices
from bot.ui.kit.context import Context
from bot.ui.kit.host import Press, workspace_of
from bot.ui.kit.pages import send_pages
from bot.ui.moderating.drafts import DraftView
from bot.ui.moderating.edits import change_claim
from bot.ui.moderating.proposals import announce, decision_view
from bot.ui.tracing.changed import WhatChanged

Reason = commands.Range[str, 1, 300]
_T = TypeVar("_T")

_ADD = (
    "claim add statement: It was said to be otherwise. claimant: {party} source: {source} "
    "status: not independently verified caveat: It could not be checked. | {party} topics: {topic} "
    "reason: new report"
)


class ClaimFields(Fields):
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


def _completed(command: _T) -> _T:
    """Offer names for the fields of a claim as one types."""
    several = {
        name: completing(partial(complete_several, kinds=frozenset({kind}), hops=name == "via"))
        for name, kind in (("topics", Kind.TOPIC), ("about", Kind.PARTY), ("places", Kind.PLACE), ("via", Kind.PARTY))
    }
    return app_commands.autocomplete(claimant=party_choices, source=source_choices, status=status_choices, **several)(
        command
    )


class Claims(commands.Cog):
    """Read a claim in full; keep it true."""

    @commands.hybrid_group(fallback="show", extras={"examples": ("claim {claim}",)})
    @app_commands.describe(claim="The claim's id, such as C14; as a text command, a reply to an answer will do.")
    async def claim(self, ctx: Context, *, claim: LinkedLiveClaim = REPLIED) -> None:
        """Read one claim in full: figures, dates, conflicts, notes."""
        snapshot = await ctx.snapshot()
        try:
            reviewed_on = (await ctx.services.reviewing.review(ctx.workspace, claim.ref)).reviewed_on
        except Unavailable:
            reviewed_on = None
        page = claim_page(claim, snapshot.base, reviewed_on, plain=ctx.plain)
        await send_pages(ctx, [page], [WhatChanged(claim.number)])

    @claim.command(extras={"examples": (_ADD, "claim add")})
    @_completed
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
    @_completed
    @moderators_only()
    async def edit(self, ctx: Context, claim: AnyClaim, *, fields: ClaimFields) -> None:
        """Change any field of a claim: see before and after, then save. A bare - empties a field."""
        await self._open(ctx, claim.ref, fields)

    @staticmethod
    async def _open(ctx: Context, ref: str, fields: ClaimFields) -> None:
        typed, curation = fields.typed(), ctx.services.curation
        view = DraftView(curation, ctx.workspace, ctx.author.id, ref, typed, fields.reason, _saved, plain=ctx.plain)
        if ctx.interaction is not None and not typed:
            ctx.answered()  # a form is no answer to what was acknowledged
            await view.ask_main(ctx.interaction)
            return
        await ctx.respond(**await view.shown(), view=view)

    @claim.command(extras={"examples": ("claim retire {claim} the report was withdrawn",)})
    @app_commands.describe(claim="The claim's id, such as C14.", reason="Why it no longer answers.")
    @moderators_only()
    async def retire(self, ctx: Context, claim: AnyClaim, *, reason: Reason) -> None:
        """Take a claim out of answers; its history stays, and it can be restored."""

        def edit(_: FactBase, before: Claim) -> Claim:
            if before.retired:
                raise refused("{ref} is retired already: “{retired}”", ref=before.ref, retired=before.retired)
            return replace(before, retired=reason_words(reason))

        await change_claim(ctx, claim.ref, edit, reason)

    @claim.command(extras={"examples": ("claim restore {claim} the report stands after all",)})
    @app_commands.describe(claim="The claim's id, such as C14.", reason="Why it answers again.")
    @moderators_only()
    async def restore(self, ctx: Context, claim: RetiredClaim, *, reason: Reason) -> None:
        """Let a retired claim answer again."""

        def edit(_: FactBase, before: Claim) -> Claim:
            if not before.retired:
                raise refused("{ref} is not retired.", ref=before.ref)
            return replace(before, retired="")

        await change_claim(ctx, claim.ref, edit, reason)

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
        base = (await ctx.snapshot()).base
        more, why = leading_refs(reason)
        numbers = list(dict.fromkeys([*(each.number for each in others), *(base.cited(ref).number for ref in more)]))
        if not why:
            raise refused("Say why after the ids.")

        await change_claim(ctx, claim.ref, lambda _, before: related(before, link, numbers), why)

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
            return replace(before, grade=Grade(code[:1], digit, rationale.strip()))

        await change_claim(ctx, claim.ref, edit, rationale or (say("Grade taken away") if code == "-" else ""))


async def _saved(press: Press, outcome: Saved | Proposed) -> None:
    if isinstance(outcome, Proposed):
        await press.edit_original_response(view=decision_view(outcome.proposal.id))
    await announce(press.client, workspace_of(press), outcome, press.channel_id or 0)
