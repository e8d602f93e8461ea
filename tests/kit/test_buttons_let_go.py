"""Buttons that retired hold nothing: the collector comes by seldom, and until then each would keep its pages."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest

from bot.core.asking.search import Option
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import Page
from bot.ui.kit.forms import Confirm
from bot.ui.kit.host import Press
from bot.ui.kit.lasting import ReplyView
from bot.ui.kit.pages import Choice, Pager


async def _chosen(press: Press, option: Option | None = None) -> None:
    raise AssertionError


PAGES = [Page("First", begins=("one", "two")), Page("Second", begins=("three",)), Page("Third")]


@pytest.fixture
def _no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
@pytest.mark.parametrize(
    "made",
    [
        lambda: Pager(PAGES, 1, plain=False),
        lambda: Pager(PAGES[:2], 1, plain=True),
        lambda: Choice([Option("Deaths — UN", "C1")], 1, _chosen),
        lambda: Confirm(1, Rank.MEMBER, "Yes", _chosen, "No"),
    ],
)
async def test_buttons_that_retired_are_gone_without_the_collector(made: Callable[[], ReplyView]) -> None:
    """Of every kind that many people see."""
    view = made()
    gone = weakref.ref(view)
    await view.on_timeout()
    del view
    assert gone() is None
