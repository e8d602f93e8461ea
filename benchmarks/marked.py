"""What a person marked in a text, to measure an intake against: offsets in JSON, or the claims of a fact base."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from bot.core.claims import Claim
from bot.core.intake.proposals import Article
from bot.files.factfile import load

Row = dict[str, Any]

_SHARED = 0.3
"""How much of the longer content two claims share at least to be one."""
_SAME_NAME = 90
_WORDS = 55
"""How alike the words of a proposal and of a base's statement are at least (0–100), where no offsets tell."""


@dataclass(frozen=True, slots=True)
class Marked:
    """
    A text and its claims, as a person read them.

    Attributes:
        exact: Whether the claims have offsets; those of a base do not, and one of them may hold several of the text.
    """

    article: Article
    claims: list[Row]
    exact: bool

    def paired(self, proposed: Sequence[Row]) -> list[list[int]]:
        """For each claim, the places of the proposals that are it: one, none, or several parts where not `exact`."""
        likeness = _shared if self.exact else _alike_words
        shares = sorted(
            (
                (likeness(claim, other, self.article.text), at, beside)
                for at, claim in enumerate(self.claims)
                for beside, other in enumerate(proposed)
            ),
            reverse=True,
        )
        found: list[list[int]] = [[] for _ in self.claims]
        taken: set[int] = set()
        for share, at, beside in shares:
            if share > 0 and not found[at] and beside not in taken:
                found[at].append(beside)
                taken.add(beside)
        if not self.exact:
            for share, at, beside in shares:
                if share > 0 and beside not in taken and _same_sentence(proposed, found[at], beside):
                    found[at].append(beside)
                    taken.add(beside)
        return found


def marked(text: Path, gold: Path) -> Marked:
    """*gold* of *text*: `.json` with offsets, anything else a fact base."""
    words = text.read_text(encoding="utf-8")
    if gold.suffix == ".json":
        data = json.loads(gold.read_text(encoding="utf-8"))
        article = Article(words, data["outlet"], date.fromisoformat(data["published"]))
        return Marked(article, data["claims"], exact=True)
    base = load(gold).base
    source = next(iter(base.sources.values()))
    day = source.published_on or date(2000, 1, 1)
    return Marked(Article(words, source.publisher.name, day), [_row(each) for each in base.live], exact=False)


def _row(claim: Claim) -> Row:
    said = claim.attribution
    names = [name for name in (*said.claimant.names, said.claimant.style) if name]
    return {
        "statement": claim.statement,
        "words": " ".join((claim.statement, *(each.exact for each in claim.quotations))),
        "claimant": None if said.own_voice else {"text": names[0], "aka": names[1:]},
        "relayed_by": [{"text": hop.party.name, "how": str(hop.how)} for hop in said.relayed_by],
        "quotations": [each.exact for each in claim.quotations],
        "figures": [{"quantifier": each.quantifier, "low": each.low, "high": each.high} for each in claim.figures],
        "caveats": [{"text": each.text, "stated_by": each.stated_by} for each in claim.verification.caveats],
    }


def _shared(claim: Row, other: Row, text: str) -> float:
    one, two = claim["content"], other["content"]
    share = max(0, min(one[1], two[1]) - max(one[0], two[0])) / max(one[1] - one[0], two[1] - two[0], 1)
    return share if share > _SHARED else 0


def _alike_words(claim: Row, other: Row, text: str) -> float:
    """How alike they are in words, numbers and claimant; what gives the same bounds is rather the same.

    The same figure or quotation by the same claimant is the same claim whatever the words: "the union puts it at
    1,900", "the ministry called that “premature”".
    """
    words, stated = text[slice(*other["content"])], re.sub(r"[\[\]]", "", other["statement"])
    alike = max(fuzz.token_set_ratio(claim["words"], each) for each in (words, stated))
    share = max(alike, fuzz.token_sort_ratio(claim["statement"], stated))
    bounds = [{(each["low"], each["high"]) for each in row["figures"]} for row in (claim, other)]
    quoted = {text[slice(*each)].rstrip(".,") for each in other["quotations"]}
    held = bounds[0] & bounds[1] or quoted & {each.rstrip(".,") for each in claim["quotations"]}
    if share <= _WORDS and not (held and _one_speaker(claim, other)):
        return 0
    return share + 20 * len(bounds[0] & bounds[1]) - 5 * len(bounds[0] ^ bounds[1])


def _one_speaker(claim: Row, other: Row) -> bool:
    names = [row["claimant"] and [row["claimant"]["text"], *row["claimant"].get("aka", [])] for row in (claim, other)]
    return bool(names[0] and names[1]) and any(
        fuzz.token_set_ratio(one.lower(), two.lower()) > _SAME_NAME for one in names[0] for two in names[1]
    )


def _same_sentence(proposed: Sequence[Row], known: Sequence[int], beside: int) -> bool:
    """Whether the claim that *known* are parts of may hold *beside*, too: it is said by the same or stands there."""
    return any(
        proposed[at]["sentence"] == proposed[beside]["sentence"] or _who(proposed[at]) == _who(proposed[beside])
        for at in known
    )


def _who(row: Row) -> str:
    return str(row["claimant"]["means"]) if row["claimant"] else ""


def merged(rows: Sequence[Row]) -> Row:
    """Several parts of one claim as one: everything that any of them has, once."""
    first = dict(rows[0])
    for name in ("relayed_by", "quotations", "figures", "caveats"):
        kept: list[Any] = []
        for each in (value for row in rows for value in row[name]):
            if each not in kept:
                kept.append(each)
        first[name] = kept
    return first


def texts(arguments: Sequence[str]) -> Iterator[tuple[Path, Path]]:
    """TEXT GOLD pairs; a folder stands for its `texts/NAME.txt` with `bases/NAME.yaml`."""
    left = [Path(each) for each in arguments]
    while left:
        first = left.pop(0)
        if first.is_dir():
            for text in sorted((first / "texts").glob("*.txt")):
                yield text, first / "bases" / f"{text.stem}.yaml"
        elif left:
            yield first, left.pop(0)
        else:
            raise SystemExit(f"{first}: what was marked in it?")
