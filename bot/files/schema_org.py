"""
Claims in schema.org's vocabulary, as JSON-LD: a Claim each, and a ClaimReview where the source speaks of checking.

What schema.org would make us say and we do not know is left out. A claimant has a name but no type, for a described
group is neither person nor organization. A ClaimReview repeats what the source says and is the source's: it has a
rating, in words, only where somebody came to a result, and never a number. Every node that has a statement has the
attribution before it and the verification after it, in words.
"""

from __future__ import annotations

from typing import Any

from bot.core.block import ATTRIBUTION, VERIFICATION, Block, block_of, party_words, status_words
from bot.core.claims import Claim, FactBase, Source, Status

Node = dict[str, Any]

_RATED = frozenset({Status.CORROBORATED, Status.REFUTED})


def graph(base: FactBase) -> Node:
    """The live claims of *base* as one JSON-LD document."""
    nodes: list[Node] = []
    for claim in base.live:
        nodes.append(_claim_node(claim, base))
        if claim.verification.status is not Status.NONE_STATED:
            nodes.append(_review_node(claim))
    return {"@context": "https://schema.org", "@graph": nodes}


def _claim_node(claim: Claim, base: FactBase) -> Node:
    block = block_of(claim)
    disputed_by = ", ".join(f"C{number}" for number in base.disputes.get(claim.number, ()))
    conflict = f" In conflict with {disputed_by}." if disputed_by else ""
    node: Node = {
        "@type": "Claim",
        "@id": f"#{claim.ref}",
        "identifier": claim.ref,
        "author": {"name": party_words(claim.attribution.claimant)},
        "creditText": block.attribution,
        "text": block.statement,
        "creativeWorkStatus": status_words(claim.verification.status),
        "description": f"{_description(block)}{conflict}",
        "appearance": _source_node(claim.attribution.source),
        "datePublished": claim.claim_date.edtf if claim.claim_date else None,
        "temporalCoverage": claim.event_date.edtf if claim.event_date else None,
        "about": [{"name": entry.name} for entry in (*claim.topics, *claim.subjects)],
        "contentLocation": [{"@type": "Place", "name": place.name} for place in claim.places],
    }
    return _filled(node)


def _review_node(claim: Claim) -> Node:
    block = block_of(claim)
    publisher = claim.attribution.source.publisher.name
    status = claim.verification.status
    checkers = dict.fromkeys(caveat.stated_by or publisher for caveat in claim.verification.caveats)
    node: Node = {
        "@type": "ClaimReview",
        "@id": f"#{claim.ref}-verification",
        "author": [{"name": name} for name in checkers],
        "creditText": block.attribution,
        "claimReviewed": block.statement,
        "reviewBody": block.verification,
        "description": _description(block),
        "datePublished": claim.attribution.source.published_on.isoformat(),
        "itemReviewed": {"@id": f"#{claim.ref}"},
        "reviewRating": {"@type": "Rating", "alternateName": status_words(status)} if status in _RATED else None,
    }
    return _filled(node)


def _description(block: Block) -> str:
    return f"{ATTRIBUTION} {block.attribution}. {VERIFICATION} {block.verification}"


def _source_node(source: Source) -> Node:
    """Where it was read. Without its title: a headline may hold a figure, and this node says nothing of checking."""
    node: Node = {
        "@type": "CreativeWork",
        "@id": f"#{source.key}",
        "publisher": {"name": source.publisher.name},
        "datePublished": source.published_on.isoformat(),
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": source.sha256},
        "url": source.url or None,
    }
    return _filled(node)


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, [])}
