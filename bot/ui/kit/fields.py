"""What follows a command as `name: value`."""

from __future__ import annotations

from typing import Self

from discord.ext import commands

from bot.core.editing.drafts import check_start
from bot.ui.kit.context import Context


class Fields(commands.FlagConverter, case_insensitive=True):
    """Fields of something; `reason` says why it is changed."""

    @classmethod
    async def convert(cls, ctx: Context, argument: str) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride] our own context
        """Read the fields; what stands before the first one belongs to none and must not be lost."""
        check_start(argument, tuple(cls.get_flags()))
        return await super().convert(ctx, argument)

    def typed(self) -> dict[str, str]:
        """The fields that were given; a bar that parts one from the next belongs to neither."""
        given = {name: str(getattr(self, name)).strip().rstrip("|") for name in self.get_flags() if name != "reason"}
        return {name: text for name, text in given.items() if text.strip()}
