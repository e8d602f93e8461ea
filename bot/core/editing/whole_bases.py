"""A whole base put away, or another one put in its place: claims are retired, and ids are not used again."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from bot.core.claims import FactBase, Wording
from bot.core.editing.batches import Batch, ClaimWrite, EntryWrite
from bot.core.editing.relating import renumbered
from bot.core.wording import later

EMPTIED, REPLACED = later("The fact base was emptied"), later("Another fact base took its place")
"""Why a claim no longer answers."""


def emptying(base: FactBase, reason: str = EMPTIED) -> Batch:
    """The batch after which *base* holds nothing that answers."""
    retired = tuple(ClaimWrite(replace(claim, retired=reason), claim.version) for claim in base.live)
    return Batch(retired, revision=base.revision, wording=_other(base.wording, Wording()), clears=True)


def replacing(base: FactBase, new: FactBase) -> Batch:
    """The batch that puts *new* in the place of *base*; its claims are numbered on where numbers were used before."""
    following = count(max(base.claims, default=0) + 1)
    numbers = {number: next(following) if base.claims else number for number in new.claims}
    claims = tuple(
        ClaimWrite(replace(renumbered(claim, numbers), version=1), 0, weighs=True) for claim in new.claims.values()
    )
    wanted = (EntryWrite(base.of_kind(each.kind).get(each.key), each) for each in new.references())
    entries = tuple(each for each in wanted if not each.stands(base))
    gone = emptying(base, REPLACED)
    wording = _other(base.wording, new.wording)
    return replace(gone, claims=(*gone.claims, *claims), entries=entries, wording=wording)


def _other(held: Wording, wanted: Wording) -> Wording | None:
    return wanted if held != wanted else None
