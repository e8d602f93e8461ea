"""
Pictures of answers on the newcomer's page, as wide as a desk's screen and as a phone's.

    python -m tests.pictures FOLDER      one PNG for each of LINES and each width
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.browser import browser, offline_page

LINES = {
    "casualties": "!casualties",
    "refusal": "!ask what is there for lunch?",
    "sources": "!sources kursk",
    "compare": "!compare casualties",
    "brief": "!brief",
    "help": "!help",
    "question-back": "!ask did china send soldiers",
}
WIDTHS = {"wide": (1280, 900), "phone": (390, 844)}
_SETTLED_S = 1.5
"""Pictures inside an answer load after its text."""


async def take(folder: Path) -> None:
    """Write the pictures into *folder*."""
    for width, (across, down) in WIDTHS.items():
        with tempfile.TemporaryDirectory() as kept:
            async with (
                offline_page(Path(kept) / "caveat.db") as address,
                browser(address, width=across, height=down) as page,
            ):
                for name, line in LINES.items():
                    await page.say(line)
                    await asyncio.sleep(_SETTLED_S)
                    area = await page.run(
                        "(({x, y, width, height}) => ({x, y, width, height, scale: 1}))"
                        "(document.querySelector('#channel-layout').getBoundingClientRect())"
                    )
                    (folder / f"{name}-{width}.png").write_bytes(await page.picture(area))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(folder))


if __name__ == "__main__":
    main()
