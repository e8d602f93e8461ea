"""The interface's sentences in the language that a server chose; English where it chose none."""

from __future__ import annotations

from contextvars import ContextVar

from bot.core.setup import Setup
from bot.errors import Refused
from bot.languages.korean import fitted
from bot.languages.sentences import sentences, translations

LANGUAGE: ContextVar[str] = ContextVar("language of dates", default="en")
"""The language of months for whoever is being answered."""

INTERFACE: ContextVar[str] = ContextVar("language of the interface", default="en")
"""The language of our own words for whoever is being answered; what the base says stays as it is."""


def speak_as(setup: Setup) -> None:
    """Word dates and sentences as a server wants them, for as long as this answer takes."""
    LANGUAGE.set(setup.dates)
    INTERFACE.set(setup.language)


def spoken() -> str:
    """Tells wordings of the same thing apart: the languages of dates and of sentences."""
    return f"{LANGUAGE.get()}/{INTERFACE.get()}"


def say(english: str, **values: object) -> str:
    """
    A sentence of the interface, with *values* in place of its words in braces.

    A test reads the sentences off the calls, and finds those that a language lacks.
    """
    chosen = sentences(INTERFACE.get())
    text = fitted(chosen.said.get(english, english), values) if chosen else english
    return text.format(**values) if values else text


def refused(english: str, **values: object) -> Refused:
    """That something is not possible as asked, in a sentence of the interface."""
    return Refused(say(english, **values))


def later(english: str) -> str:
    """A sentence that `say` is given elsewhere: it marks it for the test."""
    return english


def own_names() -> dict[str, str]:
    """What the languages of the interface are called by their speakers, by their codes; English first."""
    return {"en": "English", **{code: told.name for code, told in translations().items()}}


WORDS = (
    "topic|place|party|metric|source|claim|disputes|repeats|supersedes|denies|how many|how long|when|where|"
    "who|why|what|verified|compare|conflict|claimant|relay|relayer|agent|owner|counted|wanted|subject|context|"
    "open|approved|declined|upheld|dismissed|accepted|proposed|dropped|active|paused|cancelled|statement|"
    "speaker|relayed by|status|caveats|figures|quotations|topics|about|places|event date|claim date|relations|"
    "editor's note|grade|retired|pages|file|history|without|unrelated|same|people|offices|events|light|hop|"
    "briefings|corrections|remarks|entry|Topics|Places|Parties|Metrics"
)
"""Single words that stand for the value of a type or a choice: kinds, links, roles, states, fields."""


def in_locales(english: str, *, names: bool) -> dict[str, str]:
    """
    What Discord shows instead of a command's description, by locale; empty where no language has it.

    Args:
        names: Whether it is the name of a command or option.
    """
    return {
        locale: told[english]
        for each in translations().values()
        for locale in each.locales
        if english in (told := each.names if names else each.said)
    }
