"""What a schedule may be told beside when and what about: to skip, to post changes only, whom to notify."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.wording import refused

_SKIP = re.compile(r"(?<!\S)skip(?!\S)", re.IGNORECASE)
_CHANGES = re.compile(r"(?<!\S)(?:changes[ -]only|only[ -]changes)(?!\S)", re.IGNORECASE)
_ROLE = re.compile(r"(?:(?<!\S)(?:mentions?|notify)\s*:?\s*)?<@&(\d{1,20})>", re.IGNORECASE)
_OTHERS = re.compile(r"<@!?\d+>|@everyone|@here", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """
    How a schedule posts; by default always, everything, and silently.

    Attributes:
        skip_unchanged: Whether nothing is posted when nothing changed.
        changes_only: Whether only what changed is posted, from the second time on.
        mention: Id of the one role that is notified.
    """

    skip_unchanged: bool = False
    changes_only: bool = False
    mention: int | None = None


def read_options(words: str) -> tuple[Options, str]:
    """
    The options among *words*, wherever they stand, and the other words.

    Raises:
        Refused: It is to notify more than one role, a person, or everybody.
    """
    if _OTHERS.search(words):
        raise refused("A briefing notifies one role, not a person and not everybody. Name a role, or nobody.")
    roles = {int(role) for role in _ROLE.findall(words)}
    if len(roles) > 1:
        raise refused("A briefing notifies one role at most. Name one.")
    options = Options(bool(_SKIP.search(words)), bool(_CHANGES.search(words)), next(iter(roles), None))
    for pattern in (_SKIP, _CHANGES, _ROLE):
        words = pattern.sub(" ", words)
    return options, " ".join(words.split())
