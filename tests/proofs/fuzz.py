"""
Whether anything that comes in from outside can make the bot fail.

    python -m tests.proofs.fuzz [--minutes 10] [--seed 1] [--only TARGET]

Each target gets bytes that were well formed once and were damaged since: bits, bytes and lines changed, doubled, cut
and moved, pieces of one put into another, and tokens that parsers trip over. What comes in is answered or refused by
an error of ours; anything else is a finding. What was found stays in tests/proofs/corpus/TARGET/ and is tried first.
Exits 1 when there was a finding.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.core.asking.reading.spelling import closest
from bot.core.asking.search import Searcher
from bot.core.claims import Wording
from bot.core.editing.articles import decoded, handed_in
from bot.core.intake.proposals import Article
from bot.core.intake.reading import read
from bot.errors import CaveatError
from bot.files.factfile import dump, load, parse
from bot.files.uploads import read_upload
from bot.intake.choosing import chosen
from tests.loopback import Loopback, payloads
from tests.loopback.payloads import CHANNELS, MEMBERS
from tests.proofs.scene import Scene

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
_LONGEST_S = 5.0
_WHOSE = {"guild_id", "author", "mentions", "id", "channel_id"}
_TOKENS = (
    b"\x00", b"\xff\xfe", b"\xe2\x80\xae", b"\xf0\x9f\x87\xba", b"&a [*a]", b"!!python/object:os.system", b"{" * 40,
    b"[" * 40, b"- " * 40, b"\r\n", b"1e999", b"-1", b"99999999999999999999", b"0x", b"0001-01-01", b"9999-99-99",
    b"null", b"~", b"'", b'"', b"@everyone", b"<@1>", b"||", b"```", b"%s", b"..", b",", b"\t", b"\xc2\xa0", b"C0",
    b"!", b":", b"a" * 3000, "\u0645\u0646".encode(), "\ud55c\uad6d".encode(), b"half a million", b"\xcc\x81" * 30,
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """What is tried: a name, what to begin with, and what is done with each; it raises when it fails."""

    name: str
    seeds: Sequence[bytes]
    run: Callable[[bytes], object]


def _questions() -> Target:
    base = load(ROOT / "data").base
    closed, opened = Searcher(base), Searcher(replace(base, wording=Wording()))

    def run(data: bytes) -> None:
        text = data.decode("utf-8", "replace")[:300]
        for searcher in (closed, opened):
            searcher.ask(text)
            searcher.alias_command(text)
            searcher.typed.opening(text)
        searcher = closed
        closest(text[:30], ["ask", "check"])

    lines = (ROOT / "benchmarks" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [str(json.loads(line)["question"]).encode() for line in lines[::12]]
    return Target("questions", asked, run)


def _fact_file() -> Target:
    whole = (ROOT / "data" / "fact-base.yaml").read_bytes()
    small = (ROOT / "bot" / "files" / "template.yaml").read_bytes()

    def run(data: bytes) -> None:
        parse(data.decode("utf-8", "replace"), Path("fact-base.yaml"))

    return Target("fact-file", [small, small, small, whole[:12_000]], run)


def _imports() -> Target:
    base = load(ROOT / "data").base
    small = (ROOT / "bot" / "files" / "template.yaml").read_bytes()
    table = b"id,statement,claimant,source,status,topics\nC1,Troops were killed.,Reuters,fox,none_stated,mines\n"
    names = ("base.yaml", "base.json", "base.csv", "base.zip", "base.yaml.gz")

    def run(data: bytes) -> None:
        for name in names:
            with suppress(CaveatError):
                read_upload(name, data, base)

    as_json = json.dumps({"format": 1, "claims": [{"id": 1, "statement": "x"}], "topics": {}}).encode()
    return Target("imports", [small, table, as_json, dump(base).encode()[:8_000]], run)


def _intake() -> Target:
    base = load(ROOT / "data").base
    proposer = chosen(None, "", "")
    article = (
        "Kyiv, 14 November (Reuters) - North Korea sent about 12,000 troops to Russia's Kursk region, South Korea's "
        "spy agency said on Friday.\n\n\u201cMore than 4,000 of them were killed or wounded,\u201d a spokesman told "
        "reporters. The figures could not be independently verified.\n\nRussia denied the report, Interfax "
        "reported. One in ten was hurt."
    )

    def run(data: bytes) -> None:
        with suppress(CaveatError):
            given = handed_in(decoded(data)[:4_000])
            read(Article(given.text, "Reuters", date(2025, 11, 14)), base, proposer)

    return Target("intake", [article.encode(), article[:120].encode(), article[120:].encode()], run)


def targets() -> list[Target]:
    """Those that are functions; component ids and gateway payloads go through a running bot."""
    return [_questions(), _fact_file(), _imports(), _intake()]


def damaged(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """One of *seeds*, damaged at a few places."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at, upto = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        upto = min(upto, at + chance.choice((1, 4, 40, 400)))
        match chance.randrange(7):
            case 0 if data:
                data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
            case 1:
                del data[at:upto]
            case 2:
                data[at:at] = data[at:upto] * chance.choice((1, 2, 20))
            case 3:
                other = chance.choice(seeds)
                begin = chance.randrange(len(other) + 1)
                data[at:upto] = other[begin : begin + chance.choice((1, 8, 80, 800))]
            case 4:
                lines = bytes(data).split(b"\n")
                chance.shuffle(lines)
                data = bytearray(b"\n".join(lines))
            case 5:
                data = data[:at]
            case _:
                data[at:upto] = chance.choice(_TOKENS)
    return bytes(data[:60_000])


def tried(target: Target, data: bytes) -> str | None:
    """What went wrong with *data*, in a line; None when it was answered or refused as it should be."""
    began = time.process_time()
    try:
        target.run(data)
    except CaveatError:
        pass
    except Exception:
        return traceback.format_exc().strip().splitlines()[-1] + " " + traceback.format_exc().strip().splitlines()[-3]
    spent = time.process_time() - began
    return f"took {spent:.1f} s" if spent > _LONGEST_S else None


def fuzz(target: Target, seconds: float, seed: int) -> dict[str, bytes]:
    """Try for so long; what was found, by what went wrong."""
    chance, found, count = random.Random(f"{target.name}/{seed}"), dict[str, bytes](), 0
    kept = [path.read_bytes() for path in sorted((CORPUS / target.name).glob("*"))]
    for data in (*kept, *target.seeds):
        if wrong := tried(target, data):
            found.setdefault(wrong, data)
    seeds, until = [*target.seeds, *kept], time.monotonic() + seconds
    while time.monotonic() < until:
        data = damaged(seeds, chance)
        count += 1
        if wrong := tried(target, data):
            found.setdefault(wrong, data)
    print(f"  {target.name}: {count} inputs, {len(kept)} kept ones, {len(found)} findings", flush=True)
    for wrong, data in found.items():
        name = sha256(data).hexdigest()[:12]
        (CORPUS / target.name).mkdir(parents=True, exist_ok=True)
        (CORPUS / target.name / name).write_bytes(data)
        print(f"    {name}: {wrong}")
    return found


async def fuzz_discord(seconds: float, seed: int) -> int:
    """
    Component ids and events that nobody would send, to a running bot; how many findings.

    It may answer them or not. It may not end, stop answering others, or leave a traceback of its own code.
    """
    chance, count = random.Random(seed), 0
    ids = [
        b"caveat:discard:1",
        b"caveat:tell:5",
        b"caveat:challenge",
        b"caveat:about:1:mines",
        b"caveat:intake:1:2:accept",
    ]
    with tempfile.TemporaryDirectory(prefix="fuzz") as folder:
        async with Loopback(keep=False) as discord:
            scene = Scene(discord, Path(folder))
            async with scene.begun():
                until = time.monotonic() + seconds
                while time.monotonic() < until:
                    for _ in range(20):
                        await _send_one(discord, ids, chance)
                        count += 1
                    await scene.recovered(30)
                own = [each for each in scene.trouble() if "Traceback" in each]
                ours = [line for line in scene.process.log.splitlines() if "/bot/" in line or "/cogs/" in line]
                alive = scene.process.running
    findings = len(ours) + (not alive)
    print(f"  component ids and events: {count} sent, {len(own)} tracebacks, {findings} findings")
    for line in ours[:10]:
        print(f"    {line.strip()}")
    return findings


async def _send_one(discord: Loopback, ids: Sequence[bytes], chance: random.Random) -> None:
    channel, who = chance.choice(CHANNELS), chance.choice(MEMBERS)
    shown = payloads.message("", channel, payloads.bot_user())
    match chance.randrange(3):
        case 0:
            custom_id = damaged(ids, chance).decode("utf-8", "replace")[:100]
            await discord.send_press(shown, custom_id)
        case 1:
            text = damaged([b"!ask how many were killed", b"!claim edit C14", b"!briefing daily 8"], chance)
            await discord.say(text.decode("utf-8", "replace")[:2000], channel=channel, who=who)
        case _:
            await discord.gateway.message(_broken(discord.said("!casualties", channel=channel, who=who), chance))


def _broken(message: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A message with one field that is missing, empty or of another kind; what says whose it is stays."""
    name = chance.choice(
        [each for each in message if each not in {"guild_id", "author", "mentions", "id", "channel_id"}]
    )
    others: list[Any] = [None, "", 0, -1, [], {}, "x" * 500, [[]], {"a": {"b": []}}]
    other = chance.choice(others)
    return {key: other if key == name else value for key, value in message.items()}


def main() -> int:
    """Fuzz every target for a share of the time; 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.fuzz", description=(__doc__ or "").split("\n")[1])
    parser.add_argument("--minutes", type=float, default=10, help="for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    chosen_ = parser.parse_args()
    found = sum(
        len(fuzz(each, chosen_.minutes * 60, chosen_.seed)) for each in targets() if chosen_.only in each.name
    )
    if chosen_.only in "discord":
        found += asyncio.run(fuzz_discord(chosen_.minutes * 60, chosen_.seed))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
