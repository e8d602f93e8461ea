"""The one place where cogs are made; what they call they reach by the command's context."""

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
    pictures = Pictures()
    return (
        Ask(pictures),
        Briefings(runs.postman, runs.live_briefings, runs.scheduler, pictures),
        Check(bot),
        Claims(),
        Entries(bot),
        Vocabulary(),
        Errors(bot),
        Exchange(),
        Follow(),
        Guide(),
        History(),
        Intake(),
        Misses(),
        Receipts(),
        Review(),
        Setup(),
        Why(),
    )
