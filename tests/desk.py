"""The shared scene: two servers, the people in them, the real bot; and what every message of the bot must keep."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
import simcord
from simcord.results import to_discord_message

from bot.app import Caveat, composed
from bot.core.block import ATTRIBUTION, VERIFICATION
from bot.core.claims import FactBase
from bot.demo import buttons, transcript
from bot.languages.sentences import translations
from bot.settings import Settings
from bot.ui.kit.text import as_shown
from tests.contract import Body, choices_in, made_in, message_in

_REF = re.compile(r"^C\d+( ·.*)?$")
_MENTION = re.compile(r"(?<!\\)<@!?&?\d+>|@everyone|@here")
_LED = r"(?:\bby|, and|,|, for|^For|In the words of) "
"""What stands before a mention that we make ourselves."""
_HOLE = re.compile(_LED + r"(\{\w+\})")


def _led() -> str:
    """The same in every language: what stands there before the values that are led so in English."""
    found = {
        told.partition(hole[1])[0].rpartition("{")[2].rpartition("}")[2].rstrip()[-12:]
        for each in translations().values()
        for english, told in each.said.items()
        for hole in _HOLE.finditer(english)
    }
    return "|".join(map(re.escape, sorted(found - {""})))


_OURS = re.compile(rf"(?:{_LED}|(?:{_led()}) ?)<@&?\d+>")
_OWN_WORDS = re.compile(r"In the words of .+, not of the fact base:\n> “.*”")
_FORMS = {"Who says what", "Caveat, figures, more", "Where, when, through whom"}
"""Forms in which a moderator edits a claim: their fields hold what it says, and nobody else sees them."""
_ALT_BLOCK = re.compile(rf"C\d+: {ATTRIBUTION} .+ {VERIFICATION} .+")
_TELLING, _SHORT = 1000, 3


class Moment:
    """The bot's clock: simulated time, once there is a simulation."""

    env: simcord.Env | None = None
    ahead = timedelta()

    def __call__(self) -> datetime:
        """The present, aware, in UTC."""
        return (self.env.now() if self.env else datetime.now(UTC)) + self.ahead


ADD = (
    "!claim add statement: North Korea sent 37 field kitchens to the Kursk region. claimant: ukraine "
    "source: fox-2025-11-14 status: not independently verified caveat: Nobody could count them. | Reuters "
    "topics: troops figures: sent | North Korean field kitchens | 37 | 37 | kitchens reason: a new report"
)
"""A claim, ready to be saved."""


@dataclass
class Desk:
    """
    Everybody a test can act as, and where.

    `member`, `colleague`, `moderator` and `admin` are in `server`; `rival` moderates `other_server`; `channel` and
    `thread` are in the first server, `other_channel` in the second; `whisper` is a direct message.
    """

    env: simcord.Env
    bot: Caveat
    settings: Settings
    server: simcord.GuildHandle
    other_server: simcord.GuildHandle
    channel: simcord.ChannelHandle
    thread: simcord.ChannelHandle
    other_channel: simcord.ChannelHandle
    member: simcord.MemberActor
    colleague: simcord.MemberActor
    moderator: simcord.MemberActor
    admin: simcord.MemberActor
    rival: simcord.MemberActor
    clock: Moment
    stop_second_bot: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def say(
        self, text: str, *, who: simcord.MemberActor | None = None, where: simcord.ChannelHandle | None = None
    ) -> discord.Message | None:
        """Say *text* in the channel (as the member unless told); the bot's newest message, if it answered."""
        speaker = who or self.member
        channel = where or (self.other_channel if speaker is self.rival else self.channel)
        before = set(self.env.backend.messages.get(channel.id, ()))
        await speaker.send(channel, text)
        return self._newest(channel, before)

    async def whisper(self, text: str) -> discord.Message | None:
        """Send *text* to the bot as the member's direct message; its newest message there, if it answered."""
        channel = self.member.user.dm_channel
        before = set(self.env.backend.messages.get(channel.id, ()))
        await self.member.send_dm(text)
        return self._newest(channel, before)

    def _newest(self, channel: simcord.ChannelHandle, before: set[int]) -> discord.Message | None:
        mine = [
            message
            for number, message in self.env.backend.messages.get(channel.id, {}).items()
            if number not in before and message.author_id == self.env.backend.bot_user.id
        ]
        return to_discord_message(self.env, max(mine, key=lambda each: each.id)) if mine else None

    async def later(self, **passed: float) -> None:
        """Let simulated time pass: `later(minutes=3)`."""
        await self.env.advance_time(timedelta(**passed).total_seconds())

    def skip(self, **passed: float) -> None:
        """Set the bot's clock ahead: for what is reckoned when asked, as nothing that is due meanwhile happens."""
        self.clock.ahead += timedelta(**passed)

    async def answer(self, text: str) -> str:
        """What a client shows of the bot's answer to the member's *text*; empty for silence."""
        message = await self.say(text)
        return text_of(message) if message else ""

    async def restart(self) -> None:
        """Stop the bot's process and start another one on the same database."""
        await self.stop_second_bot.aclose()
        fresh = await self.stop_second_bot.enter_async_context(
            composed(self.settings, clock=self.clock, shard_count=1)
        )
        await self.env.restart_bot(fresh)
        self.bot = fresh

    def check_answers(self, base: FactBase) -> None:
        """Fail if anything the bot has sent, in any state it was ever in, breaks the answer contract."""
        figures = figures_of(base)
        for request in self.env.http_requests:
            found = request_breaches(request.method, request.path, request.json, figures)
            assert not found, f"{found}\n{request.json}"


def text_of(message: discord.Message) -> str:
    """A message as a client shows it, as plain text."""
    return transcript(message)


def labels_of(message: discord.Message) -> list[str]:
    """The labels of the buttons that can be pressed."""
    return [button.label or "" for button in buttons(message) if not button.disabled]


async def moderator_says(desk: Desk, text: str, who: simcord.MemberActor | None = None) -> str:
    """What the moderator, or *who*, is shown, behind a button too where it is for their eyes alone."""
    whoever = who or desk.moderator
    answer = await desk.say(text, who=whoever)
    if answer and labels_of(answer) == ["Show me"]:
        shown = await whoever.click(answer, label="Show me")
        assert shown.ephemeral
        return newest(desk)
    return text_of(answer) if answer else ""


def slow(patch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    """Let the method *name* of *owner* take longer than a slash command may wait before it is acknowledged."""
    done = getattr(owner, name)

    async def slowly(*given: Any) -> Any:
        await asyncio.sleep(2)
        return await done(*given)

    patch.setattr(owner, name, slowly)


async def press(desk: Desk, label: str, who: simcord.MemberActor | None = None) -> simcord.InteractionResult:
    """Press a button under the newest message that has it."""
    return await (who or desk.moderator).click(newest_with(desk, label), label=label)


def newest_with(desk: Desk, label: str) -> discord.Message:
    """The newest message with a button."""
    return next(each for each in newest_first(desk, desk.channel) if label in labels_of(each))


def newest_first(desk: Desk, channel: simcord.ChannelHandle) -> Iterator[discord.Message]:
    """What stands in the channel, each message made when it is come to."""
    messages = desk.env.backend.messages.get(channel.id, {})
    return (to_discord_message(desk.env, messages[number]) for number in sorted(messages, reverse=True))


def newest(desk: Desk) -> str:
    """The newest message, as shown."""
    return text_of(next(newest_first(desk, desk.channel)))


def refs_in(text: str) -> list[str]:
    """The claims shown in *text*, in order: C14 …"""
    return [line.split()[0] for line in text.splitlines() if _REF.match(line)]


def text_in(body: Body) -> str:
    """The message that a request makes, as a client shows it; what `small_texts` gives comes beside it."""
    parts: list[str] = [as_shown(body.get("content") or "")]
    for embed in _embeds(body):
        fields: list[Body] = embed.get("fields") or []
        columns = [f"{as_shown(field['name'])}\n{as_shown(field['value'])}" for field in fields]
        footer: Body = embed.get("footer") or {"text": ""}
        parts += [as_shown(embed.get("title") or ""), as_shown(embed.get("description") or ""), *columns]
        parts.append(footer["text"])
    return "\n".join(part for part in parts if part)


def _embeds(body: Body) -> list[Body]:
    return body.get("embeds") or []


def figures_of(base: FactBase) -> re.Pattern[str]:
    """Finds any figure of *base* in a text: in its words ("more than 6,000", "two-thirds") or as a bare number."""
    figures = [figure for claim in base.live for figure in claim.figures]
    values = {value for figure in figures for value in (figure.low, figure.high) if value and value >= _TELLING}
    worded = {figure.quantifier for figure in figures if len(figure.quantifier) > _SHORT}
    words = worded | {f"{value:,.0f}" for value in values} | {f"{value:.0f}" for value in values}
    return re.compile(rf"(?<![\w,.])(?:{'|'.join(map(re.escape, sorted(words)))})(?!\w|,\d)", re.IGNORECASE)


def request_breaches(method: str, path: str, body: Body, figures: re.Pattern[str]) -> list[str]:
    """How a message or a completion that the bot sends breaks the answer contract, or could light up a name."""
    found = [f"a completion holds the figure in {name!r}" for name in names_of(path, body) if figures.search(name)]
    message = message_in(method, path, body) or made_in(method, path, body)
    if message is None:
        return found
    raw: list[str] = [message.get("content") or "", *(embed.get("description") or "" for embed in _embeds(message))]
    # who changed something, and which roles moderate, we name ourselves; embeds ping nobody
    found += [f"a mention is alive in {text!r}" for text in raw if _MENTION.search(_OURS.sub("", text))]
    small = [f"{each!r} holds a figure" for each in small_texts(message) if figures.search(each)]
    return found + small + breaches(text_in(message), figures)


def small_texts(body: Body) -> list[str]:
    """
    Every short text that a message, a form or a new thread shows beside its own: names of threads, authors, file
    names, descriptions of pictures (lines that are no whole block), labels and placeholders of components.
    """
    found: list[str] = [body.get("name") or "", body.get("title") or "", body.get("thread_name") or ""]
    for embed in _embeds(body):
        author: Body = embed.get("author") or {}
        found.append(author.get("name", ""))
    files: list[Body] = body.get("attachments") or []
    for file in files:
        described: str = file.get("description") or ""
        found += [
            file.get("filename") or "",
            *(line for line in described.splitlines() if not _ALT_BLOCK.match(line)),
        ]
    editing = body.get("title") in _FORMS
    return found + [text for part in _components(body) for text in _texts_of(part, editing=editing)]


def _components(body: Body) -> list[Body]:
    parts: list[Body] = []
    held: list[Body] = [*(body.get("components") or []), *([body["component"]] if body.get("component") else [])]
    for part in held:
        parts += [part, *_components(part)]
    return parts


def _texts_of(part: Body, *, editing: bool) -> list[str]:
    options: list[Body] = part.get("options") or []
    texts = [part.get(name) or "" for name in ("label", "placeholder", "description", "content")]
    texts += [option.get(name) or "" for option in options for name in ("label", "description")]
    return texts if editing else [*texts, part.get("value") or ""]


def names_of(path: str, body: Body) -> list[str]:
    """What a request offers to complete an option with, as shown."""
    return [choice["name"] for choice in choices_in(path, body)]


def breaches(text: str, figures: re.Pattern[str]) -> list[str]:
    """
    How *text*, a whole message as shown, breaks the answer contract; nothing when it keeps it.

    Args:
        figures: Finds a figure of the base; none may stand outside a block, but in a person's own words, as theirs.
    """
    found: list[str] = []
    outside: list[str] = []
    block: list[str] | None = None
    for line in text.splitlines():
        if line.startswith(ATTRIBUTION):
            if block is not None:
                found.append(f"a block has no verification before {line!r}")
            block = [line]
        elif line.startswith(VERIFICATION):
            found += _block_breaches(block, line)
            block = None
        elif block is not None:
            block.append(line)
        else:
            outside.append(line)
    if block is not None:
        found.append("the last block has no verification")
    bare = _OWN_WORDS.sub("", "\n".join(outside))
    found += [f"the figure “{each[0]}” stands outside a block" for each in figures.finditer(bare)]
    if len(set(refs_in(text))) > text.count(ATTRIBUTION):
        found.append("a claim is shown without its attribution")
    return found


def _block_breaches(block: list[str] | None, verification: str) -> list[str]:
    if block is None:
        return [f"a verification has no attribution: {verification!r}"]
    attribution, statement = block[0].partition(":")[2], "".join(block[1:])
    parts = {
        "attribution": attribution,
        "statement": statement,
        "verification": verification.partition(":")[2],
    }
    return [f"a block's {name} is empty" for name, part in parts.items() if not part.strip()]
