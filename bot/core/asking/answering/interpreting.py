"""Typed words as a question: what it asks for, its names and words, numbers and dates."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from bot.core.asking.answering.mending import mend
from bot.core.asking.answering.question import Question, Role, Unit
from bot.core.asking.answering.roles import in_roles
from bot.core.asking.answering.units import contracted, units_of
from bot.core.asking.answering.vocabulary import Vocabulary
from bot.core.asking.mended import Mended, split
from bot.core.asking.reading.asked_dates import AskedDate, asked_dates
from bot.core.asking.reading.names import Named
from bot.core.asking.reading.tokens import Token
from bot.core.numbers import Number, numbers
from bot.languages.packs import Language, languages, spoken

_FEW = 12
"""Up to how many things one points at by their number."""


def read(text: str, vocabulary: Vocabulary, figures: Container[float | None] = ()) -> list[Question]:
    """
    Every way to read *text* with the names and words of *vocabulary*, usually one.

    Args:
        figures: Values that claims give: a year among them is read as a number.
    """
    typed = split(text, vocabulary.names)
    tongues = spoken([token.word for token in typed], languages())
    return [_read(text, mended, vocabulary, figures, tongues) for mended in mend(typed, vocabulary, tongues)]


def _read(
    text: str, mended: Mended, vocabulary: Vocabulary, figures: Container[float | None], tongues: Sequence[Language]
) -> Question:
    tokens = mended.tokens
    words = [token.word for token in tokens]
    named = [name for name in vocabulary.names.within(tokens) if not _asks_on(words, name, tongues)]
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
    found = [number for number in found if not _no_figure(words, number)]
    asks = frozenset(
        ask
        for each in tongues
        for ask, phrases in each.asks.items()
        if loose and any(phrases.at(words, at) for at in range(len(words)))
    )
    taken |= {at for at in _asking_phrases(words, tongues) if at not in taken}
    empty_words = _empty_words(words, tongues, vocabulary, tokens)
    units = list(units_of(mended, named, taken, empty_words, vocabulary))
    units = in_roles(units, tokens, tongues)
    if "verified" in asks:  # by whomever: "could anyone check", "has any inspector checked"
        units = [unit for unit in units if not _whoever(unit)]
    return Question(
        text=text,
        mended=mended,
        asks=asks,
        units=tuple(units),
        numbers=tuple(found),
        dates=tuple(date for date in dates if not _bounded(words, date)),
        idle=_idle(words, tongues, units, {at for at, token in enumerate(tokens) if vocabulary.says(token)}),
        sentence=any(word in each.function for word in loose for each in tongues),
        earlier=bool(languages()[0].words["earlier"].within(words)),
        sums=any(languages()[0].says("sums", word) for word in words),
    )


def _whoever(unit: Unit) -> bool:
    """Whether it says no more than who may have checked: "anyone", "a reporter"."""
    vague = unit.people and languages()[0].says("vague", unit.tokens[-1].word)
    return vague or (unit.role is Role.AGENT and not unit.entries and not unit.stranger and unit.somebody)


def _empty_words(
    words: Sequence[str], tongues: Sequence[Language], vocabulary: Vocabulary, tokens: Sequence[Token]
) -> frozenset[int]:
    """Positions of words that ask, say or hold together: a claim need not have them."""
    ordinals = languages()[0].words["ordinals"]
    found = {at for at, token in enumerate(tokens) if contracted(token)}
    found |= {at for at in range(1, len(words)) if words[at] in ordinals and words[at - 1].isdecimal()}
    for each in tongues:
        found |= each.function.within(words) | each.words["light"].within(words)
        for part in ("saying", "speech", "figures", "checking"):
            found |= each.words[part].within(words)
        for ask, phrases in each.asks.items():
            if ask != "how_long":
                found |= phrases.within(words)
    return frozenset(found)


def _asks_on(words: Sequence[str], name: Named, tongues: Sequence[Language]) -> bool:
    """Whether *name* only opens as the question does: a topic "How many bottles" of "how many bottles were sold"."""
    if name.end == len(words):
        return False
    return any(each.words["counting"].at(words, name.start) for each in tongues)


def _asking_phrases(words: Sequence[str], tongues: Sequence[Language]) -> Iterator[int]:
    """Positions in phrases that ask, which are no words of a claim, whatever claims say: "number of"."""
    for each in tongues:
        for phrases in (*each.asks.values(), each.words["counting"]):
            for start in range(len(words)):
                size = phrases.at(words, start)
                yield from range(start, start + size) if size > 1 else ()


def _no_figure(words: Sequence[str], number: Number) -> bool:
    """Whether *number* is none that a claim would give: "the three results", "1st", "how many million euros"."""
    language = languages()[0]
    led = number.start > 0 and language.says("pointing", words[number.start - 1])
    few = number.value == int(number.value) and number.value <= _FEW
    after = words[number.end] if number.end < len(words) else ""
    if language.says("ordinals", after) or (led and few and not language.says("spans", after)):
        return True
    sizes = (language.words["counting"].at(words, at) for at in range(number.start))
    return any(size and at + size == number.start for at, size in enumerate(sizes))


def _bounded(words: Sequence[str], date: AskedDate) -> bool:
    """Whether *date* is but the bound of a time: what happened within it bears another date."""
    return date.start > 0 and languages()[0].says("bounds", words[date.start - 1])


def _idle(words: Sequence[str], tongues: Sequence[Language], units: Sequence[Unit], said: Container[int]) -> bool:
    """Whether it wants an opinion or something done, or is but a greeting; *said*: where words of claims are."""
    if not words:
        return True
    named = {at for unit in units if unit.entries for at in range(unit.start, unit.end)}
    for each in tongues:
        opinion = each.phrases["opinion"]
        if any(opinion.at(words, at) > 1 or (opinion.at(words, at) and at not in named) for at in range(len(words))):
            return True
        opening = next((at for at, word in enumerate(words) if not languages()[0].says("polite", word)), 0)
        size = each.phrases["bids"].at(words, opening)
        noun = size == 1 and opening in said and not any(languages()[0].says("function", each) for each in words[1:2])
        if size and opening not in named and len(words) > size and not noun:
            return True
        polite = sum(word in each.words["greeting"] for at, word in enumerate(words) if at not in named)
        rest = [unit for unit in units if unit.tokens[0].word not in each.words["greeting"]]
        asks = bool(each.asks["when"].within(words)) or any(unit.entries for unit in rest)
        if polite and polite >= len(rest) and not asks:
            return True
    return False
