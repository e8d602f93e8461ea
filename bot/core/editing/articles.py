"""An article as it is handed in: its text cleaned, and who published it when, as typed or as the text says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.core.asking.reading.tokens import tokens
from bot.core.dates import MONTHS
from bot.core.editing.visible import visible
from bot.core.intake.words import words
from bot.core.rules.headlines import headline_in
from bot.core.wording import say
from bot.errors import Refused

LONGEST = 100_000
"""Characters of an article at most."""

_HEAD = re.compile(
    r"\s*(?:date:[ \t]*(?P<date>\d{4}-\d\d-\d\d)(?!\d)"
    r"|(?P<name>publisher|title|url|topic):[ \t]*(?P<value>[^\n]*?)(?=\s+(?:publisher|date|title|url|topic):|\n|\Z))",
    re.IGNORECASE,
)
_MONTH = "|".join(f"{month}[a-z]*\\.?" for month in MONTHS["en"])
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)"),
    re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{_MONTH}),? (?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"(?P<month>{_MONTH}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})", re.IGNORECASE),
)
_OPENING, _HEADLINE, _SHORT = 600, 160, 3
_LIGHT = words("topics", "light")
_DATELINE = re.compile(r"\(([^\W\d_][^()\n]{1,60})\)\s*[—–-]")
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
    """The text of a file; raises `Refused` for one that is no plain text."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(say("That file is no plain text; save the article's words as a .txt file in UTF-8.")) from None


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
        raise Refused(say("That is no plain text; save the article's words as a .txt file in UTF-8."))
    if _MARKUP.search(body):
        raise Refused(say("That is HTML; take in the article's words alone, as plain text."))
    if len(body) > LONGEST:
        raise Refused(say("That text is longer than {most} characters; take it in in parts.", most=f"{LONGEST:,}"))
    clean = _cleaned(body).strip()
    if not clean:
        raise Refused(
            say("There is no text to take in: attach a .txt file, paste the article, or reply to a message.")
        )
    day = _day(fields.get("date", "")) if "date" in fields else None
    publisher, title, url, topic = (_cleaned(fields.get(name, "")) for name in ("publisher", "title", "url", "topic"))
    return HandedIn(clean, publisher, day, title, url, topic)


def guessed(article: HandedIn) -> tuple[str, date | None]:
    """Publisher and day, as known or as the text's opening says: `Meridian Press, 22 October 2025`, `(Reuters) —`."""
    opening = article.text[:_OPENING]
    day = article.published_on or _day(opening)
    if article.publisher:
        return article.publisher, day
    for line in opening.splitlines()[:5]:
        name, comma, rest = line.partition(",")
        if comma and len(name) <= 60 and any(each.fullmatch(rest.strip()) for each in _DAYS):
            return name.strip(), day
    found = _DATELINE.search(opening)
    return (found[1] if found else ""), day


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


def _day(text: str) -> date | None:
    for pattern in _DAYS:
        for found in pattern.finditer(text):
            named = found.groupdict()
            month = int(named["number"]) if "number" in named else _month(named["month"])
            try:
                return date(int(named["year"]), month, int(named["day"]))
            except ValueError:
                continue
    return None


def _month(name: str) -> int:
    return next(at for at, month in enumerate(MONTHS["en"], start=1) if name.lower().startswith(month.lower()))
