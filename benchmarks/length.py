"""
How long answers are to read: the first screen of each, in characters as a client shows them.

    python -m benchmarks.length               medians now, beside those before answers put the point first
    python -m benchmarks.length --longest 5   and the longest first screens

Questions are those of `questions.jsonl`, on the curated fact base. What stood before was measured in the same way on
the same questions, at commit 76425dd.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from benchmarks.questions import cases
from bot.core.asking.results import Found, Nothing
from bot.core.asking.search import Searcher
from bot.files.factfile import load
from bot.services.answers import Snapshot
from bot.ui.asking.answers import nothing_page
from bot.ui.asking.finding import found_pages, title_of
from bot.ui.kit.embeds import Page
from bot.ui.kit.text import as_shown

BEFORE = {"answers": 626, "refusals": 144, "both": 371}
MOST = 0.60
"""What a median answer may have of what it had."""

_FACT_BASE = Path(__file__).parent.parent / "data"


def characters(page: Page) -> int:
    """Of a page, as a client shows it, without its buttons."""
    columns = (f"{as_shown(heading)}\n{as_shown(text)}" for heading, text in page.columns)
    parts = (as_shown(page.title), as_shown(page.body), *columns, page.footer)
    return len("\n".join(part for part in parts if part))


def measured() -> dict[str, list[tuple[int, str]]]:
    """Length and question of every first screen: answers and refusals. Questions back have buttons, no text."""
    base = load(_FACT_BASE).base
    snapshot = Snapshot(base, Searcher(base))
    found: dict[str, list[tuple[int, str]]] = {"answers": [], "refusals": []}
    for case in cases():
        result = snapshot.ask(case.question)
        if isinstance(result, Found):
            first = found_pages(snapshot, result, title_of(result), plain=False)[0]
            found["answers"].append((characters(first), case.question))
        elif isinstance(result, Nothing):
            found["refusals"].append((characters(nothing_page(result, base)), case.question))
    return found


def main() -> None:
    """Run from the command line; fails where a median answer is longer than it may be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--longest", type=int, default=0, help="list as many of the longest answers")
    arguments = parser.parse_args()
    found = measured()
    found["both"] = found["answers"] + found["refusals"]
    for what, rows in found.items():
        now = statistics.median(length for length, _ in rows)
        share = now / BEFORE[what]
        print(f"{what:9} {len(rows):5}  median {now:5.0f} characters, before {BEFORE[what]}: {share:.0%}")
    for length, question in sorted(found["answers"], reverse=True)[: arguments.longest]:
        print(f"{length:6} {question}")
    answer = statistics.median(length for length, _ in found["answers"])
    if answer > MOST * BEFORE["answers"]:
        raise SystemExit(f"A median answer has more than {MOST:.0%} of what it had.")


if __name__ == "__main__":
    main()
