"""The commands that Discord knows: timed when they are used, sent to it only when they differ from what it has."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

log = logging.getLogger(__name__)

STARTED = "started"
"""Under this name an interaction's `extras` hold when it came, in seconds."""


class Tree(app_commands.CommandTree[commands.AutoShardedBot]):
    """Discord's commands; each use of one is timed."""

    async def interaction_check(self, interaction: discord.Interaction[commands.AutoShardedBot], /) -> bool:
        """Let everybody through, and note the moment."""
        interaction.extras[STARTED] = perf_counter()
        return True


async def sync_if_changed(tree: app_commands.CommandTree[commands.AutoShardedBot]) -> bool:
    """
    Compare the tree with what Discord has registered and sync it if they differ; returns whether it did.

    Discord is sent the tree, too, where it does not tell what it has.

    Raises:
        discord.HTTPException: Discord does not take it; text commands work all the same.
    """
    ours = [_essence(command.to_dict(tree)) for command in tree.get_commands()]
    try:
        theirs = [_essence(_registered(command)) for command in await tree.fetch_commands()]
        if sorted(theirs, key=str) == sorted(ours, key=str):
            return False
    except discord.HTTPException as error:
        log.info("cannot compare slash commands: %s", error)
    await tree.sync()
    return True


def _registered(command: app_commands.AppCommand) -> dict[str, Any]:
    """What Discord has of a command; discord.py's own `to_dict` leaves the permissions out."""
    permissions = command.default_member_permissions
    return {**command.to_dict(), "default_member_permissions": permissions.value if permissions else None}


_TELLING = (
    "name",
    "type",
    "description",
    "required",
    "autocomplete",
    "min_length",
    "max_length",
    "min_value",
    "max_value",
)


def _essence(payload: Any) -> dict[str, Any]:
    """What a user would notice of a command or option; Discord's own defaults and ids drop out."""
    essence = {key: payload[key] for key in _TELLING if payload.get(key)}
    essence["default_member_permissions"] = str(payload.get("default_member_permissions") or "")
    essence["choices"] = [(choice["name"], choice["value"]) for choice in payload.get("choices") or ()]
    essence["options"] = [_essence(option) for option in payload.get("options") or ()]
    return essence
