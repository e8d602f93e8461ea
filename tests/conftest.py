"""Fixtures: the desk (see tests/desk.py), a settled base, and checks that hold for every test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import discord
import hypothesis
import pytest
import simcord
from discord.ext import commands

import bot.app
from bot.app import Caveat, composed
from bot.core.claims import FactBase
from bot.errors import Unavailable, UserError
from bot.files.factfile import load
from bot.services import write_queue
from bot.serving import spare_the_collector
from bot.settings import Settings
from bot.ui.kit import fonts
from cogs.errors import unwrap
from tests.contract import DESCRIPTION, check_requests
from tests.desk import Desk, Moment
from tests.quicker import hurry

hurry()
hypothesis.settings.register_profile("untimed", deadline=None, max_examples=50)
hypothesis.settings.load_profile("untimed")

_THOROUGH = {
    "test_answers_in_other_languages",
    "test_arguments",
    "test_beginning",
    "test_consequences",
    "test_constraints",
    "test_copying",
    "test_empty_base",
    "test_every_command",
    "test_four_eyes",
    "test_late_presses",
    "test_ledger",
    "test_limits",
    "test_looking_up",
    "test_off_the_loop",
    "test_opening",
    "test_outages",
    "test_page_in_browser",
    "test_permissions",
    "test_pressing",
    "test_readable",
    "test_round_trip",
    "test_schedules",
    "test_schedules_in_discord",
    "test_seed",
    "test_sharing",
    "test_socket",
}
"""Files of tests that try every command as everybody, whole processes, or both databases: `make thorough`."""

_SLOW = _THOROUGH | {"desk", "store", "operating", "test_architecture", "test_retrieval"}
"""Fixtures, folders and files of tests that take more than a moment: `make quick` leaves these out."""

ROOT = Path(__file__).parent.parent
BEFORE = datetime(2025, 12, 31, 12, tzinfo=UTC)
"""When the curated base was loaded: a day before the simulated clock starts."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--quick` and `--thorough`, for `make quick` and `make thorough`."""
    parser.addoption("--quick", action="store_true", help="only what needs no Discord, no process and no database")
    parser.addoption("--thorough", action="store_true", help="only what the whole of the tests leaves out")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for; files that are named are run in any case."""
    thorough = bool(config.getoption("--thorough"))
    if config.getoption("--quick"):
        left = [item for item in items if _SLOW & _traits(item)]
    elif thorough or config.args == config.getini("testpaths"):
        left = [item for item in items if (item.path.stem in _THOROUGH) != thorough]
    else:
        return
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]


def _traits(item: pytest.Item) -> set[str]:
    return {*getattr(item, "fixturenames", ()), item.path.parent.name, item.path.stem}


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look through it again and again, as in the bot itself."""
    spare_the_collector()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once when half of Discord's contract was not at hand."""
    if not DESCRIPTION.exists():
        terminalreporter.write_line(
            "Requests were held against Discord's limits only: its OpenAPI description is not at hand "
            "(CAVEAT_DISCORD_OPENAPI names it)."
        )


@pytest.fixture
def own_typefaces(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that has no typefaces but the bot's own."""
    monkeypatch.setattr(fonts, "_on_this_machine", tuple)
    fonts.face_of.cache_clear()
    fonts.legible.cache_clear()
    yield
    fonts.face_of.cache_clear()
    fonts.legible.cache_clear()


_load_once = cache(load)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What answers leave behind is gathered for a moment only, as each test waits for it; one file is read once."""
    monkeypatch.setattr(write_queue, "_GATHERED_S", 0.01)
    monkeypatch.setattr(bot.app, "load", _load_once)


@pytest.fixture(scope="session")
def base() -> FactBase:
    """The curated fact base."""
    return load(ROOT / "data").base


def settings_for(database: Path, **changes: object) -> Settings:
    """Settings that read no environment and no .env file."""
    values = {
        "database_url": f"sqlite:///{database}",
        "fact_base": ROOT / "data",
        "commands_per_minute": 0,
        "refresh_seconds": 0,
        **changes,
    }
    return Settings(_env_file=None, discord_token=None, **values)  # pyright: ignore[reportCallIssue, reportArgumentType] pydantic-settings' own argument


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and seeded database to copy, so that a test need not make its own."""
    path = tmp_path_factory.mktemp("template") / "caveat.db"

    async def fill() -> None:
        async with composed(settings_for(path), clock=lambda: BEFORE, shard_count=1):
            pass

    asyncio.run(fill())
    return path


@pytest.fixture
def settings(_template: Path, tmp_path: Path) -> Settings:
    """Settings with a database of the test's own, migrated and seeded."""
    path = tmp_path / "caveat.db"
    shutil.copy(_template, path)
    return settings_for(path)


@pytest.fixture
async def desk(settings: Settings, base: FactBase) -> AsyncGenerator[Desk, None]:
    """The scene, with the real bot; afterwards every message and request is held against the contracts."""
    clock = Moment()
    async with composed(settings, clock=clock, shard_count=1) as bot:
        clock.env = env = simcord.Env(bot, settle_timeout=20)
        await env.start()
        desk = await _set(env, bot, settings, clock)
        try:
            yield desk
            check_requests((each.method, each.path, each.json) for each in env.http_requests)
            desk.check_answers(base)
        finally:
            await env.shutdown()
            await desk.stop_second_bot.aclose()
        seen = env._errors_acknowledged  # pyright: ignore[reportPrivateUsage] what simcord's own fixture reads
        faults = [error for error in env.errors_since(seen) if not _is_mistake(error)]
        if faults:
            raise BaseExceptionGroup("the bot failed", faults)


def _is_mistake(error: BaseException) -> bool:
    """Whether the user or an outage made it and the user was told, which is part of the product."""
    return isinstance(unwrap(error), (UserError, Unavailable, commands.CheckFailure, commands.UserInputError))


async def _set(env: simcord.Env, bot: Caveat, settings: Settings, clock: Moment) -> Desk:
    server, other = env.create_guild("First"), env.create_guild("Second")
    manage = discord.Permissions(manage_guild=True)
    moderators = server.create_role("Moderators", permissions=manage)
    admins = server.create_role("Admins", permissions=discord.Permissions(administrator=True))
    others = other.create_role("Moderators", permissions=manage)
    channel = server.create_text_channel("desk")
    member = server.add_member(env.create_user("member"))
    env.backend.create_thread(channel.id, "thread", member.id)
    desk = Desk(
        clock=clock,
        env=env,
        bot=bot,
        settings=settings,
        server=server,
        other_server=other,
        channel=channel,
        thread=channel.threads[0],
        other_channel=other.create_text_channel("elsewhere"),
        member=member,
        colleague=server.add_member(env.create_user("colleague")),
        moderator=server.add_member(env.create_user("moderator"), roles=[moderators]),
        admin=server.add_member(env.create_user("admin"), roles=[admins]),
        rival=other.add_member(env.create_user("rival"), roles=[others]),
    )
    await env.settle()
    return desk
