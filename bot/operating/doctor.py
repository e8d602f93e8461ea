"""`python bot.py doctor`: what is set, what works, and what to do where it does not."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
import discord
from discord.http import Route
from sqlalchemy import make_url

from bot import encoder
from bot.checking import report
from bot.errors import CaveatError
from bot.intake import parser
from bot.operating.backups import NAMES
from bot.operating.posting import barred, clock_ahead
from bot.operating.unanswered import give_up_in_time
from bot.settings import Settings
from bot.store.claims import FactBases
from bot.store.database import opened
from bot.store.postings import Postings
from bot.ui.kit.fonts import face_of

_TOKEN = re.compile(r"[\w-]{20,}\.[\w-]{5,}\.[\w-]{25,}")
_ROOM_MB = 200
_CLOCK_S = 30
_ZONE = "Europe/Kyiv"
_SCRIPTS = {"Arabic": "ع", "Chinese": "国", "Japanese": "の", "Korean": "한"}


@dataclass(frozen=True, slots=True)
class Check:
    """
    One thing that was looked at.

    Attributes:
        sound: Whether it is as it should be.
        said: What was found; where it is not sound, what to do.
    """

    name: str
    sound: bool
    said: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.sound else 'MEND'} {self.name}: {self.said}"


async def examine(settings: Settings, *, offline: bool = False) -> AsyncIterator[Check]:
    """Every check, in order; none of them changes anything but that the database is brought to the newest schema."""
    for check in (
        *_token(settings),
        _facts(settings),
        *_places(settings),
        *_backups(settings),
        _zones(),
        _typefaces(),
        _extras(),
        _speed(),
    ):
        yield check
    yield await _database(settings)
    if settings.discord_token is not None and not offline:
        for check in await _discord(settings):
            yield check


def _token(settings: Settings) -> Iterator[Check]:
    if settings.discord_token is None:
        yield Check("token", True, "none is set: the bot runs offline. Set DISCORD_TOKEN for Discord.")
    elif not _TOKEN.fullmatch(settings.discord_token.get_secret_value()):
        yield Check("token", False, "it does not look like a bot's token; copy it again from the developer portal.")
    else:
        yield Check("token", True, "it looks like one")


def _facts(settings: Settings) -> Check:
    if settings.fact_base is None:
        return Check("fact base", True, "FACT_BASE is empty: servers begin with an empty base")
    findings = report(settings.fact_base)
    if findings:
        return Check("fact base", False, f"{len(findings)} findings; run python bot.py check. {findings[0]}")
    return Check("fact base", True, f"{settings.fact_base} is clean")


def _places(settings: Settings) -> Iterator[Check]:
    target = make_url(settings.database_url)
    if target.get_backend_name() != "sqlite" or not target.database:
        return
    file = Path(target.database)
    folder = next(each for each in (file.parent, *file.parent.absolute().parents) if each.exists())
    free = shutil.disk_usage(folder).free // 2**20
    if not os.access(file if file.exists() else folder, os.W_OK):
        yield Check("disk", False, f"{file} cannot be written; give its folder to the bot's user.")
    else:
        enough = free >= _ROOM_MB
        yield Check("disk", enough, f"{free} MB free{'' if enough else f'; make room for at least {_ROOM_MB} MB'}")
    if file.exists() and file.stat().st_mode & 0o077:
        yield Check("privacy", False, f"others may read {file}; run chmod 600 {file}.")


def _backups(settings: Settings) -> Iterator[Check]:
    folder = settings.backup_dir
    if folder is None:
        yield Check("backups", True, "BACKUP_DIR is empty: none is made. Set it, or see to backups yourself.")
        return
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not os.access(there, os.W_OK):
        yield Check("backups", False, f"{folder} cannot be written; give it to the bot's user.")
    else:
        newest = max(folder.glob(NAMES), default=None)
        yield Check(
            "backups", True, f"the newest is {newest.name}" if newest else "none yet; the bot makes one a day"
        )


def _zones() -> Check:
    try:
        ZoneInfo(_ZONE)
    except ZoneInfoNotFoundError:
        return Check("time zones", False, "the zone data is missing; install the package tzdata.")
    return Check("time zones", True, "known")


def _typefaces() -> Check:
    missing = [name for name, letter in _SCRIPTS.items() if face_of(letter) is None]
    if not missing:
        return Check("typefaces", True, "every script is written in its own letters")
    said = f"none for {', '.join(missing)}: pictures and PDF write those names in Latin letters"
    return Check("typefaces", True, f"{said}. Install requirements-cjk.lock, or the system's fonts-noto-cjk.")


def _speed() -> Check:
    fast = find_spec("uvloop") is not None
    return Check("event loop", True, "uvloop" if fast else "asyncio's own; uvloop would be faster")


def _extras() -> Check:
    articles = "are read by a parser" if parser.installed() else "are read sentence by sentence, without `intake`"
    order = "by words and meaning" if encoder.installed() else "by words alone, without `meaning`"
    return Check("extras", True, f"articles {articles}; what a question back offers is ordered {order}")


async def _database(settings: Settings) -> Check:
    try:
        async with opened(settings.database_url) as database:
            workspaces = await FactBases(database).workspaces()
    except CaveatError as error:
        return Check("database", False, str(error))
    return Check("database", True, f"reachable, newest schema, {len(workspaces)} fact bases")


async def _discord(settings: Settings) -> list[Check]:
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if settings.discord_api_url:
        Route.BASE = settings.discord_api_url.rstrip("/")
    try:
        async with discord.Client(intents=discord.Intents.none()) as client:
            give_up_in_time(client)
            await client.login(token)
            about = await client.application_info()
            lacks = await barred(client, await _posted_to(settings))
            ahead = await clock_ahead()
    except (discord.HTTPException, discord.LoginFailure, aiohttp.ClientError, OSError) as error:
        said = f"it cannot be asked ({type(error).__name__}); check the token and the network."
        return [Check("Discord", False, said)]
    return [_intents(about.flags), _posting(lacks), _clock(ahead)]


async def _posted_to(settings: Settings) -> dict[int, list[int]]:
    async with opened(settings.database_url) as database:
        return await Postings(database).places()


def _intents(flags: discord.ApplicationFlags) -> Check:
    if not (flags.gateway_message_content or flags.gateway_message_content_limited):
        return Check("Discord", False, "switch on the Message Content Intent in the developer portal, under Bot.")
    return Check("Discord", True, "the token is taken, and message contents may be read")


def _posting(lacks: list[str]) -> Check:
    if not lacks:
        return Check("channels", True, "the bot may post wherever a briefing is due")
    return Check(
        "channels", False, f"allow the bot there what it lacks, or cancel the briefing: {'; '.join(lacks[:10])}."
    )


def _clock(ahead: float | None) -> Check:
    if ahead is None or abs(ahead) <= _CLOCK_S:
        return Check("clock", True, "it goes with Discord's")
    return Check(
        "clock", False, f"it is {ahead:+.0f} s off Discord's; briefings come at the wrong time. Switch NTP on."
    )
