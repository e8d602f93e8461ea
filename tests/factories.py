"""Domain objects for tests: a factory takes what matters and fills in the rest; a strategy takes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from hypothesis import strategies as st

from bot.core.asking.reading.tokens import fold_word
from bot.core.claims import (
    CAVEAT_LENGTH,
    MOST,
    NAME_LENGTH,
    NOTE_LENGTH,
    QUOTATION_LENGTH,
    STATEMENT_LENGTH,
    Attribution,
    Caveat,
    Claim,
    Entry,
    FactBase,
    Hop,
    Link,
    Metric,
    Party,
    Place,
    Quotation,
    Relation,
    Relay,
    Source,
    Status,
    Topic,
    Verification,
)
from bot.core.dates import PartialDate
from bot.core.figures import Figure
from bot.ui.kit.text import visible

_E = TypeVar("_E", bound=Entry)


def _named(of: type[_E], name: str, what_matters: Mapping[str, Any]) -> _E:
    key = "-".join(filter(None, map(fold_word, name.split())))
    fields: dict[str, Any] = {"key": key or "unnamed", "name": name, **what_matters}
    return of(**fields)


def a_party(name: str = "Reuters", **what_matters: Any) -> Party:
    """A party whose key is its name in lower case, words joined by hyphens."""
    return _named(Party, name, what_matters)


def a_topic(name: str = "Casualties", **what_matters: Any) -> Topic:
    """A topic whose key is its name in lower case, words joined by hyphens."""
    return _named(Topic, name, what_matters)


def a_place(name: str = "Kursk", **what_matters: Any) -> Place:
    """A place whose key is its name in lower case, words joined by hyphens."""
    return _named(Place, name, what_matters)


def a_metric(name: str = "Killed", **what_matters: Any) -> Metric:
    """A metric whose key is its name in lower case, words joined by hyphens."""
    return _named(Metric, name, what_matters)


def a_source(key: str = "fox-2025-11-14", **what_matters: Any) -> Source:
    """A dated document, by Fox News Digital unless told otherwise."""
    fields: dict[str, Any] = {
        "key": key,
        "publisher": a_party("Fox News Digital"),
        "published_on": date(2025, 11, 14),
        "sha256": "5e" * 32,
        **what_matters,
    }
    return Source(**fields)


def a_figure(quantifier: str = "more than 6,000", **what_matters: Any) -> Figure:
    """North Korean troops killed, in the words of *quantifier*."""
    fields: dict[str, Any] = {
        "metric": "killed",
        "subject": "North Korean troops",
        "quantifier": quantifier,
        **what_matters,
    }
    return Figure(**fields)


def a_claim(number: int = 1, statement: str = "North Korean troops were killed.", **what_matters: Any) -> Claim:
    """
    A live claim by Ukraine, on whose verification the source is silent.

    Args:
        number: Its number; the statement does not depend on it.
        statement: In whatever words the test needs.
        what_matters: Fields of `Claim`, and for short `claimant` (a party or its name), `source`, `relayed_by`
            (hops or parties), `status` and `caveats` (caveats or their sentences) in place of `attribution` and
            `verification`. A status that needs a caveat gets one.
    """
    claimant = what_matters.pop("claimant", "Ukraine")
    hops = what_matters.pop("relayed_by", ())
    source = what_matters.pop("source", None) or a_source()
    status = Status(what_matters.pop("status", Status.NONE_STATED))
    caveats = what_matters.pop("caveats", () if status is Status.NONE_STATED else ("It could not be verified.",))
    fields: dict[str, Any] = {
        "number": number,
        "statement": statement,
        "attribution": Attribution(
            claimant if isinstance(claimant, Party) else a_party(claimant),
            source,
            tuple(hop if isinstance(hop, Hop) else Hop(hop) for hop in hops),
        ),
        "verification": Verification(
            status, tuple(each if isinstance(each, Caveat) else Caveat(each) for each in caveats)
        ),
        "topics": (a_topic(),),
        **what_matters,
    }
    return Claim(**fields)


def a_base(claims: Iterable[Claim] = (), *entries: Entry) -> FactBase:
    """A base of *claims*, with the entries and sources they refer to and *entries* beside them, which win."""
    claims = tuple(claims)
    found: list[Entry] = [a_metric(figure.metric) for claim in claims for figure in claim.figures]
    for claim in claims:
        attribution = claim.attribution
        found += [*claim.topics, *claim.places, *claim.subjects, attribution.claimant, attribution.source.publisher]
        found += [hop.party for hop in attribution.relayed_by]
    found += entries
    return FactBase(
        claims={claim.number: claim for claim in claims},
        topics=_keyed(found, Topic),
        places=_keyed(found, Place),
        parties=_keyed(found, Party),
        metrics=_keyed(found, Metric),
        sources={claim.attribution.source.key: claim.attribution.source for claim in claims},
    )


def _keyed(entries: Iterable[Entry], of: type[_E]) -> dict[str, _E]:
    return {entry.key: entry for entry in entries if isinstance(entry, of)}


def texts(most: int, *, least: int = 1) -> st.SearchStrategy[str]:
    """Trimmed texts of at most *most* signs, any script, no controls; with something to see unless *least* is 0."""
    any_script = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
    drawn = st.text(any_script, min_size=least, max_size=min(most, 40)).map(str.strip)
    return drawn.filter(lambda text: not least or visible(text))


def partial_dates() -> st.SearchStrategy[PartialDate]:
    """Years, months and days."""

    def cut(day: date, parts: int) -> PartialDate:
        return PartialDate(*(day.year, day.month, day.day)[:parts])

    return st.builds(cut, st.dates(), st.integers(1, 3))


@st.composite
def figures(draw: st.DrawFn, metrics: list[str]) -> Figure:
    """Figures of one of *metrics*, with both bounds, one or none, whole or not."""
    bound = st.none() | st.integers(0, 10**12) | st.floats(0, 10**12)
    low, high = draw(bound), draw(bound)
    if low is not None and high is not None and low > high:
        low, high = high, low
    words = texts(NAME_LENGTH)
    return Figure(draw(st.sampled_from(metrics)), draw(words), draw(words), low, high, draw(words), draw(texts(40)))


@st.composite
def _entries(draw: st.DrawFn, of: type[_E], *, least: int = 1) -> dict[str, _E]:
    keys = draw(
        st.lists(
            st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True), min_size=least, max_size=3, unique=True
        )
    )
    is_party = issubclass(of, Party)
    made: dict[str, _E] = {}
    for key in keys:
        more: dict[str, Any] = {}
        if is_party:
            more = {
                "members": tuple(draw(st.lists(st.sampled_from(keys), max_size=2))),
                "style": draw(texts(40, least=0)),
            }
        made[key] = of(
            key=key,
            name=draw(texts(NAME_LENGTH)),
            aliases=tuple(draw(st.lists(texts(NAME_LENGTH), max_size=3))),
            about=draw(texts(80, least=0)),
            part_of=draw(st.none() | st.sampled_from(keys)),
            **more,
        )
    return made


@st.composite
def verifications(draw: st.DrawFn) -> Verification:
    """Every status, with the caveats it needs and others."""
    status = draw(st.sampled_from(Status))
    caveats = st.builds(Caveat, texts(CAVEAT_LENGTH), texts(NAME_LENGTH, least=0))
    least = 0 if status is Status.NONE_STATED else 1
    return Verification(status, tuple(draw(st.lists(caveats, min_size=least, max_size=MOST))))


@st.composite
def claims(draw: st.DrawFn, number: int, base: FactBase) -> Claim:
    """Claims about the entries of *base*, from its sources."""
    party, words = st.sampled_from(list(base.parties.values())), texts(QUOTATION_LENGTH, least=0)
    other = st.integers(1, 99).filter(lambda each: each != number)

    def some(strategy: st.SearchStrategy[Any], least: int = 0) -> tuple[Any, ...]:
        return tuple(draw(st.lists(strategy, min_size=least, max_size=MOST)))

    return Claim(
        number=number,
        statement=draw(texts(STATEMENT_LENGTH)),
        attribution=Attribution(
            draw(party),
            draw(st.sampled_from(list(base.sources.values()))),
            some(st.builds(Hop, party, st.sampled_from(Relay))),
        ),
        verification=draw(verifications()),
        topics=some(st.sampled_from(list(base.topics.values())), least=1),
        subjects=some(party),
        places=some(st.sampled_from(list(base.places.values()))) if base.places else (),
        figures=some(figures(list(base.metrics))),
        quotations=some(st.builds(Quotation, texts(QUOTATION_LENGTH), words, words)),
        event_date=draw(st.none() | partial_dates()),
        claim_date=draw(st.none() | partial_dates()),
        relations=some(st.builds(Relation, st.sampled_from(Link), other)),
        editor_note=draw(texts(NOTE_LENGTH, least=0)),
        retired=draw(texts(NOTE_LENGTH, least=0)),
    )


@st.composite
def fact_bases(draw: st.DrawFn) -> FactBase:
    """Whole fact bases of up to four claims, as a file could hold them: every claim in its first version."""
    parties = draw(_entries(Party))
    source = st.builds(
        Source,
        key=texts(40),
        publisher=st.sampled_from(list(parties.values())),
        published_on=st.dates(),
        sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
        title=texts(NAME_LENGTH, least=0),
    )
    sources = draw(st.lists(source, min_size=1, max_size=2, unique_by=lambda each: each.key))
    bare = FactBase(
        topics=draw(_entries(Topic)),
        places=draw(_entries(Place, least=0)),
        parties=parties,
        metrics=draw(_entries(Metric)),
        sources={each.key: each for each in sources},
    )
    numbers = draw(st.lists(st.integers(1, 99), max_size=4, unique=True))
    made = {number: draw(claims(number, bare)) for number in numbers}
    return FactBase(made, bare.topics, bare.places, bare.parties, bare.metrics, bare.sources)
