"""What is filled in, listed or offered fits what Discord takes, and is not cut where it would mean something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import discord
import pytest
from discord.ext import commands

from bot.core.asking.results import Found
from bot.core.claims import Caveat, FactBase, Kind, Quotation, Topic
from bot.core.history.changes import Change
from bot.core.history.following import News, Owed
from bot.core.setup import Setup
from bot.errors import Refused
from bot.services.answers import Snapshot
from bot.services.corrections import Correction
from bot.ui.asking.assertions import remark
from bot.ui.asking.single_pages import claim_page, quote_text, topic_pages
from bot.ui.kit.completion import complete_entries
from bot.ui.kit.embeds import CONTENT, DESCRIPTION, claim_pages
from bot.ui.kit.files import read_whole
from bot.ui.kit.forms import Form
from bot.ui.kit.host import Press
from bot.ui.kit.places import PlaceOption
from bot.ui.moderating.entries import entry_list
from bot.ui.moderating.imports import fault_pages
from bot.ui.moderating.setup import setup_page
from bot.ui.tracing.corrections import correction_pages
from bot.ui.tracing.following import feed_bodies, news_messages
from tests.factories import a_base, a_claim, a_party

LONG = (
    "An association of everybody who ever counted anything along the whole of the northern border in winter and after"
)


@pytest.mark.parametrize("sign", ["a ", "_ "])
def test_the_largest_claim_is_whole_or_named_in_every_plain_message(sign: str) -> None:
    """However much its marks take when they are escaped: no message is longer than Discord takes, no block is cut."""
    claim = a_claim(
        7,
        sign * 249 + "x",
        claimant=a_party("a" + sign * 59 + "x"),
        relayed_by=[a_party(f"{n}{sign * 59}".strip()) for n in "bcd"],
        status="not_independently_verified",
        caveats=[Caveat(f"{n}{sign * 149}".strip(), f"{n}{sign * 59}".strip()) for n in "bcd"],
        quotations=(Quotation(sign * 249 + "x"),),
        editor_note=sign * 499 + "x",
    )
    base, gone = a_base([claim]), Change(("retired",), claim, replace(claim, retired="x"))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    news = News(Owed(1, "1", (), {7: 1}, at), (gone,))
    told = [each["content"] for each in (*news_messages(news, {}, "First", "UTC"), *feed_bodies(news, "discord.com"))]
    told += [quote_text(claim), claim_page(claim, base, plain=True).content(), remark(claim, base).content()]
    pages = [*claim_pages("Losses", [claim], base=base, plain=True)]
    pages += correction_pages(Correction(1, 2, gone, "x", at), plain=True)
    for text in (*told, *(page.content() for page in pages)):
        assert len(text) <= CONTENT
        assert "C7" in text
        assert text.count("Attribution:") == text.count("Verification:")


async def _sent(_: Press, typed: dict[str, str]) -> None: ...


@pytest.mark.parametrize("length", [500, 501, 4000, 4001])
async def test_a_form_never_cuts_what_it_is_filled_in_with(length: int) -> None:
    """Sent back as it is, it changes nothing; what no field of Discord's holds is not asked for."""
    form = Form("A claim", _sent, {"statement": "x" * length})
    form.ask("statement", "Statement", most=500)
    asked = [
        cast("discord.ui.TextInput[Any]", cast("discord.ui.Label[Any]", each).component) for each in form.children
    ]

    assert [each.default for each in asked] == (["x" * length] if length <= 4000 else [])
    assert all(length <= (each.max_length or 0) for each in asked)


def test_settings_of_a_large_server_fit_a_page() -> None:
    """However many roles moderate and channels are quiet, `!setup` shows the rest."""
    many = tuple(range(10**17, 10**17 + 300))
    page = setup_page(Setup(moderators=many, muted=tuple(f"{each}:remarks" for each in many)))

    assert "and 280 more" in page.body
    assert len(page.content()) <= CONTENT


def test_a_list_of_names_leaves_none_out_and_fits_a_plain_message() -> None:
    """Their descriptions may be as long as they like."""
    topics = {f"t{n}": Topic(f"t{n}", f"Topic number {chr(97 + n)}", about="word " * 40) for n in range(26)}
    base = a_base([a_claim(n, topics=(topic,)) for n, topic in enumerate(topics.values(), start=1)])
    for pages in (topic_pages(base, "!"), entry_list("Topics", base.topics)):
        told = "\n".join(page.body for page in pages)
        assert all(topic.name in told for topic in topics.values())
        assert all(len(page.content()) <= CONTENT for page in pages)


def test_faults_of_a_file_fit_their_pages() -> None:
    """Each is told, though one alone may be as long as a page."""
    pages = fault_pages([f"{n}: {'word ' * 500}" for n in range(12)])
    told = "\n".join(page.body for page in pages)

    assert all(f"{n}: word" in told for n in range(12))
    assert all(len(page.body) <= DESCRIPTION for page in pages)


def test_a_name_too_long_for_an_option_is_offered_by_its_key() -> None:
    """Where one entry is meant: cut, the name would be nobody's. A question finds it all the same."""
    topic = Topic("counters", LONG)
    snapshot = Snapshot(a_base([a_claim(1, topics=(topic,))]))
    (meant,) = complete_entries(snapshot, "An association", frozenset({Kind.TOPIC}))
    (asked,) = complete_entries(snapshot, "An association")

    assert len(LONG) > 100 >= len(meant.name)
    assert meant.value == "counters"
    assert isinstance(snapshot.about(asked.value), Found)


class _Gone:
    """A file that was deleted before it was read."""

    size = 10

    async def read(self) -> bytes:
        raise discord.NotFound(cast("Any", _Answer()), "gone")


class _Answer:
    status, reason = 404, "Not Found"


class _Unseen:
    """A channel picked in a slash command that the bot may not fetch."""

    mention = "<#123456789012345678>"

    def resolve(self) -> None: ...

    async def fetch(self) -> discord.Thread:
        raise discord.Forbidden(cast("Any", _Answer()), "Missing Access")


async def test_a_channel_that_the_bot_does_not_see_is_no_fault_of_ours() -> None:
    """It is told as one that is not there."""
    with pytest.raises(commands.ChannelNotFound):
        await PlaceOption().transform(cast("Any", None), cast("Any", _Unseen()))


async def test_a_file_that_is_gone_is_told_in_a_sentence() -> None:
    """Not by a reference code, as if it were a fault of ours; neither is one that is too large."""
    with pytest.raises(Refused, match="Try again"):
        await read_whole(cast("Any", _Gone()), 10, "Too large.")
    with pytest.raises(Refused, match="Too large"):
        await read_whole(cast("Any", _Gone()), 9, "Too large.")


def test_an_empty_base_lists_nothing_and_says_so() -> None:
    """One page, not none."""
    assert [page.body for page in entry_list("Topics", FactBase().topics)] == ["There are none yet."]
