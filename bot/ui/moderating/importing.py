"""A file looked over before anything of it is applied: the same for `!import` and for the greeting's form."""

from __future__ import annotations

import asyncio

import discord

from bot.core.editing.uploads import FaultyUpload
from bot.core.plurals import plural
from bot.core.wording import later, say
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import Page
from bot.ui.kit.files import read_whole
from bot.ui.kit.forms import Confirm, Form
from bot.ui.kit.host import Host, Press, workspace_of
from bot.ui.kit.pages import paged
from bot.ui.moderating.edits import apply_or_leave
from bot.ui.moderating.imports import fault_pages, import_pages

APPLY = later("Apply all of it, or nothing?")
_NO_FILE = later("No file came with it, so nothing was changed. `!import` with the file attached does the same.")
LARGEST = 10_000_000
"""Bytes of a file that Discord takes from anybody."""


async def look_over(
    host: Host, workspace: int, who: int, file: discord.Attachment, reason: str, *, plain: bool
) -> tuple[list[Page], Confirm | None]:
    """
    What *file* would change in *workspace*, and the buttons that apply it; none where there are things to mend first.

    Raises:
        Refused: It is too large, or gone.
    """
    data = await read_whole(file, LARGEST, say("That file is larger than 10 MB; split it into several files."))
    try:
        upload = await host.services.exchange.read(workspace, file.filename, data)
    except FaultyUpload as faulty:
        return fault_pages(faulty.faults), None
    planned = await host.services.exchange.plan(workspace, upload)
    setup = await host.services.setups.of(workspace)
    pages = await asyncio.to_thread(import_pages, planned, four_eyes=setup.four_eyes, plain=plain)
    done = say("Imported, added or changed: {claims}.", claims=plural(len(planned.claims), "claim"))
    return pages, apply_or_leave(who, planned.batch, reason or say("Import of a file"), done)


async def ask_for_file(press: Press, without: str) -> None:
    """
    Open a form that takes a file, and show what the file would change to the manager who sends it.

    Args:
        without: What is said where the form comes without a file to a server that begins.
    """

    async def sent(press: Press, _: dict[str, str]) -> None:
        workspace = workspace_of(press)
        begun = await press.client.services.bases.begin_empty(workspace)
        if not upload.values:
            await press.response.send_message(without if begun else say(_NO_FILE))
            return
        await press.response.defer(thinking=True)
        pages, view = await look_over(press.client, workspace, press.user.id, upload.values[0], "", plain=False)
        paging = paged(pages, press.user.id, plain=False)
        paging["view"].message = await press.followup.send(**paging, wait=True)
        if view is not None:
            stays = say("What this server has already stays beside it; `!setup base` puts that away.")
            line = say(APPLY) if begun else f"{stays}\n{say(APPLY)}"
            view.message = await press.followup.send(line, view=view, wait=True)

    form = Form(say("Import a file"), sent, needed=Rank.MANAGER)
    about = say("As !export gives it; new claims alone will do.")
    upload = form.attach("file", say("A .yaml, .json or .csv file"), about)
    await press.response.send_modal(form)
