"""`python bot.py check`: everything to mend in a fact base's file, one line each."""

from __future__ import annotations

from pathlib import Path

from bot.core.rules.fidelity import compare
from bot.core.rules.vetting import Finding, vet
from bot.errors import FactBaseError
from bot.files.factfile import FactFile, load, place_words

_NAMES = (
    "alias ask asof audit-log brief briefing challenge check claim commands compare correct diff export follow "
    "forget help history import intake metric misses party place quote receipt revert review setup source sources "
    "timeline topic topics vocabulary watch why"
)
COMMANDS = frozenset(_NAMES.split())
"""Names of the bot's own commands, which win over every name in the fact base; a test compares them with the bot."""

_SINGULAR = {"topics": "topic", "places": "place", "parties": "party", "metrics": "metric", "sources": "source"}


def report(path: Path, article: Path | None = None) -> list[str]:
    """
    What to mend in the fact base at *path*, as `file:line: C14 field: sentence`, by line; empty when it is clean.

    Args:
        path: A fact base's file, or the folder that holds it.
        article: A source's text, to hold quotations, caveats and hash against.

    Raises:
        FactBaseError: *article* cannot be read. A broken base is a finding instead.
    """
    try:
        file = load(path)
    except FactBaseError as error:
        return [str(error)]
    findings = vet(file.base, COMMANDS)
    if article is not None:
        findings += compare(file.base, _text(article), file.left_out)
    lines = sorted((_line(file, finding), _where(finding), finding.message) for finding in findings)
    return [f"{file.path}:{line}: {where}: {message}" for line, where, message in lines]


def _text(article: Path) -> bytes:
    try:
        return article.read_bytes()
    except OSError as error:
        raise FactBaseError(f"{article}: cannot be read ({error.strerror}); give the article's text file.") from None


def _line(file: FactFile, finding: Finding) -> int:
    if finding.group == "claims" and isinstance(finding.key, int):
        return file.claim_line(finding.key, *finding.field)
    return file.line(finding.group, finding.key, *finding.field)


def _where(finding: Finding) -> str:
    name = f"C{finding.key}" if finding.group == "claims" else f"{_SINGULAR[finding.group]} {finding.key}"
    return " ".join([name, *place_words(finding.field)])
