"""Slash commands are sent to Discord only when they differ from what it has."""

from __future__ import annotations

from typing import Any

from discord import app_commands
from discord.ext import commands


async def sync_if_changed(tree: app_commands.CommandTree[commands.AutoShardedBot]) -> bool:
    """Compare the tree with what Discord has registered and sync it if they differ; returns whether it did."""
    theirs = [_essence(command.to_dict()) for command in await tree.fetch_commands()]
    ours = [_essence(command.to_dict(tree)) for command in tree.get_commands()]
    if sorted(theirs, key=str) == sorted(ours, key=str):
        return False
    await tree.sync()
    return True


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
