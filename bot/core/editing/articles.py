"""An article as it is handed in: its text cleaned, and who published it when, as typed or as the text says."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from bot.core.asking.reading.tokens import tokens
from bot.core.editing.visible import visible
from bot.core.intake.heading import published_on, publisher
from bot.core.intake.words import words
from bot.core.rules.headlines import headline_in
from bot.core.wording import refused

LONGEST = 100_000
"""Characters of an article at most."""

_HEAD = re.compile(
    r"\s*(?:date:[ \t]*(?P<date>\d{4}-\d\d-\d\d)(?!\d)"
    r"|(?P<name>publisher|title|url|topic):[ \t]*(?P<value>[^\n]*?)(?=\s+(?:publisher|date|title|url|topic):|\n|\Z))",
    re.IGNORECASE,
)
_HEADLINE, _SHORT = 160, 3
_LIGHT = words("topics", "light")
_DOCUMENTS = (b"%PDF", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0")
"""How a PDF, a .docx or .odt, an RTF and an old Word file begin."""
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|span|br|article)\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A text and what is known of it; empty or None where it is not."""

    text: str
    publisher: str = ""
    published_on: date | None = None
    title: str = ""
    url: str = ""
    topic: str = ""


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or UTF-16 that says so; raises `Refused` for one that is no plain text."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    with suppress(UnicodeDecodeError):
        if not data.startswith(_DOCUMENTS):
            return data.decode("utf-16" if wide else "utf-8-sig")
    raise refused("That file is no plain text; save the article's words as a .txt file in UTF-8.")


def handed_in(text: str, typed: str = "") -> HandedIn:
    """
    *text* without what nobody can see, and what `publisher:`, `date:`, `title:`, `url:` and `topic:` before it say.

    Args:
        typed: More of such fields, which go before those in the text.

    Raises:
        Refused: It is empty, too long, binary or HTML; one sentence.
    """
    fields, body = _fields(text)
    fields |= {name: value for name, value in _fields(typed)[0].items() if value}
    if "\0" in body:
        raise refused("That is no plain text; save the article's words as a .txt file in UTF-8.")
    if _MARKUP.search(body):
        raise refused("That is HTML; take in the article's words alone, as plain text.")
    if len(body) > LONGEST:
        raise refused("That text is longer than {most} characters; take it in in parts.", most=f"{LONGEST:,}")
    clean = _cleaned(body).strip()
    if not clean:
        raise refused("There is no text to take in: attach a .txt file, paste the article, or reply to a message.")
    given = (_cleaned(fields.get(name, "")) for name in ("title", "url", "topic"))
    return HandedIn(clean, _cleaned(fields.get("publisher", "")), published_on(fields.get("date", "")), *given)


def guessed(article: HandedIn) -> tuple[str, date | None]:
    """Publisher and day, as known or as the text's opening says: `Meridian Press, 22 October 2025`, `(Reuters) —`."""
    return article.publisher or publisher(article.text), article.published_on or published_on(article.text)


def guessed_topic(article: HandedIn) -> str:
    """What it is mostly about: the word of its headline that the text has most often; empty for none."""
    if article.topic:
        return article.topic
    first = article.title or next((line for line in article.text.splitlines() if line.strip()), "")
    if len(first) > _HEADLINE:
        return ""
    often = Counter(token.stem for token in tokens(article.text))
    telling = (token for token in tokens(first) if len(token.word) > _SHORT and not token.numeric)
    named = [token for token in telling if token.word not in _LIGHT and not headline_in(token.typed)]
    best = max((token for token in named if often[token.stem] > 1), key=lambda token: often[token.stem], default=None)
    return best.typed.capitalize() if best else ""


def _fields(text: str) -> tuple[dict[str, str], str]:
    """The fields before the text, and the text."""
    fields: dict[str, str] = {}
    at = 0
    while found := _HEAD.match(text, at):
        name = (found["name"] or "date").lower()
        fields[name] = (found["date"] or found["value"] or "").strip()
        at = found.end()
    return fields, text[at:]


def _cleaned(text: str) -> str:
    return "\n".join(map(visible, text.splitlines()))
