"""Who is meant: the names a text has used so far, and which of them "the ministry" or "he" stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.core.asking.reading.tokens import tokens
from bot.core.claims import Entry, FactBase, Kind
from bot.core.intake.attributing import Attributions
from bot.core.intake.grammar import Sentence
from bot.core.intake.proposals import Named, Span
from bot.core.intake.words import words

_AGAIN = words("speakers", "again")
_BODIES = words("speakers", "bodies")
_COMPANIES = words("speakers", "companies")
_ROLES = words("speakers", "nouns") - _BODIES
_WOMEN, _MEN = words("speakers", "women"), words("speakers", "men")
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_LINKS = frozenset({"of", "in", "at", "for", "from"})
"""What names hang on what is before it: "chief executive of the trust" is no trust."""
_OWNED = re.compile(rf"['’]s?\s|\s(?:{'|'.join(sorted(_LINKS))})\s")
_WHERE = frozenset({"in", "at", "near", "outside", "around"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_LIGHT = frozenset(["the", "a", "an", "of", "in", "for", "and", "to", "its", "their", "his", "her", "'s"])


@dataclass(frozen=True, slots=True)
class Mention:
    """
    A name met: its words and noun, whether of a person, of an outlet, of many, whether it spoke, and where.

    Attributes:
        called: The nouns that are put after it: "Longlight Live, the promoter".
    """

    name: str
    words: frozenset[str]
    head: str
    person: bool
    spoke: bool = False
    at: int = 0
    outlet: bool = False
    many: bool = False
    paragraph: int = 0
    called: frozenset[str] = frozenset()


@dataclass
class Cast:
    """The names met so far, the latest last."""

    met: list[Mention] = field(default_factory=list[Mention])

    def note(self, found: Attributions, places: tuple[int, ...], name: str, *, spoke: bool) -> None:
        """Remember that the name at *places* was met, as *name* in full."""
        if not places:
            return
        linked = (at for at in places if at > places[0] and found.s.words[at].low in _LINKS)
        head = found.s.words[next(linked, places[-1] + 1) - 1]
        nouns = (found.s.words[at] for at in reversed(places) if found.s.words[at].pos == "NOUN")
        first = found.s.words[found.head_of(places)]
        noun = next((word.lemma.lower() for word in nouns if word.text.islower()), "")
        if first.pos == "NOUN" and first.text.islower():
            noun = first.lemma.lower()
        of_many = found.s.words[max(places)].lemma.lower() in _BODIES or noun in _BODIES
        person = (
            not of_many
            and not found.outlet(places)
            and (
                any(found.s.words[at].entity == "PERSON" for at in places)
                or noun in _ROLES
                or (spoke and noun and not found.document(places))
                or any(found.s.words[at].pos == "PROPN" and found.s.words[at].low in _ROLES for at in places)
                or any(map(found.somebody, places))
            )
        )
        words_ = frozenset(token.word for token in tokens(name))
        person = person and not (found.s.words[places[0]].low == "the" and not noun and first.entity != "PERSON")
        person = person and not (first.dep == "pobj" and found.s.words[first.head].low in _WHERE)
        after = found.s.all(found.head_of(places), "appos")
        called = frozenset(found.s.words[at].lemma.lower() for at in after if found.s.words[at].pos == "NOUN")
        many, singular = first.tag in {"NNS", "NNPS"}, _singular(head.lemma.lower())
        self.met.append(
            Mention(
                name,
                words_,
                singular,
                person,
                spoke,
                head.start,
                found.outlet(places),
                many,
                found.passage.paragraph,
                called,
            )
        )

    def knows(self, name: str) -> bool:
        """Whether somebody was met by that name who spoke."""
        return any(each.spoke and each.name == name for each in self.met)

    def full(self, found: Attributions, places: tuple[int, ...]) -> str:
        """Who the name at *places* is, in full where an earlier sentence says so."""
        text, at = named(found, places), found.s.words[places[0]].start
        low = text.lower()
        first = found.s.words[places[0]].low if not found.s.words[places[0]].text.isupper() else ""
        if own := found.calls_itself(places):
            return bare(named(found, own))
        if len(places) == 1 and first in {"he", "she"}:
            return self._last(person=True, before=at, other=_WOMEN if first == "he" else _MEN) or text
        if len(places) == 1 and first in {"it", "they", "who"}:
            return self._last(person=False, before=at, many=first == "they") or text
        if first in {"its", "their", "his", "her"}:
            if any(found.s.words[at].entity == "PERSON" for at in places) and "," in text:
                role, _, name = text.partition(",")
                return f"{name.strip()}, {role.split(maxsplit=1)[-1]}"
            other = {"his": _WOMEN, "her": _MEN}.get(first, frozenset[str]())
            owner = self._last(person=first in {"his", "her"}, before=at, other=other)
            rest = (
                found.text[found.s.words[places[1]].start : found.s.words[places[-1]].end] if len(places) > 1 else ""
            )
            return f"{owner}{possessive(owner)} {rest}" if owner and rest else text
        if first == "the" or len(places) == 1:
            return self._longer(found, places, low) or bare(text)
        return bare(text)

    def _last(
        self,
        *,
        person: bool,
        before: int,
        other: frozenset[str] = frozenset(),
        outlets: bool = True,
        many: bool = False,
    ) -> str:
        """The last name before that place of a person or a body, none of *other*; of one who spoke, if any did."""
        met = [each for each in self.met if each.words.isdisjoint(other) and (outlets or not each.outlet)]
        here = max((each.paragraph for each in met), default=0)
        if many and (plural := [each for each in met if each.many and each.spoke and each.paragraph == here]):
            met = plural
        met = [each for each in met if not (person and each.many) and each.at < before]
        spoken = [mention for mention in met if mention.spoke]
        fitting = [mention for mention in spoken if mention.person == person]
        others = [mention for mention in met if mention.person == person]
        if person and not fitting:
            fitting = [mention for mention in spoken if not mention.outlet and mention.head not in _BODIES]
        near = [[each for each in some if each.paragraph == here] for some in (fitting, others if person else [])]
        return next((some[-1].name for some in (*near, fitting, others) if some), "")

    def _longer(self, found: Attributions, places: tuple[int, ...], low: str) -> str:
        """The longer name met before that has all words of this one."""
        short = {token.word for token in tokens(low)} - _LIGHT
        text = named(found, places)
        proper = found.s.words[places[-1]].pos == "PROPN"
        nouns = {_singular(word) for word in short}
        for mention in reversed(self.met) if not proper and len(short) == 1 else ():
            if mention.called & nouns or (short < mention.words and mention.head in nouns):
                return mention.name
        for mention in reversed(self.met):
            if short and frozenset(short) == mention.words - _LIGHT:
                return mention.name
            if proper and mention.name.startswith(f"{bare(text)} "):
                return mention.name
            if proper and (mention.person or text != bare(text)) and mention.name.endswith(f" {bare(text)}"):
                return mention.name
            if not proper and short and short < mention.words and self._is(short, mention):
                return mention.name
        if short & _AGAIN and len(short) == 1:
            before = found.s.words[places[0]].start
            if short & _COMPANIES:
                return self._last(person=False, before=before, other=_BODIES - _COMPANIES, outlets=False)
            return self._last(person=False, before=before)
        return ""

    @staticmethod
    def _is(short: set[str], mention: Mention) -> bool:
        """Whether *mention* is a name of that noun, and not of what belongs to it ("the ministry's building")."""
        return mention.head in {_singular(word) for word in short} or not _OWNED.search(mention.name)


def own_name(found: Attributions, places: tuple[int, ...]) -> tuple[int, ...]:
    """An outlet's name alone, without what it is called before: "ENR" of "the broadcaster ENR"."""
    proper = next((place for place in places if found.s.words[place].pos == "PROPN"), places[0])
    before = [found.s.words[place] for place in places if place < proper]
    kind = [word.pos for word in before] == ["DET", "NOUN"] and found.outlet(places)
    return tuple(place for place in places if place >= proper) if kind else places


def named(found: Attributions, places: tuple[int, ...]) -> str:
    """The name at *places* as the text has it."""
    return found.s.span(places).of(found.text)


def bare(name: str) -> str:
    """*name* without its article, to stand as an entry's name."""
    plain = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name
    return plain[:1].upper() + plain[1:]


def possessive(name: str) -> str:
    """What makes *name* an owner."""
    return "’" if name.endswith("s") else "’s"


def entry_named(entries: list[Entry], *names: str) -> Entry | None:
    """The entry that goes by one of *names*, articles and case aside."""
    wanted = {_key(name) for name in names if name.strip()}
    return next(
        (
            entry
            for entry in entries
            if any(_key(each) in wanted for each in (*entry.names, getattr(entry, "style", "")) if each)
        ),
        None,
    )


def entries_in(base: FactBase, text: str) -> list[Entry]:
    """Topics, places, parties and metrics of *base* whose name or alias stands in *text*, word for word."""
    low = f" {' '.join(token.stem for token in tokens(text))} "
    return [
        entry
        for entry in base.entries()
        if any(
            stems and f" {' '.join(stems)} " in low
            for stems in ([token.stem for token in tokens(name)] for name in entry.names)
        )
    ]


def about(
    base: FactBase, sentence: str, claimant: Named | None
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Names of the topics, places and parties of *base* that *sentence* is about, without its claimant."""
    held = entries_in(base, sentence)
    who = claimant.key if claimant else None
    topics, places, parties = (
        tuple(each.name for each in held if each.kind is kind and not (kind is Kind.PARTY and each.key == who))
        for kind in (Kind.TOPIC, Kind.PLACE, Kind.PARTY)
    )
    return topics, places, parties


def places_in(sentence: Sentence, span: Span, text: str, base: FactBase) -> list[str]:
    """Places that the base does not have, by what the parser takes for one."""
    known = {name.casefold() for each in (*base.places.values(), *base.parties.values()) for name in each.names}
    found: list[str] = []
    run: list[int] = []
    for at, word in enumerate(sentence.words):
        if word.entity in _PLACES and span.start <= word.start < span.end and word.pos == "PROPN":
            run.append(at)
            continue
        if run:
            found.append(sentence.span(run).of(text))
        run = []
    return [name for name in found if name.casefold() not in known]


def _key(name: str) -> str:
    return " ".join(token.word for token in tokens(_ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name))


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
