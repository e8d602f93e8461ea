"""An intake as pages for moderators' eyes: the article's sentence, and the claim as members would see it."""

from __future__ import annotations

from bot.core.claims import Entry
from bot.core.editing.intakes import Item, Session, State
from bot.core.intake.proposals import Span
from bot.core.wording import later, say
from bot.services.intakes import Accepted, Look
from bot.ui.kit.embeds import Page, card
from bot.ui.kit.text import bold, clip, escape, own_words, quoted_words, sentence
from bot.ui.moderating.changes import draft_pages

_BESIDE, _SENTENCE, _AROUND, _BESIDES = 200, 900, 60, 600
_LISTED, _NAMED = 15, 20
_ARTICLE = later("the article")

UNREAD = later(
    "The article is kept until you finish, for 30 days at most. Who published it, and on what day? The button opens "
    "a form; then it is read into proposals, and nothing enters the fact base by itself."
)
READING = later("The article is being read; that takes some seconds. Nothing enters the fact base by itself.")


def item_pages(look: Look, *notices: str) -> list[Page]:
    """The sentence with its neighbours, then the claim as members would see it, or what it lacks."""
    session, item = look.session, look.item
    lines = [say("Note: {note}", note=escape(clip(note, 200))) for note in item.notes]
    lines += [_new_line(*each) for each in look.new]
    counts = say("open: {n} of {total}", n=session.count(State.OPEN), total=len(session.all))
    title = say("Intake {id}: {n} of {total}", id=session.id, n=look.at + 1, total=len(session.all))
    quoted = _in_its_place(session.text, item.sentence)
    first = Page(title, "\n".join((*notices, quoted, clip("\n".join(lines), _BESIDES))), counts)
    if look.draft is not None:
        return [first, *draft_pages(look.draft, look.base, plain=False)]
    if look.claim is not None:
        return [first, Page(say("Accepted"), card(look.claim, look.base), claims=(look.claim,))]
    return [first, Page(*_why_no_draft(item, look.lacks))]


def _why_no_draft(item: Item, lacking: tuple[str, ...]) -> tuple[str, str]:
    if item.state is State.PROPOSED:
        return say("Proposed"), say(
            "A second moderator has to approve it: !review proposal {id} shows it.", id=item.outcome
        )
    if item.state is State.DROPPED:
        return say("Dropped"), say("Nothing of it enters the fact base.")
    if lacking:
        lines = [f"- {sentence(each)}" for each in lacking]
        return say("Not a claim yet"), "\n".join((*lines, say("Edit and More fields open forms for all of it.")))
    wrong = own_words(say("whoever checked the reading"), " ".join(item.faults))
    by_hand = say("It is no draft: Edit writes the claim by hand, or drop it.")
    return say("A sentence to look at"), f"{wrong}\n{by_hand}"


def _in_its_place(text: str, at: Span) -> str:
    before, after = text[: at.start].rstrip(), text[at.end :].lstrip()
    if len(before) > _BESIDE:
        before = f"…{before[-_BESIDE:].partition(' ')[2]}"
    parts = (escape(before), bold(escape(clip(at.of(text), _SENTENCE))), escape(clip(after, _BESIDE)))
    return quoted_words(say(_ARTICLE), " ".join(part for part in parts if part))


def _new_line(before: Entry | None, entry: Entry, near: str) -> str:
    held = before.names if before else (entry.name,)
    aliases = ", ".join(escape(name) for name in entry.names if name not in held)
    also = f", {say('also {aliases}', aliases=clip(aliases, 200))}" if aliases else ""
    meant = f". {say('Did you mean {name}?', name=escape(near))}" if near else ""
    named = {"kind": say(entry.kind), "name": bold(escape(entry.name))}
    line = say("Changed with it: {kind} {name}", **named) if before else say("New with it: {kind} {name}", **named)
    return f"{line}{also}{meant}"


def summary_pages(session: Session, *notices: str) -> list[Page]:
    """How many were accepted, dropped and are open; and what of the text no claim holds."""
    counts = ", ".join(f"{say(state)}: {session.count(state)}" for state in State)
    lines = [*notices, f"{counts.capitalize()}."]
    if session.left:
        lines.append(f"{bold(say('Figures and quotations of the text that no claim holds'))}: {len(session.left)}")
        lines += [own_words(say(_ARTICLE), _around(session.text, span)) for span in session.left[:_LISTED]]
    if len(session.left) > _LISTED:
        lines.append(say("… and more; drop fewer, or add them with !claim add."))
    return [Page(say("Intake {id}: what it came to", id=session.id), clip("\n".join(lines), 4000))]


def _around(text: str, span: Span) -> str:
    return clip(" ".join(text[max(0, span.start - _AROUND) : span.end + _AROUND].split()), 4 * _AROUND)


def accepted_line(made: Accepted) -> str:
    """What came of accepting."""
    named = ", ".join(f"C{number}" for number in made.claims[:_NAMED])
    named += ", …" if len(made.claims) > _NAMED else ""
    said = say("Accepted: {refs}.", refs=named) if made.claims else say("Proposed: 1; a second moderator decides.")
    if not made.waiting:
        return said
    return f"{said} {say('To be looked at, of this claimant: {n}.', n=made.waiting)}"
