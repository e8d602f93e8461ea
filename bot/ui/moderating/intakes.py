"""Going through an intake: buttons keep their state in their id, so they work after a restart and for anybody."""

from __future__ import annotations

import re
from typing import Any, Self

import discord

from bot.core.editing.articles import guessed, handed_in
from bot.core.editing.intakes import Session, State
from bot.core.plurals import plural
from bot.core.wording import later, say
from bot.errors import Refused
from bot.services.curation import Proposed
from bot.services.intakes import Look
from bot.ui.kit.checks import Rank
from bot.ui.kit.host import Press, workspace_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.pages import together
from bot.ui.kit.text import escape
from bot.ui.moderating.drafts import LINK, ask_why, without_more
from bot.ui.moderating.intake_forms import about_form, claim_form, rest_form, text_form
from bot.ui.moderating.intake_pages import READING, UNREAD, accepted_line, item_pages, summary_pages
from bot.ui.moderating.proposals import announce

_TEMPLATE = r"caveat:intake:(?P<verb>[a-z]+):(?P<id>\d{1,9}):(?P<at>\d{1,6})(?P<seen>:[0-9a-f]{8})?"
_STYLES = {
    "accept": discord.ButtonStyle.success,
    "clean": discord.ButtonStyle.success,
    "drop": discord.ButtonStyle.danger,
    "finish": discord.ButtonStyle.danger,
    "go": discord.ButtonStyle.primary,
    "link": discord.ButtonStyle.primary,
    "about": discord.ButtonStyle.primary,
    "paste": discord.ButtonStyle.primary,
}
_LABELS = {
    "about": later("Publisher and day"),
    "paste": later("Paste an article"),
    "go": later("Go through it"),
    "accept": later("Accept"),
    "edit": later("Edit"),
    "more": later("More fields"),
    "drop": later("Drop"),
    "link": LINK,
    "return": later("Bring back"),
    "clean": later("Accept all of this claimant that are clean"),
    "prev": later("‹ Previous"),
    "next": later("Next ›"),
    "open": later("Next open »"),
    "finish": later("Finish and delete the text"),
}


class IntakeButton(LastingButton, template=_TEMPLATE):
    """
    One button of an intake.

    Args:
        verb: A key of the labels.
        at: The item that the page shows.
        seen: What the item said when it was shown (`Item.seen`), where it is accepted as such.
    """

    needed = Rank.MODERATOR
    stepping = True

    def __init__(self, verb: str, intake: int, at: int = 0, seen: str = "", row: int | None = None) -> None:
        super().__init__(
            say(_LABELS[verb]),
            f"caveat:intake:{verb}:{intake}:{at}{f':{seen}' if seen else ''}",
            style=_STYLES.get(verb, discord.ButtonStyle.secondary),
            row=row,
        )
        self._verb = verb
        self._intake = intake
        self._at = at
        self._seen = seen

    @classmethod
    async def from_custom_id(cls, _: Press, item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the button from a pressed message; one that we never made does nothing."""
        verb = match["verb"] if match["verb"] in _LABELS else "go"
        return cls(verb, int(match["id"]), int(match["at"]), (match["seen"] or "").removeprefix(":"))

    async def press(self, press: Press) -> None:
        """Do it in the server where it was pressed."""
        desk = _Desk(press, self._intake)
        match self._verb:
            case "go":
                await desk.open()
            case "about":
                await desk.ask_about()
            case "paste":
                await desk.ask_text()
            case "edit" | "more":
                await desk.ask(self._at, rest=self._verb == "more")
            case "link":
                await desk.link(self._at)
            case "accept" | "clean":
                await desk.accept(self._at, self._seen if self._verb == "accept" else None)
            case "drop" | "return":
                await desk.drop(self._at, dropped=self._verb == "drop")
            case "finish":
                await desk.finish()
            case _:
                step = {"prev": max(0, self._at - 1), "next": self._at + 1}
                await desk.turn(step[self._verb] if self._verb in step else await desk.next_open(self._at))


class _Desk:
    """One press, and the intake it is about."""

    def __init__(self, press: Press, intake: int) -> None:
        self._press = press
        self._intake = intake
        self.intakes = press.client.services.intakes
        self.workspace = workspace_of(press)

    async def next_open(self, at: int) -> int:
        """Where the next undecided item stands."""
        return (await self.intakes.get(self.workspace, self._intake)).next_open(at)

    async def open(self) -> None:
        """Show the first undecided item to whoever pressed, and to nobody else."""
        session = await self.intakes.get(self.workspace, self._intake)
        if session.items is None:
            raise Refused(say("The article was not read yet: say first who published it, and on what day."))
        shown = await self._shown(session.next_open(), [escape(each) for each in session.notes])
        await self._press.response.send_message(**shown, ephemeral=True)

    async def turn(self, at: int) -> None:
        """Show item *at* in the place of the one shown."""
        await self._press.response.edit_message(**await self._shown(at))

    async def drop(self, at: int, *, dropped: bool) -> None:
        """Set item *at* aside and go on to the next undecided one; or take it back."""
        session = await self.intakes.drop(self.workspace, self._intake, at, dropped=dropped)
        await self.turn(session.next_open(at) if dropped else at)

    async def ask_about(self) -> None:
        """Open the form for who published the article, and when; filled in as far as the text says so."""
        session = await self.intakes.get(self.workspace, self._intake)
        if session.items is not None:
            await self.open()
            return
        await self._press.response.send_modal(about_form(session, self._told))

    async def ask_text(self) -> None:
        """Open the form for an article's text; publisher and day are taken from it where they are left out."""
        await self._press.response.send_modal(text_form(self._pasted))

    async def _pasted(self, sent: Press, typed: dict[str, str]) -> None:
        given = handed_in(typed.pop("text"))
        publisher, day = guessed(given)
        typed = {name: text for name, text in typed.items() if text.strip()}
        about = {"publisher": publisher, "day": day.isoformat() if day else "", **typed}
        who = str(sent.user.id)
        session = await self.intakes.take(self.workspace, given, who)
        desk = _Desk(sent, session.id)
        if session.items is not None or not (about["publisher"] and about["day"]):
            await sent.response.send_message(**opening(session))
            return
        await sent.response.send_message(content=say(READING))
        await desk.read(sent, about)

    async def _told(self, sent: Press, typed: dict[str, str]) -> None:
        await sent.response.edit_message(content=say(READING))
        await self.read(sent, typed)

    async def read(self, sent: Press, about: dict[str, str]) -> None:
        """Read the article, and show the first page to whoever sent the form."""
        try:
            session = await self.intakes.read(self.workspace, self._intake, about)
        except Exception:
            await sent.edit_original_response(content=say(UNREAD))
            raise
        await sent.edit_original_response(**opening(session))
        shown = await self._shown(session.next_open(), [escape(each) for each in session.notes])
        await sent.followup.send(**shown, ephemeral=True)

    async def ask(self, at: int, *, rest: bool) -> None:
        """Open one of the two forms of a claim, filled in."""
        typed = await self.intakes.filled(self.workspace, self._intake, at)

        async def submitted(sent: Press, given: dict[str, str]) -> None:
            await self.intakes.fill(self.workspace, self._intake, at, without_more(given))
            await sent.response.edit_message(**await self._shown(at))

        form = (rest_form if rest else claim_form)(typed, submitted)
        await self._press.response.send_modal(form)

    async def link(self, at: int) -> None:
        """Link item *at* with the claims that give other figures for the same thing."""
        look = await self.intakes.look(self.workspace, self._intake, at)
        if look.draft is not None:
            refs = ", ".join(each.ref for each in look.draft.rivals)
            before = look.item.fields.get("disputes", "")
            await self.intakes.fill(self.workspace, self._intake, at, {"disputes": f"{before}, {refs}".strip(", ")})
        await self.turn(at)

    async def accept(self, at: int, seen: str | None) -> None:
        """Accept item *at* as it was *seen*, saying why where words and figures differ; or all of its claimant's."""
        if seen is not None:
            look = await self.intakes.look(self.workspace, self._intake, at)
            if look.draft is not None and look.draft.disagrees:

                async def because(sent: Press, typed: dict[str, str]) -> None:
                    await _Desk(sent, self._intake).accepted(at, seen, typed["why"])

                await ask_why(self._press, because)
                return
        await self.accepted(at, seen)

    async def accepted(self, at: int, seen: str | None, why: str = "") -> None:
        """Accept item *at*, or all of its claimant that are clean, and go on."""
        press, who = self._press, str(self._press.user.id)
        await press.response.defer()
        where = press.channel_id or 0
        if seen is None:
            made = await self.intakes.accept_clean(self.workspace, self._intake, at, who, where=where)
        else:
            made = await self.intakes.accept(self.workspace, self._intake, at, seen, who, why=why, where=where)
        await press.edit_original_response(**await self._shown(made.session.next_open(at), [accepted_line(made)]))
        if made.proposal:
            await announce(press.client, self.workspace, Proposed(made.proposal), where)

    async def finish(self) -> None:
        """Let the intake go, and leave what it came to."""
        session = await self.intakes.finish(self.workspace, self._intake)
        pages = summary_pages(session, say("Finished; the article's text is deleted."))
        await self._press.response.edit_message(**together(pages), view=None)

    async def _shown(self, at: int, notices: list[str] | None = None) -> dict[str, Any]:
        session = await self.intakes.get(self.workspace, self._intake)
        if at >= len(session.all):
            return {**together(summary_pages(session, *notices or ())), "view": _summary_view(session)}
        look = await self.intakes.look(self.workspace, self._intake, at)
        return {**together(item_pages(look, *notices or ())), "view": _item_view(look)}


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
