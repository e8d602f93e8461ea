"""What claims refer to: moderators add and edit parties, places, topics, metrics, sources, and their aliases."""

from __future__ import annotations

import hashlib
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.claims import GROUPS, Kind
from bot.core.editing.drafts import check_start
from bot.core.editing.entry_drafts import (
    ENTRY_FIELDS,
    SOURCE_FIELDS,
    any_named,
    edited_entry,
    key_of,
    new_entry,
    source_of,
    with_alias,
    without_alias,
)
from bot.core.editing.fields import named
from bot.core.wording import say
from bot.errors import NotFound, Refused
from bot.services.answers import CURATED
from bot.services.curation import Curation
from bot.services.setups import Setups
from bot.ui.kit.arguments import Arguments
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.completion import complete_entries, complete_metrics, complete_sources
from bot.ui.kit.context import Context
from bot.ui.kit.pages import send_pages
from bot.ui.kit.text import bold, escape
from bot.ui.moderating.entries import alias_line, entry_list, source_list
from bot.ui.moderating.proposals import show_written

Interaction = discord.Interaction[commands.AutoShardedBot]
Name = commands.Range[str, 1, 120]
Group = commands.HybridGroup[Any, ..., Any]
Command = commands.HybridCommand[Any, ..., Any]
_LARGEST_TEXT = 5_000_000


class EntryFields(commands.FlagConverter, case_insensitive=True):
    """The fields of a party, place, topic or metric."""

    name: str = commands.flag(default="", description="As people see it.")
    aliases: str = commands.flag(default="", description="Other names, with commas between.")
    description: str = commands.flag(default="", description="One sentence, without figures.")
    part_of: str = commands.flag(default="", description="What it belongs to: a ministry to its country.")
    style: str = commands.flag(default="", description="A party's wording as a claimant.")
    members: str = commands.flag(default="", description="The parties that a described group is made of.")
    reason: str = commands.flag(default="", description="Why you make this change.")

    @classmethod
    async def convert(cls, ctx: Context, argument: str) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride] our own context
        """Read the fields; what stands before the first one belongs to none and must not be lost."""
        check_start(argument, (*ENTRY_FIELDS, "reason"))
        return await super().convert(ctx, argument)


class SourceFields(commands.FlagConverter, case_insensitive=True):
    """The fields of a source."""

    publisher: str = commands.flag(default="", description="The party that published it.")
    published: str = commands.flag(default="", description="The day, like 2025-11-14.")
    title: str = commands.flag(default="", description="Its title, if known.")
    sha256: str = commands.flag(default="", description="The hash of its text; or attach the text.")
    url: str = commands.flag(default="", description="Where it can be read: https://…")
    retrieved: str = commands.flag(default="", description="The day it was read there, like 2025-11-15.")
    reason: str = commands.flag(default="", description="Why you make this change.")

    @classmethod
    async def convert(cls, ctx: Context, argument: str) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride] our own context
        """Read the fields; what stands before the first one belongs to none and must not be lost."""
        check_start(argument, (*SOURCE_FIELDS, "reason"))
        return await super().convert(ctx, argument)


class AliasFields(commands.FlagConverter, case_insensitive=True):
    """Another name, of as many words as it has, and why."""

    alias: Name = commands.flag(positional=True, description="The other name.")
    reason: str = commands.flag(default="", description="Why you make this change.")

    @classmethod
    async def convert(cls, ctx: Context, argument: str) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride] our own context
        """Read the name, with or without quotation marks; the reason is named, so that neither swallows the other."""
        fields = await super().convert(ctx, argument)
        view = Arguments(fields.alias)
        quoted = view.quotes
        fields.alias = (view.get_quoted_word() or "") if quoted else fields.alias
        if quoted and not view.eof:
            raise Refused(
                say("Put “reason:” before the reason, or one pair of quotation marks around the whole name.")
            )
        return fields


def _typed(fields: commands.FlagConverter, names: tuple[str, ...]) -> dict[str, str]:
    given = {name: str(getattr(fields, name)) for name in names}
    return {name: text for name, text in given.items() if text.strip()}


class Entries(commands.Cog):
    """Keep what claims refer to."""

    def __init__(self, bot: commands.AutoShardedBot, curation: Curation, setups: Setups) -> None:
        self._bot = bot
        self._curation = curation
        self._setups = setups
        self._groups = [entry_group(kind, curation, setups) for kind in Kind]

    async def cog_load(self) -> None:
        """The four kinds of entry have the same commands, so they are made, not written out."""
        for group in self._groups:
            self._bot.add_command(group)

    async def cog_unload(self) -> None:
        """Take them away again."""
        for group in self._groups:
            self._bot.remove_command(group.name)

    @commands.hybrid_group(extras={"examples": ("source",)})
    async def source(self, ctx: Context) -> None:
        """List the documents in which claims were read."""
        await self._list_sources(ctx)

    @source.command(name="list", extras={"examples": ("source list",)})
    async def source_list(self, ctx: Context) -> None:
        """List the documents in which claims were read."""
        await self._list_sources(ctx)

    async def _list_sources(self, ctx: Context) -> None:
        await send_pages(ctx, source_list(await self._curation.base(ctx.workspace)))

    @source.command(
        name="add",
        extras={"examples": ("source add reuters-2025-12-01 publisher: Reuters published: 2025-12-01 reason: new",)},
    )
    @app_commands.describe(key="A short name for it, such as reuters-2025-12-01.", text="Its text, to be hashed.")
    @moderators_only()
    async def source_add(
        self, ctx: Context, key: Name, text: discord.Attachment | None = None, *, fields: SourceFields
    ) -> None:
        """Add a source; attach its text, which is hashed and not kept."""
        base = await self._curation.base(ctx.workspace)
        wanted = key_of(key)
        if not wanted or wanted in base.sources:
            raise Refused(say("“{key}” is taken or has no letter or digit; choose another key.", key=key))
        after = source_of(base, None, wanted, await self._typed(fields, text))
        written = await self._curation.set_entry(
            ctx.workspace, None, after, str(ctx.author.id), fields.reason, where=ctx.channel.id
        )
        done = say("Added source `{key}`: claims can name it from now on.", key=wanted)
        await show_written(ctx, self._setups, written, done)

    @source.command(
        name="edit", extras={"examples": ("source edit {source} title: The headline as printed reason: title",)}
    )
    @app_commands.describe(key="Its key; !source list shows them.", text="Its text, to be hashed anew.")
    @moderators_only()
    async def source_edit(
        self, ctx: Context, key: Name, text: discord.Attachment | None = None, *, fields: SourceFields
    ) -> None:
        """Change a source; every claim read in it is worded with it at once."""
        base = await self._curation.base(ctx.workspace)
        before = base.sources.get(key.strip().lower())
        if before is None:
            raise NotFound(say("There is no source “{key}”; !source list shows them.", key=key))
        after = source_of(base, before, before.key, await self._typed(fields, text))
        written = await self._curation.set_entry(
            ctx.workspace, before, after, str(ctx.author.id), fields.reason, where=ctx.channel.id
        )
        await show_written(ctx, self._setups, written, say("Changed source `{key}`.", key=before.key))

    @staticmethod
    async def _typed(fields: SourceFields, text: discord.Attachment | None) -> dict[str, str]:
        typed = _typed(fields, SOURCE_FIELDS)
        if text is not None:
            if text.size > _LARGEST_TEXT:
                raise Refused(say("That text is larger than 5 MB; give its sha256 instead."))
            typed["sha256"] = hashlib.sha256(await text.read()).hexdigest()
        return typed

    @commands.hybrid_group(extras={"examples": ("alias",)})
    async def alias(self, ctx: Context) -> None:
        """Explain how to give an entry another name."""
        prefix = ctx.clean_prefix
        await ctx.tell(
            say(
                "Write {prefix}alias add, a name (of several words: in quotation marks) and its other name, and if "
                "you like “reason:” and why; {prefix}alias remove takes one away likewise.",
                prefix=prefix,
            )
        )

    @alias.command(name="add", extras={"examples": ("alias add {topic_quoted} another name reason: people say so",)})
    @app_commands.describe(entry="A topic, place, party or metric.")
    @moderators_only()
    async def alias_add(self, ctx: Context, entry: Name, *, fields: AliasFields) -> None:
        """Let an entry answer to another name, at once."""
        base = await self._curation.base(ctx.workspace)
        before = any_named(base, entry)
        after = with_alias(base, before, fields.alias, self._curation.commands)
        why = fields.reason or say("Alias “{alias}” added", alias=fields.alias)
        written = await self._curation.set_entry(
            ctx.workspace, before, after, str(ctx.author.id), why, where=ctx.channel.id
        )
        await show_written(ctx, self._setups, written, alias_line(before, added=True))

    @alias.command(name="remove", extras={"examples": ("alias remove {topic_quoted} another name",)})
    @app_commands.describe(entry="A topic, place, party or metric.")
    @moderators_only()
    async def alias_remove(self, ctx: Context, entry: Name, *, fields: AliasFields) -> None:
        """Take a name away from an entry, at once."""
        base = await self._curation.base(ctx.workspace)
        before = any_named(base, entry)
        after = without_alias(before, fields.alias)
        why = fields.reason or say("Alias “{alias}” removed", alias=fields.alias)
        written = await self._curation.set_entry(
            ctx.workspace, before, after, str(ctx.author.id), why, where=ctx.channel.id
        )
        await show_written(ctx, self._setups, written, alias_line(before, added=False))

    @alias_add.autocomplete("entry")
    @alias_remove.autocomplete("entry")
    async def complete_entry(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer entries."""
        snapshot = await self._curation.snapshot(interaction.guild_id or CURATED)
        return complete_entries(snapshot, typed)

    @source_add.autocomplete("publisher")
    @source_edit.autocomplete("publisher")
    async def complete_publisher(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer parties."""
        snapshot = await self._curation.snapshot(interaction.guild_id or CURATED)
        return complete_entries(snapshot, typed, frozenset({Kind.PARTY}))

    @source_edit.autocomplete("key")
    async def complete_source(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer sources."""
        return complete_sources(await self._curation.snapshot(interaction.guild_id or CURATED), typed)


def entry_group(kind: Kind, curation: Curation, setups: Setups) -> Group:
    """The commands for one kind of entry: add, edit, list."""
    plural = GROUPS[kind]
    listing, adding, changing = _DOES[kind]
    sample = f"name: Example aliases: sample reason: a new {kind}"

    async def show(ctx: Context) -> None:
        entries = (await curation.base(ctx.workspace)).of_kind(kind)
        await send_pages(ctx, entry_list(say(plural.capitalize()), entries))

    async def listed(ctx: Context) -> None:
        await show(ctx)

    async def add(ctx: Context, *, fields: EntryFields) -> None:
        base = await curation.base(ctx.workspace)
        entry = new_entry(base, kind, _typed(fields, ENTRY_FIELDS), curation.commands)
        written = await curation.set_entry(
            ctx.workspace, None, entry, str(ctx.author.id), fields.reason, where=ctx.channel.id
        )
        what = {"kind": say(kind), "name": bold(escape(entry.name)), "key": entry.key}
        done = (
            say("Added {kind} {name} (`{key}`); figures can name it from now on.", **what)
            if kind is Kind.METRIC
            else say("Added {kind} {name} (`{key}`); it answers from now on.", **what)
        )
        await show_written(ctx, setups, written, done)

    async def edit(ctx: Context, entry: Name, *, fields: EntryFields) -> None:
        base = await curation.base(ctx.workspace)
        before = named(base.of_kind(kind), entry)
        after = edited_entry(base, before, _typed(fields, ENTRY_FIELDS), curation.commands)
        written = await curation.set_entry(
            ctx.workspace, before, after, str(ctx.author.id), fields.reason, where=ctx.channel.id
        )
        await show_written(
            ctx,
            setups,
            written,
            say("Changed {kind} {name} (`{key}`).", kind=say(kind), name=bold(escape(after.name)), key=after.key),
        )

    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        snapshot = await curation.snapshot(interaction.guild_id or CURATED)
        if kind is Kind.METRIC:
            return complete_metrics(snapshot, typed)
        return complete_entries(snapshot, typed, frozenset({kind}))

    group: Group = commands.HybridGroup(
        show, name=kind.value, help=listing, description=listing, extras={"examples": (kind.value,)}
    )
    _sub(group, "list", listed, listing, f"{kind} list")
    _sub(group, "add", moderators_only()(add), adding, f"{kind} add {sample}").autocomplete("part_of")(complete)
    app_commands.describe(entry="Which one, by any of its names.")(edit)
    editing = _sub(group, "edit", moderators_only()(edit), changing, f"{kind} edit Example {sample}")
    editing.autocomplete("part_of")(complete)
    editing.autocomplete("entry")(complete)
    return group


_DOES = {
    Kind.TOPIC: (
        "List the topics of the fact base, with their keys and other names.",
        "Add a topic; its names answer at once.",
        "Change a topic; claims are worded with it at once. A bare - empties a field.",
    ),
    Kind.PLACE: (
        "List the places of the fact base, with their keys and other names.",
        "Add a place; its names answer at once.",
        "Change a place; claims are worded with it at once. A bare - empties a field.",
    ),
    Kind.PARTY: (
        "List the parties of the fact base, with their keys and other names.",
        "Add a party; its names answer at once.",
        "Change a party; claims are worded with it at once. A bare - empties a field.",
    ),
    Kind.METRIC: (
        "List the metrics of the fact base, with their keys and other names.",
        "Add a metric; its names answer at once.",
        "Change a metric; claims are worded with it at once. A bare - empties a field.",
    ),
}
"""What listing, adding and changing entries of a kind does."""


def _sub(group: Group, name: str, callback: Any, words: str, example: str) -> Command:
    return group.command(name=name, help=words, description=words, extras={"examples": (example,)})(callback)
