"""`python bot.py ask`: lines said by one person in a simulated server, and the replies they would get."""

from __future__ import annotations

import json
from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.demo import Scene, buttons, scene, transcript
from bot.settings import Settings
from bot.ui.asking.answers import NO_CLAIM
from bot.ui.kit.context import Context
from cogs.errors import unwrap

ANSWERED, NOTHING, USAGE = 0, 1, 2


async def converse(settings: Settings, lines: Sequence[str], *, seat: str, as_json: bool) -> int:
    """
    Say *lines* one after the other and print every reply.

    A line is a message (`!casualties`), a slash command (`/sources about: kursk`), or the label of a button
    of the last reply (`Next ›`; `next` will do).

    Returns:
        0 when the last line was answered, 1 when no claim matched or nobody answered, 2 when it was misused.
    """
    unhurried = settings.model_copy(update={"commands_per_minute": 0})
    status = ANSWERED
    shown: list[dict[str, object]] = []
    async with scene(unhurried) as here:
        misuse = _listen_for_misuse(here)
        for line in lines:
            misuse.clear()
            replies = await _say(here, seat, line.strip())
            status = USAGE if misuse else _status(replies)
            for reply in replies:
                if as_json:
                    shown.append(_as_json(line, reply))
                else:
                    print(transcript(reply) + "\n")
    if as_json:
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    return status


def _listen_for_misuse(here: Scene) -> list[BaseException]:
    heard: list[BaseException] = []

    async def on_command_error(_: Context, error: commands.CommandError) -> None:
        if isinstance(unwrap(error), commands.UserInputError):
            heard.append(error)

    here.bot.add_listener(on_command_error)
    return heard


async def _say(here: Scene, seat: str, line: str) -> list[discord.Message]:
    person = here.seat(seat)
    before = {message.id: message.edited_at for message in here.channel.history(viewer=person)}
    last = next(reversed(_from_bot(here, here.channel.history(viewer=person))), None)
    label = _button(last, line) if last else None
    if last is not None and label is not None:
        await person.click(last, label=label)
        return [
            message
            for message in _from_bot(here, here.channel.history(viewer=person))
            if message.id == last.id or message.id not in before
        ]
    if line.startswith("/"):
        name, options = _slash(here, line)
        await person.slash(here.channel, name, **options)
    else:
        await person.send(here.channel, here.mentions(line))
    return [message for message in _from_bot(here, here.channel.history(viewer=person)) if message.id not in before]


def _from_bot(here: Scene, messages: Sequence[discord.Message]) -> list[discord.Message]:
    me = here.bot.user
    return [message for message in messages if me is not None and message.author.id == me.id]


def _button(message: discord.Message, line: str) -> str | None:
    wanted = _letters(line)
    return next(
        (b.label for b in buttons(message) if b.label and not b.disabled and _letters(b.label) == wanted), None
    )


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _slash(here: Scene, line: str) -> tuple[str, dict[str, str]]:
    """`/sources about: kursk` or `/sources kursk` as a command's name and its options."""
    words = line[1:].split(" ")
    name = words[0]
    taken = 1
    for length in range(min(3, len(words)), 0, -1):
        found = here.bot.get_command(" ".join(words[:length]))
        if found is not None and found.qualified_name == " ".join(words[:length]):
            name, taken = found.qualified_name, length
            break
    rest = " ".join(words[taken:]).strip()
    command = here.bot.get_command(name)
    first = next(iter(command.clean_params), None) if command else None
    if not rest or first is None:
        return name, {}
    return name, {first: rest.removeprefix(f"{first}:").strip()}


def _status(replies: Sequence[discord.Message]) -> int:
    if not replies:
        return NOTHING
    titles = [embed.title for reply in replies for embed in reply.embeds]
    return NOTHING if NO_CLAIM in titles else ANSWERED


def _as_json(line: str, message: discord.Message) -> dict[str, object]:
    return {
        "said": line,
        "content": message.content,
        "embeds": [embed.to_dict() for embed in message.embeds],
        "buttons": [button.label for button in buttons(message)],
        "text": transcript(message),
    }
