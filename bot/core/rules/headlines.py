"""What a name, a title or a repeated word may not hold: a figure, or a word that vouches for one."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from bot.core.asking.reading.tokens import clean, tokens
from bot.core.number_words import LABELS
from bot.core.numbers import numbers
from bot.core.rules.stated_figures import stated
from bot.core.wording import later

_LONG_NUMBER = re.compile(r"\d(?:[.,'’\s]?\d){3,}")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?:-\d\d(?:-\d\d)?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)")
_ROMAN = re.compile(
    r"(?<![\w.-])(?=[XVIL]{2}|[MDCLXVI]{4})M{0,9}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![\w.-])(?=\s+[a-z]|\s*\Z)"
)
_BEFORE_ROMAN = re.compile(r"(?:[A-Z]\w*|(?i:" + "|".join(LABELS) + r"))\s+\Z")
"""What a Roman number belongs to as its name: "World War II", "phase III"."""
_LATIN = "aceoipxysjhkmtbgd"
_ALIKE = str.maketrans("асеоірхуѕјһкмтвԍԁ" + "αϲεοιρχуѕϳһκмτβɡԁ", _LATIN * 2)
"""Letters of other scripts that look like Latin ones, in a word that mixes them."""
_CAPITALS = {
    ord(unicodedata.lookup(f"LATIN LETTER SMALL CAPITAL {letter}")): letter.lower()
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWYZ"
}
_MIXED = re.compile(r"(?=\w*[a-z])(?=\w*[^\W\d_a-z])\w+")
_PLAIN_KEY = re.compile(r"[a-z_]+|C\d+")
"""A field of the format, or a claim's id."""
_MARK = re.compile(r"[\u0300-\u036f]")
_POINTS = re.compile("[\u0640\u064b-\u0652\u0670\u0591-\u05c7\u093c]")
"""What Arabic, Hebrew and Devanagari write or leave out."""
_LETTER = r"[\w\u0900-\u0dff\u0e00-\u0e7f]"
"""A letter, or a sign that goes with one."""
_INSIDE = re.compile("[\uac00-\ud7a3\u4e00-\u9fff\u0e00-\u0e7f]+\\Z")
"""Korean puts endings and verbs together, and others write no spaces: their words are looked for anywhere."""


def figure_in(text: str) -> str:
    """The first number in *text*, in digits, words or vague ones ("dozens"); empty where there is none."""
    found = [each.typed for each in numbers(tokens(text))] + [each.typed for each in stated(text)]
    return found[0] if found else _counted_in(text) or next(filter(str.isnumeric, text), "")


def vouching_in(text: str) -> str:
    """The word in *text* that vouches or passes a verdict ("confirmed", "refuted"); empty where none does."""
    read = clean(text).casefold()
    found = _verdicts().search(read) or (None if read.isascii() else _verdicts().search(as_it_looks(read)))
    return found[0] if found else ""


def as_it_looks(text: str) -> str:
    """
    *text* in lower case and compatibility form, without marks on letters, and with Latin letters in words that mix
    those with others like them.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_CAPITALS)
    bare = _MARK.sub("", unicodedata.normalize("NFD", plain))
    return _MIXED.sub(lambda word: word[0].translate(_ALIKE), unicodedata.normalize("NFC", bare))


@lru_cache(maxsize=65536)
def headline_in(name: str) -> str:
    """
    What makes a headline of *name*, as a sentence's verb ("holds a figure"); empty where it is a name.

    Numbers that are part of a name ("Uran-6", "810th brigade") years and days (2025-11-14, 20251114) are no figures.
    """
    undated = _DAY.sub(" ", clean(name))
    long = any(not _YEAR.match(found[0]) for found in _LONG_NUMBER.finditer(undated))
    counted = any(not _BEFORE_ROMAN.search(undated, 0, each.start()) for each in _ROMAN.finditer(undated))
    if long or counted or stated(undated) or _counted_in(undated):
        return later("holds a figure")
    return later("vouches or passes a verdict") if vouching_in(name) else ""


def uncounted(name: str) -> str:
    """A group's name without how many they are, as names hold no figure: "two officials" are "officials"."""
    words = name.split()
    while len(words) > 1 and figure_in(words[0]):
        words = words[1:]
    return " ".join(words)


def headline_in_key(key: str) -> str:
    """What makes a headline of an entry's key, as of a name; "two-doctors" may be one, as the name is "Doctors"."""
    return headline_in(without_count(key.replace("-", " ", 1)))


def without_count(text: str) -> str:
    """*text* without the number word that opens it; a name that goes on with a capital ("Three Rivers") is one."""
    first, _, rest = text.partition(" ")
    return uncounted(text) if first.isalpha() and rest[:1].islower() and not headline_in(uncounted(text)) else text


def marked(text: str) -> str:
    """*text*, a key or an id, in quotation marks where it is a headline, to be left out as typed."""
    return f"“{text}”" if headline_in(text) and not _PLAIN_KEY.fullmatch(text) else text


def _counted_in(text: str) -> str:
    """The first word in *text* that says how many in a language that questions are not asked in; empty for none."""
    found = _counts().search(_bare(text))
    return found[0] if found else ""


def _bare(text: str) -> str:
    return unicodedata.normalize("NFC", _POINTS.sub("", unicodedata.normalize("NFD", text.casefold())))


@cache
def _counts() -> re.Pattern[str]:
    patterns = tomllib.loads(resources.files("bot.core.rules").joinpath("counts.toml").read_text("utf-8"))
    words, inside = ("|".join(_bare(patterns[kind]).split("\n")[:-1]) for kind in ("words", "inside"))
    return re.compile(rf"(?<!{_LETTER})(?:{words})(?!{_LETTER})|{inside}")


@cache
def _verdicts() -> re.Pattern[str]:
    text = resources.files("bot.core.rules").joinpath("verdicts.txt").read_text("utf-8")
    stems = [line for line in text.splitlines() if line and not line.startswith("#")]
    opening = "|".join(re.escape(stem) for stem in stems if not _INSIDE.match(stem))
    inside = "|".join(stem for stem in stems if _INSIDE.match(stem))
    return re.compile(rf"(?<!\w)(?:{opening})\w*|{inside}")
