"""Which proposer reads articles: a model behind an address if one is set, else rules over a parser if one is here."""

from __future__ import annotations

from bot.core.intake.proposals import Proposer
from bot.core.intake.rules import RulesProposer
from bot.intake.endpoint import ModelProposer
from bot.intake.parser import SpacyParser, installed


def chosen(url: str | None = None, model: str = "", key: str = "") -> Proposer | None:
    """The proposer at hand; None where there is none but the plain one. Arguments are the settings INTAKE_…"""
    if url:
        return ModelProposer(url, model, key)
    return RulesProposer(SpacyParser()) if installed() else None
