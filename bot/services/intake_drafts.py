"""What an intake's items become: each with the base as it would be, alone or all that one claimant says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.core.claims import Claim, FactBase
from bot.core.editing.drafts import Faults, Fields, new_claim
from bot.core.editing.intakes import Item, Session, State
from bot.core.editing.needs import grown, lacks, same_claimant
from bot.core.editing.previews import Draft, draft_of
from bot.core.wording import refused, say
from bot.errors import NotFound, Refused


@dataclass(frozen=True, slots=True)
class Made:
    """The base with what a claim brings along, and the claim; or what it lacks."""

    base: FactBase
    draft: Draft | None = None
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The base as it would be, and by place the items and their claims; `waiting` items are left as they are."""

    base: FactBase
    claims: dict[int, tuple[Item, Claim]]
    waiting: int = 0


def made_of(base: FactBase, session: Session, fields: Fields, commands: Collection[str]) -> Made:
    """The claim that *fields* of an item make, by the names of *commands* and everything in *base*."""
    wrong = tuple(say("It lacks {part}.", part=each) for each in lacks(fields))
    try:
        after, source = grown(base, session, fields, commands)
        if wrong:
            return Made(after, lacks=wrong)
        claim = new_claim(after, max(base.claims, default=0) + 1, {**fields, "source": source.key})
    except Faults as wrong_with_it:
        return Made(base, lacks=wrong_with_it.faults)
    except Refused as error:
        return Made(base, lacks=(*wrong, str(error)))
    return Made(after, draft_of(after, None, claim))


def one(base: FactBase, session: Session, at: int, seen: str, why: str, commands: Collection[str]) -> Gathered:
    """Item *at* as it was *seen*; raises `Refused` where it is decided, changed, or lacks something."""
    item = item_at(session, at)
    if item.state is not State.OPEN:
        raise Refused(decided(item))
    if item.seen != seen:
        raise refused("Somebody else changed it in the meantime; turn the page and back to see it as it is.")
    made = made_of(base, session, item.fields, commands)
    if made.draft is None:
        raise Refused(made.lacks[0])
    if made.draft.disagrees and not why.strip():
        raise refused("Its words and its figures differ: mend one of them, or say why it is right.")
    return Gathered(made.base, {at: (item, made.draft.after)})


def clean(base: FactBase, session: Session, at: int, commands: Collection[str]) -> Gathered:
    """Open items of the claimant of item *at* that lack nothing, double nothing and show no finding."""
    item_at(session, at)
    gathered = Gathered(base, {})
    for each in same_claimant(base, session, at):
        item = session.all[each]
        made = made_of(gathered.base, session, item.fields, commands)
        if made.draft is None or made.draft.findings or made.draft.alike:
            gathered = replace(gathered, waiting=gathered.waiting + 1)
            continue
        claim = made.draft.after
        gathered = Gathered(made.base.having(claim), {**gathered.claims, each: (item, claim)}, gathered.waiting)
    if not gathered.claims:
        raise refused("None of this claimant's is clean: look at each, mend it, and accept it by itself.")
    return gathered


def item_at(session: Session, at: int) -> Item:
    """Item *at*; raises `NotFound`."""
    if at >= len(session.all):
        raise NotFound(say("Nothing was proposed there."))
    return session.all[at]


def decided(item: Item) -> str:
    """How an item that is not open was decided."""
    if item.state is State.ACCEPTED:
        return say("That was accepted already: it is C{n}.", n=item.outcome)
    if item.state is State.PROPOSED:
        return say("That waits for a second moderator already, as proposal {n}.", n=item.outcome)
    return say("That was dropped.") if item.state is State.DROPPED else say("That was not dropped.")
