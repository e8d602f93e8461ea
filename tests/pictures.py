"""
What docs/ shows: the newcomer's page on a desk's screen and a phone, an intake, what the bot draws, a briefing.

    python -m tests.pictures FOLDER [LINE]...      the answers to LINEs instead, on both screens; FACT_BASE counts
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from bot.core.asking.comparison import panels
from bot.core.briefing.briefings import compose
from bot.files.factfile import load
from bot.ui.asking.charts import comparison_picture
from bot.ui.briefing.documents import pdf_of
from tests.browser import ROOT, Browser, browser, offline_page

WIDTHS = {"wide": (1280, 900), "phone": (390, 844)}
SHOWN = {
    "casualties": ("!casualties", ("wide", "phone")),
    "sources": ("!sources kursk", ("phone",)),
    "compare": ("!compare casualties", ("phone",)),
    "brief": ("!brief", ("phone",)),
    "help": ("!help", ("wide", "phone")),
    "refusal": ("!ask what is there for lunch?", ("phone",)),
    "question-back": ("!ask what gadgets do they use to sniff out bombs", ("wide", "phone")),
}
"""By the name of the picture: what is typed, and how wide the screen is."""
_SETTLED_S = 1.5
"""Pictures inside an answer load after its text."""
_DAY = date(2025, 12, 5)


async def take(folder: Path, wanted: dict[str, tuple[str, tuple[str, ...]]]) -> None:
    """Write pictures of the page into *folder*."""
    for width, (across, down) in WIDTHS.items():
        with tempfile.TemporaryDirectory() as kept:
            async with (
                offline_page(Path(kept) / "caveat.db") as address,
                browser(address, width=across, height=down) as page,
            ):
                for name, (line, widths) in wanted.items():
                    if width in widths:
                        await page.say(line)
                        (folder / f"{name}-{width}.png").write_bytes(await _channel(page))


async def take_in(folder: Path) -> None:
    """Write pictures of the way from an article to answers, on a server that starts empty."""
    article = (ROOT / "benchmarks" / "bases" / "texts" / "ferry.txt").read_text("utf-8")
    with tempfile.TemporaryDirectory() as kept:
        async with (
            offline_page(Path(kept) / "caveat.db", FACT_BASE="") as address,
            browser(address, width=900, height=1150) as page,
        ):
            await page.view_as("Moderator")
            (folder / "intake-1-begin.png").write_bytes(await _channel(page))
            await page.press("Start empty")
            await page.say("!intake")
            await page.press("Paste an article")
            await page.fill(article, "", "", "https://channel.example/ferry", "Ferry")
            (folder / "intake-2-paste.png").write_bytes(await page.picture())
            await page.submit()
            await page.until("document.body.innerText.includes('A new claim')")
            (folder / "intake-3-page.png").write_bytes(await _channel(page))
            number = 1
            while not await page.offers("Link as competing"):
                number = await _accepted(page, number)
            (folder / "intake-4-competing.png").write_bytes(await _channel(page))
            await page.press("Link as competing")
            await page.until("document.body.innerText.includes('Relations: disputes')")
            await _accepted(page, number)
            await page.say("!ferry")
            (folder / "intake-5-answer.png").write_bytes(await _channel(page))


async def _accepted(page: Browser, number: int) -> int:
    await page.press("Accept")
    await page.until(f"document.body.innerText.includes('Accepted: C{number}.')")
    return number + 1


async def _channel(page: Browser) -> bytes:
    await asyncio.sleep(_SETTLED_S)
    area = await page.run(
        "(({x, y, width, height}) => ({x, y, width, height, scale: 1}))"
        "(document.querySelector('#channel-layout').getBoundingClientRect())"
    )
    return await page.picture(area)


def draw(folder: Path) -> None:
    """Write what the bot draws itself: figures of one topic compared, and a briefing of all there is."""
    base = load(ROOT / "data").base
    compared = panels([claim for claim in base.live if len(base.disputes.get(claim.number, ())) > 0], base.metrics)
    (folder / "comparison-dark.png").write_bytes(comparison_picture("Casualties · Troops", compared).png)
    document = folder / "briefing.pdf"
    document.write_bytes(pdf_of(compose(base, base.live, "", today=_DAY), base))
    command = ["pdftoppm", "-r", "60", "-png", "-l", "2", document, folder / "briefing"]
    subprocess.run(command, check=True)  # noqa: S603 our own paths, a tool of the person who runs it


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("line", nargs="*")
    given = parser.parse_args()
    folder: Path = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    lines: list[str] = given.line
    if not lines:
        draw(folder)
        asyncio.run(take_in(folder))
    asyncio.run(take(folder, {str(at): (line, tuple(WIDTHS)) for at, line in enumerate(lines, start=1)} or SHOWN))


if __name__ == "__main__":
    main()
