"""What an import would change, claim by claim, and the button that applies it."""

from __future__ import annotations

import discord

from bot.core.claims import Claim
from bot.core.revisions import changed
from bot.errors import ConflictError, Refused
from bot.services.exchange import Exchange, Import
from bot.services.setups import Setups
from bot.ui.acting import ActingView, Press
from bot.ui.changes import change_pages
from bot.ui.checks import Rank, require
from bot.ui.embeds import Page
from bot.ui.text import bold, echo

_FINDINGS, _LINES = 10, 25


def import_pages(planned: Import, name: str, *, four_eyes: bool, plain: bool) -> list[Page]:
    """An overview first, then every claim before and after."""
    new = sum(before is None for before, _ in planned.claims)
    edited = len(planned.claims) - new
    others = f"{planned.entries} names and {planned.sources} sources added or changed"
    lines = [f"From “{echo(name)}”: {new} new claims, {edited} changed ones, {others}."]
    if planned.kept:
        lines.append(f"{planned.kept} claims that the file does not hold stay as they are.")
    if four_eyes:
        lines.append("Four eyes are asked for here: another moderator has to press the button.")
    lines += [f"{bold('Check')}: {echo(each, 160)}" for each in planned.findings[:_FINDINGS]]
    if len(planned.findings) > _FINDINGS:
        lines.append(f"… and {len(planned.findings) - _FINDINGS} findings more.")
    lines += [_line(before, after) for before, after in planned.claims[:_LINES]]
    pages = [Page("Import", "\n".join(lines), "Nothing is changed yet")]
    for before, after in planned.claims:
        pages += change_pages(after.ref, before, after, plain=plain)
    return pages


def _line(before: Claim | None, after: Claim) -> str:
    return f"{after.ref}: {'new' if before is None else ', '.join(changed(before, after))}"


class ImportView(ActingView):
    """Applies the import, or does not."""

    def __init__(
        self, exchange: Exchange, setups: Setups, workspace: int, actor: int, planned: Import, reason: str
    ) -> None:
        super().__init__(actor, Rank.MODERATOR)
        self._exchange = exchange
        self._setups = setups
        self._workspace = workspace
        self._planned = planned
        self._reason = reason
        self.offer("Apply all", self._apply, discord.ButtonStyle.danger)
        self.offer("Leave it", self._leave)

    async def interaction_check(self, interaction: Press, /) -> bool:
        """Any moderator may press; under four eyes it takes another one than who uploaded it."""
        await require(interaction.client, interaction.user, self.needed)
        return True

    async def _apply(self, interaction: Press) -> None:
        if interaction.user.id == self.actor and (await self._setups.of(self._workspace)).four_eyes:
            raise Refused("Your own import needs another moderator to apply it.")
        try:
            await self._exchange.apply(self._workspace, self._planned, str(self.actor), self._reason)
        except ConflictError:
            raise Refused("The fact base changed since you looked; import the file again to see anew.") from None
        self.stop()
        count = len(self._planned.claims)
        await interaction.response.edit_message(content=f"Imported: {count} claims added or changed.", view=None)

    async def _leave(self, interaction: Press) -> None:
        self.stop()
        await interaction.response.edit_message(content="Left as it was. Nothing was changed.", view=None)
