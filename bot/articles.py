"""`python bot.py intake FILE`: an article's file, read against the configured fact base."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from bot.core.claims import FactBase
from bot.core.editing.articles import decoded, guessed, handed_in
from bot.core.intake.listing import as_data, lines
from bot.core.intake.proposals import Article, Proposer
from bot.core.intake.reading import read
from bot.errors import Refused, StartupError
from bot.files.factfile import load
from bot.intake.choosing import chosen
from bot.settings import Settings


def proposer_of(settings: Settings) -> Proposer | None:
    """Who reads articles by these settings; None: nobody is installed, sentences are handed over as they stand."""
    key = settings.intake_key.get_secret_value() if settings.intake_key else ""
    return chosen(settings.intake_url, settings.intake_model, key)


def listed(settings: Settings, path: Path, published: date | None, publisher: str, *, as_json: bool) -> Iterator[str]:
    """
    The lines to print for the article in *path*.

    Args:
        published: Its date; None: the one that its head gives, else today.
        publisher: Who published it; empty: whom its head names.
        as_json: In the format of the benchmark, not for people.
    """
    try:
        text = decoded(path.read_bytes())
        who, day = guessed(handed_in(text))
    except OSError as error:
        raise StartupError(f"{path} cannot be read: {error.strerror}.") from None
    except Refused as refused:
        raise StartupError(f"{path}: {refused}") from None
    article = Article(text, publisher or who or "The article", published or day or datetime.now(UTC).date())
    base = load(settings.fact_base).base if settings.fact_base else FactBase()
    intake = read(article, base, proposer_of(settings))
    if as_json:
        yield json.dumps(as_data(intake, path.stem), ensure_ascii=False, indent=1)
    else:
        yield from lines(intake)
