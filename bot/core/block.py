"""
The claim block: the only code that turns a claim into text.

A block is three parts in a fixed order, attribution, statement, verification, and never loses one.
If room is short the statement is shortened; if that does not fit either, `Block.fit` gives None and the
caller moves the claim to the next page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.core.claims import Attribution, Caveat, Claim, Party, Relay, Status, Verification
from bot.core.dates import day_words

ATTRIBUTION = "Attribution:"
VERIFICATION = "Verification:"
_SHORTEST_STATEMENT = 40

_STATUS_WORDS = {
    Status.NOT_INDEPENDENTLY_VERIFIED: "Not independently verified.",
    Status.NONE_STATED: "The article states no independent verification.",
    Status.CONTESTED: "Contested.",
    Status.CORROBORATED: "Corroborated, by the source's account.",
    Status.REFUTED: "Refuted, by the source's account.",
    Status.RETRACTED: "Retracted by its source.",
}


def party_words(party: Party) -> str:
    """The party as a claimant: with its role where the name alone would not say who it is."""
    return party.style or party.name


def attribution_words(attribution: Attribution) -> str:
    """`South Korean … sources, to Reuters, as reported by Fox News Digital (14 Nov 2025)`."""
    published = day_words(attribution.source.published_on)
    publisher = attribution.source.publisher.name
    if attribution.own_voice:
        return f"{publisher}, in its own voice ({published})"
    hops = "".join(
        f", {'to' if hop.how is Relay.TO else 'via'} {party_words(hop.party)}" for hop in attribution.relayed_by
    )
    return f"{party_words(attribution.claimant)}{hops}, as reported by {publisher} ({published})"


def _caveat_words(caveat: Caveat) -> str:
    return f"“{caveat.text}” ({caveat.stated_by})" if caveat.stated_by else f"“{caveat.text}”"


def status_words(status: Status) -> str:
    """The status as a sentence, for counts; a claim's own verification has its caveats too."""
    return _STATUS_WORDS[status]


def verification_words(verification: Verification) -> str:
    """Status in words, then every caveat; silence is said to be silence."""
    return " ".join((status_words(verification.status), *map(_caveat_words, verification.caveats)))


@dataclass(frozen=True, slots=True)
class Block:
    """
    The three parts of a claim as it leaves the bot, unlabelled, plus its id.

    `details` are further lines about the claim (its figures, an editor's note); they stand inside the block,
    so that a figure in them is never read without attribution and verification.
    """

    ref: str
    attribution: str
    statement: str
    verification: str
    details: tuple[str, ...] = ()

    def text(self, *, escape: Callable[[str], str] = str, label: Callable[[str], str] = str) -> str:
        """
        The parts as lines, in the contract's order.

        Args:
            escape: Applied to every stored text, for places with markup.
            label: Applied to the two labels, for places with bold.
        """
        return "\n".join(
            (
                f"{label(ATTRIBUTION)} {escape(self.attribution)}",
                escape(self.statement),
                *map(escape, self.details),
                f"{label(VERIFICATION)} {escape(self.verification)}",
            )
        )

    def fit(self, room: int, *, escape: Callable[[str], str] = str, label: Callable[[str], str] = str) -> str | None:
        """The text in at most *room* characters, its statement shortened if need be; None if that fails."""
        text = self.text(escape=escape, label=label)
        statement = self.statement
        while len(text) > room:
            keep = len(statement) - max(1, (len(text) - room) // 2)
            if keep < _SHORTEST_STATEMENT:
                return None
            statement = statement[:keep].rstrip(" ,;:…")
            text = replace(self, statement=f"{statement}…").text(escape=escape, label=label)
        return text


def block_of(claim: Claim, details: tuple[str, ...] = ()) -> Block:
    """The block of *claim*, with *details* inside. Its quotations follow the statement, in quotation marks."""
    quoted = " ".join(f"“{quotation.exact}”" for quotation in claim.quotations)
    return Block(
        ref=claim.ref,
        attribution=attribution_words(claim.attribution),
        statement=f"{claim.statement} {quoted}".strip(),
        verification=verification_words(claim.verification),
        details=details,
    )
