"""Particles of Korean, which follow the last sound of the word that they are put to."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PAIRS = {
    "을(를)": ("을", "를"),
    "이(가)": ("이", "가"),
    "은(는)": ("은", "는"),
    "와(과)": ("과", "와"),
    "(으)로": ("으로", "로"),
    "(이)라": ("이라", "라"),
}
"""As a sentence has them: what follows a consonant, and what follows a vowel."""
_OPEN = re.compile(rf"(\{{(\w+)\}}[”’`:]*(?:\([^()]*\))?)({'|'.join(map(re.escape, _PAIRS))})")
_SILENT = re.compile(r"(?:[”’`*_]|\s*\([^()]*\))+$")
_DIGITS = "영일이삼사오육칠팔구"
_SYLLABLE = range(0xAC00, 0xD7A4)
_CODAS, _RIEUL = 28, 8


def fitted(sentence: str, values: Mapping[str, object]) -> str:
    """*sentence*, before *values* are put in, with the particles that they ask for; both where nobody can tell."""
    return _OPEN.sub(lambda found: found[1] + _particle(str(values.get(found[2], "")), found[3]), sentence)


def _particle(word: str, pair: str) -> str:
    last = _SILENT.sub("", word)[-1:]
    syllable = ord(_DIGITS[int(last)] if last.isdecimal() else last or " ")
    if syllable not in _SYLLABLE:
        return pair
    coda = (syllable - _SYLLABLE.start) % _CODAS
    return _PAIRS[pair][not coda or (coda == _RIEUL and pair == "(으)로")]
