"""What claims refer to: moderators add and edit parties, places, topics, metrics, sources, and their aliases."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.claims import GROUPS, Kind
from bot.core.editing.entry_drafts import (
    any_named,
    edited_entry,
    key_of,
    new_entry,
    source_of,
    with_alias,
    without_alias,
)
from bot.core.editing.fields import named
from bot.core.wording import refused, say
from bot.errors import NotFound
from bot.ui.kit.arguments import Arguments, Fields
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.completion import (
    complete_entries,
    complete_metrics,
    completing,
    entry_choices,
    party_choices,
    source_choices,
)
from bot.ui.kit.context import Context
from bot.ui.kit.files import read_whole
from bot.ui.kit.host import Host
from bot.ui.kit.pages import send_pages
from bot.ui.kit.text import bold, escape
from bot.ui.moderating.edits import change_other
from bot.ui.moderating.entries import alias_line, entry_list, source_list

Name = commands.Range[str, 1, 120]
Group = commands.HybridGroup[Any, ..., Any]
_LARGEST_TEXT = 5_000_000


class EntryFields(Fields):
    """The fields of a party, place, topic or metric."""

    name: str = commands.flag(default="", description="As people see it.")
    aliases: str = commands.flag(default="", description="Other names, with commas between.")
    description: str = commands.flag(default="", description="One sentence, without figures.")
    part_of: str = commands.flag(default="", description="What it belongs to: a ministry to its country.")
    style: str = commands.flag(default="", description="A party's wording as a claimant.")
    members: str = commands.flag(default="", description="The parties that a described group is made of.")
    reason: str = commands.flag(default="", description="Why you make this change.")


class SourceFields(Fields):
    """The fields of a source."""

    publisher: str = commands.flag(default="", description="The party that published it.")
    published: str = commands.flag(default="", description="The day, like 2025-11-14.")
    title: str = commands.flag(default="", description="Its title, if known.")
    sha256: str = commands.flag(default="", description="The hash of its text; or attach the text.")
    url: str = commands.flag(default="", description="Where it can be read: https://…")
    retrieved: str = commands.flag(default="", description="The day it was read there, like 2025-11-15.")
    reason: str = commands.flag(default="", description="Why you make this change.")


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
            raise refused("Put “reason:” before the reason, or one pair of quotation marks around the whole name.")
        return fields


class Entries(commands.Cog):
    """Keep what claims refer to."""

    def __init__(self, bot: Host) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """The four kinds of entry have the same commands, so they are made, not written out."""
        for kind in Kind:
            self._bot.add_command(entry_group(kind))

    @commands.hybrid_group(extras={"examples": ("source",)})
    async def source(self, ctx: Context) -> None:
        """List the documents in which claims were read."""
        await send_pages(ctx, source_list((await ctx.snapshot()).base))

    @source.command(name="list", extras={"examples": ("source list",)})
    async def source_list(self, ctx: Context) -> None:
        """List the documents in which claims were read."""
        await self.source(ctx)

    @source.command(
        name="add",
        extras={"examples": ("source add reuters-2025-12-01 publisher: Reuters published: 2025-12-01 reason: new",)},
    )
    @app_commands.describe(key="A short name for it, such as reuters-2025-12-01.", text="Its text, to be hashed.")
    @app_commands.autocomplete(publisher=party_choices)
    @moderators_only()
    async def source_add(
        self, ctx: Context, key: Name, text: discord.Attachment | None = None, *, fields: SourceFields
    ) -> None:
        """Add a source; attach its text, which is hashed and not kept."""
        base = (await ctx.snapshot()).base
        wanted = key_of(key)
        if not wanted or wanted in base.sources:
            raise refused("“{key}” is taken or has no letter or digit; choose another key.", key=key)
        after = source_of(base, None, wanted, await _with_hash(fields, text))
        done = say("Added source `{key}`: claims can name it from now on.", key=wanted)
        await change_other(ctx, ctx.services.curation.set_entry, None, after, fields.reason, done)

    @source.command(
        name="edit", extras={"examples": ("source edit {source} title: The headline as printed reason: title",)}
    )
    @app_commands.describe(key="Its key; !source list shows them.", text="Its text, to be hashed anew.")
    @app_commands.autocomplete(key=source_choices, publisher=party_choices)
    @moderators_only()
    async def source_edit(
        self, ctx: Context, key: Name, text: discord.Attachment | None = None, *, fields: SourceFields
    ) -> None:
        """Change a source; every claim read in it is worded with it at once."""
        base = (await ctx.snapshot()).base
        before = base.sources.get(key.strip().lower())
        if before is None:
            raise NotFound(say("There is no source “{key}”; !source list shows them.", key=key))
        after = source_of(base, before, before.key, await _with_hash(fields, text))
        done = say("Changed source `{key}`.", key=before.key)
        await change_other(ctx, ctx.services.curation.set_entry, before, after, fields.reason, done)

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
    @app_commands.autocomplete(entry=entry_choices)
    @moderators_only()
    async def alias_add(self, ctx: Context, entry: Name, *, fields: AliasFields) -> None:
        """Let an entry answer to another name, at once."""
        base = (await ctx.snapshot()).base
        before = any_named(base, entry)
        after = with_alias(base, before, fields.alias, ctx.services.curation.commands)
        why = fields.reason or say("Alias “{alias}” added", alias=fields.alias)
        done = alias_line(before, added=True)
        await change_other(ctx, ctx.services.curation.set_entry, before, after, why, done)

    @alias.command(name="remove", extras={"examples": ("alias remove {topic_quoted} another name",)})
    @app_commands.describe(entry="A topic, place, party or metric.")
    @app_commands.autocomplete(entry=entry_choices)
    @moderators_only()
    async def alias_remove(self, ctx: Context, entry: Name, *, fields: AliasFields) -> None:
        """Take a name away from an entry, at once."""
        before = any_named((await ctx.snapshot()).base, entry)
        after = without_alias(before, fields.alias)
        why, done = (
            fields.reason or say("Alias “{alias}” removed", alias=fields.alias),
            alias_line(before, added=False),
        )
        await change_other(ctx, ctx.services.curation.set_entry, before, after, why, done)


async def _with_hash(fields: SourceFields, text: discord.Attachment | None) -> dict[str, str]:
    """What was typed, and the hash of the *text* that was attached."""
    if text is None:
        return fields.typed()
    whole = await read_whole(text, _LARGEST_TEXT, say("That text is larger than 5 MB; give its sha256 instead."))
    return {**fields.typed(), "sha256": hashlib.sha256(whole).hexdigest()}


def entry_group(kind: Kind) -> Group:
    """The commands for one kind of entry: add, edit, list."""
    plural = GROUPS[kind]
    description = f"List the {plural} of the fact base, with their keys and other names."
    sample = f"name: Example aliases: sample reason: a new {kind}"
    choices = completing(
        complete_metrics if kind is Kind.METRIC else partial(complete_entries, kinds=frozenset({kind}))
    )

    async def show(ctx: Context) -> None:
        entries = (await ctx.snapshot()).base.of_kind(kind)
        await send_pages(ctx, entry_list(say(plural.capitalize()), entries))

    async def listed(ctx: Context) -> None:
        await show(ctx)

    @app_commands.autocomplete(part_of=choices)
    @moderators_only()
    async def add(ctx: Context, *, fields: EntryFields) -> None:
        curation = ctx.services.curation
        entry = new_entry((await ctx.snapshot()).base, kind, fields.typed(), curation.commands)
        what = {"kind": say(kind), "name": bold(escape(entry.name)), "key": entry.key}
        done = (
            say("Added {kind} {name} (`{key}`); figures can name it from now on.", **what)
            if kind is Kind.METRIC
            else say("Added {kind} {name} (`{key}`); it answers from now on.", **what)
        )
        await change_other(ctx, curation.set_entry, None, entry, fields.reason, done)

    @app_commands.describe(entry="Which one, by any of its names.")
    @app_commands.autocomplete(part_of=choices, entry=choices)
    @moderators_only()
    async def edit(ctx: Context, entry: Name, *, fields: EntryFields) -> None:
        curation, base = ctx.services.curation, (await ctx.snapshot()).base
        before = named(base.of_kind(kind), entry)
        after = edited_entry(base, before, fields.typed(), curation.commands)
        what = {"kind": say(kind), "name": bold(escape(after.name)), "key": after.key}
        done = say("Changed {kind} {name} (`{key}`).", **what)
        await change_other(ctx, curation.set_entry, before, after, fields.reason, done)

    group: Group = commands.HybridGroup(
        show, name=kind.value, help=description, description=description, extras={"examples": (kind.value,)}
    )
    _sub(group, "list", listed, description, f"{kind} list")
    _sub(group, "add", add, f"Add a {kind}; its names answer at once.", f"{kind} add {sample}")
    _sub(
        group,
        "edit",
        edit,
        f"Change a {kind}; claims are worded with it at once. A bare - empties a field.",
        f"{kind} edit Example {sample}",
    )
    return group


def _sub(group: Group, name: str, callback: Any, words: str, example: str) -> None:
    group.command(name=name, help=words, description=words, extras={"examples": (example,)})(callback)
