"""What checking a message against the base looks like."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bot.core.asking.assertions import Assertion, Bearing
from bot.core.claims import Claim, FactBase
from bot.core.wording import later, say
from bot.services.answers import Snapshot
from bot.ui.kit.embeds import Page, card, claim_pages
from bot.ui.kit.text import bold, named_titles

_WORDS = {
    Bearing.SAME_FIGURE: later("The base has this figure; below is whose it is and how far it was checked."),
    Bearing.OTHER_CLAIMANT: later("The message says it is somebody's who, in the base, does not give it."),
    Bearing.OTHER_METRIC: later("The base has this figure for something else than the message says."),
    Bearing.OTHER_FIGURE: later("The base has another figure for the same thing."),
    Bearing.NO_ATTRIBUTION: later("The message does not say whose figure this is."),
    Bearing.VOUCHED: later("The message calls it confirmed; in the base nobody has confirmed it."),
    Bearing.ON_SUBJECT: later("The base holds claims on this."),
}


_SWITCH = later("Moderators switch this off with !watch off")


def check_pages(snapshot: Snapshot, found: Sequence[Assertion]) -> list[Page]:
    """One part for each assertion, in the message's order: what the base has to say, and the claims behind it."""
    if not found:
        return [Page(say("Nothing to check"), say("Nothing in that message touches the fact base."))]
    pages = (
        claim_pages(
            say("Assertion {position} of {found}", position=position, found=len(found)),
            each.claims,
            base=snapshot.base,
            intro=[_about(each), *(say(_WORDS[bearing]) for bearing in each.bearings)],
            small_print=say("What the base holds; it does not say who is right"),
        )
        for position, each in enumerate(found, start=1)
    )
    return list(chain.from_iterable(pages))


def nothing_read() -> Page:
    """Of a message without words, that there is nothing to hold against the base."""
    return Page(
        say("Nothing to check"),
        say(
            "Caveat read nothing: that message has no text, no embed and forwards none, or Discord "
            "does not show it to Caveat. Pictures and files are not read."
        ),
    )


def _about(assertion: Assertion) -> str:
    """What the assertion is about, by names; its words stand in the message itself."""
    topics = named_titles(topic.name for claim in assertion.claims[:1] for topic in claim.topics)
    return say("The message says something about {topics}.", topics=bold(topics))


def remark(claim: Claim, base: FactBase) -> Page:
    """The watch's one short reply to a figure without attribution."""
    return Page(say("Whose figure is this?"), card(claim, base), say(_SWITCH), claims=(claim,))


def unsourced_remark() -> Page:
    """The watch's one short reply to a figure that no claim gives; the figure is not repeated."""
    words = say(
        "Nobody is named for it, and no claim in the fact base gives it. Who says so, and could anybody check it?"
    )
    return Page(say("Whose figure is this?"), words, say(_SWITCH))
