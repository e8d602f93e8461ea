"""`!setup` as a page: what is set, a control for each setting, and all of them step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import discord

from bot.core.plurals import plural
from bot.core.setup import BRIEFINGS, CORRECTIONS, REMARKS, Setup
from bot.core.zones import zone_fault, zone_named
from bot.errors import Refused
from bot.services.bases import Bases
from bot.services.setups import SecondNeeded, Setups
from bot.ui.kit.buttons import ActingView, Form, Press
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import Page
from bot.ui.kit.text import bold
from bot.ui.moderating.beginning import EMPTY, SAMPLE, choose
from bot.ui.moderating.setup import SecondView, setup_page

Edit = Callable[[Setup], Setup]
LANGUAGES = ("en", "uk", "ru", "ko", "de", "fr", "es", "pl")
_KINDS = (BRIEFINGS, CORRECTIONS, REMARKS)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, and what to know before choosing."""

    name: str
    words: str


STEPS = (
    Step(
        "Moderators",
        "Holders of these roles change the base, beside everybody with Manage Server. Choose none for nobody else.",
    ),
    Step("Review channel", "Where challenges and proposals are announced. Choose none for nowhere."),
    Step("Time and dates", "The time zone of dates in lists and of schedules, and the language of month names."),
    Step("Care", "Whether changes wait for a second moderator, and corrections for somebody's press."),
    Step("Quiet channels", "Choose a channel, then what may not be posted there unasked."),
    Step(
        "Fact base", "Empty it, or put the sample in its place. For a file of your own: `!import` with it attached."
    ),
)


class SetupView(ActingView):
    """
    Selects and buttons under the page of settings.

    Attributes:
        step: Number of the step shown, from 1; 0 is the page of everything.
    """

    def __init__(
        self, setups: Setups, bases: Bases, workspace: int, actor: int, held: Setup, *, step: int = 0
    ) -> None:
        super().__init__(actor, Rank.MANAGER)
        self._setups = setups
        self._bases = bases
        self._workspace = workspace
        self._held = held
        self._quiet: int | None = None
        self.step = step
        self._arrange()

    def page(self) -> Page:
        """What is set; on a step, also what the step is about."""
        page = setup_page(self._held)
        if not self.step:
            return page
        step = STEPS[self.step - 1]
        head = f"{bold(f'Step {self.step} of {len(STEPS)}: {step.name}')}\n{step.words}"
        return Page("Setup", f"{head}\n\n{page.body}", "Every choice counts at once")

    def _arrange(self) -> None:
        self.clear_items()
        if not self.step:
            self._choose(
                "What to change", [(step.name, str(at), False) for at, step in enumerate(STEPS, 1)], self._go
            )
            self.offer("Step by step", self._next, discord.ButtonStyle.primary)
            return
        (
            self._moderators,
            self._review_channel,
            self._time,
            self._care,
            self._quiet_channels,
            self._fact_base,
        )[self.step - 1]()
        if self.step > 1:
            self.offer("Back", self._back)
        last = self.step == len(STEPS)
        self.offer("Done" if last else "Next", self._next, discord.ButtonStyle.primary)

    def _choose(
        self,
        placeholder: str,
        options: Sequence[tuple[str, str, bool]],
        act: Callable[[Press, list[str]], Any],
        *,
        least: int = 1,
        most: int = 1,
    ) -> None:
        """Add a select of (label, value, chosen already)."""
        select: discord.ui.Select[Any] = discord.ui.Select(
            placeholder=placeholder,
            min_values=least,
            max_values=most,
            options=[discord.SelectOption(label=label, value=value, default=on) for label, value, on in options],
        )
        self._add(select, lambda press: act(press, select.values))

    def _add(self, select: Any, act: Callable[[Press], Any]) -> None:
        async def chosen(press: Press) -> None:
            await act(press)

        select.callback = chosen
        self.add_item(select)

    def _moderators(self) -> None:
        roles = [_chosen(role, discord.SelectDefaultValueType.role) for role in self._held.moderators]
        select: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
            placeholder="Roles whose holders moderate", min_values=0, max_values=25, default_values=roles[:25]
        )

        async def act(press: Press) -> None:
            if any(role.is_default() for role in select.values):
                raise Refused("Everybody cannot be a moderator; choose a role that is given to some.")
            ids = tuple(role.id for role in select.values)
            await self._set(press, "moderators", lambda held: replace(held, moderators=ids))

        self._add(select, act)

    def _channel(self, placeholder: str, chosen: int | None, act: Callable[[Press, int | None], Any]) -> None:
        select: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            placeholder=placeholder,
            channel_types=[discord.ChannelType.text],
            min_values=0,
            default_values=[_chosen(chosen, discord.SelectDefaultValueType.channel)] if chosen else [],
        )
        self._add(select, lambda press: act(press, select.values[0].id if select.values else None))

    def _review_channel(self) -> None:
        async def act(press: Press, channel: int | None) -> None:
            await self._set(press, "review-channel", lambda held: replace(held, review_channel=channel))

        self._channel("Where challenges and proposals are announced", self._held.review_channel, act)

    def _time(self) -> None:
        async def act(press: Press, values: list[str]) -> None:
            await self._set(press, f"dates {values[0]}", lambda held: replace(held, dates=values[0]))

        languages = [(code, code, code == self._held.dates) for code in LANGUAGES]
        self._choose("Language of month names", languages, act)
        self.offer("Time zone", self._ask_zone)

    async def _ask_zone(self, press: Press) -> None:
        form = Form("Time zone", Rank.MANAGER, self._zone)
        form.ask("zone", "A place, such as Europe/Kyiv", default=self._held.zone, most=60, needed=True)
        await press.response.send_modal(form)

    async def _zone(self, press: Press, typed: dict[str, str]) -> None:
        wanted = zone_named(typed["zone"])
        if wanted is None:
            raise Refused(f"{zone_fault(typed['zone'])}.")
        await self._set(press, "zone", lambda held: replace(held, zone=wanted))

    def _care(self) -> None:
        held = self._held
        four, posted = held.four_eyes, held.corrections

        async def eyes(press: Press) -> None:
            what = f"four-eyes {'off' if four else 'on'}"
            await self._set(press, what, lambda held: replace(held, four_eyes=not four))

        async def corrections(press: Press) -> None:
            what = f"corrections {'off' if posted else 'on'}"
            await self._set(press, what, lambda held: replace(held, corrections=not posted))

        self.offer(f"Four eyes: switch {'off' if four else 'on'}", eyes)
        self.offer(f"Corrections: {'offer them' if posted else 'post without asking'}", corrections)
        self.offer("Keep receipts for …", self._ask_days)

    async def _ask_days(self, press: Press) -> None:
        form = Form("Receipts", Rank.MANAGER, self._days)
        form.ask("days", "Days, 1 to 3650", default=str(self._held.receipt_days), most=4, needed=True)
        await press.response.send_modal(form)

    async def _days(self, press: Press, typed: dict[str, str]) -> None:
        days = int(typed["days"]) if typed["days"].isdecimal() else 0
        if not 1 <= days <= 3650:
            raise Refused("Keep receipts for 1 to 3650 days.")
        await self._set(press, f"receipts {days}", lambda held: replace(held, receipt_days=days))

    def _quiet_channels(self) -> None:
        async def look(press: Press, channel: int | None) -> None:
            self._quiet = channel
            await self._show(press)

        self._channel("A channel", self._quiet, look)
        channel = self._quiet
        if channel is None:
            return

        async def act(press: Press, kinds: list[str]) -> None:
            def edit(held: Setup) -> Setup:
                kept = tuple(each for each in held.muted if not each.startswith(f"{channel}:"))
                return replace(held, muted=(*kept, *(f"{channel}:{kind}" for kind in kinds)))

            await self._set(press, "channel", edit)

        options = [(kind, kind, self._held.mutes(channel, kind)) for kind in _KINDS]
        self._choose("What is not posted there", options, act, least=0, most=len(_KINDS))

    def _fact_base(self) -> None:
        self.offer("Empty it …", lambda press: choose(press, EMPTY), discord.ButtonStyle.danger)
        self.offer("Start over with the sample …", lambda press: choose(press, SAMPLE))

    async def _go(self, press: Press, values: list[str]) -> None:
        self.step = int(values[0])
        await self._show(press)

    async def _next(self, press: Press) -> None:
        self.step = (self.step + 1) % (len(STEPS) + 1)
        await self._show(press)

    async def _back(self, press: Press) -> None:
        self.step -= 1
        await self._show(press)

    async def _set(self, press: Press, what: str, edit: Edit) -> None:
        owns = str(press.user.id) if press.guild and press.guild.owner_id == press.user.id else ""
        reason = f"!setup {what}"
        try:
            self._held = await self._setups.change(self._workspace, edit, str(press.user.id), reason, second=owns)
        except SecondNeeded as needed:
            view = SecondView(self._setups, self._workspace, press.user.id, edit, reason)
            await press.response.send_message(str(needed), view=view)
            view.message = await press.original_response()
            return
        await self._show(press)

    async def _show(self, press: Press) -> None:
        self._arrange()
        plain = press.message is not None and not press.message.embeds
        page = self.page()
        shown: dict[str, Any] = {"content": page.content()} if plain else {"embeds": page.embeds()}
        await press.response.edit_message(**shown, view=self)


def _chosen(what: int, kind: discord.SelectDefaultValueType) -> discord.SelectDefaultValue:
    """What is chosen already; its id goes as a string, as Discord's description wants it."""
    return discord.SelectDefaultValue(id=cast("Any", str(what)), type=kind)


def base_words(claims: int) -> Page:
    """What `!setup base` says before anything is chosen."""
    holds = f"holds {plural(claims, 'claim')} that answer" if claims else "is empty"
    lines = (
        f"This server's base {holds}.",
        f"{bold('Empty it')}: every claim is retired, what only they refer to is put away.",
        f"{bold('Start over with the sample')}: the same, and the sample takes its place.",
        f"{bold('With a file')}: empty it, then `!import` with the file attached.",
        "History, receipts and ids stay; nothing happens before a second press.",
    )
    return Page("Fact base", "\n".join(lines), "Nothing is changed yet")
