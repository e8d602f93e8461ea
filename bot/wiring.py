"""Which cog gets which services: the one place where a cog is made."""

from __future__ import annotations

from dataclasses import dataclass

from discord.ext import commands

from bot.background.live_briefings import LiveBriefings
from bot.background.scheduler import Scheduler
from bot.background.sender import Postman
from bot.ui.asking.pictures import Pictures
from bot.ui.kit.host import Host
from cogs.ask import Ask
from cogs.briefings import Briefings
from cogs.check import Check
from cogs.claims import Claims
from cogs.entries import Entries
from cogs.errors import Errors
from cogs.exchange import Exchange
from cogs.follow import Follow
from cogs.guide import Guide
from cogs.history import History
from cogs.intake import Intake
from cogs.misses import Misses
from cogs.receipts import Receipts
from cogs.review import Review
from cogs.setup import Setup
from cogs.vocabulary import Vocabulary
from cogs.why import Why


@dataclass(frozen=True)
class Running:
    """What runs without anybody asking and is asked to by commands of briefings."""

    postman: Postman
    live_briefings: LiveBriefings
    scheduler: Scheduler


def cogs_of(bot: Host, runs: Running) -> tuple[commands.Cog, ...]:
    """Every cog with what it needs."""
    its, pictures = bot.services, Pictures()
    return (
        Ask(its.workspaces, its.receipts, pictures),
        Briefings(
            its.workspaces,
            its.briefings,
            runs.postman,
            runs.live_briefings,
            runs.scheduler,
            pictures,
            its.setups,
            its.clock,
        ),
        Check(bot, its.workspaces, its.watch, its.setups, its.receipts, bot.cooldown),
        Claims(its.workspaces, its.curation, its.reviewing, its.setups),
        Entries(bot, its.curation, its.setups),
        Vocabulary(its.curation, its.setups),
        Errors(bot),
        Exchange(its.exchange),
        Follow(its.workspaces, its.following),
        Guide(bot, its.workspaces),
        History(its.history, its.curation, its.setups),
        Intake(its.intakes),
        Misses(its.missed, its.curation, its.setups),
        Receipts(its.workspaces, its.receipts, its.corrections, its.past, its.setups, its.clock),
        Review(its.workspaces, its.reviewing, its.setups),
        Setup(its.setups, its.bases),
        Why(its.workspaces, its.receipts),
    )
