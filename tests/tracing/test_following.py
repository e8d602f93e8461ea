"""Following: who hears of which change, how often, and what is said to people outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
import pytest
import simcord

from bot.background.outgoing import post
from bot.core.addresses import feed_fault, is_public
from tests.desk import Desk, labels_of, moderator_says, press, slow, text_of


def whispers(desk: Desk, who: simcord.MemberActor | None = None) -> list[discord.Message]:
    """What the bot wrote to somebody, the first message first."""
    channel = (who or desk.member).user.dm_channel
    return [each for each in channel.history() if each.author.id != (who or desk.member).user.id]


async def retired_and_restored(desk: Desk, ref: str, *, last: str = "retire") -> None:
    """Change a claim as members see it."""
    for command in ("retire",) if last == "retire" else ("retire", "restore"):
        await moderator_says(desk, f"!claim {command} {ref} because of a private matter")


@pytest.mark.parametrize(
    ("about", "named"), [("casualties", "Casualties"), ("C8", "C8"), ("kursk", "Kursk"), ("zelensky", "Zelensky")]
)
async def test_a_follower_is_told_once_in_whole_blocks_and_stops_by_one_press(
    desk: Desk, about: str, named: str
) -> None:
    """A topic, a place, a party or a claim; neither who changed it nor why is told."""
    ref = {"kursk": "C1", "zelensky": "C21"}.get(about, "C8")
    assert named in await desk.answer(f"!follow {about}")
    await retired_and_restored(desk, ref)
    await desk.later(minutes=6)

    (told,) = whispers(desk)
    assert {f"{ref}", "Attribution:", "Verification:", "retired"} <= set(text_of(told).replace(" ·", " ").split())
    assert "moderator" not in text_of(told)

    stop = next(label for label in labels_of(told) if label.startswith("Stop ") and label != "Stop all of it")
    await desk.member.user.click(told, label=stop)
    await moderator_says(desk, f"!claim restore {ref} it stands")
    await desk.later(days=2)
    assert len(whispers(desk)) == 1


async def test_what_somebody_follows_stays_theirs_however_long_it_takes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow base makes nobody's list public."""
    slow(monkeypatch, desk.bot.services.following, "add")
    told = await desk.member.slash(desk.channel, "follow", about="casualties")

    assert told.response is not None
    assert told.response.ephemeral
    assert not [each for each in desk.channel.history() if "You follow" in each.content]


async def test_a_follower_hears_at_most_once_a_day_whatever_they_follow(desk: Desk) -> None:
    """What changes within the day comes together; what was changed back is no news."""
    await desk.say("!follow casualties")
    await desk.say("!follow C1")
    await retired_and_restored(desk, "C8")
    await desk.later(minutes=6)
    await retired_and_restored(desk, "C1")
    await retired_and_restored(desk, "C21", last="restore")
    await desk.later(hours=20)
    assert len(whispers(desk)) == 1
    await desk.later(hours=5)

    *_, second = whispers(desk)
    assert "C1 · retired" in text_of(second)
    assert "C21" not in text_of(second)


async def test_what_waits_for_a_follower_survives_a_restart(desk: Desk) -> None:
    """It is kept, not held."""
    await desk.say("!follow casualties")
    await retired_and_restored(desk, "C8")
    await desk.bot.services.consequences.settle()
    await desk.restart()
    await desk.later(minutes=6)
    assert len(whispers(desk)) == 1


async def test_who_left_the_server_or_was_forgotten_hears_nothing(desk: Desk) -> None:
    """A server's base is for those who are in it."""
    for who in (desk.member, desk.colleague):
        await desk.say("!follow casualties", who=who)
    await desk.say(f"!forget <@{desk.colleague.id}>", who=desk.admin)
    desk.env.backend.remove_member(desk.server.id, desk.member.id)
    await retired_and_restored(desk, "C8")
    await desk.later(minutes=6)
    assert not whispers(desk)
    assert not whispers(desk, desk.colleague)
    assert not await desk.bot.services.following.of(desk.server.id, str(desk.member.id))


async def test_what_one_follows_is_shown_to_oneself_with_a_button_to_stop_each(desk: Desk) -> None:
    """The button under the answer works for whoever presses it."""
    await desk.say("!follow casualties")
    await desk.say("!follow mines")
    asked = await desk.say("!follow")
    assert asked is not None
    shown = await desk.member.click(asked, label="What I follow")
    assert shown.response is not None
    assert shown.response.ephemeral
    assert shown.response.message is not None
    assert set(labels_of(shown.response.message)) == {"Stop Casualties", "Stop Mines", "Stop all of it"}
    await desk.member.click(shown.response.message, label="Stop all of it")
    assert not await desk.bot.services.following.of(desk.server.id, str(desk.member.id))


async def test_members_see_what_changed_of_a_claim_but_not_who_or_why(desk: Desk) -> None:
    """Each revision as whole blocks."""
    await retired_and_restored(desk, "C8", last="restore")
    await desk.say("!claim edit C8 caveat: Others doubt it. | Reuters reason: a private matter", who=desk.moderator)
    await press(desk, "Save")
    shown = await desk.say("!claim C8")
    assert shown is not None
    pressed = await desk.member.click(shown, label="What changed")
    assert pressed.response is not None
    assert pressed.response.ephemeral
    message = pressed.followups[0].message if pressed.followups else pressed.response.message
    assert message is not None
    text = text_of(message)
    assert "Others doubt it." in text
    assert text.count("Attribution:") == text.count("Verification:") == 2
    assert "private matter" not in text
    assert str(desk.moderator.id) not in "".join(embed.description or "" for embed in message.embeds)


class Outside:
    """Takes what is posted to a feed's address, and answers with *status*."""

    def __init__(self) -> None:
        self.status = 204
        self.got: list[tuple[str, Mapping[str, Any]]] = []

    async def __call__(self, address: str, body: Mapping[str, Any]) -> int:
        """Take one."""
        self.got.append((address, body))
        return self.status


async def test_a_feed_gets_whole_blocks_and_only_where_a_manager_set_one(desk: Desk) -> None:
    """It is tried again when the address does not answer; the address is not shown."""
    outside = desk.bot.followers.post = Outside()
    await retired_and_restored(desk, "C8", last="restore")
    await desk.later(minutes=2)
    assert not outside.got

    outside.status = 503
    shown = await moderator_says(desk, "!setup feed https://hooks.example.org/secret")
    assert "hooks.example.org" in shown
    assert "secret" not in shown
    await retired_and_restored(desk, "C8")
    await desk.later(minutes=2)
    assert len(outside.got) == 1
    outside.status = 204
    await desk.later(minutes=20)
    assert len(outside.got) == 2
    _, body = outside.got[-1]
    (change,) = body["changes"]
    assert (change["claim"], change["what"]) == ("C8", ["retired"])
    assert change["text"].count("Attribution:") == change["text"].count("Verification:") == 1
    assert "private matter" not in body["text"]

    await moderator_says(desk, "!setup feed https://discord.com/api/webhooks/1/token")
    await moderator_says(desk, "!claim restore C8 it stands")
    await desk.later(minutes=2)
    _, body = outside.got[-1]
    assert body["allowed_mentions"] == {"parse": []}
    assert "**Attribution:**" in body["content"]

    await moderator_says(desk, "!setup feed off")
    sent = len(outside.got)
    await retired_and_restored(desk, "C8")
    await desk.later(minutes=20)
    assert len(outside.got) == sent


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://localhost/",
        "https://printer.local/",
        "https://user:word@example.org/",
        "https://example.org:8443/",
        "https://example.org:99999999/",
        "ftp://example.org/",
        "nonsense",
    ],
)
async def test_a_feed_is_posted_to_public_addresses_over_https_alone(desk: Desk, address: str) -> None:
    """Whoever may set a feed must not reach into the network that the bot runs in."""
    assert feed_fault(address)
    with pytest.raises(OSError, match="address"):
        await post(address, {})
    await moderator_says(desk, f"!setup feed {address}")
    assert not (await desk.bot.services.setups.of(desk.server.id)).feed


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 nothing is bound to it
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("no address", False),
    ],
)
def test_what_counts_as_the_open_internet(address: str, public: bool) -> None:
    """By whatever detour an address of a network inside is written."""
    assert is_public(address) is public


async def test_a_name_that_leads_inside_is_not_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a name leads to is looked at when it is connected to, so that it cannot lead elsewhere by then."""

    async def inside(*_: object) -> list[dict[str, Any]]:
        return [{"hostname": "example.org", "host": "10.0.0.1", "port": 443, "family": 2, "proto": 0, "flags": 0}]

    monkeypatch.setattr("aiohttp.ThreadedResolver.resolve", inside)
    with pytest.raises(OSError, match="Cannot connect") as raised:
        await post("https://example.org/", {})
    assert "open internet" in str(raised.value.__cause__)


@pytest.mark.parametrize("answered", [False, True])
async def test_what_one_person_is_told_stays_theirs_however_long_it_takes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, answered: bool
) -> None:
    """A refusal, or thanks, that comes after all were told that an answer is coming; an answer itself is for all."""
    slow(monkeypatch, desk.bot.services.workspaces, "open")
    told = await desk.member.slash(desk.channel, "claim show", claim="C8" if answered else "C999")

    sent = [each for each in (told.response, *told.followups) if each is not None]
    assert [each.ephemeral for each in sent] == [not answered]
