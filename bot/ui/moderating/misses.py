"""One missed question after the other, with what can be made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.core.editing.entry_drafts import any_named, with_alias
from bot.core.editing.queue import MissedQuestion
from bot.core.plurals import plural
from bot.core.rules.headlines import headline_in
from bot.core.wording import say
from bot.errors import Refused
from bot.services.curation import Curation, Proposed, Saved
from bot.services.missed import Missed
from bot.services.setups import Setups
from bot.ui.kit.buttons import ActingView, Form, Press
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import Page, pack
from bot.ui.kit.text import own_words
from bot.ui.moderating.drafts import DraftView, sendable
from bot.ui.moderating.entries import alias_line
from bot.ui.moderating.proposals import show_proposed

_ROOM = 3900


class MissesView(ActingView):
    """Turns the list over, and makes a question an alias or a draft claim, or drops it."""

    def __init__(
        self,
        missed: Missed,
        curation: Curation,
        setups: Setups,
        workspace: int,
        actor: int,
        questions: Sequence[MissedQuestion],
    ) -> None:
        super().__init__(actor, Rank.MODERATOR)
        self._missed = missed
        self._curation = curation
        self._setups = setups
        self._workspace = workspace
        self._questions = list(questions)
        self._at = 0
        self.offer(say("‹ Previous"), self._previous)
        self.offer(say("Next ›"), self._next)
        self.offer(say("Make it an alias"), self._alias, discord.ButtonStyle.primary)
        self.offer(say("Draft a claim"), self._draft, discord.ButtonStyle.primary)
        self.offer(say("Drop"), self._drop)

    def shown(self) -> dict[str, Any]:
        """The question at hand: its wordings, newest first, and how often it was asked."""
        if not self._questions:
            return {"content": None, "embeds": Page(say("Unanswered questions"), say("None are left.")).embeds()}
        question = self._questions[self._at]
        wordings = [own_words(say("members"), each) for each in dict.fromkeys(miss.asked for miss in question.misses)]
        asked = say("Asked in the last 30 days: {times}.", times=plural(len(question.misses), "time"))
        body = "\n".join((asked, *pack(wordings, _ROOM)[0]))
        footer = say("question {n} of {total}", n=self._at + 1, total=len(self._questions))
        return {"content": None, "embeds": Page(say("Unanswered questions"), body, footer).embeds()}

    async def _turn(self, interaction: Press, step: int) -> None:
        self._at = max(0, min(self._at + step, len(self._questions) - 1))
        await interaction.response.edit_message(**self.shown(), view=self)

    async def _previous(self, interaction: Press) -> None:
        await self._turn(interaction, -1)

    async def _next(self, interaction: Press) -> None:
        await self._turn(interaction, 1)

    def _question(self) -> MissedQuestion:
        if not self._questions:
            raise Refused(say("No question is left on this list."))
        return self._questions[self._at]

    async def _alias(self, interaction: Press) -> None:
        question = self._question()

        async def submitted(sent: Press, typed: dict[str, str]) -> None:
            base = await self._curation.base(self._workspace)
            entry = any_named(base, typed["entry"])
            after = with_alias(base, entry, typed["alias"], self._curation.commands)
            reason = typed["reason"] or say("A question that was asked and not answered")
            written = await self._curation.set_entry(
                self._workspace, entry, after, str(sent.user.id), reason, where=sent.channel_id or 0
            )
            if isinstance(written, Proposed):  # the question stays: nothing answers it yet
                await sent.response.edit_message(**self.shown(), view=self)
                await show_proposed(sent, self._setups, written)
                return
            await self._take_off(question, but_awaited=True)
            await sent.response.edit_message(**self.shown(), view=self)
            await sent.followup.send(alias_line(entry, added=True), ephemeral=True)

        form = Form(say("Make it an alias"), Rank.MODERATOR, submitted)
        form.ask("entry", say("Topic, place, party or metric"), most=120, needed=True)
        asked = "" if headline_in(question.asked) else question.asked
        form.ask("alias", say("The alias"), default=asked, most=120, needed=True)
        form.ask("reason", say("Reason"), most=300)
        await interaction.response.send_modal(form)

    async def _draft(self, interaction: Press) -> None:
        question = self._question()

        async def saved(press: Press, outcome: Saved | Proposed, _: str) -> None:
            if isinstance(outcome, Proposed):
                await show_proposed(press, self._setups, outcome)
            else:
                await self._take_off(question, but_awaited=True)

        view = DraftView(
            self._curation, self._workspace, self.actor, "", {}, say("A question that was asked"), saved, plain=False
        )
        await interaction.response.send_message(**sendable(await view.shown()), view=view, ephemeral=True)
        view.message = await interaction.original_response()

    async def _drop(self, interaction: Press) -> None:
        await self._take_off(self._question())
        await interaction.response.edit_message(**self.shown(), view=self)

    async def _take_off(self, question: MissedQuestion, *, but_awaited: bool = False) -> None:
        await self._missed.drop(self._workspace, question, but_awaited=but_awaited)
        self._questions = [each for each in self._questions if each is not question]
        self._at = max(0, min(self._at, len(self._questions) - 1))
