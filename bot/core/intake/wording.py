"""The statement of a proposed claim: the words of the text, with the subject that they leave to earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.core.intake.proposals import UNKNOWN, Proposal, ProposedFigure, Span
from bot.core.intake.words import pattern, plain

_MARKS = re.compile(r"[\"“”„«»]")
_SPACES = re.compile(r"\s+")
_WAS = r"\s(?:is|was|has been|would be|will be)\s"
_CLEFT = rf"{_WAS}(?:the|an?|not|too|more|less|over|about|at|\d\S*|\w+\s(?:that|who|to))\b"
_MANY = re.compile(r".*\b(?:people|men|women|[a-z]+s)\Z", re.DOTALL)
"""Several people, whom no "it" stands for."""
_IT = re.compile(rf"(?:he|she|they|it(?!{_CLEFT}))(?=\s)", re.IGNORECASE)
_JOINING = re.compile(r"(?:[\s,;—–-]+(?:and|but|though|although|while))?[\s,;—–-]*\Z")
_POINTS = re.compile(r"\b(?:he|she|it|they|them|this|that)\b", re.IGNORECASE)
_TOLD = 90
_GOING_ON = re.compile(r"\b(?:and|but)\b|\b\w+ing\b")
_POINTING = pattern("negation", "pointing")
_RELATING = pattern("figures", "relating")
_ITS = re.compile(r"(?:its|his|her|their)(?=\s\w)", re.IGNORECASE)
"""A pronoun for whoever speaks; not the "it" of "it was the guard that shot"."""


def statement(content: str, subject: str, claimant: str, *, quoted: bool) -> str:
    """
    One sentence out of *content*.

    Args:
        subject: Put before it, where the content leaves it out; empty where it has its own.
        claimant: Stands for a pronoun that the content begins with; empty where that is not known.
        quoted: Whether the whole content stands in quotation marks in the text; it keeps them then, since the words
            ("we", "my guys") are the speaker's.
    """
    words = _SPACES.sub(" ", content).strip(" ,;")
    if quoted:
        return f"“{_MARKS.sub('', words).rstrip(',. ')}.”"
    words = _balanced(words)
    if subject:
        words = f"{subject} {words}"
    elif claimant and not (words.lower().startswith("it ") and _MANY.match(claimant)):
        words = _IT.sub(claimant, words, count=1) if _IT.match(words) else words
        owner = f"{claimant}’" if claimant.endswith("s") else f"{claimant}’s"
        words = _ITS.sub(owner, words, count=1) if _ITS.match(words) else words
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "!", "?", ".”", "!”", "?”")) else f"{words}."


def completed(words: str, figures: Sequence[ProposedFigure]) -> str:
    """*words* with what its bare numbers count, which stands before it in the text, in an editor's brackets."""
    for each in figures:
        if each.like and each.like in words:
            continue  # what it counts stands in these words: "57 injured, nine of them in danger"
        named = each.metric.lower() if each.metric[:1].isupper() else ""  # else it is a key of the base
        leads = each.told[:1].islower() and not set(each.subject.split()) & set(each.told.split())
        counted = f"{each.subject} {each.told}" if leads else each.told or _joined(each.subject, named)
        if _RELATING.match(words.partition(f"{each.quantifier} ")[2]):
            counted = each.subject  # what became of them follows: "130 that are buried"
        if each.like and counted and not counted.startswith(UNKNOWN) and words.count(each.quantifier) == 1:
            words = words.replace(each.quantifier, f"{each.quantifier} [{counted}]")
    return words


def denying(proposal: Proposal, before: Proposal, text: str) -> Proposal:
    """*proposal* with what was said *before*, where it only denies that, or calls it a name: "denied that"."""
    said = _SPACES.sub(" ", before.content.of(text)).strip(" ,;.")
    if not _POINTING.match(plain(proposal.content.of(text))) or len(said) > 2 * _TOLD or re.search(_MARKS, said):
        return proposal
    return replace(proposal, statement=f"{proposal.statement.rstrip('.')} [{said}].")


def goes_on(first: Proposal, second: Proposal, text: str) -> bool:
    """Whether whoever does *first* goes on to say *second* in one sentence: "denied this and said …"."""
    who, other = first.claimant, second.claimant
    if who is None or other is None or who.name != other.name or who.span.end > first.content.start:
        return False
    carried = bool(second.relayed_by) and first.relayed_by != second.relayed_by
    return not carried and _GOING_ON.search(text, first.content.end, second.content.start) is not None


def joined(first: Proposal, second: Proposal, text: str) -> Proposal:
    """*first* with what its claimant goes on to say in *second*."""
    rest = text[first.content.end : second.content.end]
    comma = "," if rest.lstrip('"”»')[:1] == "," else ""
    more = _balanced(_SPACES.sub(" ", rest).lstrip(' .,"”»'))
    words = f"{first.statement.rstrip('.')}{comma} {more}"
    return replace(
        first,
        content=Span(first.content.start, second.content.end),
        statement=words if words.endswith((".", ".”")) else f"{words}.",
        quotations=first.quotations + second.quotations,
        figures=first.figures + second.figures,
        places=tuple(dict.fromkeys(first.places + second.places)),
    )


def _joined(subject: str, named: str) -> str:
    """*subject* and what became of it, no word twice: "dead fish" and "fish picked"."""
    first, _, rest = named.partition(" ")
    if subject in named:
        return named
    return f"{subject} {rest if subject.endswith(first) else named}".strip()


def told(text: str, content: Span, quantity: Span, *, first: bool) -> str:
    """What *content* says beside *quantity*: what follows it where that comes *first*, else what leads to it."""
    if not first:
        before = _SPACES.sub(" ", text[content.start : quantity.start]).strip(" ,")
        tells = before and len(before) < _TOLD and "," not in before and not _POINTS.search(before)
        return f"{before} …" if tells else ""
    after = re.split(r"[,;:—–(“\"]|\.\s|\sand\s|\sbut\s", text[quantity.end : content.end])[0]
    words = _SPACES.sub(" ", after).strip(" .”")
    return words if len(words) < _TOLD else ""


def _balanced(words: str) -> str:
    """*words* with “ ” for every kind of marks, a lone one completed."""
    opened = False
    out: list[str] = []
    for letter in words:
        if letter in '"“”„«»':
            out.append("”" if opened else "“")
            opened = not opened
        else:
            out.append(letter)
    if opened:
        first = words[0] if words else ""
        return "".join(out).rstrip(".,") + "”" if first else ""
    return "".join(out)


def without(text: str, span: Span, holes: Sequence[Span]) -> str:
    """The words of *span* without its *holes* and the commas around them."""
    kept, at = "", span.start
    for hole in holes:
        before = text[at : hole.start].rstrip(" ,—–-")
        kept, at = f"{kept}{before}" + (", " if kept or before else ""), hole.end
    rest = text[at : span.end]
    return kept + (rest.lstrip(" ,—–-") if holes else rest)


def shortened(text: str, span: Span) -> Span:
    """*span* without the marks and joining words at its end."""
    return Span(span.start, span.start + len(_JOINING.sub("", span.of(text))))
