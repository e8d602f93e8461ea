"""A file looked over before anything of it is applied: the same for `!import` and for the greeting's form."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import discord

from bot.core.editing.uploads import FaultyUpload
from bot.core.plurals import plural
from bot.core.wording import later, say
from bot.errors import Refused
from bot.ui.kit.buttons import Form, Press
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import Host, host_of
from bot.ui.kit.pages import Pager, page_message
from bot.ui.moderating.batches import BatchView
from bot.ui.moderating.imports import fault_pages, import_pages

APPLY = later("Apply all of it, or nothing?")
_NO_FILE = later("No file came with it, so nothing was changed. `!import` with the file attached does the same.")
LARGEST = 10_000_000
"""Bytes of a file that Discord takes from anybody."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file would change, and the buttons that apply it; no buttons where there are things to mend first."""

    pages: list[Page]
    view: BatchView | None = None


async def look_over(
    host: Host, workspace: int, who: int, file: discord.Attachment, reason: str, *, plain: bool
) -> Looked:
    """Read *file* against the base of *workspace*; raises `Refused` where it is too large."""
    if file.size > LARGEST:
        raise Refused(say("That file is larger than 10 MB; split it into several files."))
    try:
        upload = await host.services.exchange.read(workspace, file.filename, await file.read())
    except FaultyUpload as faulty:
        return Looked(fault_pages(faulty.faults))
    planned = await host.services.exchange.plan(workspace, upload)
    setup = await host.services.setups.of(workspace)
    pages = await asyncio.to_thread(import_pages, planned, four_eyes=setup.four_eyes, plain=plain)
    done = say("Imported, added or changed: {claims}.", claims=plural(len(planned.claims), "claim"))
    why = reason or say("Import of a file")
    return Looked(
        pages, BatchView(host.services.curation, host.services.setups, workspace, who, planned.batch, why, done)
    )


async def ask_for_file(interaction: Press, title: str, rank: Rank, without: str) -> None:
    """
    Open a form that takes a file, and show what the file would change to whoever sends it.

    Args:
        without: What is said where the form comes without a file to a server that begins.
    """

    async def sent(press: Press, typed: dict[str, str]) -> None:
        workspace = press.guild_id or 0
        begun = await host_of(press.client).services.bases.begin_empty(workspace)
        if not upload.values:
            await press.response.send_message(without if begun else say(_NO_FILE))
            return
        await press.response.defer(thinking=True)
        looked = await look_over(host_of(press.client), workspace, press.user.id, upload.values[0], "", plain=False)
        await _show(press, looked, begun=begun)

    form = Form(title, rank, sent)
    upload = form.attach(
        "file", say("A .yaml, .json or .csv file"), say("As !export gives it; new claims alone will do.")
    )
    await interaction.response.send_modal(form)


async def _show(press: Press, looked: Looked, *, begun: bool) -> None:
    pager = Pager(looked.pages, press.user.id, plain=False)
    shown: dict[str, Any] = pager.shown() if len(looked.pages) > 1 else page_message(looked.pages[0], plain=False)
    kept = {name: value for name, value in shown.items() if value}
    if len(looked.pages) > 1:
        pager.message = await press.followup.send(**kept, view=pager, wait=True)
    else:
        await press.followup.send(**kept)
    if looked.view is None:
        return
    beside = [] if begun else [say("What this server has already stays beside it; `!setup base` puts that away.")]
    looked.view.message = await press.followup.send("\n".join([*beside, say(APPLY)]), view=looked.view, wait=True)
