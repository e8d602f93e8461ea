"""What must not be in stored text: characters that cannot be seen, or that turn text around."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_KEPT = frozenset("\n\t")
_JOINERS = frozenset("\u200c\u200d")
_JOINED = ("ARABIC", "DEVANAGARI", "BENGALI", "MALAYALAM", "TAMIL", "TELUGU", "KANNADA", "GUJARATI", "SINHALA")


def hidden_characters(text: str) -> list[str]:
    """
    Names of the invisible or direction-changing characters in *text*, each once, in their order.

    Line breaks and tabs are layout and may stay; so may the two joiners after a letter of a script that is written
    with them.
    """
    found: dict[str, None] = {}
    for at, character in enumerate(text):
        if unicodedata.category(character) not in _HIDDEN or character in _KEPT:
            continue
        if character in _JOINERS and at and unicodedata.name(text[at - 1], "").startswith(_JOINED):
            continue
        found[_named(character)] = None
    return list(found)


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
