"""Taking an article in: it is read into proposals, and moderators accept, mend or drop each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial

from bot.core.claims import Claim, Entry, FactBase
from bot.core.dates import day_words
from bot.core.editing.articles import HandedIn, guessed_topic
from bot.core.editing.drafts import Fields
from bot.core.editing.entry_drafts import day_of
from bot.core.editing.intakes import Item, Session, State, begun, carried, filled_in
from bot.core.editing.needs import brought, news, with_source
from bot.core.editing.previews import Draft
from bot.core.editing.queue import Proposal
from bot.core.editing.visible import visible
from bot.core.intake.proposals import Article, Proposer
from bot.core.intake.reading import read
from bot.core.wording import refused, say
from bot.errors import ConflictError, NotFound, Refused
from bot.services.answers import Workspaces
from bot.services.curation import Curation, because
from bot.services.intake_drafts import Gathered, clean, decided, item_at, made_of, one
from bot.services.ports import Clock, IntakeStore

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Look:
    """
    One item of an intake, as a moderator looks at it.

    Attributes:
        draft: The claim as it would be; None where something is missing.
        lacks: What is missing or wrong, in words.
        new: Entries that it would make or give other names: as they are, as they would be, and for a new one the name
            in the base that is near to its own, or "".
        claim: The claim that it became.
        base: Where the claims stand.
    """

    session: Session
    at: int
    item: Item
    draft: Draft | None = None
    lacks: tuple[str, ...] = ()
    new: tuple[tuple[Entry | None, Entry, str], ...] = ()
    claim: Claim | None = None
    base: FactBase = field(default_factory=FactBase)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of accepting: claims by number, or a proposal of them; the claimant's `waiting` are not clean."""

    session: Session
    claims: tuple[int, ...] = ()
    proposal: Proposal | None = None
    waiting: int = 0


@dataclass(eq=False, repr=False)
class Intakes:
    """
    Every server's intakes.

    Attributes:
        proposer: Who proposes claims out of an article; None: its sentences with figures or quotations, nobody named.
    """

    _workspaces: Workspaces
    _curation: Curation
    _store: IntakeStore
    _clock: Clock
    proposer: Proposer | None

    async def take(self, workspace: int, article: HandedIn, who: str) -> Session:
        """Keep an article; the open intake of the same text, where there is one."""
        await self._workspaces.open(workspace)
        known = (each for each in await self.open(workspace) if each.text == article.text)
        known_of = replace(article, topic=guessed_topic(article))
        session = Session(**asdict(known_of), retrieved_on=self._clock().date())
        return next(known, None) or await self._store.add(workspace, session, who, self._clock())

    async def open(self, workspace: int) -> list[Session]:
        """Those that nobody finished, the newest first."""
        return await self._store.of(workspace, self._clock())

    async def get(self, workspace: int, intake: int) -> Session:
        """One of them; raises `NotFound`."""
        return await self._store.get(workspace, intake)

    async def read(self, workspace: int, intake: int, about: Mapping[str, str]) -> Session:
        """
        Read an article against the base, off the event loop: seconds.

        Args:
            about: Its `publisher`, `day`, and if known its `title`, `url` and `topic`; what is not there stays.

        Raises:
            Refused: Publisher or day are missing, or something cannot be used.
        """
        session = await self.get(workspace, intake)
        if session.items is not None:
            return session
        base = await self._curation.base(workspace)
        given = {
            name: visible(about[name]).strip() for name in ("publisher", "title", "url", "topic") if name in about
        }
        day = day_of(about["day"].strip()) if "day" in about else session.published_on
        if day is None:
            raise refused("Say on what day the article was published.")
        filled = replace(session, published_on=day, **given)
        self._curation.check_days(brought(base, with_source(base, filled, self._curation.commands)[0]))
        article = Article(filled.text, filled.publisher, day, filled.title, filled.url)
        found = await asyncio.to_thread(read, article, base, self.proposer)
        return await self._store.begin(workspace, begun(filled, base, found, own_voice=self.proposer is not None))

    async def look(self, workspace: int, intake: int, at: int) -> Look:
        """Item *at*, or the last one; raises `NotFound` where there is none."""
        session = await self.get(workspace, intake)
        if not session.all:
            raise NotFound(say("Nothing was proposed there."))
        at = min(at, len(session.all) - 1)
        base, item = await self._curation.base(workspace), session.all[at]
        if item.state is State.ACCEPTED:
            return Look(session, at, item, claim=base.claims.get(item.outcome), base=base)
        if item.state is not State.OPEN or (item.faults and not item.fields):
            return Look(session, at, item)
        made = await asyncio.to_thread(made_of, base, session, item.fields, self._curation.commands)
        draft = replace(made.draft, proposes=await self._curation.waits(workspace)) if made.draft else None
        return Look(session, at, item, draft, made.lacks, news(base, made.base), base=base)

    async def filled(self, workspace: int, intake: int, at: int) -> dict[str, str]:
        """What the forms of an item are filled in with: its fields, else claimant and topics of the one before."""
        look = await self.look(workspace, intake, at)
        return {**carried(look.session, look.at), **look.item.fields}

    async def fill(self, workspace: int, intake: int, at: int, typed: Fields) -> None:
        """Put *typed* in place of an open item's fields; raises `Refused`."""
        item = item_at(await self.get(workspace, intake), at)
        if item.state is not State.OPEN:
            raise Refused(decided(item))
        await self._store.change(workspace, intake, at, item, filled_in(item, typed))

    async def drop(self, workspace: int, intake: int, at: int, *, dropped: bool) -> Session:
        """Set an item aside, or take it back; raises `Refused` where it is decided otherwise."""
        session = await self.get(workspace, intake)
        item = item_at(session, at)
        before, after = (State.OPEN, State.DROPPED) if dropped else (State.DROPPED, State.OPEN)
        if item.state is not before:
            raise Refused(decided(item))
        return await self._store.change(workspace, intake, at, item, replace(item, state=after))

    async def accept(
        self, workspace: int, intake: int, at: int, seen: str, who: str, *, why: str = "", where: int = 0
    ) -> Accepted:
        """
        Accept an item as it was *seen*: it becomes a claim, or under four eyes a proposal.

        Args:
            why: Why it is right although its words and its figures differ.

        Raises:
            Refused: It was decided or changed by somebody else, or something is missing.
        """
        gather = partial(one, at=at, seen=seen, why=why, commands=self._curation.commands)
        return await self._accept(workspace, intake, gather, who, where, why)

    async def accept_clean(self, workspace: int, intake: int, at: int, who: str, *, where: int = 0) -> Accepted:
        """Accept, as one change, one claimant's open items that lack nothing, double nothing and show no finding."""
        gather = partial(clean, at=at, commands=self._curation.commands)
        return await self._accept(workspace, intake, gather, who, where)

    async def _accept(
        self, workspace: int, intake: int, gather: _Gather, who: str, where: int, why: str = ""
    ) -> Accepted:
        for _ in range(_TRIES):
            session, base = await self.get(workspace, intake), await self._curation.base(workspace)
            gathered = await asyncio.to_thread(gather, base, session)
            signed = self._curation.signature(who, because(_reason(session), why) if why else _reason(session))
            batch = brought(base, gathered.base)
            self._curation.check_days(batch)
            try:
                after, session, proposal = await self._store.accept(
                    workspace, intake, gathered.claims, batch, signed, propose=await self._curation.waits(workspace)
                )
            except ConflictError:
                await self._workspaces.refresh(workspace)
                continue
            if proposal:
                return Accepted(session, proposal=proposal, waiting=gathered.waiting)
            await self._curation.followed(workspace, base, after, signed, where)
            numbers = tuple(session.all[each].outcome for each in gathered.claims)
            return Accepted(session, numbers, waiting=gathered.waiting)
        raise refused("Somebody else is changing the same things just now; try again in a moment.")

    async def finish(self, workspace: int, intake: int) -> Session:
        """Let an intake go, with the article's text; raises `NotFound`."""
        return await self._store.finish(workspace, intake)

    async def purge(self) -> None:
        """Let go of what is older than 30 days."""
        await self._store.purge(self._clock())


_Gather = Callable[[FactBase, Session], Gathered]


def _reason(session: Session) -> str:
    day = day_words(session.published_on) if session.published_on else ""
    return say("Taken in from an article: {publisher}, {day}", publisher=session.publisher, day=day)
