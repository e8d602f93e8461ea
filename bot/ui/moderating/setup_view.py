"""`!setup` as a page: what is set, a control for each setting, and all of them step by step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, cast

import discord

from bot.core.plurals import plural
from bot.core.setup import BRIEFINGS, CORRECTIONS, REMARKS, Setup
from bot.core.wording import later, own_names, refused, say
from bot.services.setups import SecondNeeded
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import Page
from bot.ui.kit.forms import Form
from bot.ui.kit.host import Press
from bot.ui.kit.lasting import ReplyView
from bot.ui.kit.places import place_for
from bot.ui.kit.text import bold
from bot.ui.moderating.beginning import EMPTY, SAMPLE, choose
from bot.ui.moderating.setup import Edit, SecondView, change_settings, moderating_roles, setup_page, zone_meant

_ROLES = 25
_KINDS = (BRIEFINGS, CORRECTIONS, REMARKS)


STEPS = (
    (
        later("Moderators"),
        later(
            "Holders of these roles change the base, beside everybody with Manage Server. Choose none for nobody "
            "else."
        ),
    ),
    (later("Review channel"), later("Where challenges and proposals are announced. Choose none for nowhere.")),
    (
        later("Time and dates"),
        later("The time zone of dates in lists and of schedules, and the language of month names."),
    ),
    (later("Care"), later("Whether changes wait for a second moderator, and corrections for somebody's press.")),
    (later("Quiet channels"), later("Choose a channel, then what may not be posted there unasked.")),
    (
        later("Fact base"),
        later("Empty it, or put the sample in its place. For a file of your own: `!import` with it attached."),
    ),
)
"""Each step's name, and what to know before choosing."""


class SetupView(ReplyView):
    """
    Selects and buttons under the page of settings.

    Attributes:
        step: Number of the step shown, from 1; 0 is the page of everything.
    """

    def __init__(self, person: int, held: Setup, *, step: int = 0) -> None:
        super().__init__(person, Rank.MANAGER)
        self._held = held
        self._quiet: int | None = None
        self.step = step
        self._arrange()

    def page(self) -> Page:
        """What is set; on a step, also what the step is about."""
        page = setup_page(self._held)
        if not self.step:
            return page
        name, words = STEPS[self.step - 1]
        head = bold(say("Step {n} of {total}: {name}", n=self.step, total=len(STEPS), name=say(name)))
        return Page(say("Setup"), f"{head}\n{say(words)}\n\n{page.body}", say("Every choice counts at once"))

    def _arrange(self) -> None:
        self.clear_items()
        last = len(STEPS)
        if not self.step:
            steps = {str(at): say(name) for at, (name, _) in enumerate(STEPS, 1)}
            self._choose(say("What to change"), steps, lambda press, chosen: self._go(int(chosen[0]), press))
            self.offer(say("Step by step"), partial(self._go, 1), discord.ButtonStyle.primary)
            return
        care = (self._moderators, self._review_channel, self._time, self._care, self._quiet_channels, self._fact_base)
        care[self.step - 1]()
        if self.step > 1:
            self.offer(say("Back"), partial(self._go, self.step - 1))
        on = partial(self._go, (self.step + 1) % (last + 1))
        self.offer(say("Done") if self.step == last else say("Next"), on, discord.ButtonStyle.primary)

    def _choose(
        self,
        placeholder: str,
        options: Mapping[str, str],
        act: Callable[[Press, list[str]], Awaitable[None]],
        chosen: Collection[str] = (),
        *,
        least: int = 1,
        most: int = 1,
    ) -> None:
        """Add a select of labels by their values, those *chosen* already marked."""
        select: discord.ui.Select[Any] = discord.ui.Select(placeholder=placeholder, min_values=least, max_values=most)
        for value, label in options.items():
            select.add_option(label=label, value=value, default=value in chosen)
        self.act_on(select, lambda press: act(press, select.values))

    def _moderators(self) -> None:
        held, more = self._held.moderators[:_ROLES], self._held.moderators[_ROLES:]
        select: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
            placeholder=say("Roles whose holders moderate"),
            min_values=0,
            max_values=_ROLES,
            default_values=[_chosen(role, discord.SelectDefaultValueType.role) for role in held],
        )

        async def act(press: Press) -> None:
            await self._set(press, "moderators", moderators=(*moderating_roles(select.values), *more))

        self.act_on(select, act)

    def _channel(
        self, placeholder: str, chosen: int | None, act: Callable[[Press, int | None], Awaitable[None]]
    ) -> None:
        select: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            placeholder=placeholder,
            channel_types=[discord.ChannelType.text],
            min_values=0,
            default_values=[_chosen(chosen, discord.SelectDefaultValueType.channel)] if chosen else [],
        )
        self.act_on(select, lambda press: act(press, select.values[0].id if select.values else None))

    def _review_channel(self) -> None:
        async def act(press: Press, channel: int | None) -> None:
            if channel and press.guild and (picked := press.guild.get_channel(channel)):
                await place_for(press.user, picked, plainly=True)
            await self._set(press, "review-channel", review_channel=channel)

        self._channel(say("Where challenges and proposals are announced"), self._held.review_channel, act)

    def _time(self) -> None:
        async def write_dates(press: Press, chosen: list[str]) -> None:
            await self._set(press, f"dates {chosen[0]}", dates=chosen[0])

        async def speak(press: Press, chosen: list[str]) -> None:
            await self._set(press, f"language {chosen[0]}", language=chosen[0], dates=chosen[0])

        self._choose(say("Language of answers"), own_names(), speak, [self._held.language])
        self._choose(say("Language of month names"), own_names(), write_dates, [self._held.dates])
        self.offer(say("Time zone"), self._ask_zone)

    async def _ask_zone(self, press: Press) -> None:
        async def sent(press: Press, typed: dict[str, str]) -> None:
            await self._set(press, "zone", zone=zone_meant(typed["zone"]))

        form = Form(say("Time zone"), sent, {"zone": self._held.zone}, needed=Rank.MANAGER)
        form.ask("zone", say("A place, such as Europe/Kyiv"), most=60, needed=True)
        await press.response.send_modal(form)

    def _care(self) -> None:
        four, posted = self._held.four_eyes, self._held.corrections

        async def eyes(press: Press) -> None:
            await self._set(press, f"four-eyes {'off' if four else 'on'}", four_eyes=not four)

        async def corrections(press: Press) -> None:
            await self._set(press, f"corrections {'off' if posted else 'on'}", corrections=not posted)

        self.offer(say("Four eyes: switch off") if four else say("Four eyes: switch on"), eyes)
        self.offer(say("Corrections: offer them") if posted else say("Corrections: post without asking"), corrections)
        self.offer(say("Keep receipts for …"), self._ask_days)

    async def _ask_days(self, press: Press) -> None:
        async def sent(press: Press, typed: dict[str, str]) -> None:
            days = int(typed["days"]) if typed["days"].isdecimal() else 0
            if not 1 <= days <= 3650:
                raise refused("Keep receipts for 1 to 3650 days.")
            await self._set(press, f"receipts {days}", receipt_days=days)

        form = Form(say("Receipts"), sent, {"days": str(self._held.receipt_days)}, needed=Rank.MANAGER)
        form.ask("days", say("Days, 1 to 3650"), most=4, needed=True)
        await press.response.send_modal(form)

    def _quiet_channels(self) -> None:
        async def look(press: Press, channel: int | None) -> None:
            self._quiet = channel
            await self._show(press)

        self._channel(say("A channel"), self._quiet, look)
        channel = self._quiet
        if channel is None:
            return

        async def act(press: Press, kinds: list[str]) -> None:
            def edit(held: Setup) -> Setup:
                kept = tuple(each for each in held.muted if not each.startswith(f"{channel}:"))
                return replace(held, muted=(*kept, *(f"{channel}:{kind}" for kind in kinds)))

            await self._change(press, "channel", edit)

        muted = [kind for kind in _KINDS if self._held.mutes(channel, kind)]
        kinds = {kind: say(kind) for kind in _KINDS}
        self._choose(say("What is not posted there"), kinds, act, muted, least=0, most=len(_KINDS))

    def _fact_base(self) -> None:
        self.offer(say("Empty it …"), lambda press: choose(press, EMPTY), discord.ButtonStyle.danger)
        self.offer(say("Start over with the sample …"), lambda press: choose(press, SAMPLE))

    async def _go(self, step: int, press: Press) -> None:
        self.step = step
        await self._show(press)

    async def _set(self, press: Press, what: str, **changes: Any) -> None:
        await self._change(press, what, lambda held: replace(held, **changes))

    async def _change(self, press: Press, what: str, edit: Edit) -> None:
        after = await change_settings(press.client, press.user, what, edit)
        if isinstance(after, SecondView):
            await press.response.send_message(str(SecondNeeded()), view=after)
            after.message = await press.original_response()
        else:
            self._held = after
            await self._show(press)

    async def _show(self, press: Press) -> None:
        self._arrange()
        plain = press.message is not None and not press.message.embeds
        await press.response.edit_message(**self.page().message(plain=plain), view=self)


def _chosen(what: int, kind: discord.SelectDefaultValueType) -> discord.SelectDefaultValue:
    """What is chosen already; its id goes as a string, as Discord's description wants it."""
    return discord.SelectDefaultValue(id=cast("Any", str(what)), type=kind)


def base_words(claims: int) -> Page:
    """What `!setup base` says before anything is chosen."""
    holds = (
        say("This server's base holds {claims} that answer.", claims=plural(claims, "claim"))
        if claims
        else say("This server's base is empty.")
    )
    empty = say("every claim is retired, what only they refer to is put away.")
    lines = (
        holds,
        f"{bold(say('Empty it'))}: {empty}",
        f"{bold(say('Start over with the sample'))}: {say('the same, and the sample takes its place.')}",
        f"{bold(say('With a file'))}: {say('empty it, then `!import` with the file attached.')}",
        say("History, receipts and ids stay; nothing happens before a second press."),
    )
    return Page(say("Fact base"), "\n".join(lines), say("Nothing is changed yet"))
