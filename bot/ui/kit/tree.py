"""The commands that Discord knows: sent to it only when they differ from what it has."""

from __future__ import annotations

import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.http import Route

from bot.core.wording import in_locales

log = logging.getLogger(__name__)

STARTED = "started"
"""Under this name an interaction's `extras` hold when it came, in seconds."""


async def sync_if_changed(tree: app_commands.CommandTree[commands.AutoShardedBot]) -> bool:
    """
    Compare the tree with what Discord has registered and sync it if they differ; returns whether it did.

    Discord is sent the tree, too, where it does not tell what it has.

    Raises:
        discord.HTTPException: Discord does not take it; text commands work all the same.
    """
    payload = [in_every_language(command.to_dict(tree)) for command in tree.get_commands()]
    http, application = tree.client.http, tree.client.application_id or 0
    known = Route("GET", "/applications/{application_id}/commands", application_id=application)
    ours = [_essence(command) for command in payload]
    try:
        theirs = [_essence(each) for each in await http.request(known, params={"with_localizations": "true"})]
        if sorted(theirs, key=str) == sorted(ours, key=str):
            return False
    except discord.HTTPException as error:
        log.info("cannot compare slash commands: %s", error)
    await http.bulk_upsert_global_commands(application, payload=payload)
    return True


def in_every_language(payload: dict[str, Any]) -> dict[str, Any]:
    """A command or part of one as Discord is told of it: what it is called and does in every language that has it."""
    found = dict(payload)
    if called := in_locales(payload["name"], names="value" not in payload):
        found["name_localizations"] = called
    if does := in_locales(payload.get("description") or "", names=False):
        found["description_localizations"] = does
    for parts in ("options", "choices"):
        if payload.get(parts):
            found[parts] = [in_every_language(each) for each in payload[parts]]
    return found


_TELLING = (
    *("name", "value", "type", "description", "required", "autocomplete"),
    *("min_length", "max_length", "min_value", "max_value"),
)


def _essence(payload: Any) -> dict[str, Any]:
    """What a user would notice of a command or option; Discord's own defaults and ids drop out."""
    essence = {key: payload[key] for key in _TELLING if payload.get(key)}
    for localized in ("name_localizations", "description_localizations"):
        said: dict[str, str] = payload.get(localized) or {}
        essence[localized] = sorted(said.items())
    essence["default_member_permissions"] = str(payload.get("default_member_permissions") or "")
    for parts in ("options", "choices"):
        essence[parts] = [_essence(each) for each in payload.get(parts) or ()]
    return essence
