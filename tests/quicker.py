# pyright: reportPrivateUsage=false, reportPrivateImportUsage=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
"""What SimCord and discord.py do again for every message and every bot, done once; the results are the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import FunctionType, SimpleNamespace
from typing import Any

import discord
import orjson
from discord.app_commands import commands as app_commands
from discord.ext.commands import core
from simcord import _dpy_internals, results
from simcord.http import router
from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite as Dialect

from bot.ui.kit import tree

_STOPPED = "_BaseView__stopped"
_TIMEOUT = discord.ui.view.BaseView._BaseView__timeout_task_impl.__code__


def hurry() -> None:
    """Replace the costly parts; each by one that gives the same."""
    # once for each command of each bot, though a command's function never changes
    core.get_signature_parameters = _for_each_function(core.get_signature_parameters)
    app_commands._extract_parameters_from_callback = _for_each_function(
        app_commands._extract_parameters_from_callback
    )
    tree.in_every_language = _for_each_payload(tree.in_every_language)
    # once for each message of a channel whenever its history is looked at
    results.deepcopy = _copied
    # each request, the whole list of slash commands too
    router.copy = SimpleNamespace(deepcopy=_copied)
    # for each button of each view, several times for each step of the loop
    _dpy_internals._stored_wait_futures = _ends_of_views
    # every statement, worded and read anew for each database though all are of one kind
    Dialect.__eq__, Dialect.__hash__ = _same_kind, _hash_of_kind
    Engine.__init__ = _with_statements_of_all(Engine.__init__)
    # for each task, whether any view waits by it
    _dpy_internals._view_timeout_task_identity = _ends_a_view


def _for_each_function(reads: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    known: dict[tuple[FunctionType, Any], dict[str, Any]] = {}

    def remembered(function: FunctionType, *rest: Any, **options: Any) -> dict[str, Any]:
        if function.__closure__:  # made for one bot, which must not outlive its test
            return reads(function, *rest, **options)
        key = (function, options.get("skip_parameters"))
        if key not in known:
            known[key] = reads(function, *rest, **options)
            return known[key]
        return dict(known[key])

    return remembered


def _for_each_payload(
    tells: Callable[[dict[str, Any]], dict[str, Any]],
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    known: dict[bytes, dict[str, Any]] = {}

    def remembered(payload: dict[str, Any]) -> dict[str, Any]:
        key = orjson.dumps(payload)
        if key not in known:
            known[key] = tells(payload)
        return known[key]

    return remembered


def _same_kind(one: Dialect, other: object) -> bool:
    return type(one) is type(other)


def _hash_of_kind(one: Dialect) -> int:
    return hash(type(one))


def _with_statements_of_all(begins: Callable[..., None]) -> Callable[..., None]:
    known: dict[Any, Any] = {}

    def begun(engine: Engine, *its: Any, **options: Any) -> None:
        begins(engine, *its, **options)
        if isinstance(engine.dialect, Dialect):
            engine._compiled_cache = known

    return begun


def _copied(payload: object) -> Any:
    return orjson.loads(orjson.dumps(payload))


def _ends_of_views(client: discord.Client) -> set[Any]:
    store = client._connection._view_store
    views = {id(item._view): item._view for items in store._views.values() for item in items.values() if item._view}
    return {vars(view)[_STOPPED] for view in (*views.values(), *store._modals.values())}


def _ends_a_view(client: discord.Client, task: asyncio.Task[Any]) -> bool:
    coroutine: Any = task.get_coro()
    if coroutine.cr_code is not _TIMEOUT or coroutine.cr_frame is None:
        return False
    view = coroutine.cr_frame.f_locals["self"]
    stopped = vars(view)[_STOPPED]
    return not stopped.done()
