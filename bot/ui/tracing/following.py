"""Following as people see it: the message that tells of changes, the list of what one follows, one press to stop."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Self

import discord

from bot.core.history.changes import Change
from bot.core.history.following import Follow, News
from bot.core.plurals import plural
from bot.core.wording import later, say
from bot.services.following import Following
from bot.ui.briefing.digests import change_cards
from bot.ui.kit.embeds import CONTENT, LABEL, pack, too_long
from bot.ui.kit.failures import tell
from bot.ui.kit.host import Press, workspace_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.text import as_shown, bold, clip, escape, visible
from bot.ui.moderating.changes import moment_words

_MESSAGES, _FEED_MESSAGES = 3, 10
_CARDS = 4
_ROOM = CONTENT - 300
_NAMED = 4
_DISCORD = frozenset({"discord.com", "discordapp.com", "ptb.discord.com", "canary.discord.com"})

Message = dict[str, Any]


def news_messages(news: News, named: Mapping[int, str], server: str, zone: str) -> list[Message]:
    """What a follower is told: since when, each change as whole blocks, and buttons to stop."""
    names = ", ".join(bold(escape(name)) for name in named.values() if name) or say("what you follow")
    where = say("You follow {names} in {server}.", names=names, server=server)
    since, claims = moment_words(news.owed.since, zone), plural(len(news.changes), "claim")
    opening = f"{where} {say('Changed since {since}: {claims}.', since=since, claims=claims)}"
    bodies, left = _shared_out(news.changes, opening, _MESSAGES)
    if left:
        more = plural(left, "further change")
        bodies[-1].append(say("{more}; ask in the server to see how things stand.", more=more))
    view = discord.ui.View(timeout=None)
    for follow in news.owed.follows[:_NAMED]:
        name = named.get(follow.id)
        view.add_item(StopFollowing(follow.id, say("Stop {name}", name=name) if name else say("Stop this")))
    view.add_item(StopFollowing(None, say("Stop all of it"), news.owed.workspace))
    messages: list[Message] = [{"content": "\n\n".join(body)} for body in bodies]
    messages[-1]["view"] = view
    return messages


def feed_bodies(news: News, host: str) -> list[Message]:
    """
    What is posted to a feed's address: to a webhook of Discord its own messages, to any other one JSON with `text`
    and, for each change, `claim`, `revision`, `what` and `text`, which is whole blocks.
    """
    bodies, left = _shared_out(news.changes, "", _FEED_MESSAGES)
    if left:
        bodies[-1].append(f"{plural(left, 'further change')}.")
    if host in _DISCORD:
        return [{"content": "\n\n".join(body), "allowed_mentions": {"parse": []}} for body in bodies]
    told = [
        {
            "claim": each.after.ref,
            "revision": each.after.version,
            "what": list(each.kinds),
            "text": as_shown("\n\n".join(change_cards(each))),
        }
        for each in news.changes
    ]
    return [{"text": as_shown("\n\n".join("\n\n".join(body) for body in bodies)), "changes": told}]


def _shared_out(changes: Sequence[Change], opening: str, most: int) -> tuple[list[list[str]], int]:
    """The changes' cards as the paragraphs of *most* messages at most, and how many changes are left over."""
    cards = [(at, text) for at, change in enumerate(changes) for text in _plain_cards(change)]
    packed = pack([text for _, text in cards], _ROOM, opening, _CARDS)[:most]
    shown = sum(map(len, packed))
    left = len({at for at, _ in cards[shown:]})
    if opening:
        packed[0].insert(0, opening)
    return packed, left


def _plain_cards(change: Change) -> list[str]:
    cards = change_cards(change)
    return cards if max(map(len, cards)) <= _ROOM else [too_long(change.after)]


class StopFollowing(LastingButton, template=r"caveat:unfollow:(?P<all>all-)?(?P<what>\d{1,20})"):
    """
    Stops one thing that whoever presses follows, or all that they follow in a server.

    Args:
        follow: Its id; None for all of *workspace*.
    """

    def __init__(self, follow: int | None, label: str = "…", workspace: int = 0) -> None:
        self._follow = follow
        self._workspace = workspace
        super().__init__(
            clip(visible(label), LABEL),
            f"caveat:unfollow:all-{workspace}" if follow is None else f"caveat:unfollow:{follow}",
        )

    @classmethod
    async def from_custom_id(cls, _: Press, item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the button from a pressed message."""
        number = int(match["what"])
        return cls(None, workspace=number) if match["all"] else cls(number)

    async def press(self, press: Press) -> None:
        """Stop; a list is shown anew, a direct message is answered."""
        following, person = press.client.services.following, str(press.user.id)
        which = {"workspace": self._workspace} if self._follow is None else {"follow": self._follow}
        stopped = await following.stop(person, **which)
        if press.guild_id is not None:
            await press.response.edit_message(**await list_message(following, press.guild_id, person))
        else:
            await tell(press, say(_STOPPED if stopped else _STOPPED_BEFORE))


_STOPPED = later("Stopped. You hear no more of that.")
_STOPPED_BEFORE = later("That had stopped already.")


class WhatIFollow(LastingButton, template=r"caveat:what-i-follow"):
    """Shows whoever presses it, privately, what they follow in the server."""

    def __init__(self) -> None:
        super().__init__(say("What I follow"), "caveat:what-i-follow")

    async def press(self, press: Press) -> None:
        """Show the list to whoever pressed."""
        message = await list_message(press.client.services.following, workspace_of(press), str(press.user.id))
        await press.response.send_message(**message, ephemeral=True)


async def list_message(following: Following, workspace: int, person: str) -> Message:
    """What somebody follows in a server, with a button to stop each."""
    follows: Sequence[Follow] = await following.of(workspace, person)
    view = discord.ui.View(timeout=None)
    if not follows:
        return {
            "content": say("You follow nothing here. !follow and a topic, party, place or claim begins."),
            "view": view,
        }
    names = [await following.name(follow) or say("something that the fact base no longer has") for follow in follows]
    for follow, name in zip(follows, names, strict=True):
        view.add_item(StopFollowing(follow.id, say("Stop {name}", name=name)))
    if len(follows) > 1:
        view.add_item(StopFollowing(None, say("Stop all of it"), workspace))
    listed = ", ".join(bold(escape(name)) for name in names)
    return {"content": f"{say('You follow {names}.', names=listed)} {say(HOW_OFTEN)}", "view": view}


HOW_OFTEN = later("When a claim on it changes you get a direct message, once a day at most.")
