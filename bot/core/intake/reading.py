"""An article is read: proposed, verified, and what no proposal holds is named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.claims import FactBase, Kind
from bot.core.intake.passages import passages
from bot.core.intake.plain import PlainProposer
from bot.core.intake.proposals import Article, Intake, NewEntry, Proposal, Proposer, Span, Suspect
from bot.core.intake.quantities import quantities
from bot.core.intake.verifying import faults

_OF_ANOTHER = re.compile(r"(?:he|she|it|they|we|who|one|others|(?:its|their|his|her|our)\s.*)\Z", re.IGNORECASE)
_UNREAD = (
    "Neither a parser nor a model is set up, so nobody is named: these are the sentences with figures or quotations. "
    "Install caveat[intake], or set INTAKE_URL."
)


def read(article: Article, base: FactBase, proposer: Proposer | None = None) -> Intake:
    """
    Read *article* against *base* with *proposer* (None: sentences with figures or quotations, nobody named).

    Takes up to seconds; pure, so it may run in a thread or a process.
    """
    proposed = (proposer or PlainProposer()).propose(article, base)
    found = [(each, faults(each, article)) for each in proposed]
    passed = tuple(each for each, wrong in found if not wrong)
    return Intake(
        article,
        passed,
        tuple(Suspect(each.sentence, wrong) for each, wrong in found if wrong),
        uncovered(passed, article.text),
        _entries(passed, article.text, base),
        _notes(proposer),
    )


def uncovered(proposals: Sequence[Proposal], text: str) -> tuple[Span, ...]:
    """Figures and quotations of *text* that none of *proposals* holds, in order."""
    held = [part.span for each in proposals for part in (*each.figures, *each.caveats)]
    held += [span for each in proposals for span in each.quotations]
    held += [hop.party.span for each in proposals for hop in each.relayed_by]
    held += [each.claimant.span for each in proposals if each.claimant]
    found = [span for passage in passages(text) for span in passage.quoted]
    found += [each.span for passage in passages(text) for each in quantities(text, passage.span)]
    return tuple(sorted(span for span in set(found) if not any(span.overlaps(other) for other in held)))


def _entries(proposals: Sequence[Proposal], text: str, base: FactBase) -> tuple[NewEntry, ...]:
    """Who and where the base does not know yet, each once, with the forms met in the text."""
    forms: dict[tuple[Kind, str], list[str]] = {}
    for each in proposals:
        parties = [*([each.claimant] if each.claimant else []), *(hop.party for hop in each.relayed_by)]
        for party in parties:
            if party.key is None:
                forms.setdefault((Kind.PARTY, party.name), []).append(party.span.of(text))
        for place in each.places:
            if not any(place == known.name for known in base.places.values()):
                forms.setdefault((Kind.PLACE, place), [])
    return tuple(NewEntry(kind, name, _aliases(name, met)) for (kind, name), met in forms.items())


def _aliases(name: str, met: Sequence[str]) -> tuple[str, ...]:
    """The forms of *met* that are names: not "he", not "the ministry", not "its director, X"."""
    named = (form for form in met if not _OF_ANOTHER.match(form))
    short = (re.sub(r"\A(?:the|an?)\s+", "", form, flags=re.IGNORECASE) for form in named)
    return tuple(dict.fromkeys(form for form in short if form[:1].isupper() and form != name and len(form) > 2))


def _notes(proposer: Proposer | None) -> tuple[str, ...]:
    if proposer is not None:
        return ()
    return (_UNREAD,)
