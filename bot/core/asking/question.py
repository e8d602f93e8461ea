"""What a question asks for: its kind, the entries it names and their roles, its numbers and dates, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.asking.mended import Mended
from bot.core.asking.reading.asked_dates import AskedDate, asked_dates
from bot.core.asking.reading.asks import Ask, asks_of, counted_in
from bot.core.asking.reading.correcting import corrected
from bot.core.asking.reading.lexicon import BIDS, FIGURES, OUTLETS, PHRASES, TITLES, WHEN, is_glue
from bot.core.asking.reading.names import Named
from bot.core.asking.reading.slots import Slot, slot_of
from bot.core.asking.reading.tokens import Token
from bot.core.asking.reading.tongues import tongues
from bot.core.asking.reading.vocabulary import Vocabulary
from bot.core.asking.results import Correction
from bot.core.claims import Kind
from bot.core.numbers import Number, numbers, vague_at
from bot.languages.english import ordinary

_MINE = frozenset({"my", "your", "our", "ur", "im", "youre", "ive"})
_TO_YOU = frozenset({("are", "you", "a"), ("are", "you", "an"), ("do", "you", "like"), ("do", "you", "love")})
_IDIOMS = frozenset({"it", "up"})
_OF_MINE = frozenset({("i", "have"), ("i", "am"), ("i", "was"), ("i", "got"), ("you", "are")})
_ATTRIBUTES = frozenset({"old", "young", "tall", "rich", "far", "heavy", "fast"})
_THINGS = frozenset({"a", "an", "the", "some", "my"})
_COUNTRIES = frozenset({"us", "un", "eu", "uk"})


@dataclass(frozen=True, slots=True)
class Question:
    """
    A question as read.

    Attributes:
        asks: Every kind of answer it wants.
        slots: The names in it, left to right.
        words: Content words beside the names that the fact base has.
        unknown: Content words the fact base does not have, as typed.
        counted: Stems of the words, not names, that "how many" asks about.
        idle: Whether it is no question to a fact base: "I'm dead", "the Ukrainian Russian-defence-ministry".
    """

    text: str
    mended: Mended
    asks: frozenset[Ask]
    slots: tuple[Slot, ...]
    numbers: tuple[Number, ...]
    dates: tuple[AskedDate, ...]
    words: tuple[Token, ...]
    unknown: tuple[str, ...]
    counted: frozenset[str]
    idle: bool

    @property
    def tokens(self) -> tuple[Token, ...]:
        """What was typed, mended."""
        return self.mended.tokens

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was mended."""
        return self.mended.corrections

    @property
    def empty(self) -> bool:
        """Whether it asks about nothing."""
        return not (self.slots or self.numbers or self.words or self.dates)

    @property
    def about_figures(self) -> bool:
        """Whether it asks for a figure, or gives one."""
        asks = Ask.HOW_MANY in self.asks or any(token.word in FIGURES for token in self.tokens)
        return asks or bool(self.numbers)

    def named(self, kind: Kind) -> frozenset[str]:
        """Keys of the entries of *kind* that it names."""
        return frozenset(entry.key for slot in self.slots for entry in slot.of(kind))


def read(text: str, vocabulary: Vocabulary, figures: frozenset[float] = frozenset()) -> list[Question]:
    """
    Every way to read *text* with the names and words of *vocabulary*, usually one.

    Args:
        figures: Values that claims give: a year among them is read as a number.
    """
    return [_read(text, mended, vocabulary, figures) for mended in corrected(text, vocabulary)]


def _read(text: str, mended: Mended, vocabulary: Vocabulary, figures: frozenset[float]) -> Question:
    words = mended.tokens
    named = vocabulary.names.within(words)
    taken = {at for name in named for at in range(name.start, name.end)}
    dates = [
        date
        for date in asked_dates(words)
        if not taken & set(range(date.start, date.end)) and (date.month or date.year not in figures)
    ]
    taken |= {at for date in dates for at in range(date.start, date.end)}
    found = [number for number in numbers(words) if not taken & set(range(number.start, number.end))]
    taken |= {at for number in found for at in range(number.start, number.end)}
    taken |= {at + more for at in range(len(words)) for more in range(vague_at(words, at))}
    counted = counted_in(words, {name.start: name for name in named}, vocabulary.synonyms.people)
    rest = [
        at
        for at in range(len(words))
        if at not in taken and (at in counted or not _says_little(words, at, taken, vocabulary))
    ]
    return Question(
        text=text,
        mended=mended,
        asks=asks_of(words),
        slots=tuple(slot_of(name, named, words, counted, vocabulary) for name in named),
        numbers=tuple(found),
        dates=tuple(dates),
        words=tuple(words[at] for at in rest if _known(words, at, vocabulary)),
        unknown=tuple(words[at].typed for at in rest if not _known(words, at, vocabulary)),
        counted=frozenset(words[at].stem for at in rest if at in counted),
        idle=any(_personal(words, name.start) or _idiom(words, name, named) for name in named)
        or _clashes(words, named)
        or _foretells(words)
        or _bids(words)
        or _asks_for_opinion(words, taken, vocabulary),
    )


def _personal(words: Sequence[Token], at: int) -> bool:
    """Whether what stands at *at* is said of the one who asks or of the bot: "I'm dead", "what is your mission"."""
    before = [token.word for token in words[:at] if token.word not in {"no", "a", "the", "so"}]
    return bool(before) and (before[-1] in _MINE or before[-1:] == ["i"] or tuple(before[-2:]) in _OF_MINE)


def _asks_for_opinion(words: Sequence[Token], taken: set[int], vocabulary: Vocabulary) -> bool:
    """Whether it asks what to think: by a phrase, or by one word that is no name and that no claim has."""
    folded = [token.word for token in words]
    for phrases in (each.phrases["opinion"] for each in tongues(words)[:2]):
        for at, token in enumerate(words):
            size = phrases.at(folded, at)
            if size > 1 or (size and at not in taken and not vocabulary.meaningful(token)):
                return True
    return False


def _idiom(words: Sequence[Token], name: Named, named: Sequence[Named]) -> bool:
    """Whether a metric's word is all there is and makes a phrase with the next: "killed it", "shut up"."""
    return len(named) == 1 and name.of(Kind.METRIC) and name.end < len(words) and words[name.end].word in _IDIOMS


def _foretells(words: Sequence[Token]) -> bool:
    """Whether it asks when something will be: claims are of what has been said and done."""
    return any(token.word in WHEN and after.word in {"will", "shall"} for token, after in pairwise(words))


def _bids(words: Sequence[Token]) -> bool:
    """Whether it wants more than to be told: "sing me a song", "play some songs", "how to train a dog"."""
    opening = [token.word for token in words[:3]]
    first, second, third = (*opening, "", "", "")[:3]
    return (
        (first, second) == ("how", "to")
        or (second == "me" and not is_glue(words[0]))
        or (first in BIDS and second in _THINGS)
        or (first, second, third) in _TO_YOU
    )


def _clashes(words: Sequence[Token], named: Sequence[Named]) -> bool:
    """Whether a country stands before an office that is another's: "Ukrainian defence ministry"."""
    return any(
        first.end == second.start
        and all(token.word in ordinary() for token in words[second.start : second.end])
        and all(
            entry.kind is Kind.PARTY and entry.part_of and entry.part_of not in {each.key for each in first.entries}
            for entry in second.entries
        )
        for first, second in pairwise(named)
        if first.of(Kind.PARTY)
    )


def _known(words: Sequence[Token], at: int, vocabulary: Vocabulary) -> bool:
    return (
        words[at].word not in vocabulary.synonyms.events
        and not _attribute(words, at)
        and vocabulary.meaningful(words[at])
    )


def _attribute(words: Sequence[Token], at: int) -> bool:
    """Whether it is what "how old" and the like ask for: claims count people and say what they did."""
    return at > 0 and words[at - 1].word == "how" and words[at].word in _ATTRIBUTES


def _says_little(words: Sequence[Token], at: int, taken: set[int], vocabulary: Vocabulary) -> bool:
    """
    Whether the word at *at* is glue, or a title beside a name.

    But "war" right after a word that is no name of the base makes that word another event's name; and "how old"
    asks for an attribute that must be met.
    """
    word = words[at].word
    if _attribute(words, at):
        return False
    if at + 1 < len(words) and (word, words[at + 1].word) in PHRASES:
        return True
    if word in _COUNTRIES and (not at or words[at].typed.isupper()):
        return False
    little = vocabulary.synonyms.says_little
    if word in vocabulary.synonyms.events and at and at - 1 not in taken and not little(words[at - 1]):
        return False
    if word in TITLES or word in OUTLETS:
        asked = at > 0 and words[at - 1].word in {"which", "what", "news"}
        return at + 1 in taken or (word in OUTLETS and (asked or at - 1 in taken))
    return little(words[at])
