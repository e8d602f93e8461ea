"""The words that questions to a server's base use for each other: moderators add and take them away."""

from __future__ import annotations

from typing import Literal, Self

from discord.ext import commands

from bot.core.claims import Wording
from bot.core.editing.words import with_words, without_words
from bot.core.wording import refused, say
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.context import Context
from bot.ui.kit.pages import send_pages
from bot.ui.moderating.edits import change_other
from bot.ui.moderating.entries import words_list

Words = commands.Range[str, 1, 300]


class WordFields(commands.FlagConverter, case_insensitive=True):
    """Words, and why."""

    terms: Words = commands.flag(positional=True, description="Words with commas between: dead, killed.")
    reason: str = commands.flag(default="", description="Why you make this change.")

    @classmethod
    async def convert(cls, ctx: Context, argument: str) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride] our own context
        """Read the words; without any, the reply says which are meant."""
        if not argument.strip():
            raise refused("Give the words, with commas between: dead, killed.")
        return await super().convert(ctx, argument)


class KindFields(WordFields):
    """Words, of what kind they are, and why."""

    terms: Words = commands.flag(positional=True, description="Words with commas between: dead, killed.")
    kind: Literal["same", "people", "offices", "events", "light"] = commands.flag(
        name="as", default="same", description="Of what kind they are, in place of words used for each other."
    )


class Vocabulary(commands.Cog):
    """Keep the words that mean the same in this base."""

    @commands.hybrid_group(extras={"examples": ("vocabulary",)})
    async def vocabulary(self, ctx: Context) -> None:
        """List the words that questions to this base use for each other."""
        await send_pages(ctx, words_list((await ctx.snapshot()).base.wording))

    @vocabulary.command(name="list", extras={"examples": ("vocabulary list",)})
    async def vocabulary_list(self, ctx: Context) -> None:
        """List the words that questions to this base use for each other."""
        await self.vocabulary(ctx)

    @vocabulary.command(
        name="add",
        extras={
            "examples": ("vocabulary add settlement, hamlet reason: members ask so", "vocabulary add crew as: people")
        },
    )
    @moderators_only()
    async def vocabulary_add(self, ctx: Context, *, fields: KindFields) -> None:
        """Let words mean the same in questions to this base, at once."""
        before = (await ctx.snapshot()).base.wording
        after = with_words(before, fields.terms, "" if fields.kind == "same" else fields.kind)
        await self._change(ctx, before, after, fields.reason or say("Words added"))

    @vocabulary.command(name="remove", extras={"examples": ("vocabulary remove hamlet reason: another thing here",)})
    @moderators_only()
    async def vocabulary_remove(self, ctx: Context, *, fields: WordFields) -> None:
        """Take words out of those that mean the same as others, at once."""
        before = (await ctx.snapshot()).base.wording
        await self._change(ctx, before, without_words(before, fields.terms), fields.reason or say("Words taken away"))

    @staticmethod
    async def _change(ctx: Context, before: Wording, after: Wording, reason: str) -> None:
        await ctx.defer()
        done = say(
            "Changed the words that are used for each other; {prefix}vocabulary shows them.", prefix=ctx.clean_prefix
        )
        await change_other(ctx, ctx.services.curation.set_words, before, after, reason, done)
