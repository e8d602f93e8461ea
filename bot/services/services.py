"""Everything that the bot does, in one value: composed once, handed on whole."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.answers import Workspaces
from bot.services.bases import Bases
from bot.services.briefings import Briefings, Deliveries
from bot.services.consequences import Consequences
from bot.services.corrections import Corrections
from bot.services.curation import Curation
from bot.services.departures import Departures
from bot.services.exchange import Exchange
from bot.services.following import Following
from bot.services.intakes import Intakes
from bot.services.missed import Missed
from bot.services.ports import Clock, HistoryStore, PastStore, PostingStore
from bot.services.receipts import Receipts
from bot.services.reviewing import Reviewing
from bot.services.setups import Setups
from bot.services.watch import Watch
from bot.services.write_queue import WriteQueue


@dataclass(frozen=True)
class Services:
    """Every use case, the few ports that are read directly, and what whoever runs the bot watches."""

    clock: Clock
    writes: WriteQueue
    consequences: Consequences
    workspaces: Workspaces
    watch: Watch
    setups: Setups
    bases: Bases
    receipts: Receipts
    curation: Curation
    reviewing: Reviewing
    missed: Missed
    following: Following
    exchange: Exchange
    intakes: Intakes
    departures: Departures
    briefings: Briefings
    deliveries: Deliveries
    corrections: Corrections
    history: HistoryStore
    past: PastStore
    postings: PostingStore
