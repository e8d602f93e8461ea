"""A claim in the notation in which its fields are typed: what a form is filled in with before somebody edits it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.bounds import bounds_in
from bot.core.claims import Claim, Link
from bot.core.editing.fields import EMPTY
from bot.core.figures import Figure


def as_typed(claim: Claim) -> dict[str, str]:
    """The fields of *claim* that are not empty; `bot.core.editing.drafts.edited` reads them back."""
    attribution, verification = claim.attribution, claim.verification
    fields = {
        "statement": claim.statement,
        "claimant": attribution.claimant.key,
        "speaker": attribution.spoken_by,
        "via": "\n".join(f"{hop.how} {hop.party.key}" for hop in attribution.relayed_by),
        "source": attribution.source.key,
        "status": verification.status.value,
        "caveat": "\n".join(f"{each.text} | {each.stated_by}".rstrip(" |") for each in verification.caveats),
        "topics": ", ".join(topic.key for topic in claim.topics),
        "about": ", ".join(party.key for party in claim.subjects),
        "places": ", ".join(place.key for place in claim.places),
        "figures": "\n".join(
            " | ".join((each.metric, each.subject, each.quantifier, _bounds(each), each.unit, each.of)).rstrip(" |")
            for each in claim.figures
        ),
        "quotation": "\n".join(each.exact for each in claim.quotations),
        "event": claim.event_date.edtf if claim.event_date else "",
        "said": claim.claim_date.edtf if claim.claim_date else "",
        "note": claim.editor_note,
        "disputes": ", ".join(f"C{each.number}" for each in claim.relations if each.link is Link.DISPUTES),
    }
    return {name: text for name, text in fields.items() if text}


def _bounds(figure: Figure) -> str:
    """Its bounds; a dash where it has none although its words would give some."""
    return figure.bounds or (EMPTY if bounds_in(figure.quantifier) else "")


def differing(typed: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """
    The fields of *typed* that say something else than *before*, so that redoing them touches nothing else.

    A field that was there and is blank now is emptied.
    """
    found = {name: text.strip() for name, text in typed.items() if text.strip() != before.get(name, "")}
    return {name: text or EMPTY for name, text in found.items()}
