"""
Queries and claims to measure retrieval on: public ones where they are at hand, generated ones otherwise.

Public data is looked for in `shared/retrieval/` beside the checkout, or where CAVEAT_RETRIEVAL_DATA says.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bot.core.retrieval._words import words

BESIDE = Path(__file__).parents[2] / "shared" / "retrieval"
DATA = Path(os.environ.get("CAVEAT_RETRIEVAL_DATA", BESIDE))
_NEAR_COPY = 90
_BASES = ((40, 30), (300, 4))
_WHOLE, _HEADLINES = 4, 3_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORT = 4


@dataclass(frozen=True)
class Claim:
    """A text to find."""

    id: str
    text: str


@dataclass(frozen=True)
class Query:
    """What is asked and which claims answer it; none means that refusal is right."""

    id: str
    text: str
    relevant: frozenset[str]

    @property
    def half(self) -> int:
        """0 or 1, by a hash of the claim it was made from, so that both forms of a headline share a half."""
        return hashlib.sha256(self.id.removesuffix("-k").encode()).digest()[0] % 2


@dataclass(frozen=True)
class Task:
    """One base and the queries to it."""

    name: str
    claims: tuple[Claim, ...]
    queries: tuple[Query, ...]


def read_claims(path: Path, *, titles: bool) -> tuple[Claim, ...]:
    """Claims from JSON lines `{id, text, title?}`; with *titles*, the title is part of the text."""
    return tuple(
        Claim(row["id"], f"{row['text']} {row.get('title') or ''}".strip() if titles else row["text"])
        for row in _rows(path)
    )


def read_queries(path: Path) -> tuple[Query, ...]:
    """Queries from JSON lines `{id, text, relevant: [ids]}`."""
    return tuple(Query(row["id"], row["text"], frozenset(row["relevant"])) for row in _rows(path))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def public_tasks() -> Iterator[Task]:
    """The public tasks; headlines and keywords are asked of the text alone, tweets of text and title."""
    for name, claims, titles in (
        ("snopes.titles", "snopes", False),
        ("snopes.keywords", "snopes", False),
        ("politifact.titles", "politifact", False),
        ("snopes.tweets", "snopes", True),
    ):
        yield Task(
            name,
            read_claims(DATA / f"{claims}.claims.jsonl", titles=titles),
            read_queries(DATA / f"{name}.queries.jsonl"),
        )


def headline_tasks(seed: int) -> Iterator[Task]:
    """
    Bases of forty, of three hundred and of all claims, without an answer to half of their queries.

    The queries are headlines of claims that no public query is about, every other one cut down to two to four of its
    words: what is fitted on them can be measured on all public queries.
    """
    draw = random.Random(seed)
    files = sorted(DATA.glob("*.queries.jsonl"))
    about = {each for path in files for query in read_queries(path) for each in query.relevant}
    path = DATA / "snopes.claims.jsonl"  # PolitiFact's headlines often quote something else than the claim
    claims, titles = read_claims(path, titles=False), {row["id"]: row.get("title") or "" for row in _rows(path)}
    free = [claim for claim in claims if titles[claim.id] and claim.id not in about]
    for size, count in _BASES:
        for _ in range(count):
            asked = draw.sample(free, 2 * size)
            yield _asked_for(Task(f"{size} claims", tuple(asked[:size]), ()), asked, titles, draw)
    whole = Task("all claims", claims, ())
    for _ in range(_WHOLE):
        yield with_refusals(_asked_for(whole, draw.sample(free, _HEADLINES), titles, draw), draw.randrange(1000))


def _asked_for(task: Task, asked: Sequence[Claim], titles: Mapping[str, str], draw: random.Random) -> Task:
    here = {claim.id for claim in task.claims}
    queries = [
        Query(
            claim.id,
            _some_words(titles[claim.id], draw) if at % 2 else titles[claim.id],
            frozenset({claim.id}) & here,
        )
        for at, claim in enumerate(asked)
    ]
    return replace(task, queries=tuple(queries))


def _some_words(text: str, draw: random.Random) -> str:
    content = words(text)
    places = sorted(draw.sample(range(len(content)), min(len(content), draw.randint(2, 4))))
    return " ".join(content[at] for at in places)


def generated_task(seed: int = 1, size: int = 400) -> Task:
    """A small made-up base: sentences of drawn words, each asked for by some of its words."""
    draw = random.Random(seed)
    lexicon = ["".join(draw.choice(_LETTERS) for _ in range(draw.randint(4, 9))) for _ in range(900)]
    claims = [Claim(f"g{number}", " ".join(draw.sample(lexicon, 9))) for number in range(size)]
    queries = [
        Query(f"q{number}", " ".join(draw.sample(claim.text.split(), 4)), frozenset({claim.id}))
        for number, claim in enumerate(claims[:200])
    ]
    return Task("generated", tuple(claims), tuple(queries))


class Misspeller:
    """Puts real misspellings into queries; where a word has none on record, one random edit."""

    def __init__(self) -> None:
        self._real: dict[str, list[str]] = defaultdict(list)
        table = DATA / "misspellings.tsv"
        for line in table.read_text(encoding="utf-8").splitlines() if table.exists() else ():
            word, misspelled = line.split("\t")
            self._real[word.lower()].append(misspelled)

    def misspell(self, text: str, count: int, draw: random.Random) -> str:
        """*text* with up to *count* of its longer words misspelled, those with a real misspelling first."""
        words = text.split()
        bare = [re.sub(r"\W", "", word).lower() for word in words]
        able = [at for at, word in enumerate(bare) if len(word) >= _SHORT and word.isalpha()]
        draw.shuffle(able)
        able.sort(key=lambda at: bare[at] not in self._real)
        for at in able[:count]:
            real = self._real.get(bare[at])
            words[at] = draw.choice(real) if real else _edit(bare[at], draw)
        return " ".join(words)


def _edit(word: str, draw: random.Random) -> str:
    at, letter = draw.randrange(len(word) - 1), draw.choice(_LETTERS)
    return draw.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def misspelled(queries: Sequence[Query], count: int, seed: int) -> tuple[Query, ...]:
    """*queries* with *count* misspellings each."""
    if not count:
        return tuple(queries)
    misspeller, draw = Misspeller(), random.Random(seed)
    return tuple(Query(query.id, misspeller.misspell(query.text, count, draw), query.relevant) for query in queries)


def with_refusals(task: Task, seed: int) -> Task:
    """*task* with the answers to a random half of its queries, and near copies of them, taken out of the base."""
    draw = random.Random(seed)
    orphans = {query.id for query in task.queries if draw.random() < 0.5}
    texts = {claim.id: claim.text for claim in task.claims}
    gone = {each for query in task.queries if query.id in orphans for each in query.relevant}
    answers = [texts[each] for each in gone if each in texts]
    kept = [claim for claim in task.claims if claim.id not in gone]
    near: Any = process.cdist(
        answers, [claim.text for claim in kept], scorer=fuzz.token_set_ratio, score_cutoff=_NEAR_COPY, workers=-1
    )
    copies: list[bool] = [bool(each) for each in near.any(axis=0)] if answers else [False] * len(kept)
    left = tuple(claim for claim, copy in zip(kept, copies, strict=True) if not copy)
    here = {claim.id for claim in left}
    queries = tuple(Query(query.id, query.text, query.relevant & here) for query in task.queries)
    return Task(task.name, left, queries)
