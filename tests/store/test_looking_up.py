"""What is kept of members' questions and answers may be millions of rows: nothing looks through them all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.core.editing.queue import Miss
from bot.core.history.receipts import Shown
from bot.store.database import Database
from bot.store.misses import KEPT, Misses
from bot.store.past import Past
from bot.store.receipts import Receipts
from tests.factories import a_base, a_claim
from tests.store.conftest import Seed

NOW = datetime(2026, 1, 1, tzinfo=UTC)

LOOKED_UP: dict[str, tuple[Callable[[Misses, Receipts], Awaitable[object]], str]] = {
    "a refused question": (lambda misses, _: misses.add([_miss(6)]), ""),
    "the list of misses": (lambda misses, _: misses.all(1, NOW), "miss USING INDEX ix_miss_workspace_made_at"),
    "who waits, after each change": (lambda misses, _: misses.awaited(1), "miss USING INDEX sqlite_autoindex_miss_1"),
    "Tell me": (lambda misses, _: misses.wait(1, 5, "7"), "miss USING INDEX sqlite_autoindex_miss_1"),
    "the daily purge": (lambda misses, _: misses.purge(NOW), "miss USING INDEX ix_miss_made_at"),
    "an answer": (lambda _, receipts: receipts.add([_shown(4)]), ""),
    "a receipt": (lambda _, receipts: receipts.of(1, 3), "receipt USING INDEX sqlite_autoindex_receipt_1"),
    "a correction": (lambda _, receipts: receipts.shown(1, NOW), "receipt USING INDEX ix_receipt_workspace_made_at"),
}
"""What is done, and the index by which SQLite must find the rows for it; for none, nothing is looked up."""


def _miss(number: int, at: datetime = NOW) -> Miss:
    return Miss(number, 1, "zithers", at)


def _shown(message: int) -> Shown:
    return Shown(1, 2, message, "casualties", NOW, ((1, 1),))


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", LOOKED_UP)
async def test_rows_are_found_by_an_index(database: Database, put: Seed, what: str) -> None:
    """However many there are, an answer and a refused question cost the same."""
    await put(a_base())
    do, index = LOOKED_UP[what]
    plans: list[str] = []

    def explain(cursor: Any, statement: str, parameters: Any) -> None:
        if statement.startswith(("SELECT", "DELETE")):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[3] for row in cursor.fetchall())

    def listen(_: Any, cursor: Any, statement: str, parameters: Any, *__: Any) -> None:
        explain(cursor, statement, parameters)

    event.listen(database.engine.sync_engine, "before_cursor_execute", listen)
    await do(Misses(database), Receipts(database))

    looked_through = [each for each in plans if each.startswith(("SCAN miss", "SCAN receipt"))]
    assert not looked_through
    assert any(f"SEARCH {index}" in each for each in plans) if index else not plans


async def test_what_is_old_goes_in_slices(database: Database, put: Seed) -> None:
    """Nobody waits long behind the daily purge."""
    await put(a_base())
    misses = Misses(database)
    await misses.add([_miss(number, NOW - KEPT - timedelta(days=1)) for number in range(1, 701)])
    gone = [await misses.purge(NOW) for _ in range(3)]

    assert sorted(gone) == [0, 200, 500]


async def test_the_past_of_more_claims_than_one_query_takes_is_read(database: Database, put: Seed) -> None:
    """And put together beside the event loop."""
    await put(a_base([a_claim(1), a_claim(2)]))
    wanted = dict.fromkeys(range(1, 40000), 1) | {2: 7}

    assert list(await Past(database).claims(1, wanted, NOW)) == [1]
    assert list((await Past(database).base(1, NOW)).claims) == [1, 2]
