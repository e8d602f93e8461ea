"""Which proposer reads articles: a model behind an address if one is set, else rules over a parser if it is installed."""

from __future__ import annotations

from bot.core.intake.proposals import Proposer
from bot.core.intake.rules import RulesProposer
from bot.intake.parser import SpacyParser, installed


def chosen() -> Proposer | None:
    """The proposer at hand; None where there is none but the plain one."""
    return RulesProposer(SpacyParser()) if installed() else None
