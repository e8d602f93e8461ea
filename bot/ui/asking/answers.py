"""What members see for each kind of result: claims, a question back, or an honest no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import discord

from bot.core.asking.overview import Overview
from bot.core.asking.search import Correction, Found, Nothing, Option, Result, Unsure
from bot.core.briefing.subjects import subjects
from bot.core.claims import Entry, Kind
from bot.core.rules.headlines import figure_in
from bot.services.answers import Snapshot
from bot.ui.asking.notify import Telling, TellMe
from bot.ui.kit.context import Context
from bot.ui.kit.embeds import Page, claim_pages
from bot.ui.kit.pages import Choice, replace_pages, send_pages
from bot.ui.kit.text import bold, clip, escape, mended_word, named_titles, sentence

NO_CLAIM = "No claim"


def _corrected(corrections: Iterable[Correction], matched: Sequence[Entry] = ()) -> list[str]:
    """What was mended, word by word; a word with a digit is never repeated."""
    shown = ((mended_word(each.typed), escape(_shown(each.read_as, matched)), each.read_as) for each in corrections)
    return [f"Showing *{name}* for “{typed}”." for typed, name, read_as in shown if typed and not figure_in(read_as)]


def _shown(read_as: str, matched: Sequence[Entry]) -> str:
    """A party or place by the name it is shown with, rather than by the spelling that was nearest to the typo."""
    for entry in matched:
        if entry.kind in (Kind.PARTY, Kind.PLACE) and read_as.casefold() in map(str.casefold, entry.aliases):
            return entry.name
        if entry.kind is Kind.TOPIC and read_as in entry.names:
            return read_as.casefold()
    return read_as


def _matched(entries: Sequence[Entry]) -> str:
    if not entries:
        return ""
    return "matched: " + ", ".join(f"{entry.kind} {entry.name}" for entry in entries[:6])


def found_pages(snapshot: Snapshot, found: Found, title: str, *, preceding: int = 0, plain: bool) -> list[Page]:
    """The claims found, with what was corrected and why they match; *preceding* pages come before."""
    return claim_pages(
        title,
        found.claims,
        disputes=snapshot.base.disputes,
        intro=[*_corrected(found.corrections, found.matched), *map(sentence, found.notes)],
        small_print=_matched(found.matched),
        preceding=preceding,
        plain=plain,
    )


def nothing_page(nothing: Nothing) -> Page:
    """The honest no: no figure, nothing of what was asked, and the nearest topics by name."""
    lines = ["No claim in the fact base matches that.", *_corrected(nothing.corrections)]
    if nothing.nearest:
        lines.append("Nearest topics: " + ", ".join(bold(escape(entry.name)) for entry in nothing.nearest[:5]) + ".")
    if not nothing.nearest:
        return Page(NO_CLAIM, "\n".join(lines), "The fact base is empty; moderators fill it by !claim add or !import")
    return Page(NO_CLAIM, "\n".join(lines), "!topics lists everything there is")


def overview_page(overview: Overview, title: str) -> Page:
    """Who says what, without a figure of any claim: counts only."""
    lines = [
        f"{bold(escape(voice.claimant))} — {'; '.join(map(escape, voice.through))}: "
        f"{voice.claims} {'claim' if voice.claims == 1 else 'claims'}, {voice.verified} verified by anybody"
        for voice in overview.voices
    ]
    summary = (
        f"{overview.claims} claims by {len(overview.voices)} claimants; {overview.verified} verified by anybody."
    )
    return Page(title, clip("\n".join([summary, "", *lines]), 4000), "The claims themselves follow page by page")


async def show(ctx: Context, snapshot: Snapshot, result: Result) -> None:
    """Reply with *result*; a reading chosen by button replaces the question in place."""
    match result:
        case Found():
            await send_pages(ctx, found_pages(snapshot, result, title_of(result), plain=not ctx.may_embed))
        case Nothing():
            miss = cast("Telling", ctx.bot).missed.note(ctx.workspace, ctx.asked)
            await send_pages(ctx, [nothing_page(result)], [] if miss is None else [TellMe(miss)])
        case Unsure():
            await _ask_back(ctx, snapshot, result)


async def _ask_back(ctx: Context, snapshot: Snapshot, unsure: Unsure) -> None:
    plain = not ctx.may_embed

    async def chosen(interaction: discord.Interaction[Any], option: Option | None) -> None:
        if option is None:
            if unsure.offered:
                cast("Telling", ctx.bot).missed.note(ctx.workspace, ctx.asked)
            result: Result = Nothing(asked=unsure.asked, nearest=tuple(snapshot.base.topics.values())[:5])
        else:
            result = await snapshot.work_out(snapshot.ask, option.question)
        pages = (
            found_pages(snapshot, result, title_of(result), plain=plain)
            if isinstance(result, Found)
            else [nothing_page(result if isinstance(result, Nothing) else Nothing(asked=unsure.asked))]
        )
        await replace_pages(interaction, pages, choice.message, plain=plain)

    choice = Choice(unsure.options, ctx.author.id, chosen)
    why = (
        "No claim says it in these words. One of these may be what is meant:"
        if unsure.offered
        else "That can be read in more than one way. Choose one:"
    )
    page = Page("Did you mean …?", why)
    choice.message = await ctx.respond(
        **({"content": page.content()} if plain else {"embeds": page.embeds()}), view=choice
    )


def title_of(found: Found) -> str:
    """What the claims found are about, by names of entries, markdown-safe: a page's title."""
    return named_titles(entry.name for entry in subjects(found))
