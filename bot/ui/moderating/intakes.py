"""Going through an intake: buttons keep their state in their id, so they work after a restart and for anybody."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import discord

from bot.core.editing.articles import guessed, handed_in
from bot.core.editing.intakes import Session, State
from bot.core.plurals import plural
from bot.core.wording import later, refused, say
from bot.services.curation import Proposed
from bot.services.intakes import Accepted, Look
from bot.ui.kit.checks import Rank
from bot.ui.kit.forms import Form, Sent
from bot.ui.kit.host import Press, workspace_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.pages import together
from bot.ui.kit.text import escape
from bot.ui.moderating.drafts import LINK, ask_why, without_more
from bot.ui.moderating.intake_forms import about_form, claim_form, rest_form, text_form
from bot.ui.moderating.intake_pages import READING, UNREAD, accepted_line, item_pages, summary_pages
from bot.ui.moderating.proposals import announce

_TEMPLATE = r"caveat:intake:(?P<verb>[a-z]+):(?P<id>\d{1,9}):(?P<at>\d{1,6})(?P<seen>:[0-9a-f]{8})?"


class IntakeButton(LastingButton, template=_TEMPLATE):
    """
    One button of an intake.

    Args:
        verb: A key of `_VERBS`.
        at: The item that the page shows.
        seen: What the item said when it was shown (`Item.seen`), where it is accepted as such.
    """

    needed = Rank.MODERATOR
    stepping = True

    def __init__(self, verb: str, intake: int, at: int = 0, seen: str = "", row: int | None = None) -> None:
        label, style, self._does = _VERBS[verb]
        tail = f":{seen}" if seen else ""
        super().__init__(say(label), f"caveat:intake:{verb}:{intake}:{at}{tail}", style=style, row=row)
        self._intake = intake
        self._at = at
        self._seen = seen

    @classmethod
    async def from_custom_id(cls, _: Press, item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the button from a pressed message; one that we never made does nothing."""
        verb = match["verb"] if match["verb"] in _VERBS else "go"
        return cls(verb, int(match["id"]), int(match["at"]), (match["seen"] or "").removeprefix(":"))

    async def press(self, press: Press) -> None:
        """Do it in the server where it was pressed."""
        await self._does(_Desk(press, self._intake, self._at, self._seen))


class _Desk:
    """One press, and the intake and the item that it is about."""

    def __init__(self, press: Press, intake: int, at: int = 0, seen: str = "") -> None:
        self._press = press
        self._intake = intake
        self._at = at
        self._seen = seen
        self._intakes = press.client.services.intakes
        self._workspace = workspace_of(press)

    async def _session(self) -> Session:
        return await self._intakes.get(self._workspace, self._intake)

    async def _look(self) -> Look:
        return await self._intakes.look(self._workspace, self._intake, self._at)

    async def open(self) -> None:
        """Show the first undecided item to whoever pressed, and to nobody else."""
        session = await self._session()
        if session.items is None:
            raise refused("The article was not read yet: say first who published it, and on what day.")
        await self._press.response.send_message(**await self._first(session), ephemeral=True)

    async def _first(self, session: Session) -> dict[str, Any]:
        return await self._shown(session.next_open(), *map(escape, session.notes))

    async def _turn(self, at: int) -> None:
        await self._press.response.edit_message(**await self._shown(at))

    async def previous(self) -> None:
        await self._turn(max(0, self._at - 1))

    async def next(self) -> None:
        await self._turn(self._at + 1)

    async def next_open(self) -> None:
        await self._turn((await self._session()).next_open(self._at))

    async def drop(self) -> None:
        """Set the item aside and go on to the next undecided one."""
        session = await self._intakes.drop(self._workspace, self._intake, self._at, dropped=True)
        await self._turn(session.next_open(self._at))

    async def bring_back(self) -> None:
        await self._intakes.drop(self._workspace, self._intake, self._at, dropped=False)
        await self._turn(self._at)

    async def ask_about(self) -> None:
        """Open the form for who published the article, and when, unless it was read meanwhile."""
        session = await self._session()
        if session.items is not None:
            await self.open()
            return
        await self._press.response.send_modal(about_form(session, self._told))

    async def ask_text(self) -> None:
        await self._press.response.send_modal(text_form(self._pasted))

    async def _pasted(self, sent: Press, typed: dict[str, str]) -> None:
        given = handed_in(typed.pop("text"))
        publisher, day = guessed(given)
        typed = {name: text for name, text in typed.items() if text.strip()}
        about = {"publisher": publisher, "day": day.isoformat() if day else "", **typed}
        session = await self._intakes.take(self._workspace, given, str(sent.user.id))
        if session.items is not None or not (about["publisher"] and about["day"]):
            await sent.response.send_message(**opening(session))
            return
        await sent.response.send_message(content=say(READING))
        await _Desk(sent, session.id).read(sent, about)

    async def _told(self, sent: Press, typed: dict[str, str]) -> None:
        await sent.response.edit_message(content=say(READING))
        await self.read(sent, typed)

    async def read(self, sent: Press, about: dict[str, str]) -> None:
        """Read the article, and show the first page to whoever sent the form."""
        try:
            session = await self._intakes.read(self._workspace, self._intake, about)
        except Exception:
            await sent.edit_original_response(content=say(UNREAD))
            raise
        await sent.edit_original_response(**opening(session))
        await sent.followup.send(**await self._first(session), ephemeral=True)

    async def ask_claim(self) -> None:
        await self._ask(claim_form)

    async def ask_rest(self) -> None:
        await self._ask(rest_form)

    async def _ask(self, form: Callable[[Mapping[str, str], Sent], Form]) -> None:
        """Open one of the two forms of a claim, filled in."""

        async def submitted(sent: Press, given: dict[str, str]) -> None:
            await self._fill(without_more(given))
            await sent.response.edit_message(**await self._shown(self._at))

        typed = await self._intakes.filled(self._workspace, self._intake, self._at)
        await self._press.response.send_modal(form(typed, submitted))

    async def _fill(self, given: dict[str, str]) -> None:
        await self._intakes.fill(self._workspace, self._intake, self._at, given)

    async def link(self) -> None:
        """Link the item with the claims that give other figures for the same thing."""
        look = await self._look()
        if look.draft is not None:
            refs = ", ".join(each.ref for each in look.draft.rivals)
            await self._fill({"disputes": f"{look.item.fields.get('disputes', '')}, {refs}".strip(", ")})
        await self._turn(self._at)

    async def accept(self) -> None:
        """Accept the item as it was seen, saying why where words and figures differ."""
        look = await self._look()
        if look.draft is None or not look.draft.disagrees:
            await self.accept_saying()
            return

        async def because(sent: Press, typed: dict[str, str]) -> None:
            await _Desk(sent, self._intake, self._at, self._seen).accept_saying(typed["why"])

        await ask_why(self._press, because)

    async def accept_saying(self, why: str = "") -> None:
        await self._press.response.defer()
        who, where = str(self._press.user.id), self._press.channel_id or 0
        made = await self._intakes.accept(
            self._workspace, self._intake, self._at, self._seen, who, why=why, where=where
        )
        await self._go_on(made)
        if made.proposal:
            await announce(self._press.client, self._workspace, Proposed(made.proposal), where)

    async def accept_clean(self) -> None:
        """Accept all of the item's claimant that are clean."""
        await self._press.response.defer()
        who, where = str(self._press.user.id), self._press.channel_id or 0
        made = await self._intakes.accept_clean(self._workspace, self._intake, self._at, who, where=where)
        await self._go_on(made)

    async def _go_on(self, made: Accepted) -> None:
        shown = await self._shown(made.session.next_open(self._at), accepted_line(made))
        await self._press.edit_original_response(**shown)

    async def finish(self) -> None:
        """Let the intake go, and leave what it came to."""
        session = await self._intakes.finish(self._workspace, self._intake)
        pages = summary_pages(session, say("Finished; the article's text is deleted."))
        await self._press.response.edit_message(**together(pages), view=None)

    async def _shown(self, at: int, *notices: str) -> dict[str, Any]:
        session = await self._session()
        if at >= len(session.all):
            return {**together(summary_pages(session, *notices)), "view": _summary_view(session)}
        look = await self._intakes.look(self._workspace, self._intake, at)
        return {**together(item_pages(look, *notices)), "view": _item_view(look)}


_SUCCESS, _DANGER = discord.ButtonStyle.success, discord.ButtonStyle.danger
_PRIMARY, _SECONDARY = discord.ButtonStyle.primary, discord.ButtonStyle.secondary
_VERBS: dict[str, tuple[str, discord.ButtonStyle, Callable[[_Desk], Awaitable[None]]]] = {
    "about": (later("Publisher and day"), _PRIMARY, _Desk.ask_about),
    "paste": (later("Paste an article"), _PRIMARY, _Desk.ask_text),
    "go": (later("Go through it"), _PRIMARY, _Desk.open),
    "accept": (later("Accept"), _SUCCESS, _Desk.accept),
    "edit": (later("Edit"), _SECONDARY, _Desk.ask_claim),
    "more": (later("More fields"), _SECONDARY, _Desk.ask_rest),
    "drop": (later("Drop"), _DANGER, _Desk.drop),
    "link": (LINK, _PRIMARY, _Desk.link),
    "return": (later("Bring back"), _SECONDARY, _Desk.bring_back),
    "clean": (later("Accept all of this claimant that are clean"), _SUCCESS, _Desk.accept_clean),
    "prev": (later("‹ Previous"), _SECONDARY, _Desk.previous),
    "next": (later("Next ›"), _SECONDARY, _Desk.next),
    "open": (later("Next open »"), _SECONDARY, _Desk.next_open),
    "finish": (later("Finish and delete the text"), _DANGER, _Desk.finish),
}
"""What each button is called, how it looks and what it does."""


def pasting() -> discord.ui.View:
    """The button that opens a form for an article's text."""
    return discord.ui.View(timeout=None).add_item(IntakeButton("paste", 0))


def opening(session: Session) -> dict[str, Any]:
    """The message that leads moderators to an intake; it holds nothing of the article."""
    view = discord.ui.View(timeout=None)
    if session.items is None:
        return {"content": say(UNREAD), "view": view.add_item(IntakeButton("about", session.id))}
    suspects = sum(bool(item.faults) for item in session.items)
    line = say(
        "Intake {id}: {proposals}, {sentences} to look at; open: {open}. Moderators see them privately, one a page.",
        id=session.id,
        proposals=plural(len(session.items) - suspects, "proposal"),
        sentences=plural(suspects, "sentence"),
        open=session.count(State.OPEN),
    )
    return {"content": line, "view": view.add_item(IntakeButton("go", session.id))}


def _item_view(look: Look) -> discord.ui.View:
    view, intake, at, item = discord.ui.View(timeout=None), look.session.id, look.at, look.item
    if item.state is State.OPEN:
        if look.draft is not None:
            view.add_item(IntakeButton("accept", intake, at, item.seen, 0))
        for verb in ("edit", "more", "drop"):
            view.add_item(IntakeButton(verb, intake, at, row=0))
        if look.draft is not None and look.draft.rivals:
            view.add_item(IntakeButton("link", intake, at, row=1))
        if item.fields.get("claimant"):
            view.add_item(IntakeButton("clean", intake, at, row=1))
    elif item.state is State.DROPPED:
        view.add_item(IntakeButton("return", intake, at, row=0))
    for verb in ("prev", "next", "open"):
        button = IntakeButton(verb, intake, at, row=2)
        button.item.disabled = verb == "prev" and at == 0
        view.add_item(button)
    return view


def _summary_view(session: Session) -> discord.ui.View:
    view, at = discord.ui.View(timeout=None), len(session.all)
    verbs = ("prev", "open", "finish") if session.count(State.OPEN) else ("prev", "finish")
    for verb in verbs if at else ("finish",):
        view.add_item(IntakeButton(verb, session.id, at))
    return view
