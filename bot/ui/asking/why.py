"""How a question was read, what matched and what was refused; claims by id, never a figure of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.asking.explaining import Reading
from bot.core.asking.results import Found, Result, Unsure
from bot.core.asking.search import Thresholds
from bot.core.claims import Claim
from bot.core.plurals import plural
from bot.core.rules.headlines import figure_in
from bot.ui.kit.embeds import Page
from bot.ui.kit.text import bold, clip, escape, mended_word, sentence


def why_pages(result: Result, readings: Sequence[Reading], thresholds: Thresholds | None) -> list[Page]:
    """One page for each way to read the question, which is not repeated: it stands where it was asked."""
    footer = "how sure the fitted model is decides; see docs/search.md"
    if thresholds is not None:
        footer = (
            f"shown: at least {thresholds.covered:.0%} of the words by rarity, and {thresholds.relevant:.0%} of the "
            "best score; see docs/search.md"
        )
    return [
        Page(
            "Why",
            clip("\n".join([*_outcome(result), *_lines(reading)]), 3900),
            f"reading {number} of {len(readings)} · {footer}",
        )
        for number, reading in enumerate(readings, start=1)
    ] or [Page("Why", "\n".join(_outcome(result)))]


def _outcome(result: Result) -> list[str]:
    if isinstance(result, Unsure):
        if not result.offered:
            return ["It was asked back which reading is meant."]
        asked = (f"{option.question.split()[0]} ({escape(option.label)})" for option in result.options)
        back = (
            "No claim answers as asked; it was asked back which of the claims that come near is meant: the strict "
            "rules let them through, and only the wording stands between."
        )
        return [back, f"{bold('Asked back about')}: {'; '.join(asked)}."]
    if isinstance(result, Found):
        answered = f"Answered with {plural(len(result.claims), 'claim')}."
        return [answered, *([result.how] if result.how else [])]
    return ["No claim was shown.", *([result.how] if result.how else [])]


def _lines(reading: Reading) -> list[str]:
    mended = ((mended_word(each.typed), each.read_as) for each in reading.corrections)
    lines = [f"{bold('Corrected')}: “{word}” to “{escape(to)}”" for word, to in mended if word and not figure_in(to)]
    if reading.asks:
        lines.append(f"{bold('Asks for')}: {', '.join(reading.asks)}")
    for name in reading.names:
        role = f", as {name.role}" if name.role and name.role != "any" else ""
        lines.append(f"{bold('Names')}: {escape(name.entries)}{role}")
    if reading.numbers:
        lines.append(f"{bold('Numbers')}: {len(reading.numbers)}, which a claim has to give")
    if reading.unknown:
        known = (mended_word(each) for each in reading.unknown)
        words = ", ".join(f"“{word}”" if word else "a word with a figure or a verdict" for word in known)
        lines.append(f"{bold('Unknown to the base')}: {words}. An unknown name or subject is a reason to refuse.")
    if reading.idle:
        lines.append("It does not read like a question to a fact base.")
    if reading.matches:
        lines.append(bold("Matched"))
        lines += [
            f"{_label(each.claim)}: score {each.score:.2f}, {each.covered:.0%} of the words"
            f"{'' if each.shown else ', not shown'}"
            for each in reading.matches
        ]
    if reading.refusals:
        lines.append(bold("Refused"))
        lines += [f"{_label(each.claim)}: {sentence(each.why)}" for each in reading.refusals]
    return lines


def _label(claim: Claim) -> str:
    topics = ", ".join(topic.name for topic in claim.topics[:2])
    return f"{claim.ref} ({escape(topics)}, by {escape(claim.attribution.claimant.name)})"
