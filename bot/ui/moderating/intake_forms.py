"""The forms of an intake: an article's text, who published it, and the two halves of a claim out of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.core.claims import NAME_LENGTH, URL_LENGTH
from bot.core.editing.articles import HandedIn, guessed
from bot.core.editing.intakes import Session
from bot.core.wording import say
from bot.ui.kit.buttons import Form, Press
from bot.ui.kit.checks import Rank
from bot.ui.moderating.drafts import MORE, REST

Sent = Callable[[Press, dict[str, str]], Awaitable[None]]
"""Called with a form that was sent, and what was typed into it."""

_PASTED = 4000
"""Characters that Discord takes in one field of a form."""


def text_form(sent: Sent) -> Form:
    """For an article's text; publisher and day are taken from it where they are left out."""
    form = Form(say("An article"), Rank.MODERATOR, sent)
    form.ask("text", say("Its text"), most=_PASTED, long=True, needed=True)
    form.ask("publisher", say("Who published it, unless the text says so"), most=NAME_LENGTH)
    form.ask("day", say("The day, like 2025-11-14, likewise"), most=10)
    form.ask("url", say("Where it can be read, if anywhere"), most=URL_LENGTH)
    form.ask("topic", say("What it is mostly about, in a word or two"), most=NAME_LENGTH)
    return form


def about_form(session: Session, sent: Sent) -> Form:
    """For who published an article, and when; filled in as far as its text says so."""
    publisher, day = guessed(HandedIn(session.text, session.publisher, session.published_on))
    form = Form(say("The article"), Rank.MODERATOR, sent)
    form.ask("publisher", say("Who published it"), default=publisher, most=120, needed=True)
    form.ask("day", say("The day, like 2025-11-14"), default=day.isoformat() if day else "", most=10, needed=True)
    form.ask("title", say("Its title, if known"), default=session.title, most=120)
    form.ask("url", say("Where it can be read, if anywhere"), default=session.url, most=URL_LENGTH)
    form.ask("topic", say("What it is mostly about, in a word or two"), default=session.topic, most=NAME_LENGTH)
    return form


def claim_form(typed: Mapping[str, str], sent: Sent) -> Form:
    """For who says what, how much and with which caveat."""
    form = Form(say("Who says what"), Rank.MODERATOR, sent)
    form.ask("statement", say("Statement"), default=typed.get("statement", ""), most=1000, long=True)
    form.ask("claimant", say("Claimant: who says it"), default=typed.get("claimant", ""), most=120)
    form.ask("topics", say("Topics; a new name makes a new one"), default=typed.get("topics", ""), most=300)
    form.ask("figures", say("Metric | whom | words | low..high"), default=typed.get("figures", ""), long=True)
    form.ask("caveat", say("Caveat | who states it"), default=typed.get("caveat", ""), most=1000, long=True)
    return form


def rest_form(typed: Mapping[str, str], sent: Sent) -> Form:
    """For everything else that a claim has."""
    form = Form(say("Where, when, through whom"), Rank.MODERATOR, sent)
    more = "\n".join(f"{name}: {typed[name]}" for name in REST if typed.get(name))
    form.ask("status", say("Verification, by the article's account"), default=typed.get("status", ""), most=60)
    form.ask("quotation", say("Quotations, one a line"), default=typed.get("quotation", ""), most=1500, long=True)
    form.ask("more", MORE, default=more, most=2000, long=True)
    return form
