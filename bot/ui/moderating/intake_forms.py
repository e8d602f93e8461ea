"""The forms of an intake: an article's text, who published it, and the two halves of a claim out of it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.claims import NAME_LENGTH, URL_LENGTH
from bot.core.editing.articles import HandedIn, guessed
from bot.core.editing.intakes import Session
from bot.core.wording import say
from bot.ui.kit.forms import Form, Sent
from bot.ui.moderating.drafts import ask_rest, with_more

_PASTED = 4000
"""Characters that Discord takes in one field of a form."""


def text_form(sent: Sent) -> Form:
    """For an article's text; publisher and day are taken from it where they are left out."""
    form = Form(say("An article"), sent)
    form.ask("text", say("Its text"), most=_PASTED, long=True, needed=True)
    form.ask("publisher", say("Who published it, unless the text says so"), most=NAME_LENGTH)
    form.ask("day", say("The day, like 2025-11-14, likewise"), most=10)
    _ask_about(form)
    return form


def about_form(session: Session, sent: Sent) -> Form:
    """For who published an article, and when; filled in as far as its text says so."""
    publisher, day = guessed(HandedIn(session.text, session.publisher, session.published_on))
    typed = {"publisher": publisher, "day": day.isoformat() if day else "", "title": session.title}
    form = Form(say("The article"), sent, {**typed, "url": session.url, "topic": session.topic})
    form.ask("publisher", say("Who published it"), most=120, needed=True)
    form.ask("day", say("The day, like 2025-11-14"), most=10, needed=True)
    form.ask("title", say("Its title, if known"), most=120)
    _ask_about(form)
    return form


def _ask_about(form: Form) -> None:
    form.ask("url", say("Where it can be read, if anywhere"), most=URL_LENGTH)
    form.ask("topic", say("What it is mostly about, in a word or two"), most=NAME_LENGTH)


def claim_form(typed: Mapping[str, str], sent: Sent) -> Form:
    """For who says what, how much and with which caveat."""
    form = Form(say("Who says what"), sent, typed)
    form.ask("statement", say("Statement"), long=True)
    form.ask("claimant", say("Claimant: who says it"), most=120)
    form.ask("topics", say("Topics; a new name makes a new one"), most=300)
    form.ask("figures", say("Metric | whom | words | low..high"), long=True)
    form.ask("caveat", say("Caveat | who states it"), long=True)
    return form


def rest_form(typed: Mapping[str, str], sent: Sent) -> Form:
    """For everything else that a claim has."""
    form = Form(say("Where, when, through whom"), sent, with_more(typed))
    form.ask("status", say("Verification, by the article's account"), most=60)
    ask_rest(form)
    return form
