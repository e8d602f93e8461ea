"""Whether a fact base is true to the text it was read in: hash, quotations, caveats, and nothing quoted left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType

from bot.core.claims import Claim, FactBase, Quotation, Source
from bot.core.rules.claim_rules import fold
from bot.core.rules.vetting import Finding
from bot.core.wording import say

_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]|«([^»]+)»")
_SHOWN = 60


def compare(
    base: FactBase, article: bytes, left_out: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> list[Finding]:
    """
    Where *base* and *article*, the text of one of its sources, differ.

    The source is the one with the article's SHA-256; where none has it, the only source there is, with a finding.

    Args:
        left_out: By source, passages of its text that no claim holds, on purpose.
    """
    digest = sha256(article).hexdigest()
    source = next((each for each in base.sources.values() if each.sha256 == digest), None)
    findings: list[Finding] = []
    if source is None:
        findings = [
            Finding(
                "sources",
                key,
                ("sha256",),
                say("the given text has {digest}; give its text or mend sha256.", digest=digest),
            )
            for key in base.sources
        ]
        if len(base.sources) != 1:
            return findings
        source = next(iter(base.sources.values()))
    try:
        text = article.decode("utf-8")
    except UnicodeDecodeError:
        return [*findings, Finding("sources", source.key, (), say("the given text is not UTF-8; save it as UTF-8."))]
    claims = [claim for claim in base.claims.values() if claim.attribution.source.key == source.key]
    findings += [finding for claim in claims for finding in _unfaithful(claim, text)]
    passed_over = left_out.get(source.key, ())
    findings += [
        Finding(
            "sources",
            source.key,
            ("left_out", at),
            say("“{passage}” does not stand in the article.", passage=_short(passage)),
        )
        for at, passage in enumerate(passed_over)
        if passage not in text
    ]
    return [*findings, *_left_out(base, source, claims, passed_over, text)]


def _unfaithful(claim: Claim, text: str) -> Iterator[Finding]:
    for at, quotation in enumerate(claim.quotations):
        for field, message in _misquoted(quotation, text):
            yield Finding("claims", claim.number, ("quotations", at, field), message)
    for at, caveat in enumerate(claim.verification.caveats):
        if caveat.text not in text:
            yield Finding(
                "claims",
                claim.number,
                ("verification", "caveats", at, "text"),
                say(
                    "“{text}” does not stand in the article; copy the sentence as it stands.",
                    text=_short(caveat.text),
                ),
            )


def _misquoted(quotation: Quotation, text: str) -> Iterator[tuple[str, str]]:
    times = text.count(quotation.exact)
    if not times:
        yield (
            "exact",
            say(
                "“{exact}” does not stand in the article; copy the words as they stand.",
                exact=_short(quotation.exact),
            ),
        )
        return
    if f"{quotation.prefix}{quotation.exact}" not in text:
        yield "prefix", say("does not stand right before the words in the article; copy what does, with its marks.")
    elif f"{quotation.exact}{quotation.suffix}" not in text:
        yield "suffix", say("does not stand right after the words in the article; copy what does, with its marks.")
    elif text.count(f"{quotation.prefix}{quotation.exact}{quotation.suffix}") != 1:
        yield (
            "exact",
            say(
                "stands in the article {times} times; add a prefix or suffix that only one of them has.", times=times
            ),
        )


def _left_out(
    base: FactBase, source: Source, claims: list[Claim], passed_over: Sequence[str], text: str
) -> Iterator[Finding]:
    """Passages in quotation marks that no quotation, caveat or name covers."""
    kept = [quotation.exact for claim in claims for quotation in claim.quotations]
    kept += passed_over
    kept += [caveat.text for claim in claims for caveat in claim.verification.caveats]
    names = {fold(name) for entry in base.commands() for name in entry.names}
    for found in _QUOTED.finditer(text):
        passage = found[1] or found[2]
        if fold(passage) in names or not fold(_without(passage, kept)):
            continue
        line = text.count("\n", 0, found.start()) + 1
        yield Finding(
            "sources",
            source.key,
            (),
            say(
                "the article's “{passage}” (its line {line}) is in no quotation; add it to the claim it belongs to, "
                "or to the source's left_out.",
                passage=_short(passage),
                line=line,
            ),
        )


def _without(passage: str, kept: list[str]) -> str:
    """What is left of *passage* when everything in *kept* is taken out of it."""
    covered = bytearray(len(passage))
    for words in kept:
        at = passage.find(words)
        while at >= 0:
            covered[at : at + len(words)] = b"\1" * len(words)
            at = passage.find(words, at + 1)
    return "".join(" " if done else letter for letter, done in zip(passage, covered, strict=True))


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
