"""A question as read: what kind of answer it wants, the names and words it is made of, each in its role."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from bot.core.asking.answering.mending import mend, split
from bot.core.asking.answering.vocabulary import Vocabulary
from bot.core.asking.mended import Mended
from bot.core.asking.reading.asked_dates import AskedDate, asked_dates
from bot.core.asking.reading.names import Named
from bot.core.asking.reading.tokens import Token
from bot.core.asking.reading.tokens import tokens as tokens_of
from bot.core.asking.results import Correction
from bot.core.claims import Entry, Kind
from bot.core.numbers import Number, numbers
from bot.languages import english
from bot.languages.packs import Language, languages, spoken

_AUXILIARY = frozenset(
    (
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "will",
        "would",
        "can",
        "could",
        "be",
        "been",
    )
)
_BY = frozenset({"by", "from"})
_WHAT = frozenset({"what", "whats", "which", "how"})
_LINKS = frozenset({"is", "was", "are", "were", "s", "the", "a", "an", "much", "kind", "sort", "of"})
"""Words between "what" or "how much" and the noun that is asked for."""
_NOUN = 0.5
_SHORTEST_STRANGER = 2
_SHORTEST_LOUD = 3
"""Titles write longer words than this with a capital."""
_SHORTEST_QUIET = 5
"""A shorter unknown word in small letters is taken for a slip of the keyboard, not for somebody's name."""
_BEARERS = (english.PERSON, english.GROUP, english.PLACE)
"""What bears names that people type in small letters, too."""

_FORMED = ("ed", "ing", "ly", "iest")
"""Endings of verbs and adverbs, which no name is."""

_DRAWN = frozenset({"ll", "d", "ve", "re", "m"})

_SLIP, _HALF, _ATTRIBUTE = 0.3, 0.5, 0.8
_LONGEST_SPEECH = 3
_BOUNDS = (["since"], ["until"], ["till"], ["before"], ["after"], ["by"])
"""Words before a date that is the bound of a time: what happened within it bears another date."""

_SIDES = frozenset({"or", "vs", "versus"})


class Role(StrEnum):
    """
    How a part of a question takes part in what is asked.

    CLAIMANT says it; RELAY was told it; AGENT did it; COUNTED is what "how many" asks about, WANTED what "what is
    the" does; ANY where nothing tells.
    """

    CLAIMANT = auto()
    RELAY = auto()
    AGENT = auto()
    COUNTED = auto()
    WANTED = auto()
    ANY = auto()


@dataclass(frozen=True, slots=True)
class Unit:
    """
    A part of a question that a claim can meet: a name, or a word.

    Attributes:
        tokens: What it is made of.
        entries: What it names in the base; empty for a plain word.
        role: How it takes part.
        others: Other words that a shortened one may stand for, and those that the base's vocabulary has for it.
        weight: How much it tells, 0 to 1.
        people: Whether it says no more than "people".
        stranger: Whether it is a name that the base does not have.
        attribute: Whether it is what "how old", "how fast" and the like ask for.
        phrase: What its words mean together, where that is more than each of them: "pass away".
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    entries: tuple[Entry, ...] = ()
    role: Role = Role.ANY
    others: tuple[Token, ...] = ()
    weight: float = 1.0
    people: bool = False
    stranger: bool = False
    attribute: bool = False
    phrase: str = ""

    @property
    def stems(self) -> frozenset[str]:
        """Stems of its words and of what they may stand for."""
        return frozenset(token.stem for token in (*self.tokens, *self.others))

    @property
    def meaning(self) -> tuple[str, ...]:
        """The words that stand for it where only meaning counts."""
        return (self.phrase,) if self.phrase else tuple(token.word for token in self.tokens)

    @property
    def noun(self) -> float:
        """How often its last word is a noun."""
        return english.noun(self.phrase or self.tokens[-1].word)

    @property
    def somebody(self) -> bool:
        """Whether it names a person or a body."""
        return english.field(self.tokens[-1].word) in (english.PERSON, english.GROUP)

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        """The entries of *kind* it may stand for."""
        return tuple(entry for entry in self.entries if entry.kind is kind) if self.entries else ()

    @property
    def text(self) -> str:
        """As typed."""
        return " ".join(token.typed for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Question:
    """
    A question as read.

    Attributes:
        asks: Every kind of answer it wants: `how_many`, `when` … (see `bot.languages.packs.ASKS`).
        units: Its names and content words, left to right.
        idle: Whether it is no question to a fact base: an opinion, an instruction, a greeting.
        sentence: Whether function words hold it together, those in names aside; a list of names and words is none.
        sums: Whether it asks for a sum of money: what something costs, is worth, or is fined.
    """

    text: str
    mended: Mended
    asks: frozenset[str]
    units: tuple[Unit, ...]
    numbers: tuple[Number, ...]
    dates: tuple[AskedDate, ...]
    idle: bool
    sentence: bool
    sums: bool

    @property
    def tokens(self) -> tuple[Token, ...]:
        """What was typed, mended."""
        return self.mended.tokens

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was mended."""
        return self.mended.corrections

    @property
    def names(self) -> tuple[Unit, ...]:
        """The units that name something of the base."""
        return tuple(unit for unit in self.units if unit.entries)

    @property
    def opens_with_name(self) -> bool:
        """Whether a name that is a command opens it, perhaps after an article or a figure: "6k engineers"."""
        start = 1 if self.tokens and self.tokens[0].word in {"the", "a", "an"} else 0
        start = next((number.end for number in self.numbers if number.start == start), start)
        return any(unit.start == start and _commands(unit) for unit in self.names)

    @property
    def words(self) -> tuple[Unit, ...]:
        """The units that are plain words."""
        return tuple(unit for unit in self.units if not unit.entries)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names that the base does not have, as typed."""
        return tuple(unit.text for unit in self.units if unit.stranger)

    @property
    def counted(self) -> tuple[Unit, ...]:
        """What "how many" asks about, its head last."""
        return tuple(unit for unit in self.units if unit.role is Role.COUNTED)

    @property
    def empty(self) -> bool:
        """Whether it asks about nothing."""
        return not (self.units or self.numbers or self.dates)

    def named(self, kind: Kind) -> frozenset[str]:
        """Keys of the entries of *kind* that it names."""
        return frozenset(entry.key for unit in self.units for entry in unit.of(kind))


def _commands(unit: Unit) -> bool:
    return any(entry.kind is not Kind.METRIC for entry in unit.entries)


def read(text: str, vocabulary: Vocabulary, figures: Collection[float] = ()) -> list[Question]:
    """
    Every way to read *text* with the names and words of *vocabulary*, usually one.

    Args:
        figures: Values that claims give: a year among them is read as a number.
    """
    typed = split(text, vocabulary)
    tongues = spoken([token.word for token in typed], languages())
    return [_read(text, mended, vocabulary, figures, tongues) for mended in mend(typed, vocabulary, tongues)]


def _read(
    text: str, mended: Mended, vocabulary: Vocabulary, figures: Collection[float], tongues: Sequence[Language]
) -> Question:
    tokens = mended.tokens
    words = [token.word for token in tokens]
    named = vocabulary.names.within(tokens)
    taken = {at for name in named for at in range(name.start, name.end)}
    loose = [word for at, word in enumerate(words) if at not in taken]
    dates = [
        date
        for date in asked_dates(tokens)
        if not taken & set(range(date.start, date.end)) and (date.month or date.year not in figures)
    ]
    taken |= {at for date in dates for at in range(date.start, date.end)}
    found = [number for number in numbers(tokens) if not taken & set(range(number.start, number.end))]
    taken |= {at for number in found for at in range(number.start, number.end)}
    asks = frozenset(
        ask
        for each in tongues
        for ask, phrases in each.asks.items()
        if loose and any(phrases.at(words, at) for at in range(len(words)))
    )
    empty_words = _empty_words(words, tongues, vocabulary, tokens)
    units = list(_units(mended, named, taken, empty_words, vocabulary))
    units = _with_roles(units, tokens, tongues)
    return Question(
        text=text,
        mended=mended,
        asks=asks,
        units=tuple(units),
        numbers=tuple(found),
        dates=tuple(date for date in dates if words[date.start - 1 : date.start] not in _BOUNDS),
        idle=_idle(words, tongues, units),
        sentence=any(word in each.function for word in loose for each in tongues),
        sums=any(languages()[0].says("sums", word) for word in words),
    )


def _empty_words(
    words: Sequence[str], tongues: Sequence[Language], vocabulary: Vocabulary, tokens: Sequence[Token]
) -> frozenset[int]:
    """Positions of words that ask, say or hold together: a claim need not have them."""
    found = {at for at, token in enumerate(tokens) if _contracted(token)}
    for each in tongues:
        found |= each.function.within(words) | each.words["light"].within(words)
        for part in ("saying", "speech", "figures", "checking"):
            found |= each.words[part].within(words)
        for ask, phrases in each.asks.items():
            if ask != "how_long":
                found |= phrases.within(words)
    return frozenset(found)


def _contracted(token: Token) -> bool:
    """Whether it is a small word with a verb drawn to it: "I'll", "they'd"."""
    whole, _, verb = token.typed.casefold().replace("\u2019", "'").partition("'")
    return verb in _DRAWN and whole in languages()[0].function


def _units(
    mended: Mended, named: Sequence[Named], taken: set[int], empty: frozenset[int], vocabulary: Vocabulary
) -> Iterator[Unit]:
    tokens, others = mended.tokens, dict(mended.others)
    names = {name.start: name for name in named}
    people = languages()[0].words["people"]
    phrases = _phrases(tokens, taken, empty)
    together = {at for start, phrase in phrases.items() for at in range(start, start + phrase.count(" ") + 1)}
    for at, token in enumerate(tokens):
        if at in phrases:
            end = at + phrases[at].count(" ") + 1
            parts = tuple(tokens[each] for each in range(at, end) if each not in empty)
            weight = max(english.information(part.word) for part in parts)
            yield Unit(at, end, parts, others=_heads(phrases[at]), weight=weight, phrase=phrases[at])
        elif at in together:
            continue
        elif at in names:
            name = names[at]
            parts = tokens[name.start : name.end]
            weight = max(english.information(part.word) for part in parts)
            yield Unit(name.start, name.end, parts, name.entries, weight=max(weight, _NOUN))
        elif at not in taken and token.word in people:
            yield Unit(at, at + 1, (token,), weight=english.information(token.word), people=True)
        elif at not in taken and at in empty and vocabulary.says(token):
            yield Unit(at, at + 1, (token,), weight=_HALF * english.information(token.word))
        elif at not in taken and (at not in empty or _attribute(tokens, at, empty)) and not token.numeric:
            yield Unit(
                at,
                at + 1,
                (token,),
                others=(*others.get(at, ()), *vocabulary.alike(token), *_forms(token)),
                weight=max(_weight(token, vocabulary), _ATTRIBUTE * _attribute(tokens, at, empty)),
                stranger=_stranger(tokens, at, vocabulary)
                or _makes_another(tokens, at, names.get(at + 1), vocabulary),
                attribute=_attribute(tokens, at, empty),
            )


def _phrases(tokens: Sequence[Token], taken: set[int], empty: frozenset[int]) -> dict[int, str]:
    """Phrases that are no things, by where they begin: what somebody does ("pull the plug"), not "police officer"."""
    words, found, end = [token.word for token in tokens], dict[int, str](), 0
    for at in range(len(words)):
        if at < end or not (phrase := english.phrase(words, at)) or english.noun(phrase) >= _NOUN:
            continue
        covered = range(at, at + phrase.count(" ") + 1)
        if taken.isdisjoint(covered) and not empty.issuperset(covered):
            found[at], end = phrase, covered[-1] + 1
    return found


def _forms(token: Token) -> Iterator[Token]:
    """The word in forms that its stem does not tell: "sold" of "sell"."""
    return (form for word in english.forms(token.word) for form in tokens_of(word) if form.stem != token.stem)


def _heads(phrase: str) -> tuple[Token, ...]:
    return (Token(phrase, phrase, phrase),)


def _attribute(tokens: Sequence[Token], at: int, empty: frozenset[int]) -> bool:
    """Whether it is what "how old", "how deep" and the like ask for: an attribute that must be met."""
    return at > 0 and tokens[at - 1].word == "how" and at not in empty


def _weight(token: Token, vocabulary: Vocabulary) -> float:
    """How much a word tells: little where it is but a short slip that nothing is known of."""
    slip = len(token.word) < _SHORTEST_QUIET and token.typed.islower() and not english.known(token.word)
    return _SLIP if slip and not vocabulary.in_base(token) else english.information(token.word)


def _stranger(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> bool:
    """Whether the word is somebody's or something's own name that no entry and no claim has."""
    token = tokens[at]
    named = token.typed[:1].isupper() or english.proper(token.word) or not english.known(token.word)
    if named and len(vocabulary.names.heads(token, None)) > 1:
        return True  # half of several names, beside what makes none of them: "Korean war"
    if vocabulary.in_base(token) or len(token.word) < _SHORTEST_STRANGER:
        return False
    loud = sum(each.typed[:1].isupper() for each in tokens)
    if token.typed[:1].isupper() and loud <= len(tokens) // 2 and (at > 0 or not english.known(token.word)):
        return True
    if english.proper(token.word) and (token.typed[:1].isupper() or english.field(token.word) in _BEARERS):
        return True
    return not english.known(token.word) and len(token.word) >= _SHORTEST_QUIET and not token.word.endswith(_FORMED)


def _makes_another(tokens: Sequence[Token], at: int, name: Named | None, vocabulary: Vocabulary) -> bool:
    """Whether it stands before a party's name of one plain word and makes another's of it: "teachers' union"."""
    if name is None or not name.of(Kind.PARTY) or vocabulary.in_base(tokens[at]):
        return False
    if at > 0 and tokens[at].typed[:1].isupper() and tokens[name.start].typed[:1].isupper():
        return any(len(each.word) > _SHORTEST_LOUD and each.typed.islower() for each in tokens)
    if name.end > name.start + 1:
        return False
    plain = english.known(tokens[name.start].word) and not tokens[name.start].typed[:1].isupper()
    words = [token.word for token in tokens]
    return plain and (
        english.field(tokens[at].word) in (english.PERSON, english.GROUP) or english.phrase(words, at).count(" ") == 1
    )


def _with_roles(units: list[Unit], tokens: Sequence[Token], tongues: Sequence[Language]) -> list[Unit]:
    roles = {
        **_wanted(units, tokens),
        **_agents(units, tokens, tongues),
        **_counted(units, tokens, tongues),
        **_speakers(units, tokens, tongues),
    }
    return [_in_role(unit, roles.get(unit.start, Role.ANY)) for unit in units]


def _wanted(units: Sequence[Unit], tokens: Sequence[Token]) -> dict[int, Role]:
    """The noun that "what is the" or "which" asks for: the last of those in a row."""
    words = [token.word for token in tokens]
    by_start = {unit.start: unit for unit in units}
    for at, word in enumerate(words):
        if word not in _WHAT:
            continue
        start = at + 1
        while start < len(words) and words[start] in _LINKS:
            start += 1
        last: Unit | None = None
        while (unit := by_start.get(start)) and (unit.entries or unit.noun >= _NOUN):
            last, start = unit, unit.end
        if not last or _any(languages(), "span", last.tokens[-1].word) or _asks(words, last.start):
            return {}
        return {last.start: Role.WANTED}
    return {}


def _asks(words: Sequence[str], at: int) -> bool:
    """Whether the word asks, with those before it: "date" of "what date"."""
    return any(at in phrases.within(words) for phrases in languages()[0].asks.values())


def _in_role(unit: Unit, role: Role) -> Unit:
    return replace(unit, role=role)


def _speakers(units: Sequence[Unit], tokens: Sequence[Token], tongues: Sequence[Language]) -> dict[int, Role]:
    """Who is asked to have said something, and whom they told."""
    words = [token.word for token in tokens]
    by_end = {unit.end: unit for unit in units}
    roles: dict[int, Role] = {}
    for unit in units:
        before = words[unit.start - 1] if unit.start else ""
        at = unit.start - 2 if before in {"the", "a", "an"} else unit.start - 1
        led = words[at] if at >= 0 else ""
        earlier = words[at - 1] if at > 0 else ""
        if (
            (led == "to" and earlier == "according")
            or (led == "per" and (unit.of(Kind.PARTY) or unit.somebody))
            or (led in _BY and _any(tongues, "saying", earlier) and _speaks(unit))
        ):
            roles[unit.start] = Role.CLAIMANT
        elif led == "told" or (led == "to" and earlier in {"told", "spoke", "said"}):
            roles[unit.start] = Role.RELAY
        elif (led in _BY or led == "of") and _any(tongues, "speech", earlier) and unit.of(Kind.PARTY):
            roles[unit.start] = Role.CLAIMANT
        near = words[unit.end : unit.end + _LONGEST_SPEECH]
        possessive = "'" in unit.tokens[-1].typed or "\u2019" in unit.tokens[-1].typed
        if (
            unit.of(Kind.PARTY)
            and near
            and (_any(tongues, "speech", near[0]) or (possessive and _speech(near, tongues)))
        ):
            roles[unit.start] = Role.CLAIMANT
    for at, word in enumerate(words):
        if not _any(tongues, "saying", word) or any(unit.start <= at < unit.end for unit in units):
            continue
        back = at
        while back > 0 and words[back - 1] in _AUXILIARY | {"not", "also", "really", "just", "now"}:
            back -= 1
        speaker = by_end.get(back)
        if speaker and _speaks(speaker) and roles.get(speaker.start) is not Role.RELAY:
            roles[speaker.start] = Role.CLAIMANT
    return roles


def _speaks(unit: Unit) -> bool:
    """Whether it is somebody: "warned by sirens" names no speaker."""
    return bool(unit.of(Kind.PARTY)) if unit.entries else unit.stranger or unit.somebody


def _speech(near: Sequence[str], tongues: Sequence[Language]) -> bool:
    return any(_any(tongues, "speech", word) for word in near)


def _any(tongues: Sequence[Language], part: str, word: str) -> bool:
    return any(each.says(part, word) for each in tongues)


def _counted(units: Sequence[Unit], tokens: Sequence[Token], tongues: Sequence[Language]) -> dict[int, Role]:
    """The noun after "how many", with what stands before it."""
    words = [token.word for token in tokens]
    by_start = {unit.start: unit for unit in units}
    for each in tongues:
        for start in range(len(words)):
            size = each.words["counting"].at(words, start)
            if not size:
                continue
            at, run = start + size, list[Unit]()
            while at < len(words) and words[at] in {"of", "the", "these", "those"}:
                at += 1
            while (unit := by_start.get(at)) and _counts_on(unit, run):
                run.append(unit)
                at = unit.end
            if run and not _one_side(run[-1], words):
                return {unit.start: Role.COUNTED for unit in run}
    return {}


def _one_side(unit: Unit, words: Sequence[str]) -> bool:
    """Whether *unit* is a party that is set against another: "how many, police or union"."""
    beside = {*words[max(0, unit.start - 1) : unit.start], *words[unit.end : unit.end + 1]}
    return bool(unit.of(Kind.PARTY)) and not beside.isdisjoint(_SIDES)


def _counts_on(unit: Unit, run: Sequence[Unit]) -> bool:
    """Whether *unit* goes on with what is counted: nouns and what stands before them, not the verb."""
    if not run:
        word = unit.tokens[-1].word
        return (
            unit.people or bool(unit.entries) or unit.noun >= _NOUN or word.endswith("s") or not english.known(word)
        )
    counts = run[-1].noun >= _NOUN or run[-1].of(Kind.METRIC) or run[-1].of(Kind.TOPIC)
    if run[-1].people or (unit.of(Kind.PARTY) and counts):
        return False
    return unit.noun >= _NOUN and not unit.of(Kind.METRIC)


def _agents(units: Sequence[Unit], tokens: Sequence[Token], tongues: Sequence[Language]) -> dict[int, Role]:
    """Who is asked to have done something: what stands right after "did", "has" and the like."""
    words = [token.word for token in tokens]
    by_start = {unit.start: unit for unit in units}
    roles: dict[int, Role] = {}
    for at, word in enumerate(words):
        if word not in _AUXILIARY:
            continue
        start = at + 1
        while start < len(words) and words[start] in {"the", "a", "an", "any", "this", "that"}:
            start += 1
        last: Unit | None = None
        while (unit := by_start.get(start)) and (unit.entries or unit.stranger or unit.noun >= _NOUN):
            last, start = unit, unit.end
        if last and (last.of(Kind.PARTY) or last.stranger or last.somebody) and start < len(words):
            roles[last.start] = Role.AGENT
    return roles


def _idle(words: Sequence[str], tongues: Sequence[Language], units: Sequence[Unit]) -> bool:
    """Whether it wants an opinion or something done, or is but a greeting."""
    if not words:
        return True
    named = {at for unit in units if unit.entries for at in range(unit.start, unit.end)}
    for each in tongues:
        opinion = each.phrases["opinion"]
        if any(opinion.at(words, at) > 1 or (opinion.at(words, at) and at not in named) for at in range(len(words))):
            return True
        opening = next((at for at, word in enumerate(words) if word not in _POLITE), 0)
        size = each.phrases["bids"].at(words, opening)
        if size and opening not in named and len(words) > size:
            return True
        polite = sum(word in each.words["greeting"] for word in words)
        rest = [unit for unit in units if unit.tokens[0].word not in each.words["greeting"]]
        if polite and polite >= len(rest) and not any(unit.entries for unit in rest):
            return True
    return False


_POLITE = frozenset(
    {"please", "pls", "plz", "can", "could", "you", "u", "hey", "ok", "now", "just", "so", "bot", "and"}
)
