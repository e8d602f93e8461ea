"""The moderators' queue: what is due, what was proposed or challenged, and how each is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.claims import Claim, Entry
from bot.core.editing.entry_drafts import check_names
from bot.core.editing.queue import Challenge, MissedQuestion, Outcome, Proposal, Review, overdue, review_of
from bot.core.editing.visible import check_visible
from bot.core.history.revisions import Signature
from bot.core.wording import refused
from bot.errors import ConflictError, Refused
from bot.services.answers import Workspaces
from bot.services.curation import Curation, Overtaken
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


@dataclass(eq=False, repr=False)
class Reviewing:
    """Keeps and settles the queue."""

    _workspaces: Workspaces
    _curation: Curation
    _queues: QueueStore
    _history: HistoryStore
    _missed: Missed
    _clock: Clock

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
        claim = (await self._workspaces.open(workspace)).base.cited(ref)
        reviews, entered = await self._queues.reviews(workspace), await self._queues.entered(workspace)
        return review_of(claim, reviews, entered, self._clock().date())

    async def mark(self, workspace: int, ref: str, who: str) -> Review:
        """Note that *who* looked the claim over as it stands; raises `NotFound`, or `ConflictError` if it moved."""
        claim = (await self._workspaces.open(workspace)).claim(ref)
        return await self._queues.review(workspace, claim.number, claim.version, who, self._clock().date())

    async def assign(self, workspace: int, ref: str, reviewer: str, days: int) -> Review:
        """Give a claim a reviewer and an interval in days; raises `NotFound` or `Refused`."""
        if not 1 <= days <= _LONGEST_INTERVAL:
            raise refused("An interval is between 1 and {most} days.", most=_LONGEST_INTERVAL)
        claim = (await self._workspaces.open(workspace)).claim(ref)
        return await self._queues.assign(workspace, claim.number, reviewer, days, self._clock().date())

    async def proposal(self, workspace: int, proposal: int) -> Proposal:
        """One of the workspace's proposals; raises `NotFound`."""
        return await self._queues.proposal(workspace, proposal)

    async def approve(self, workspace: int, proposal: int, who: str, *, where: int = 0) -> Proposal:
        """
        Put a proposal in force, as a second moderator; it is given with its claims as they are now.

        Raises:
            Refused: It is one's own, or settled already, or a name in it was taken or changed meanwhile.
            Overtaken: The claim that it changes moved on; it says what moved.
        """
        asked = await self._queues.proposal(workspace, proposal)
        signed = Signature(who, asked.reason, self._clock())
        before = (await self._workspaces.open(workspace)).base
        if not asked.stale:
            for each in asked.batch.entries:
                if isinstance(each.after, Entry):
                    check_names(before, each.after, self._curation.commands)
        try:
            base = await self._queues.approve(workspace, proposal, signed)
        except ConflictError:
            await self._workspaces.refresh(workspace)
            raise await self._overtaken(workspace, asked) from None
        await self._curation.followed(workspace, before, base, signed, where)
        known = {claim.number for _, claim in asked.claims} if asked.batch.revision is not None else set[int]()
        fresh = iter(sorted(base.claims.keys() - before.claims.keys() - known)[-len(asked.claims) :])
        claims = tuple(
            (old, base.claims[new.number if old or new.number in known else next(fresh)]) for old, new in asked.claims
        )
        return replace(asked, claims=claims, state="approved")

    async def _overtaken(self, workspace: int, asked: Proposal) -> Overtaken | Refused:
        """The first claim that moved on, as it was seen and as it is; or a sentence, where something else did."""
        base = (await self._workspaces.open(workspace)).base
        for write in asked.batch.claims:
            now = base.claims.get(write.claim.number)
            if not write.expected or now is None or now.version == write.expected:
                continue
            trail = await self._history.of(workspace, now.number)
            seen = next((each.after for each in trail if each.after.version == write.expected), None)
            if seen is not None:
                return Overtaken(seen, now, lambda _base, _claim, after=write.claim: after)
        return refused("What this would change was changed since it was proposed; decline it and propose it anew.")

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
            raise refused(
                "Say why: a challenge needs a reason, like ‘{ref} another outlet gives other words’.", ref=claim.ref
            )
        if len(text) > CHALLENGE_LENGTH:
            raise refused("Keep the reason under {most} characters.", most=CHALLENGE_LENGTH)
        check_visible(text, "reason")
        made = Challenge(0, claim.number, version or claim.version, who, self._clock(), text, asked[:300], link)
        return await self._queues.challenge(workspace, made)

    async def settle(self, workspace: int, challenge: int, outcome: Outcome, who: str, words: str) -> Challenge:
        """Close a challenge with a few words for who made it; raises `NotFound` or `Refused`."""
        return await self._queues.settle(workspace, challenge, outcome, who, words.strip())
