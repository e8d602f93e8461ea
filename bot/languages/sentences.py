"""The interface's own sentences in other languages, each file of `interface` a language; English is the key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Sentences:
    """
    What the interface says in one language.

    Attributes:
        code: ISO 639-1.
        name: As its speakers call it.
        locales: What Discord calls it.
        said: By the English sentence, with the same words in braces.
        plurals: By the English noun, `{n}` of it in each form that the language has.
        names: By the English name of a command or option, what the picker calls it.
    """

    code: str
    name: str
    locales: tuple[str, ...]
    said: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]

    def counted(self, count: int, noun: str) -> str | None:
        """`3 claims` in the language; None for a noun that it has not."""
        forms = self.plurals.get(noun)
        return forms[FORMS[self.code](count)].format(n=count) if forms else None


def _slavic(count: int, *, one: bool) -> int:
    last, two = count % 10, count % 100
    if one:
        return 0
    return 1 if 2 <= last <= 4 and not 12 <= two <= 14 else 2


_FOLDER = resources.files("bot.languages").joinpath("interface")

FORMS: Mapping[str, Callable[[int], int]] = {
    "de": lambda count: int(count != 1),
    "es": lambda count: int(count != 1),
    "it": lambda count: int(count != 1),
    "fr": lambda count: int(count > 1),
    "ko": lambda _: 0,
    "pl": lambda count: _slavic(count, one=count == 1),
    "ru": lambda count: _slavic(count, one=count % 10 == 1 and count % 100 != 11),
    "uk": lambda count: _slavic(count, one=count % 10 == 1 and count % 100 != 11),
}
"""Which form a language takes for a number, as in the Unicode CLDR."""


@cache
def sentences(code: str) -> Sentences | None:
    """What the interface says in the language with this code; None where there is no file of it, as for English."""
    return _read(_FOLDER.joinpath(f"{code}.toml")) if code in _codes() else None


@cache
def translations() -> Mapping[str, Sentences]:
    """Every language there is a file of, by its code; English needs none."""
    return {code: told for code in _codes() if (told := sentences(code))}


@cache
def _codes() -> tuple[str, ...]:
    return tuple(sorted(each.name.removesuffix(".toml") for each in _FOLDER.iterdir() if each.name.endswith(".toml")))


def _read(file: Traversable) -> Sentences:
    tree = tomllib.loads(file.read_text("utf-8"))
    return Sentences(
        tree["code"],
        tree["name"],
        tuple(tree["locales"]),
        tree["said"],
        {noun: tuple(forms) for noun, forms in tree["plurals"].items()},
        tree["names"],
    )
