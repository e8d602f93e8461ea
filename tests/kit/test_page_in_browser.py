"""The newcomer's page in a real browser, and the README's examples on a fresh server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser import CHROMIUM, browser, offline_page
from tests.desk import Desk

ROOT = Path(__file__).parents[2]
_UNCERTAIN = "uncertain"

LINES = {
    "!casualties": "Disputed: 3 claims by 2 claimants; nobody could verify any.",
    "!ask lunch": "No claim in the fact base matches that.",
    "!help nonsense": "There is no command",
    "!sources kursk": "Sources: Kursk region",
    "!compare casualties": "Compare: Casualties",
    "!brief": "Briefing",
    "!claim C8": "Figures: ",
    "!help": "Keep true",
}
"""What a newcomer types, one line after the other, and what the page shows then."""


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed (Debian: apt-get install chromium)")
async def test_every_answer_comes_into_view_and_the_page_never_freezes(tmp_path: Path) -> None:
    """While simulated time passes, after a mistake, and below a picture that loads late."""
    async with offline_page(tmp_path / "caveat.db") as address, browser(address) as page:
        assert "Five things to try" in await page.run("document.body.innerText")
        for line, shown in LINES.items():
            assert shown in await page.say(line), line
            assert _UNCERTAIN not in await page.status(), line
            assert await page.in_view(), line
        await page.press("Next ›")
        await page.until("document.body.innerText.includes('!sources [about]')")
        assert _UNCERTAIN not in await page.status()


def _examples() -> list[str]:
    """The commands in the README's table for members, without what may be left out."""
    table = (ROOT / "README.md").read_text("utf-8").partition("## Commands")[2].partition("Moderators keep")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `!")]
    found = [example for cell in cells for example in re.findall(r"`(![^`]+)`", cell)]
    return [
        re.sub(r"\s*\[[^\]]*\]", "", example).replace("C14 reason", "C14 another outlet differs") for example in found
    ]


async def test_the_readmes_examples_work_on_a_fresh_server(desk: Desk) -> None:
    """Each is answered, none with a refusal; what works on a message is used as a reply to one."""
    answered = await desk.say("!casualties")
    assert answered is not None
    for example in _examples():
        before = len(desk.channel.history())
        on_a_message = example in {"!receipt", "!check", "!why"}
        await desk.member.send(desk.channel, example, reply_to=answered if on_a_message else None)
        assert len(desk.channel.history()) > before + 1, example
        reply = desk.channel.history()[-1]
        shown = reply.content + "".join(embed.title or "" for embed in reply.embeds)
        assert not re.search("No claim|Usage|Only m|Only a|There is no|Did you mean", shown), (example, shown)
