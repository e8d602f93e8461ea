"""
The claim block: the only code that turns a claim into text.

A block is three parts in a fixed order, attribution, statement, verification, and never loses one.
If room is short the statement is shortened; if that does not fit either, `Block.fit` gives None and the
caller moves the claim to the next page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from bot.core.claims import Attribution, Caveat, Claim, Party, Relay, Source, Status, Verification
from bot.core.dates import day_words
from bot.core.wording import later, say

ATTRIBUTION = "Attribution:"
VERIFICATION = "Verification:"
"""The contract's labels: the same in every language, so that whoever knows them finds them."""
_SHORTEST_STATEMENT = 40

_STATUS_WORDS = {
    Status.NOT_INDEPENDENTLY_VERIFIED: later("Not independently verified."),
    Status.NONE_STATED: later("The article states no independent verification."),
    Status.ACCESS_REFUSED: later("Could not be checked: access was refused."),
    Status.NO_SOURCE_GIVEN: later("Not independently verified: no source was given for it."),
    Status.CONTESTED: later("Contested."),
    Status.CORROBORATED: later("Corroborated, by the source's account."),
    Status.REFUTED: later("Refuted, by the source's account."),
    Status.RETRACTED: later("Retracted by its source."),
}


def party_words(party: Party) -> str:
    """The party as a claimant: with its role where the name alone would not say who it is."""
    return party.style or party.name


def source_words(source: Source) -> str:
    """`Fox News Digital (14 Nov 2025)`."""
    return f"{source.publisher.name} ({day_words(source.published_on)})"


def reported_once(claims: Sequence[Claim]) -> str:
    """The line that names the one publisher of several claims, for blocks that then need not; else empty."""
    sources = {claim.attribution.source for claim in claims}
    if len(claims) < 2 or len(sources) > 1:
        return ""
    return say("All as reported by {source}.", source=source_words(sources.pop()))


def attribution_words(attribution: Attribution, *, sourced: bool = True) -> str:
    """
    `South Korean … sources, to Reuters, as reported by Fox News Digital (14 Nov 2025)`.

    Args:
        sourced: Whether the publisher is named; False only where the same screen names it once for all its blocks.
    """
    source = attribution.source
    if attribution.own_voice:
        published = f" ({day_words(source.published_on)})" if sourced else ""
        return f"{source.publisher.name}{_speaker_words(attribution)}{say(', in its own voice')}{published}"
    hops = "".join(
        say(", to {party}", party=party_words(hop.party))
        if hop.how is Relay.TO
        else say(", via {party}", party=party_words(hop.party))
        for hop in attribution.relayed_by
    )
    reported = say(", as reported by {source}", source=source_words(source)) if sourced else ""
    return f"{party_words(attribution.claimant)}{_speaker_words(attribution)}{hops}{reported}"


def _speaker_words(attribution: Attribution) -> str:
    return say(", through {speaker}", speaker=attribution.spoken_by) if attribution.spoken_by else ""


def _caveat_words(caveat: Caveat) -> str:
    """The sentence, quoted, and who states it where it does not say so itself."""
    stated = caveat.stated_by and caveat.stated_by.casefold() not in caveat.text.casefold()
    return f"“{caveat.text}” ({caveat.stated_by})" if stated else f"“{caveat.text}”"


def status_words(status: Status) -> str:
    """The status as a sentence, for counts; a claim's own verification has its caveats too."""
    return say(_STATUS_WORDS[status])


def verification_words(verification: Verification) -> str:
    """Status in words, then every caveat; silence is said to be silence."""
    return " ".join((status_words(verification.status), *map(_caveat_words, verification.caveats)))


@dataclass(frozen=True, slots=True)
class Block:
    """
    The three parts of a claim as it leaves the bot, unlabelled, plus its id.

    `claimant` is what `attribution` begins with, to stand out where the place allows it. `details` are further lines
    about the claim (its figures, an editor's note); they stand inside the block, so that a figure in them is never
    read without attribution and verification. `address` is where its source can be read, `retrieved` when it was, in
    words.
    """

    ref: str
    attribution: str
    statement: str
    verification: str
    details: tuple[str, ...] = ()
    claimant: str = ""
    address: str = ""
    retrieved: str = ""

    def text(
        self,
        *,
        escape: Callable[[str], str] = str,
        label: Callable[[str], str] = str,
        claimant: Callable[[str], str] = str,
        link: Callable[[str], str] = str,
    ) -> str:
        """
        The parts as lines, in the contract's order.

        Args:
            escape: Applied to every stored text, for places with markup.
            label: Applied to the two labels, for places with bold.
            claimant: Applied to who says it, to stand out.
            link: Applied to the source's address, for places with links.
        """
        who = claimant(escape(self.claimant)) if self.claimant else ""
        through = escape(self.attribution.removeprefix(self.claimant))
        return "\n".join(
            (
                f"{label(ATTRIBUTION)} {who}{through}",
                escape(self.statement),
                *map(escape, self.details),
                *self._read_at(link),
                f"{label(VERIFICATION)} {escape(self.verification)}",
            )
        )

    def _read_at(self, link: Callable[[str], str]) -> list[str]:
        if self.address and self.retrieved:
            return [say("Read at {address}, retrieved {day}", address=link(self.address), day=self.retrieved)]
        if self.address:
            return [say("Read at {address}", address=link(self.address))]
        return [say("Retrieved {day}", day=self.retrieved)] if self.retrieved else []

    def fit(self, room: int, **marks: Callable[[str], str]) -> str | None:
        """The `text` in at most *room* characters, its statement shortened if need be; None if that fails."""
        text = self.text(**marks)
        statement = self.statement
        while len(text) > room:
            keep = len(statement) - max(1, (len(text) - room) // 2)
            if keep < _SHORTEST_STATEMENT:
                return None
            statement = statement[:keep].rstrip(" ,;:…")
            text = replace(self, statement=f"{statement}…").text(**marks)
        return text


def block_of(
    claim: Claim, details: tuple[str, ...] = (), *, sourced: bool = True, brief: bool = False, read_at: bool = False
) -> Block:
    """
    The block of *claim*, with *details* inside. Its quotations follow the statement, in quotation marks.

    Args:
        sourced: See `attribution_words`.
        brief: Leave out quotations whose words the statement has.
        read_at: Say where the source can be read and when it was.
    """
    attribution = claim.attribution
    source = attribution.source
    quotations = (each.exact for each in claim.quotations if not (brief and _repeats(claim.statement, each.exact)))
    quoted = " ".join(f"“{exact}”" for exact in quotations)
    return Block(
        ref=claim.ref,
        attribution=attribution_words(attribution, sourced=sourced),
        statement=f"{claim.statement} {quoted}".strip(),
        verification=verification_words(claim.verification),
        details=details,
        claimant=source.publisher.name if attribution.own_voice else party_words(attribution.claimant),
        address=source.url if read_at else "",
        retrieved=day_words(source.retrieved_on) if read_at and source.retrieved_on else "",
    )


_WORD = re.compile(r"[^\W_]+")
_REPEATED = 0.75
_LONG = 40
"""A quotation of more characters is left out, too, where the words that say something are the statement's."""
_SMALL = 3


def _repeats(statement: str, quotation: str) -> bool:
    """Whether most words of *quotation*, its numbers among them, stand in *statement*, too."""
    said = set(_WORD.findall(statement.casefold()))
    words = _WORD.findall(quotation.casefold())
    telling = [word for word in words if len(word) > _SMALL or word.isdecimal()]
    if not all(word in said for word in words if word.isdecimal()):
        return False
    return _mostly(said, words) or (len(quotation) > _LONG and bool(telling) and _mostly(said, telling))


def _mostly(said: Collection[str], words: Sequence[str]) -> bool:
    return sum(word in said for word in words) >= _REPEATED * len(words)
