"""Changing a claim at once, by command, and showing what became of it."""

from __future__ import annotations

from bot.core.history.events import Route
from bot.core.wording import say
from bot.services.curation import Curation, Edit, Overtaken, Proposed
from bot.services.setups import Setups
from bot.ui.kit.context import Context
from bot.ui.kit.pages import send_pages
from bot.ui.moderating.drafts import overtaken_pages, saved_pages
from bot.ui.moderating.proposals import show_written


async def change_at_once(
    ctx: Context,
    curation: Curation,
    setups: Setups,
    ref: str,
    edit: Edit,
    reason: str,
    route: Route = Route.COMMAND,
) -> None:
    """Save the change and show it; or, under four eyes, propose it; or show what somebody else changed first."""
    plain = not ctx.may_embed
    try:
        outcome = await curation.change(
            ctx.workspace, ref, edit, str(ctx.author.id), reason, route=route, where=ctx.channel.id
        )
    except Overtaken as overtaken:
        how = say("Give the command again to redo yours on this.")
        await send_pages(ctx, overtaken_pages(overtaken, how, plain=plain))
        return
    if isinstance(outcome, Proposed):
        await show_written(ctx, setups, outcome, "")
    else:
        await send_pages(ctx, saved_pages(outcome, plain=plain))
