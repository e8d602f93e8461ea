"""An article is read: proposed, verified, and what no proposal holds is named."""

from __future__ import annotations

from bot.core.claims import FactBase
from bot.core.intake.plain import PlainProposer
from bot.core.intake.proposals import Article, Intake, Proposer


def read(article: Article, base: FactBase, proposer: Proposer | None = None) -> Intake:
    """
    Read *article* against *base* with *proposer* (None: sentences with figures or quotations, nobody named).

    Takes up to seconds; pure, so it may run in a thread or a process.
    """
    return Intake(article, (proposer or PlainProposer()).propose(article, base))
