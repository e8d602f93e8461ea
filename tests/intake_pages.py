"""Somebody who goes through an intake: presses, forms, and a proposer whose proposals are written beside the text."""

from __future__ import annotations

import discord
import simcord

from bot.core.claims import FactBase, Relay
from bot.core.dates import PartialDate
from bot.core.intake.proposals import (
    Article,
    Named,
    Proposal,
    ProposedCaveat,
    ProposedDate,
    ProposedFigure,
    ProposedHop,
    Span,
)
from tests.desk import Desk, labels_of, text_of

ARTICLE = (
    "Harbour Post, 3 March 2026\n"
    "Port police said on Monday that more than 40 cranes were idle. Reuters could not verify the count. "
    "Port police told Reuters that 12 ships were waiting. "
    "“The port is empty,” the dockers' union said. "
    "The harbour office put the loss at 9 million euros."
)
CAVEAT = "Reuters could not verify the count."


class Scripted:
    """Proposes four claims of `ARTICLE`, as a parser would; nothing is known of topics or metrics but one of each."""

    def propose(self, article: Article, base: FactBase) -> tuple[Proposal, ...]:
        """Two claims of the police, one of the union, one of the publisher's own."""
        text = article.text

        def at(words: str) -> Span:
            start = text.index(words)
            return Span(start, start + len(words))

        police = Named(at("Port police"), "Harbour port police")
        first = at("Port police said on Monday that more than 40 cranes were idle.")
        second = at("Port police told Reuters that 12 ships were waiting.")
        third = at("“The port is empty,” the dockers' union said.")
        last = at("The harbour office put the loss at 9 million euros.")
        return (
            Proposal(
                first,
                first,
                "More than 40 cranes in the harbour were idle.",
                police,
                figures=(
                    ProposedFigure(at("more than 40"), "more than 40", 40, None, "cranes", "", "cranes", "idle"),
                ),
                dates=(ProposedDate(at("Monday"), PartialDate(2026, 3, 2), said=True, note="the Monday before"),),
                caveats=(ProposedCaveat(at(CAVEAT), "Reuters"),),
                topics=("Harbour strike",),
            ),
            Proposal(
                second,
                second,
                "12 ships were waiting outside of the harbour.",
                police,
                (ProposedHop(Named(at("Reuters"), "Reuters"), Relay.TO),),
                figures=(ProposedFigure(at("12"), "12", 12, 12, "ships", "", "ships", "waiting"),),
                topics=("Harbour strike",),
            ),
            Proposal(
                third,
                third,
                "The union said of the harbour what it saw.",
                Named(at("the dockers' union"), "Dockers' union"),
                quotations=(at("The port is empty,"),),
            ),
            Proposal(
                last,
                last,
                "The strike cost the harbour 9 million euros.",
                figures=(ProposedFigure(at("9 million"), "9 million", 9e6, 9e6, "euros", "", "the harbour's loss"),),
                topics=("Harbour strike",),
            ),
        )


class Reader:
    """A moderator at an intake's pages; counts what is pressed and sent."""

    def __init__(self, desk: Desk, who: simcord.MemberActor) -> None:
        self.desk = desk
        self.who = who
        self.page: discord.Message | None = None
        self.told = ""
        self.presses = 0

    async def press(self, label: str, on: discord.Message | None = None) -> simcord.InteractionResult:
        """Press a button of the page, or of another message."""
        message = on or self.page
        assert message is not None
        self.presses += 1
        return self._seen(await self.who.click(message, label=label))

    async def send(self, form: simcord.InteractionResult, **typed: str) -> simcord.InteractionResult:
        """Send a form; fields that are not named stay as they were filled in."""
        self.presses += 1
        return self._seen(await self.who.submit_modal(form, {**filled(form), **typed}))

    def _seen(self, result: simcord.InteractionResult) -> simcord.InteractionResult:
        """Look at what came of it: a message with embeds is the page, any other is said beside it."""
        self.told = ""
        answers = [*([result.response] if result.response else []), *result.followups]
        for answer in answers:
            if answer.embeds:
                self.page = answer.message
            else:
                self.told = text_of(answer.message)
        return result

    @property
    def shown(self) -> str:
        """The page."""
        assert self.page is not None
        return text_of(self.page)

    @property
    def labels(self) -> list[str]:
        """What can be pressed on it."""
        assert self.page is not None
        return labels_of(self.page)


def filled(form: simcord.InteractionResult) -> dict[str, str]:
    """What the text fields of an open form hold."""
    assert form.modal is not None
    fields = [part["component"] for part in form.modal["components"]]
    return {field["custom_id"]: field.get("value") or "" for field in fields}


async def begun(desk: Desk, *, who: simcord.MemberActor | None = None, scripted: bool = True, **typed: str) -> Reader:
    """The article pasted by a moderator, its form sent as it was filled in but for *typed*, and the first page."""
    if scripted:
        desk.bot.services.intakes.proposer = Scripted()
    reader = Reader(desk, who or desk.moderator)
    message = await desk.say(f"!intake {ARTICLE}", who=reader.who)
    await reader.send(await reader.press("Publisher and day", message), **typed)
    return reader
