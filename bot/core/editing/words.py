"""Changing the words that a base has for each other."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.claims import WORD_KINDS, Wording
from bot.core.rules.headlines import headline_in
from bot.core.wording import refused, say
from bot.errors import NotFound

_LONGEST, _MOST_WORDS, _MOST_GROUPS, _MOST_OF_A_KIND = 40, 40, 500, 200
_BETWEEN = re.compile(r"[\s,;]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def words_of(typed: str) -> tuple[str, ...]:
    """The words in *typed*, in small letters; raises `Refused` for what is no word."""
    words = tuple(dict.fromkeys(word.casefold() for word in _BETWEEN.split(typed.strip()) if word))
    for word in words:
        if not _WORD.fullmatch(word) or len(word) > _LONGEST:
            raise refused("Give words of letters alone, with commas between; a name of several words is an alias.")
        if wrong := headline_in(word):
            raise refused("One of the words {fault}; a claim says so, no word of a question.", fault=say(wrong))
    return words


def with_words(wording: Wording, typed: str, kind: str = "") -> Wording:
    """
    *wording* with the words *typed* used for each other; they join the group that has one of them, if just one has.

    Args:
        kind: One of `WORD_KINDS`: the words, one or more, are of that kind instead.

    Raises:
        Refused: They are fewer than two, none of them is new to the group, or there are too many.
    """
    words = words_of(typed)
    if kind:
        there: tuple[str, ...] = getattr(wording, kind)
        new = tuple(word for word in words if word not in there)
        if not new or len(there) + len(new) > _MOST_OF_A_KIND:
            raise refused("None of these is new, or there would be more than {most}.", most=_MOST_OF_A_KIND)
        return replace(wording, **{kind: there + new})
    if len(words) < 2:
        raise refused("Give two words or more that mean the same here, such as ‘dead, killed’.")
    groups = list(wording.groups)
    having = [at for at, group in enumerate(groups) if not set(group).isdisjoint(words)]
    if any(set(words) <= set(groups[at]) for at in having):
        raise refused("These words are used for each other already.")
    if len(having) == 1:
        groups[having[0]] = tuple(dict.fromkeys((*groups[having[0]], *words)))
    else:
        groups.append(words)
    if len(groups) > _MOST_GROUPS or max(map(len, groups)) > _MOST_WORDS:
        raise refused(
            "There are {groups} groups of {words} words at most; take some away first.",
            groups=_MOST_GROUPS,
            words=_MOST_WORDS,
        )
    return replace(wording, groups=tuple(groups))


def without_words(wording: Wording, typed: str) -> Wording:
    """*wording* without the words *typed*; a group of one word is none. Raises `NotFound` for others."""
    words = set(words_of(typed))
    left = [tuple(word for word in group if word not in words) for group in wording.groups]
    groups = tuple(group for group in left if len(group) > 1)
    kinds = {kind: tuple(word for word in getattr(wording, kind) if word not in words) for kind in WORD_KINDS}
    after = replace(wording, groups=groups, **kinds)
    if after == wording:
        raise NotFound(say("No group has a word of these; !vocabulary shows them."))
    return after
