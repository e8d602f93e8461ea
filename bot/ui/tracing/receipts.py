"""What an answer was based on and what changed since."""

from __future__ import annotations

from bot.core.wording import say
from bot.services.corrections import Since
from bot.ui.briefing.digests import change_cards
from bot.ui.kit.embeds import CONTENT, DESCRIPTION, Page, card, packed_pages
from bot.ui.moderating.changes import moment_words


def receipt_pages(since: Since, zone: str, *, plain: bool) -> list[Page]:
    """The claims as that message showed them; then those that changed, old and new."""
    receipt = since.receipt
    refs = ", ".join(
        f"C{number} {say('revision {n}', n=version)}" for number, version in sorted(receipt.claims.items())
    )
    unchanged = (
        say("Nothing of it has changed since.")
        if not since.changes
        else say("Changed since: {n}.", n=len(since.changes))
    )
    opening = f"{say('Shown {at}: {refs}.', at=moment_words(receipt.at, zone), refs=refs)}\n{unchanged}"
    changed = {change.after.number for change in since.changes}
    cards = [text for change in since.changes for text in change_cards(change)]
    cards += [card(claim, heading=say("as shown")) for claim in since.claims if claim.number not in changed]
    room = CONTENT - 300 if plain else DESCRIPTION
    return packed_pages(say("Receipt"), cards, opening=opening, room=room, numbered=True)
