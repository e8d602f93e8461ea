"""A claim's id as an argument: read, looked up and completed in one way by every command that takes one."""

from __future__ import annotations

from typing import Annotated, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.claims import Claim
from bot.errors import NotFound
from bot.services.answers import CURATED, Workspaces
from bot.ui.kit.completion import complete_claims
from bot.ui.kit.context import Context

Interaction = discord.Interaction[Any]


class ClaimRef(app_commands.Transformer, commands.Converter[Claim]):
    """
    Reads `C14` and its kin (see `bot.core.claims.parse_ref`) as a claim of the workspace, typed or picked.

    Args:
        retired: Whether retired claims may be named: for commands that keep the record. Others are told that the
            claim was retired, and why.
        restoring: Whether retired claims, and no others, are offered while one types.
    """

    def __init__(self, *, retired: bool = False, restoring: bool = False) -> None:
        self._retired = retired or restoring
        self._restoring = restoring

    @property
    def min_value(self) -> int:
        """Discord asks for one character at least."""
        return 1

    @property
    def max_value(self) -> int:
        """Discord takes no longer id."""
        return 40

    async def convert(self, ctx: Context, argument: str) -> Claim:  # pyright: ignore[reportIncompatibleMethodOverride] our own context
        """The claim that was typed after a text command; raises `NotFound`."""
        return await self._claim(ctx.bot, ctx.workspace, argument)

    async def transform(self, interaction: Interaction, value: Any, /) -> Claim:
        """The claim that was given to a slash command; raises `NotFound`, wrapped as a text command's would be."""
        try:
            return await self._claim(interaction.client, interaction.guild_id or CURATED, str(value))
        except NotFound as error:
            raise commands.ConversionError(self, error) from error

    async def autocomplete(self, interaction: Interaction, value: Any, /) -> list[app_commands.Choice[Any]]:
        """Ids of claims that *value* may become."""
        snapshot = await _workspaces(interaction.client).open(interaction.guild_id or CURATED)
        return complete_claims(snapshot, str(value), retired=self._restoring)

    async def _claim(self, client: discord.Client, workspace: int, typed: str) -> Claim:
        snapshot = await _workspaces(client).open(workspace)
        return snapshot.base.cited(typed) if self._retired else snapshot.claim(typed)


def _workspaces(client: Any) -> Workspaces:
    return client.services.workspaces


LiveClaim = Annotated[Claim, ClaimRef()]
"""A claim that answers."""
AnyClaim = Annotated[Claim, ClaimRef(retired=True)]
"""A claim, retired or not."""
RetiredClaim = Annotated[Claim, ClaimRef(restoring=True)]
"""A claim to restore: retired ones are offered."""
