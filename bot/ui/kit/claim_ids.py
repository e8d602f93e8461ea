"""A claim's id as an argument: read, looked up and completed in one way by every command that takes one."""

from __future__ import annotations

import re
from typing import Annotated, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.claims import Claim, parse_ref
from bot.errors import UserError
from bot.ui.kit.completion import complete_claims
from bot.ui.kit.context import Context
from bot.ui.kit.host import snapshot_of
from bot.ui.kit.readable import claim_meant

Interaction = discord.Interaction[Any]


class ClaimRef(app_commands.Transformer, commands.Converter[Claim]):
    """
    Reads `C14` and its kin (see `bot.core.claims.parse_ref`) as a claim of the workspace, typed or picked.

    Args:
        retired: Whether retired claims may be named: for commands that keep the record. Others are told that the
            claim was retired.
        restoring: Whether retired claims, and no others, are offered while one types.
        linked: Whether a link to an answer that showed one claim will do, too, or a reply to one.
    """

    def __init__(self, *, retired: bool = False, restoring: bool = False, linked: bool = False) -> None:
        self._retired = retired or restoring
        self._restoring = restoring
        self._linked = linked

    @property
    def min_value(self) -> int:
        """Discord asks for one character at least."""
        return 1

    @property
    def max_value(self) -> int:
        """Discord takes no longer id; a link is longer."""
        return 120 if self._linked else 40

    async def convert(self, ctx: Context, argument: str) -> Claim:  # pyright: ignore[reportIncompatibleMethodOverride] our own context
        """The claim that was typed after a text command; raises `NotFound`, and for a link as of `claim_meant`."""
        typed = argument
        if self._linked:
            replies = ctx.interaction is None and ctx.message.reference is not None
            if replies and parse_ref(argument) is None and "/channels/" not in argument:
                ctx.view.undo()  # the words are what comes next, such as a reason
                typed = ""
            typed = await claim_meant(ctx, typed)
        snapshot = await ctx.snapshot()
        return snapshot.base.cited(typed) if self._retired else snapshot.claim(typed)

    async def transform(self, interaction: Interaction, value: Any, /) -> Any:
        """What was given to a slash command; what it raises is wrapped as a text command's would be."""
        try:
            return await self.convert(await interaction.client.get_context(interaction), str(value))
        except UserError as error:
            raise commands.ConversionError(self, error) from error

    async def autocomplete(self, interaction: Interaction, value: Any, /) -> list[app_commands.Choice[Any]]:
        """Ids of claims that *value* may become."""
        return complete_claims(await snapshot_of(interaction), str(value), retired=self._restoring)


class ClaimRefs(ClaimRef):
    """Reads one id or, where all of them come as one argument, several with spaces or commas between."""

    async def convert(self, ctx: Context, argument: str) -> tuple[Claim, ...]:  # pyright: ignore[reportIncompatibleMethodOverride] several
        """The claims; raises `NotFound`."""
        return tuple(
            [await super(ClaimRefs, self).convert(ctx, each) for each in re.split(r"[\s,;]+", argument.strip())]
        )

    async def autocomplete(self, interaction: Interaction, value: Any, /) -> list[app_commands.Choice[Any]]:
        """What the last one may become, after those that stand before it."""
        before, _, last = str(value).rpartition(" ")
        found = await super().autocomplete(interaction, last)
        return [app_commands.Choice(name=each.name, value=f"{before} {each.value}".strip()) for each in found]


async def _replied(ctx: Context) -> Claim:
    converter = ClaimRef(linked=True)
    try:
        return await converter.convert(ctx, "")
    except UserError as error:
        raise commands.ConversionError(converter, error) from error


REPLIED: Any = commands.parameter(default=_replied, displayed_default="the one in the answer replied to")
"""The default of a claim: the one that was shown in the answer replied to."""

AnyClaim = Annotated[Claim, ClaimRef(retired=True)]
"""A claim, retired or not."""
SeveralClaims = Annotated[tuple[Claim, ...], ClaimRefs(retired=True)]
"""Claims, retired or not."""
RetiredClaim = Annotated[Claim, ClaimRef(restoring=True)]
"""A claim to restore: retired ones are offered."""
LinkedLiveClaim = Annotated[Claim, ClaimRef(linked=True)]
"""A claim that answers, by its id or by a link to an answer that showed it."""
LinkedClaim = Annotated[Claim, ClaimRef(retired=True, linked=True)]
"""A claim, retired or not, likewise."""
