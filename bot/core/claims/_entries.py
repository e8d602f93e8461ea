"""What claims refer to: topics, places, parties, metrics, and the documents in which they were read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from bot.core.wording import later, say
from bot.errors import InvalidClaim

_URL = re.compile(r"https?://[^\s<>\"\\^`{|}]+\.[^\s<>\"\\^`{|}]+")
"""Nothing that could end a link early in Markdown's pointed brackets, and nothing that could be run."""

NAME_LENGTH = 120
URL_LENGTH = 500


def check_length(what: str, text: str, most: int, **named: str) -> None:
    if len(text) > most:
        raise InvalidClaim(
            say("{what} is {n} characters long; {most} is the most.", what=say(what, **named), n=len(text), most=most)
        )


class Kind(StrEnum):
    """What a name in the fact base stands for."""

    TOPIC = "topic"
    PLACE = "place"
    PARTY = "party"
    METRIC = "metric"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A named thing that claims refer to, with its other names in any script.

    Attributes:
        key: Stable identifier, `[a-z0-9-]+`, unique within its kind.
        name: As shown to people.
        aliases: Other names: spellings, other scripts, roles, chat words. The name itself is not repeated.
        about: One sentence for people, without figures; may be empty.
        part_of: Key of the entry of the same kind that this one belongs to (a ministry to its country).
    """

    kind: ClassVar[Kind]
    key: str
    name: str
    aliases: tuple[str, ...] = ()
    about: str = ""
    part_of: str | None = None

    def __post_init__(self) -> None:
        if not self.key.strip() or not self.name.strip():
            raise InvalidClaim(say("A {kind} needs a key and a name.", kind=say(self.kind)))
        check_length(later("The name of {kind} “{key}”"), self.name, NAME_LENGTH, kind=say(self.kind), key=self.key)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it answers to, the shown one first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Topic(Entry):
    """What claims are about."""

    kind: ClassVar[Kind] = Kind.TOPIC


@dataclass(frozen=True, slots=True)
class Place(Entry):
    """Where it happens."""

    kind: ClassVar[Kind] = Kind.PLACE


@dataclass(frozen=True, slots=True)
class Party(Entry):
    """
    A person, body, state, outlet or described group.

    Attributes:
        members: Keys of the parties a described group is made of ("South Korean … sources" → south-korea).
        style: How it is worded as a claimant, where the bare name would not say who it is
            ("Ukrainian President Volodymyr Zelensky"); empty: the name.
    """

    kind: ClassVar[Kind] = Kind.PARTY
    members: tuple[str, ...] = ()
    style: str = ""

    def __post_init__(self) -> None:
        Entry.__post_init__(self)
        check_length(later("The style of party “{key}”"), self.style, NAME_LENGTH, key=self.key)


@dataclass(frozen=True, slots=True)
class Metric(Entry):
    """What a figure counts; its aliases are the words people ask with, not commands."""

    kind: ClassVar[Kind] = Kind.METRIC


@dataclass(frozen=True, slots=True)
class Source:
    """
    The document in which we read it (W3C PROV's primary source). Its text is not stored, only its SHA-256.

    Attributes:
        url: Where it can be read, `http` or `https`; empty where nobody noted that.
        retrieved_on: The day it was read there; None likewise.
    """

    kind: ClassVar[str] = "source"
    key: str
    publisher: Party
    published_on: date
    sha256: str
    title: str = ""
    url: str = ""
    retrieved_on: date | None = None

    def __post_init__(self) -> None:
        if self.url and not _URL.fullmatch(self.url):
            raise InvalidClaim(
                say(
                    "“{url}” is no address of a page; write it whole, like https://example.org/article.",
                    url=self.url[:NAME_LENGTH],
                )
            )
        check_length(later("The address of source “{key}”"), self.url, URL_LENGTH, key=self.key)
