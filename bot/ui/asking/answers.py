"""What members see for each kind of result: claims, a question back, or an honest no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.asking.overview import by_claimant, namesakes, voices
from bot.core.asking.search import Found, Nothing, Option, Result, Unsure
from bot.core.asking.summary import summary
from bot.core.claims import Claim, FactBase
from bot.core.plurals import plural
from bot.core.wording import later, say
from bot.services.answers import Snapshot
from bot.ui.asking.finding import corrected, found_pages, title_of
from bot.ui.asking.no_answer import TellMe, about_buttons
from bot.ui.kit.context import Context, Outcome
from bot.ui.kit.embeds import Page, claim_pages
from bot.ui.kit.host import Press
from bot.ui.kit.pages import Choice, replace_pages, send_pages
from bot.ui.kit.text import bold, escape

NO_CLAIM = later("No claim in the fact base matches that.")


def nothing_page(nothing: Nothing, base: FactBase) -> Page:
    """The honest no: no figure, nothing of what was asked, and the topics that come near, by name."""
    if not base.live:
        return Page(say(NO_CLAIM), say("The fact base is empty; moderators fill it by !claim add or !import."))
    near = ", ".join(bold(escape(entry.name)) for entry in nothing.nearest)
    beside = [say("Near to it: {topics}.", topics=near)] if near else []
    lines = [*corrected(nothing.corrections), *beside]
    return Page(say(NO_CLAIM), "\n".join(lines), "" if near else say("!topics lists everything there is"))


_VOICES = 5
_NAMESAKES = 2


def sources_pages(snapshot: Snapshot, found: Found, title: str, *, plain: bool) -> list[Page]:
    """Who says what: claimants at a glance, without a figure, then their claims, one claimant after the other."""
    base = snapshot.base
    claims = by_claimant(found.claims)
    told = voices(claims)
    lines = [f"{bold(escape(voice.claimant))}: {voice.counted}" for voice in told[:_VOICES]]
    if len(told) > _VOICES:
        lines.append(say("and {claimants}", claimants=plural(len(told) - _VOICES, "more claimant")))
    warnings = [
        say("The same number counts unlike things: {figures}.", figures=_counted_unlike(by_metric, base))
        for by_metric in namesakes(claims)[:_NAMESAKES]
    ]
    return claim_pages(
        title,
        claims,
        base=base,
        intro=[bold(summary(claims, base.disputes)), *lines, *warnings] if len(claims) > 1 else [],
        plain=plain,
    )


def _counted_unlike(by_metric: Mapping[str, Sequence[Claim]], base: FactBase) -> str:
    return "; ".join(
        say(
            "{metric} in {refs}",
            metric=escape(base.metrics[key].name if key in base.metrics else key),
            refs=", ".join(dict.fromkeys(claim.ref for claim in claims)),
        )
        for key, claims in by_metric.items()
    )


async def show(ctx: Context, snapshot: Snapshot, result: Result) -> None:
    """Reply with *result*; a reading chosen by button replaces the question in place."""
    match result:
        case Found():
            await send_pages(ctx, found_pages(snapshot, result, title_of(result), plain=ctx.plain))
        case Nothing():
            ctx.outcome = Outcome.NO_CLAIM
            miss = ctx.services.missed.note(ctx.workspace, ctx.asked)
            buttons = [*about_buttons(result.nearest, ctx.author.id), *([] if miss is None else [TellMe(miss)])]
            await send_pages(ctx, [nothing_page(result, snapshot.base)], buttons)
        case Unsure():
            ctx.outcome = Outcome.ASKED_BACK
            await _ask_back(ctx, snapshot, await snapshot.by_meaning(result))


async def _ask_back(ctx: Context, snapshot: Snapshot, unsure: Unsure) -> None:
    plain = ctx.plain

    async def chosen(press: Press, option: Option | None) -> None:
        if option is None and unsure.offered:
            ctx.services.missed.note(ctx.workspace, ctx.asked)
        result = await snapshot.work_out(snapshot.ask, option.question) if option else None
        pages = [nothing_page(Nothing(asked=unsure.asked), snapshot.base)]
        if isinstance(result, Found):
            pages = found_pages(snapshot, result, title_of(result), plain=plain)
        await replace_pages(press, pages, choice.message, plain=plain)

    choice = Choice(unsure.options, ctx.author.id, chosen)
    why = (
        say("No claim says it in these words. One of these may be what is meant:")
        if unsure.offered
        else say("That can be read in more than one way. Choose one:")
    )
    await ctx.respond(**Page(say("Did you mean …?"), why).message(plain=plain), view=choice)
