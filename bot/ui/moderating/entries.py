"""Lists of what claims refer to, and what a change of a name looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.core.claims import WORD_KINDS, Entry, FactBase, Source, Wording
from bot.core.dates import day_words
from bot.core.plurals import plural
from bot.core.rules.headlines import headline_in
from bot.core.wording import say
from bot.ui.kit.embeds import Page, packed_pages
from bot.ui.kit.text import bold, clip, escape, link

_LINES = 12
_ALIASES = 90
_WORDS = 300


def entry_list(title: str, entries: Mapping[str, Entry]) -> list[Page]:
    """Name, key and other names of each entry; those that hold a figure are left out, as nobody stands by them."""
    return _pages(title, [_line(entry) for entry in entries.values()])


def _line(entry: Entry) -> str:
    shown = [alias for alias in entry.aliases if not headline_in(alias)]
    aliases = f": {escape(clip(', '.join(shown), _ALIASES))}" if shown else ""
    return f"{bold(escape(entry.name))} (`{entry.key}`){aliases}"


def source_list(base: FactBase) -> list[Page]:
    """Every source: publisher, date, title, key, and how many claims were read in it."""
    read: dict[str, int] = {}
    for claim in base.live:
        read[claim.attribution.source.key] = read.get(claim.attribution.source.key, 0) + 1
    return _pages(say("Sources"), [_source_line(source, read.get(source.key, 0)) for source in base.sources.values()])


def _source_line(source: Source, claims: int) -> str:
    titled = f": {escape(clip(source.title, _ALIASES))}" if source.title and not headline_in(source.title) else ""
    head = f"{bold(escape(source.publisher.name))}, {day_words(source.published_on)} (`{source.key}`)"
    retrieved = [say("retrieved {day}", day=day_words(source.retrieved_on))] if source.retrieved_on else []
    return ", ".join([f"{head}{titled}", *retrieved, *_linked(source), plural(claims, "claim")])


def _linked(source: Source) -> list[str]:
    """Its address; where that holds a figure or a verdict, as slugs of headlines do, only that it has one."""
    if not source.url:
        return []
    words = re.sub(r"[\W_]+", " ", source.url)
    return [link(source.url)] if not headline_in(words) else [say("with an address (its claims show it)")]


def words_list(wording: Wording) -> list[Page]:
    """The words that are used for each other, group by group; a figure or a verdict among them is left out."""
    groups = [[word for word in group if not headline_in(word)] for group in wording.groups]
    lines = [escape(clip(", ".join(group), _WORDS)) for group in groups if group]
    for kind, called in WORD_KINDS.items():
        if words := [word for word in getattr(wording, kind) if not headline_in(word)]:
            lines.append(f"{bold(say(called))}: {escape(clip(', '.join(words), _WORDS))}")
    if wording.closed:
        lines.insert(0, say("With the names and the claims these are all the words that are understood here."))
    return _pages(say("Words used for each other"), lines)


def _pages(title: str, lines: Sequence[str]) -> list[Page]:
    none = "" if lines else say("There are none yet.")
    return packed_pages(title, lines, opening=none, most=_LINES, numbered=True)


def alias_line(entry: Entry, *, added: bool) -> str:
    """What a change of an alias did."""
    named = {"kind": say(entry.kind), "name": bold(escape(entry.name))}
    if added:
        return say("From now on {kind} {name} answers to another name.", **named)
    return say("From now on {kind} {name} no longer answers to that name.", **named)
