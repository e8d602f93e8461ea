"""The moderators' queue: what is due, what was proposed or challenged, and how each is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.claims import Claim, parse_ref
from bot.core.editing.queue import Challenge, MissedQuestion, Outcome, Proposal, Review, overdue, review_of
from bot.core.editing.visible import hidden_characters
from bot.core.history.events import Route
from bot.core.history.revisions import Signature
from bot.errors import ConflictError, NotFound, Refused
from bot.services.answers import Workspaces
from bot.services.curation import Curation, Overtaken, Saved
from bot.services.missed import Missed
from bot.services.ports import Clock, HistoryStore, QueueStore

CHALLENGE_LENGTH = 500
_LONGEST_INTERVAL = 3650


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that waits for a moderator, each kind with the most urgent first."""

    overdue: Sequence[tuple[Claim, Review]]
    proposals: Sequence[Proposal]
    challenges: Sequence[Challenge]
    missed: Sequence[MissedQuestion]


class Reviewing:
    """Keeps and settles the queue."""

    def __init__(
        self,
        workspaces: Workspaces,
        curation: Curation,
        queues: QueueStore,
        history: HistoryStore,
        missed: Missed,
        clock: Clock,
    ) -> None:
        self._workspaces = workspaces
        self._curation = curation
        self._queues = queues
        self._history = history
        self._missed = missed
        self._clock = clock

    async def queue(self, workspace: int) -> Queue:
        """What waits now."""
        base = (await self._workspaces.open(workspace)).base
        reviews, entered = await self._queues.reviews(workspace), await self._queues.entered(workspace)
        now = self._clock()
        return Queue(
            overdue(base.live, reviews, entered, now.date()),
            await self._queues.proposals(workspace),
            await self._queues.challenges(workspace),
            await self._missed.questions(workspace),
        )

    async def review(self, workspace: int, ref: str) -> Review:
        """When a claim was and will be reviewed; raises `NotFound`."""
        claim = await self._claim(workspace, ref)
        reviews, entered = await self._queues.reviews(workspace), await self._queues.entered(workspace)
        return review_of(claim, reviews, entered, self._clock().date())

    async def mark(self, workspace: int, ref: str, who: str) -> Review:
        """Note that *who* looked the claim over as it stands; raises `NotFound`, or `ConflictError` if it moved."""
        claim = await self._claim(workspace, ref)
        return await self._queues.review(workspace, claim.number, claim.version, who, self._clock().date())

    async def assign(self, workspace: int, ref: str, reviewer: str, days: int) -> Review:
        """Give a claim a reviewer and an interval in days; raises `NotFound` or `Refused`."""
        if not 1 <= days <= _LONGEST_INTERVAL:
            raise Refused(f"An interval is between 1 and {_LONGEST_INTERVAL} days.")
        claim = await self._claim(workspace, ref)
        return await self._queues.assign(workspace, claim.number, reviewer, days, self._clock().date())

    async def proposal(self, workspace: int, proposal: int) -> Proposal:
        """One of the workspace's proposals; raises `NotFound`."""
        return await self._queues.proposal(workspace, proposal)

    async def approve(self, workspace: int, proposal: int, who: str, *, where: int = 0) -> Saved:
        """
        Put a proposal in force, as a second moderator.

        Raises:
            Refused: It is one's own, or settled already.
            Overtaken: The claim moved on; it says what moved.
        """
        asked = await self._queues.proposal(workspace, proposal)
        signed = Signature(who, asked.reason, self._clock())
        before = (await self._workspaces.open(workspace)).base
        try:
            base = await self._queues.approve(workspace, proposal, signed)
        except ConflictError:
            await self._workspaces.refresh(workspace)
            raise await self._overtaken(workspace, asked) from None
        await self._curation.followed(workspace, before, base, signed, Route.APPROVAL, where)
        number = asked.before.number if asked.before else max(base.claims)
        return Saved(asked.before, base.claims[number])

    async def _overtaken(self, workspace: int, asked: Proposal) -> ConflictError:
        now = (await self._workspaces.open(workspace)).base.claims.get(asked.after.number)
        trail = {
            revision.after.version: revision.after
            for revision in await self._history.of(workspace, asked.after.number)
        }
        seen = trail.get(asked.version)
        if now is None or seen is None:
            return ConflictError("The claim was changed since this was proposed; decline it and propose anew.")
        return Overtaken(seen, now, lambda _base, _claim: asked.after)

    async def decline(self, workspace: int, proposal: int, who: str) -> Proposal:
        """Set a proposal aside; raises `NotFound` or `Refused`."""
        await self._queues.decline(workspace, proposal, who)
        return await self._queues.proposal(workspace, proposal)

    async def challenge(
        self, workspace: int, ref: str, who: str, reason: str, *, asked: str = "", link: str = "", version: int = 0
    ) -> Challenge:
        """
        Put a member's doubt about a claim into the queue.

        Args:
            version: The revision that was shown; the present one unless given.

        Raises:
            NotFound: No live claim has that id.
            Refused: No reason is given, or it is too long or not visible.
        """
        claim = (await self._workspaces.open(workspace)).claim(ref)
        text = reason.strip()
        if not text:
            raise Refused(
                f"Say why: a challenge needs a reason, like “{claim.ref} another outlet gives other words”."
            )
        if len(text) > CHALLENGE_LENGTH:
            raise Refused(f"Keep the reason under {CHALLENGE_LENGTH} characters.")
        if hidden := hidden_characters(text):
            raise Refused(f"The reason holds {', '.join(hidden[:3])}, which nobody can see; take it out.")
        made = Challenge(0, claim.number, version or claim.version, who, self._clock(), text, asked[:300], link)
        return await self._queues.challenge(workspace, made)

    async def settle(self, workspace: int, challenge: int, outcome: Outcome, who: str, words: str) -> Challenge:
        """Close a challenge with a few words for who made it; raises `NotFound` or `Refused`."""
        return await self._queues.settle(workspace, challenge, outcome, who, words.strip())

    async def _claim(self, workspace: int, ref: str) -> Claim:
        base = (await self._workspaces.open(workspace)).base
        claim = base.claims.get(parse_ref(ref) or 0)
        if claim is None:
            raise NotFound("No claim in the fact base has that id. Ids look like C14; answers show them.")
        return claim
