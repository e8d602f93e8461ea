"""
What becomes of a message: a command, a question, a check, a question about an answer, or silence.

In order:

1. after the prefix: a command, or a question that opens with a name of the base; a word of the base that is no name
   is asked back; anything else is silence, as other bots share the prefix;
2. with a mention, anywhere in it, or in a direct message: a command, a question, whatever it is; as a reply to
   somebody's message and naming nothing of its own ("is this true?"), a check of that message;
3. as a reply to an answer of the bot: a question about what that answer showed ("and who said that?");
4. anything else: the watch may look at it.

What Discord itself says in somebody's name ("… started a thread") and what it delivers twice is none of these.

A message that was answered and is edited soon after has its answer edited.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import discord
from discord.ext import commands

from bot.core.asking.follow_ups import about, says_nothing, wanted
from bot.core.asking.reading.spelling import closest
from bot.core.asking.reading.tokens import tokens
from bot.core.asking.reading.tongues import tongues
from bot.core.asking.results import Found, Result
from bot.core.claims import parse_ref
from bot.core.wording import say
from bot.errors import NotFound
from bot.languages.packs import languages
from bot.services.answers import Snapshot
from bot.ui.kit.arguments import Arguments
from bot.ui.kit.checks import speak
from bot.ui.kit.context import Context, replied_to
from bot.ui.kit.cooldown import TooFast
from bot.ui.kit.host import Host
from bot.ui.kit.readable import claims_shown
from cogs.ask import QUESTION_LENGTH, Ask

MENDED_S = 180.0
"""For how long after a message its answer follows an edit of it."""

_SAID = {discord.MessageType.default, discord.MessageType.reply}
"""Kinds of messages that people write themselves."""
_REMEMBERED = 500
_IS_IT_SO = "is it verified?"
"""What a bare mention says as a reply to an answer."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """A message that was looked at: what it said, the reply to it, if any, and the buttons that live below that."""

    said: int
    reply: int | None
    buttons: discord.ui.View | None


def prefixes(prefix: str) -> Callable[[commands.Bot, discord.Message], list[str]]:
    """*prefix* and every way to mention the bot, the longer ones first; in direct messages, nothing, too."""

    def of(bot: commands.Bot, message: discord.Message) -> list[str]:
        me = bot.user.id if bot.user else 0
        alone = [""] if message.guild is None else []
        return [f"<@{me}> ", f"<@!{me}> ", f"<@{me}>", f"<@!{me}>", prefix, *alone]

    return of


_CONTEXT = "caveat"
"""Under which name a slash command keeps its context."""


class Listener(Host):
    """The bot's ears: routes what people write to the commands."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._answered: dict[int, _Answered] = {}

    async def get_context(self, origin: Any, /, *, cls: Any = Context) -> Any:
        """
        Every command runs in our own context, and words dates as its server wants them.

        One for each slash command, which waits from here on, before what was filled in is looked up.
        """
        slash = isinstance(origin, discord.Interaction)
        if slash and _CONTEXT in origin.extras:
            return origin.extras[_CONTEXT]
        ctx = await super().get_context(origin, cls=cls)
        ctx.view = Arguments.of(ctx.view)
        if slash:
            origin.extras[_CONTEXT] = ctx
            ctx.acknowledge()
        await speak(self, ctx.guild.id if ctx.guild else None)
        return ctx

    async def invoke(self, ctx: commands.Context[Any], /) -> None:
        """Run the command of *ctx*, which goes at once when it is done: its own arguments no longer hold it."""
        await super().invoke(ctx)
        ctx.args.clear()

    async def process_commands(self, message: discord.Message, /) -> None:
        """Do what *message* asks for, if it asks for anything."""
        if message.author.bot or message.type not in _SAID or not self.is_new(message.id):
            return
        ctx: Context = await self.get_context(message)
        if await self._route(ctx):
            await self.invoke(ctx)
        self._remember(ctx)

    async def again(self, message: discord.Message, opened: discord.Interaction[Any], /) -> None:
        """Run the command that *message* gives anew, for the eyes of whoever pressed *opened*."""
        message.author = opened.user  # with the rank they have now
        ctx: Context = await self.get_context(message)
        ctx.opened = opened
        if await self._route(ctx):
            await self.invoke(ctx)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer a message that was mended anew, in the place of its first answer."""
        message, before = payload.message, self._answered.get(payload.message_id)
        if before is None or message.author.bot or hash(message.content) == before.said:
            return
        if message.edited_at is None or (message.edited_at - message.created_at).total_seconds() > MENDED_S:
            return
        ctx: Context = await self.get_context(message)
        if before.reply is not None:
            ctx.mending = discord.PartialMessage(channel=message.channel, id=before.reply)  # pyright: ignore[reportArgumentType] a channel that one writes in
        if not await self._route(ctx) or not isinstance(ctx.cog, Ask):
            return
        if before.buttons is not None:
            before.buttons.stop()
        await self.invoke(ctx)
        self._remember(ctx)

    def _remember(self, ctx: Context) -> None:
        """Note what was answered; commands that change something are never run again by an edit."""
        if ctx.prefix is None or not (ctx.cog is None or isinstance(ctx.cog, Ask)):
            return
        self._answered[ctx.message.id] = _Answered(hash(ctx.message.content), ctx.reply_id, ctx.buttons)
        if len(self._answered) > _REMEMBERED:
            del self._answered[next(iter(self._answered))]

    async def _route(self, ctx: Context) -> bool:
        """Whether *ctx* now holds a command to run; what it holds may be none, for silence."""
        try:
            if ctx.prefix is None:
                return await self._unprefixed(ctx)
            if not ctx.prefix or ctx.prefix.startswith("<@"):
                await self._addressed(ctx, ctx.message.content[len(ctx.prefix) :].strip())
            elif ctx.command is None or await self._names_more_than_a_command(ctx):
                await self._prefixed(ctx)
        except TooFast:
            return False  # it may have been another bot's command: nobody is told
        return True

    async def _unprefixed(self, ctx: Context) -> bool:
        """A message that does not begin with the prefix or a mention."""
        within = self._mention(ctx.message.content)
        if within is not None:
            ctx.prefix, text = within
            await self._addressed(ctx, text)
            return True
        if self._is_ours(_resolved(ctx.message)) and await self._followed(ctx):
            return True
        self.dispatch("plain_message", ctx.message)
        return False

    def _mention(self, text: str) -> tuple[str, str] | None:
        """The mention of the bot that ends *text* or stands in a question, and the text without it."""
        found = re.search(rf"<@!?{self.user.id}>", text) if self.user else None
        if found is None or not ("?" in text or not text[found.end() :].strip(" .!")):
            return None
        return found[0], f"{text[: found.start()]} {text[found.end() :]}".strip()

    def _is_ours(self, message: discord.Message | None) -> bool:
        return message is not None and self.user is not None and message.author.id == self.user.id

    async def _followed(self, ctx: Context) -> bool:
        """Take up what is said in reply to an answer of ours, where it asks something that the base answers."""
        text = ctx.message.content.strip()
        typed = tokens(text)
        asks = "?" in text or any(each.asking([token.word for token in typed]) for each in tongues(typed))
        if not asks or not self.cooldown.glance(ctx.author.id, ctx.message.created_at.timestamp()):
            return False
        ctx.prefix = ""
        result = await self._about_shown(ctx, text)
        if result is None:
            snapshot = await self.services.workspaces.open(ctx.workspace)
            result = await snapshot.work_out(snapshot.ask, text[:QUESTION_LENGTH])
            if not isinstance(result, Found):
                ctx.prefix = None
                return False
        self._ask(ctx, text, result)
        return True

    async def _addressed(self, ctx: Context, text: str) -> None:
        """A message that mentions the bot, or is written to it alone; *text* is what it says beside that."""
        replied = await replied_to(ctx.message)
        if replied is not None and self._is_ours(replied):
            result = await self._about_shown(ctx, text or _IS_IT_SO)
            if result is not None:
                self._ask(ctx, text or _IS_IT_SO, result)
                return
        elif replied is not None and (not text or says_nothing(text)):
            ctx.command, ctx.view = self.get_command("check"), Arguments("")
            return
        if not text:
            ctx.command = self.get_command("help")
        elif ctx.command is None or self._only_asks(ctx, text) or await self._names_more_than_a_command(ctx):
            self._ask(ctx, text, None)

    def _only_asks(self, ctx: Context, text: str) -> bool:
        """Whether the command's name is but the word that a question begins with: "why were they sent"."""
        word, _, rest = text.partition(" ")
        named = any(word.casefold() in each.asks["why"] for each in languages())
        return named and bool(rest) and "/channels/" not in rest and ctx.command is not None

    def _ask(self, ctx: Context, text: str, result: Result | None) -> None:
        ctx.command, ctx.view, ctx.result = self.get_command("ask"), Arguments(text), result
        ctx.invoked_with = "ask"

    async def _about_shown(self, ctx: Context, text: str) -> Result | None:
        """What the answer replied to showed, where *text* asks about just that; None where it asks something else."""
        asked = wanted(text)
        if not asked:
            return None
        snapshot = await self.services.workspaces.open(ctx.workspace)
        try:
            claims = await claims_shown(ctx, snapshot.base)
        except NotFound:
            return None
        if not claims:
            return None
        return about(claims, asked, snapshot.base, text)

    async def _names_more_than_a_command(self, ctx: Context) -> bool:
        """Whether a name of the base opens with the command that was found and holds more words than that."""
        typed = ctx.message.content[len(ctx.prefix or "") :].strip()
        snapshot = await self.services.workspaces.open(ctx.workspace)
        words, command = typed.split(), ctx.command
        path = 1
        while isinstance(command, commands.Group) and words[path:]:
            command = command.get_command(words[path].lower())
            path += command is not None
        return snapshot.searcher.typed.opening(typed) > len(tokens(" ".join(words[:path])))

    async def _prefixed(self, ctx: Context) -> None:
        """Words after the prefix that are no command, or more than one."""
        text = ctx.message.content[len(ctx.prefix or "") :].strip()
        if await self.is_nowhere(ctx) or await self._names_something(ctx, text):
            ctx.command, ctx.view.index = self.get_command("ask"), len(ctx.prefix or "")
        elif ctx.command is None and self._is_ours(_resolved(ctx.message)):
            result = await self._about_shown(ctx, text)
            if result is not None:
                self._ask(ctx, text, result)

    async def is_nowhere(self, ctx: Context) -> bool:
        """Whether it is in direct messages, and no base answers there."""
        return ctx.guild is None and not (await self.services.workspaces.open(ctx.workspace)).base.live

    async def _names_something(self, ctx: Context, text: str) -> bool:
        at = ctx.message.created_at.timestamp()
        if not self.cooldown.glance(ctx.author.id, at):
            return False
        snapshot = await self.services.workspaces.open(ctx.workspace)
        asked = text[:QUESTION_LENGTH]
        ctx.result = await snapshot.work_out(snapshot.named, asked)
        if ctx.result is None and _retired(snapshot, text):
            self.cooldown.act(ctx.author.id, at)
            await ctx.tell(_retired(snapshot, text))
        elif ctx.result is None:
            meant = closest(ctx.invoked_with or "", sorted(self.all_commands))
            if meant:
                self.cooldown.act(ctx.author.id, at)
                await ctx.tell(say("Did you mean `{prefix}{meant}`?", prefix=ctx.clean_prefix, meant=meant))
            else:
                ctx.result = await snapshot.work_out(snapshot.hinted, asked)
        return ctx.result is not None


def _retired(snapshot: Snapshot, text: str) -> str:
    """That *text* is the id of a claim that was retired; empty where it is not."""
    claim = snapshot.base.claims.get(parse_ref(text, bare=False) or 0)
    return say("{ref} was retired and no longer answers.", ref=claim.ref) if claim and claim.retired else ""


def _resolved(message: discord.Message) -> discord.Message | None:
    """The message that *message* replies to, as far as Discord sent it along; nothing is fetched."""
    reference = message.reference
    found = (reference.resolved or reference.cached_message) if reference else None
    return found if isinstance(found, discord.Message) else None
