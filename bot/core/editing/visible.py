"""What must not be in stored text: characters that cannot be seen, or that turn text around."""

from __future__ import annotations

import re
import unicodedata

from bot.core.block import ATTRIBUTION, VERIFICATION
from bot.core.rules.headlines import as_it_looks
from bot.core.wording import refused

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_KEPT = frozenset("\n\t")
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_JOINED = (
    *("ARABIC", "SYRIAC", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA"),
    *("TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA"),
)
_EMOJI = frozenset({"So", "Sk"})
_LABEL = re.compile(rf"\b(?:{ATTRIBUTION[:-1]}|{VERIFICATION[:-1]})[\s*_]*:".casefold())
_EMOJI_STYLE = "\ufe0f"


def hidden_characters(text: str) -> list[str]:
    """
    Names of the invisible or direction-changing characters in *text*, each once, in their order.

    Hidden are controls, format characters, private, unassigned and half characters, line separators and the letters
    that Unicode draws as nothing. Line breaks and tabs are layout and may stay. So may the two joiners between
    letters of a script that is written with them (می‌خواهم), and the one that makes one emoji of two.
    """
    if text.isprintable() and _BLANK_LETTERS.isdisjoint(text):
        return []
    hidden = (text[at] for at in range(len(text)) if text[at] not in _KEPT and _hides(text, at))
    return list(dict.fromkeys(map(_named, hidden)))


def check_visible(text: str, field: str) -> None:
    """Raise `Refused`, naming *field*, where *text* holds what `hidden_characters` names."""
    if hidden := ", ".join(hidden_characters(text)[:3]):
        raise refused("{field} holds {hidden}, which nobody can see; take it out.", field=field, hidden=hidden)


def check_unlabelled(text: str, field: str) -> None:
    """Raise `Refused`, naming *field*, where *text* holds a label of a block: what follows it would pass for ours."""
    if ":" in unicodedata.normalize("NFKC", text) and (label := _LABEL.search(as_it_looks(text))):
        raise refused(
            "{field} holds “{label}”, a label that stands before what Caveat says itself; word it otherwise.",
            field=field,
            label=label[0],
        )


def visible(text: str) -> str:
    """*text* on one line as a reader sees it: without what `hidden_characters` names, white space folded."""
    if text.isprintable() and _BLANK_LETTERS.isdisjoint(text) and unicodedata.is_normalized("NFC", text):
        return " ".join(text.split())
    whole = unicodedata.normalize("NFC", text)
    kept = (" " if whole[at].isspace() else "" if _hides(whole, at) else whole[at] for at in range(len(whole)))
    return " ".join("".join(kept).split())


def _hides(text: str, at: int) -> bool:
    """Whether the character there is hidden and does not join its neighbours."""
    character = text[at]
    if not _is_hidden(character):
        return False
    joining = character in (_JOINER, _NON_JOINER)
    return not (joining and _joins(character, text[at - 1 : at], text[at + 1 : at + 2]))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN or character in _BLANK_LETTERS


def _joins(joiner: str, before: str, after: str) -> bool:
    if not before or not after:
        return False
    if all(unicodedata.name(each, "").startswith(_JOINED) for each in (before, after)):
        return True
    of_emoji = before == _EMOJI_STYLE or unicodedata.category(before) in _EMOJI
    return joiner == _JOINER and of_emoji and unicodedata.category(after) in _EMOJI


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
