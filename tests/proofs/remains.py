"""Which of the marked writes a database holds, and which of them only in part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.store.seed import CURATED_BY
from tests.proofs.child import Mark
from tests.proofs.trail import Trail

_DECIDED = {"approve": "approved", "decline": "declined"}


class Remains:
    """What the children's writes left in one workspace."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        made = [row for row in (*trail.revisions, *trail.entry_revisions) if row.who != CURATED_BY]
        self._rows = Counter(row.reason for row in made if " " not in row.reason)
        self._approved = Counter(row.reason.split()[0] for row in made if " " in row.reason)
        self._proposed = {row.reason for row in trail.proposals}
        self._decided = {row.decided_by: row.state for row in trail.proposals if row.decided_by}
        self._reviewed = {row.number: row for row in trail.reviews}
        self._weighty = _last_weighty(trail)

    def holds(self, mark: Mark) -> bool:
        """Whether that write is there, or something later that took its place."""
        if mark.rows:
            return self._rows[mark.text] == mark.rows
        if mark.what == "propose":
            return mark.text in self._proposed
        if mark.what in _DECIDED:
            return self._decided.get(mark.text) == _DECIDED[mark.what]
        reviewed = self._reviewed.get(mark.number)
        if reviewed is None:
            return False
        later = reviewed.reviewed_by and Mark.parse(reviewed.reviewed_by) >= mark
        reset = mark.number in self._weighty and self._weighty[mark.number] > mark
        return bool(later) or reset

    def missing(self, written: Iterable[Mark]) -> Iterable[str]:
        """Sentences about acknowledged writes that are not there."""
        return (f"{mark.text} was acknowledged and is not there" for mark in written if not self.holds(mark))

    def halves(self) -> Iterable[str]:
        """Sentences about writes of which only a part is there."""
        for reason, count in self._rows.items():
            if count != Mark.parse(reason).rows:
                yield f"{reason} left {count} revisions"
        for row in self._trail.proposals:
            if self._approved[row.reason] != int(row.state == "approved"):
                yield f"proposal {row.id} is {row.state} with {self._approved[row.reason]} revisions"
            if bool(row.decided_by) is (row.state == "open"):
                yield f"proposal {row.id} is {row.state} and decided by {row.decided_by!r}"
        writes = 1 + len(self._rows) + self._approved.total()
        if self._trail.revision != writes:
            yield f"the base is at revision {self._trail.revision} after {writes} writes"
        for number, mark in self._weighty.items():
            review = self._reviewed.get(number)
            if review is None or (review.reviewed_by and Mark.parse(review.reviewed_by) < mark):
                yield f"C{number} changed weightily in {mark.text} without its review being reset"


def _last_weighty(trail: Trail) -> dict[int, Mark]:
    """By claim, the newest write that reset its review; an approval counts from when it was given."""
    approvals = {row.reason: row.decided_by for row in trail.proposals if row.state == "approved"}
    last: dict[int, Mark] = {}
    for row in trail.revisions:
        if row.who == CURATED_BY:
            continue
        mark = Mark.parse(row.reason)
        if mark.weighs:
            given = approvals.get(mark.text, "") if " " in row.reason else mark.text
            last[row.number] = Mark.parse(given) if given else mark
    return last
