"""How a question was read, what matched and what was refused; claims by id, never a figure of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.asking.explaining import Match, Reading
from bot.core.asking.results import Found, Result, Unsure
from bot.core.asking.search import Thresholds
from bot.core.claims import Claim
from bot.core.plurals import plural
from bot.core.rules.headlines import figure_in
from bot.core.wording import say
from bot.ui.kit.embeds import DESCRIPTION, PLAIN, Page, pack
from bot.ui.kit.text import bold, escape, mended_word, note


def why_pages(
    result: Result, readings: Sequence[Reading], thresholds: Thresholds | None, *, plain: bool
) -> list[Page]:
    """One page for each way to read the question, which is not repeated: it stands where it was asked."""
    footer = say("how sure the fitted model is decides; see docs/search.md")
    if thresholds is not None:
        footer = say(
            "shown: at least {covered} of the words by rarity, and {relevant} of the best score; see docs/search.md",
            covered=f"{thresholds.covered:.0%}",
            relevant=f"{thresholds.relevant:.0%}",
        )
    return [
        Page(
            say("Why"),
            _cut([*_outcome(result), *_lines(reading)], PLAIN - len(footer) if plain else DESCRIPTION),
            f"{say('reading {n} of {total}', n=number, total=len(readings))} · {footer}",
        )
        for number, reading in enumerate(readings, start=1)
    ] or [Page(say("Why"), "\n".join(_outcome(result)))]


def _cut(lines: Sequence[str], room: int) -> str:
    """As many *lines* as there is room for, each whole: some hold Markdown."""
    (first, *_) = pack(lines, room, most=len(lines))
    return "\n".join(first if len(first) == len(lines) else [*first[:-1], "…"])


def _outcome(result: Result) -> list[str]:
    if isinstance(result, Unsure):
        if not result.offered:
            return [say("It was asked back which reading is meant.")]
        asked = (f"{option.question.split()[0]} ({escape(option.label)})" for option in result.options)
        back = say(
            "No claim answers as asked; it was asked back which of the claims that come near is "
            "meant: the strict rules let them through, and only the wording stands between."
        )
        order = [say("Their order is by words and by meaning, as a sentence encoder reads them.")]
        return [back, f"{bold(say('Asked back about'))}: {'; '.join(asked)}.", *(order if result.by_meaning else [])]
    if isinstance(result, Found):
        answered = say("Answered with {claims}.", claims=plural(len(result.claims), "claim"))
        return [answered, *([say(result.how)] if result.how else [])]
    return [say("No claim was shown."), *([say(result.how)] if result.how else [])]


def _lines(reading: Reading) -> list[str]:
    mended = ((mended_word(each.typed), each.read_as) for each in reading.corrections)
    lines = [
        f"{bold(say('Corrected'))}: {say('“{word}” to “{meant}”', word=word, meant=escape(to))}"
        for word, to in mended
        if word and not figure_in(to)
    ]
    if reading.asks:
        lines.append(f"{bold(say('Asks for'))}: {', '.join(map(say, reading.asks))}")
    for name in reading.names:
        role = say(", as {role}", role=say(name.role)) if name.role and name.role != "any" else ""
        lines.append(f"{bold(say('Names'))}: {escape(name.entries)}{role}")
    if reading.numbers:
        given = say("{n}, which a claim has to give", n=len(reading.numbers))
        lines.append(f"{bold(say('Numbers'))}: {given}")
    if reading.unknown:
        known = (mended_word(each) for each in reading.unknown)
        words = ", ".join(f"“{word}”" if word else say("a word with a figure or a verdict") for word in known)
        refused = say("An unknown name or subject is a reason to refuse.")
        lines.append(f"{bold(say('Unknown to the base'))}: {words}. {refused}")
    if reading.idle:
        lines.append(say("It does not read like a question to a fact base."))
    if reading.matches:
        lines.append(bold(say("Matched")))
        lines += [f"{_label(each.claim)}: {_scored(each)}" for each in reading.matches]
    if reading.refusals:
        lines.append(bold(say("Refused")))
        lines += [f"{_label(each.claim)}: {note(each.why)}" for each in reading.refusals]
    return lines


def _scored(match: Match) -> str:
    numbers = {"score": f"{match.score:.2f}", "covered": f"{match.covered:.0%}"}
    if match.shown:
        return say("score {score}, {covered} of the words", **numbers)
    return say("score {score}, {covered} of the words, not shown", **numbers)


def _label(claim: Claim) -> str:
    topics = ", ".join(topic.name for topic in claim.topics[:2])
    return say(
        "{ref} ({topics}, by {claimant})",
        ref=claim.ref,
        topics=escape(topics),
        claimant=escape(claim.attribution.claimant.name),
    )
