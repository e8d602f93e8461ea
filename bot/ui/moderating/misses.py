"""One missed question after the other, with what can be made of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import discord

from bot.core.claims import NAME_LENGTH
from bot.core.editing.entry_drafts import any_named, with_alias
from bot.core.editing.queue import MissedQuestion
from bot.core.plurals import plural
from bot.core.rules.headlines import headline_in
from bot.core.wording import refused, say
from bot.services.curation import Proposed, Saved
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import PLAIN, Page, pack
from bot.ui.kit.forms import Form
from bot.ui.kit.host import Press, snapshot_of, workspace_of
from bot.ui.kit.lasting import ReplyView
from bot.ui.kit.text import own_words
from bot.ui.moderating.drafts import DraftView
from bot.ui.moderating.entries import alias_line
from bot.ui.moderating.proposals import show_proposed

_ROOM = 3900


class MissesView(ReplyView):
    """Turns the list over, and makes a question an alias or a draft claim, or drops it."""

    def __init__(self, person: int, questions: Sequence[MissedQuestion], *, plain: bool) -> None:
        super().__init__(person, Rank.MODERATOR)
        self._plain = plain
        self._questions = list(questions)
        self._at = 0
        self.offer(say("‹ Previous"), partial(self._turn, -1))
        self.offer(say("Next ›"), partial(self._turn, 1))
        self.offer(say("Make it an alias"), self._alias, discord.ButtonStyle.primary)
        self.offer(say("Draft a claim"), self._draft, discord.ButtonStyle.primary)
        self.offer(say("Drop"), self._drop)

    def shown(self) -> dict[str, Any]:
        """The question at hand: its wordings, newest first, and how often it was asked."""
        if not self._questions:
            return Page(say("Unanswered questions"), say("None are left.")).message(plain=self._plain)
        question = self._questions[self._at]
        wordings = [own_words(say("members"), each) for each in dict.fromkeys(miss.asked for miss in question.misses)]
        asked = say("Asked in the last 30 days: {times}.", times=plural(len(question.misses), "time"))
        body = "\n".join((asked, *pack(wordings, PLAIN - len(asked) if self._plain else _ROOM)[0]))
        footer = say("question {n} of {total}", n=self._at + 1, total=len(self._questions))
        return Page(say("Unanswered questions"), body, footer).message(plain=self._plain)

    async def _turn(self, step: int, press: Press) -> None:
        self._at = max(0, min(self._at + step, len(self._questions) - 1))
        await press.response.edit_message(**self.shown(), view=self)

    def _question(self) -> MissedQuestion:
        if not self._questions:
            raise refused("No question is left on this list.")
        return self._questions[self._at]

    async def _alias(self, press: Press) -> None:
        question = self._question()

        async def submitted(sent: Press, typed: dict[str, str]) -> None:
            curation, base = sent.client.services.curation, (await snapshot_of(sent)).base
            entry = any_named(base, typed["entry"])
            after = with_alias(base, entry, typed["alias"], curation.commands)
            reason = typed["reason"] or say("A question that was asked and not answered")
            written = await curation.set_entry(
                workspace_of(sent), entry, after, str(sent.user.id), reason, where=sent.channel_id or 0
            )
            if isinstance(written, Proposed):  # the question stays: nothing answers it yet
                await sent.response.edit_message(**self.shown(), view=self)
                await show_proposed(sent, written)
                return
            await self._take_off(sent, question, but_awaited=True)
            await sent.response.edit_message(**self.shown(), view=self)
            await sent.followup.send(alias_line(entry, added=True), ephemeral=True)

        asked = "" if headline_in(question.asked) else question.asked[:NAME_LENGTH]
        form = Form(say("Make it an alias"), submitted, {"alias": asked})
        form.ask("entry", say("Topic, place, party or metric"), most=NAME_LENGTH, needed=True)
        form.ask("alias", say("The alias"), most=NAME_LENGTH, needed=True)
        form.ask("reason", say("Reason"), most=300)
        await press.response.send_modal(form)

    async def _draft(self, press: Press) -> None:
        question, curation = self._question(), press.client.services.curation

        async def done(press: Press, outcome: Saved | Proposed) -> None:
            if isinstance(outcome, Proposed):
                await show_proposed(press, outcome)
            else:
                await self._take_off(press, question, but_awaited=True)

        why = say("A question that was asked")
        view = DraftView(curation, workspace_of(press), self.person, "", {}, why, done, plain=False)
        await press.response.send_message(**await view.shown(), view=view, ephemeral=True)
        view.message = await press.original_response()

    async def _drop(self, press: Press) -> None:
        await self._take_off(press, self._question())
        await press.response.edit_message(**self.shown(), view=self)

    async def _take_off(self, press: Press, question: MissedQuestion, *, but_awaited: bool = False) -> None:
        await press.client.services.missed.drop(workspace_of(press), question, but_awaited=but_awaited)
        self._questions = [each for each in self._questions if each is not question]
        self._at = max(0, min(self._at, len(self._questions) - 1))
