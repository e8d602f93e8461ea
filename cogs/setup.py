"""A server's settings: who moderates, where reviews are announced, time zone, four eyes, language of dates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.addresses import feed_fault, host_in
from bot.core.setup import Setup as Settings
from bot.core.wording import own_names, say
from bot.core.zones import zones
from bot.errors import Refused
from bot.services.setups import SecondNeeded
from bot.ui.kit.checks import Rank, only
from bot.ui.kit.completion import CHOICES, Choices
from bot.ui.kit.context import Context
from bot.ui.kit.embeds import Page
from bot.ui.kit.forms import Confirm
from bot.ui.kit.host import Press
from bot.ui.kit.places import Named, PlaceOption, place_for, place_in
from bot.ui.moderating.setup import Edit, SecondView, change_settings, moderating_roles, zone_meant
from bot.ui.moderating.setup_view import STEPS, SetupView, base_words

if TYPE_CHECKING:
    Tongue = str
else:  # the choices that discord.py offers and checks, which no checker of types can count
    Tongue = Literal[tuple(own_names())]


async def zone_choices(_: Press, typed: str) -> Choices:
    """Time zones that hold what was typed."""
    wanted = typed.casefold().replace(" ", "_")
    found = sorted({name for plain, name in zones().items() if wanted in plain})
    return [app_commands.Choice(name=name, value=name) for name in found[:CHOICES]]


class Setup(commands.Cog):
    """Set the bot up for this server."""

    async def _change(self, ctx: Context, what: str, edit: Edit) -> None:
        after = await change_settings(ctx.bot, ctx.author, what, edit)
        if isinstance(after, SecondView):
            await ctx.respond(content=str(SecondNeeded()), view=after)
        else:
            await self._show(ctx, after)

    async def _set(self, ctx: Context, what: str, **changes: Any) -> None:
        await self._change(ctx, what, lambda held: replace(held, **changes))

    @commands.hybrid_group(fallback="show", extras={"examples": ("setup",)})
    @only(Rank.MANAGER)
    async def setup(self, ctx: Context) -> None:
        """See this server's settings, and change them by selects and buttons, also step by step."""
        await self._show(ctx, await ctx.services.setups.of(ctx.workspace))

    @staticmethod
    async def _show(ctx: Context, held: Settings) -> None:
        view = SetupView(ctx.author.id, held)
        await ctx.respond(**view.page().message(plain=ctx.plain), view=view)

    @setup.command(extras={"examples": ("setup base",)})
    @only(Rank.MANAGER)
    async def base(self, ctx: Context) -> None:
        """Empty this server's fact base, or put another in its place, after a confirmation; history stays."""
        held = await ctx.services.setups.of(ctx.workspace)
        view = SetupView(ctx.author.id, held, step=len(STEPS))
        page = base_words(await ctx.services.bases.claims(ctx.workspace))
        await ctx.respond(**page.message(plain=ctx.plain), view=view)

    @setup.command(extras={"examples": ("setup moderators @Editors",)})
    @app_commands.describe(role="A role whose holders moderate; naming it again takes it back.")
    @only(Rank.MANAGER)
    async def moderators(self, ctx: Context, *, role: discord.Role) -> None:
        """Make a role's holders moderators, beside everybody with Manage Server; or no longer."""
        moderating_roles([role])

        def edit(held: Settings) -> Settings:
            kept = tuple(each for each in held.moderators if each != role.id)
            return replace(held, moderators=kept if role.id in held.moderators else (*kept, role.id))

        await self._change(ctx, "moderators", edit)

    @setup.command(name="review-channel", extras={"examples": ("setup review-channel #reviews",)})
    @app_commands.describe(channel="Where challenges and proposals are announced; naming it again means nowhere.")
    @only(Rank.MANAGER)
    async def review_channel(self, ctx: Context, *, channel: discord.TextChannel) -> None:
        """Choose where challenges and proposals are announced; naming it again means nowhere."""
        if channel.id != (await ctx.services.setups.of(ctx.workspace)).review_channel:
            await place_for(ctx.author, channel, plainly=True)

        def edit(held: Settings) -> Settings:
            return replace(held, review_channel=None if channel.id == held.review_channel else channel.id)

        await self._change(ctx, "review-channel", edit)

    @setup.command(extras={"examples": ("setup zone Europe/Kyiv",)})
    @app_commands.describe(zone="A time zone's name, such as Europe/Kyiv.")
    @app_commands.autocomplete(zone=zone_choices)
    @only(Rank.MANAGER)
    async def zone(self, ctx: Context, *, zone: commands.Range[str, 1, 60]) -> None:
        """Choose the time zone of dates and schedules."""
        await self._set(ctx, "zone", zone=zone_meant(zone))

    @setup.command(name="four-eyes", extras={"examples": ("setup four-eyes on",)})
    @app_commands.describe(state="Whether changes wait for a second moderator.")
    @only(Rank.MANAGER)
    async def four_eyes(self, ctx: Context, state: Literal["on", "off"]) -> None:
        """Let every change of what members read wait for a second moderator."""
        await self._set(ctx, f"four-eyes {state}", four_eyes=state == "on")

    @setup.command(extras={"examples": ("setup dates uk",)})
    @app_commands.describe(language="The language of month names.")
    @only(Rank.MANAGER)
    async def dates(self, ctx: Context, language: Tongue) -> None:
        """Choose the language in which dates are written."""
        await self._set(ctx, f"dates {language}", dates=language)

    @setup.command(extras={"examples": ("setup language de",)})
    @app_commands.describe(language="The language of answers; what claims say stays as it is.")
    @only(Rank.MANAGER)
    async def language(self, ctx: Context, language: Tongue) -> None:
        """Choose the language of answers and of dates; what claims say stays as it is."""
        await self._set(ctx, f"language {language}", language=language, dates=language)

    @setup.command(extras={"examples": ("setup corrections on",)})
    @app_commands.describe(state="on posts them at once; off offers them to moderators.")
    @only(Rank.MANAGER)
    async def corrections(self, ctx: Context, state: Literal["on", "off"]) -> None:
        """Choose whether corrections are posted without asking when a claim that was shown changes."""
        await self._set(ctx, f"corrections {state}", corrections=state == "on")

    @setup.command(extras={"examples": ("setup receipts 30",)})
    @app_commands.describe(days="How many days receipts of answers are kept.")
    @only(Rank.MANAGER)
    async def receipts(self, ctx: Context, days: commands.Range[int, 1, 3650]) -> None:
        """Choose how long it is kept which message showed which claims."""
        await self._set(ctx, f"receipts {days}", receipt_days=days)

    @setup.command(extras={"examples": ("setup feed https://example.org/hook", "setup feed off")})
    @app_commands.describe(address="An https address that takes JSON, such as a webhook; off means nowhere.")
    @only(Rank.MANAGER)
    async def feed(self, ctx: Context, *, address: commands.Range[str, 3, 500]) -> None:
        """Choose where changes of claims are posted for people outside, as whole blocks; off by default."""
        wanted = "" if address.casefold() == "off" else address.strip("<> ")
        fault = feed_fault(wanted) if wanted else ""
        if fault:
            raise Refused(fault)
        await self._set(ctx, f"feed {host_in(wanted) or 'off'}", feed=wanted)

    @setup.command(extras={"examples": ("setup channel #general corrections off",)})
    @app_commands.describe(
        channel="Which channel.", kind="What may be posted there unasked.", state="Whether it may."
    )
    @only(Rank.MANAGER)
    async def channel(
        self,
        ctx: Context,
        channel: Annotated[Named, PlaceOption],
        kind: Literal["briefings", "corrections", "remarks"],
        state: Literal["on", "off"],
    ) -> None:
        """Choose what may be posted in a channel without somebody there asking for it."""
        entry = f"{place_in(channel).id}:{kind}"

        def edit(held: Settings) -> Settings:
            kept = tuple(each for each in held.muted if each != entry)
            return replace(held, muted=kept if state == "on" else (*kept, entry))

        await self._change(ctx, f"channel {kind} {state}", edit)

    @setup.command(extras={"examples": ("setup reset",)})
    @only(Rank.MANAGER)
    async def reset(self, ctx: Context) -> None:
        """Put every setting back to its default, after a confirmation."""

        async def confirm(press: Press) -> None:
            await press.response.edit_message(content=say("Confirmed."), embeds=[], view=None)
            await self._change(ctx, "reset", lambda _: Settings())

        view = Confirm(ctx.author.id, Rank.MANAGER, say("Reset everything"), confirm, say("Keep"))
        page = Page(say("Reset all settings?"), say("The fact base itself is not touched."))
        await ctx.respond(**page.message(plain=ctx.plain), view=view)
