"""Changes by command, at once, or by a yes after a look: in force, or proposed to a second moderator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.core.claims import FactBase
from bot.core.editing.batches import Batch
from bot.core.wording import refused, say
from bot.errors import ConflictError
from bot.services.curation import Edit, Overtaken, Proposed
from bot.ui.kit.checks import Rank
from bot.ui.kit.context import Context
from bot.ui.kit.forms import Confirm
from bot.ui.kit.host import Press, workspace_of
from bot.ui.kit.pages import send_pages
from bot.ui.moderating.changes import overtaken_pages, saved_pages
from bot.ui.moderating.proposals import show_proposed, show_written

Written = Awaitable[FactBase | Proposed]


async def change_claim(ctx: Context, ref: str, edit: Edit, reason: str) -> None:
    """Save the change and show it; or, under four eyes, propose it; or show what somebody else changed first."""
    where = ctx.channel.id
    try:
        outcome = await ctx.services.curation.change(
            ctx.workspace, ref, edit, str(ctx.author.id), reason, where=where
        )
    except Overtaken as overtaken:
        how = say("Give the command again to redo yours on this.")
        await send_pages(ctx, overtaken_pages(overtaken, how, plain=ctx.plain))
        return
    if isinstance(outcome, Proposed):
        await show_written(ctx, outcome, "")
    else:
        await send_pages(ctx, saved_pages(outcome, plain=ctx.plain))


async def change_other(
    ctx: Context, write: Callable[..., Written], before: object, after: object, reason: str, done: str
) -> None:
    """Let *write* put an entry, a source or the words in force, and say that it is *done*; or propose it."""
    written = await write(ctx.workspace, before, after, str(ctx.author.id), reason, where=ctx.channel.id)
    await show_written(ctx, written, done)


def apply_or_leave(actor: int, batch: Batch, reason: str, done: str) -> Confirm:
    """Buttons with which *actor* applies a batch that they looked at, which is then *done*; or leaves it."""

    async def apply(press: Press) -> None:
        curation, where = press.client.services.curation, press.channel_id or 0
        signed = curation.signature(str(actor), reason)
        await write_after_a_yes(press, lambda: curation.write(workspace_of(press), batch, signed, where=where), done)

    return Confirm(actor, Rank.MODERATOR, say("Apply"), apply, say("Leave it"))


async def write_after_a_yes(press: Press, write: Callable[[], Written], done: str) -> None:
    """Put in the place of the question what came of it."""
    await press.response.defer()
    try:
        written = await write()
    except ConflictError:
        raise refused("The fact base changed since you looked; give the command again to see anew.") from None
    proposed = isinstance(written, Proposed)
    line = say("Nothing is changed yet: another moderator has to approve it.") if proposed else done
    await press.edit_original_response(content=line, view=None)
    if isinstance(written, Proposed):
        await show_proposed(press, written)
