"""The objects Discord sends, with the fields a client reads."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

import orjson
from aiohttp import web

Payload = dict[str, Any]

_EPOCH_MS = 1_420_070_400_000
_counter = itertools.count()

BOT = 900_000_000_000_000_001
APPLICATION = BOT
SERVER = 900_000_000_000_000_100
EVERYONE = SERVER
OWNER = 900_000_000_000_000_200
CHANNELS = tuple(900_000_000_000_001_000 + number for number in range(128))
OTHER_SERVER = SERVER + (1 << 22)
"""A second server, of another shard where there are two."""
OTHER_CHANNELS = tuple(each + (1 << 22) for each in CHANNELS)
MEMBERS = tuple(900_000_000_000_002_000 + number for number in range(64))

_ALL_BUT_ADMINISTRATOR = (1 << 51) - 1 - (1 << 3)
_TEXT_CHANNEL, _DIRECT_MESSAGE = 0, 1
_DEFAULT_MESSAGE, _REPLY = 0, 19


def snowflake(moment: datetime | None = None) -> str:
    """A new id, made of *moment* or the present, as Discord's are."""
    milliseconds = int((moment or datetime.now(UTC)).timestamp() * 1000) - _EPOCH_MS
    return str((milliseconds << 22) | (next(_counter) & 0x3FFFFF))


def user(number: int, name: str, *, bot: bool = False) -> Payload:
    """A user."""
    return {
        "id": str(number),
        "username": name,
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
    }


def bot_user() -> Payload:
    """The account the bot logs in to."""
    return user(BOT, "caveat", bot=True)


def person(number: int = MEMBERS[0]) -> Payload:
    """Somebody who talks to the bot."""
    return user(number, f"member-{number - MEMBERS[0]}")


def member() -> Payload:
    """What a server adds to a user."""
    return {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}


def server_of(number: int) -> int:
    """The server that a channel is in."""
    return OTHER_SERVER if number >= OTHER_CHANNELS[0] else SERVER


def channel(number: int) -> Payload:
    """A text channel of its server."""
    position = number - (CHANNELS if server_of(number) == SERVER else OTHER_CHANNELS)[0]
    return {
        "id": str(number),
        "type": _TEXT_CHANNEL,
        "guild_id": str(server_of(number)),
        "name": f"desk-{position}",
        "position": position,
        "permission_overwrites": [],
        "topic": None,
        "nsfw": False,
        "last_message_id": None,
        "parent_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }


def direct_channel(number: int, recipient: Payload) -> Payload:
    """A direct message channel."""
    return {
        "id": str(number),
        "type": _DIRECT_MESSAGE,
        "last_message_id": None,
        "recipients": [recipient],
        "flags": 0,
    }


def server(number: int = SERVER) -> Payload:
    """A server, as GUILD_CREATE brings it."""
    everyone = {
        "id": str(number),
        "name": "@everyone",
        "permissions": str(_ALL_BUT_ADMINISTRATOR),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": str(number),
        "name": "Newsroom",
        "owner_id": str(OWNER),
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "roles": [everyone],
        "emojis": [],
        "stickers": [],
        "channels": [channel(each) for each in (CHANNELS if number == SERVER else OTHER_CHANNELS)],
        "threads": [],
        "members": [{**member(), "user": bot_user()}],
        "member_count": len(MEMBERS) + 2,
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": "en-US",
        "joined_at": "2026-01-01T00:00:00+00:00",
        "large": False,
        "unavailable": False,
    }


def message(content: str, where: int, author: Payload, *, body: Payload | None = None) -> Payload:
    """A message; *body* is the request it was made by, if the bot made it."""
    body = body or {}
    return {
        "id": snowflake(),
        "channel_id": str(where),
        "author": author,
        "content": content,
        "timestamp": datetime.now(UTC).isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [bot_user()] if f"<@{BOT}>" in content else [],
        "mention_roles": [],
        "attachments": [],
        "embeds": body.get("embeds") or [],
        "components": body.get("components") or [],
        "pinned": False,
        "type": _REPLY if body.get("message_reference") else _DEFAULT_MESSAGE,
        "flags": body.get("flags") or 0,
        **({"message_reference": body["message_reference"]} if body.get("message_reference") else {}),
    }


def interaction(kind: int, data: Payload, where: int, who: Payload, shown: Payload | None = None) -> Payload:
    """A slash command (2), a pressed button (3, with the message *shown*) or a completion (4)."""
    return {
        "id": snowflake(),
        "application_id": str(APPLICATION),
        "type": kind,
        "data": data,
        "guild_id": str(server_of(where)),
        "channel_id": str(where),
        "channel": {**channel(where), "permissions": str(_ALL_BUT_ADMINISTRATOR)},
        "member": {**member(), "user": who, "permissions": str(_ALL_BUT_ADMINISTRATOR)},
        "token": f"token-{snowflake()}",
        "version": 1,
        "app_permissions": str(_ALL_BUT_ADMINISTRATOR),
        "locale": "en-GB",
        "guild_locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(server_of(where))},
        "context": 0,
        "attachment_size_limit": 10_485_760,
        **({"message": shown} if shown else {}),
    }


def application() -> Payload:
    """The bot's application."""
    return {
        "id": str(APPLICATION),
        "name": "Caveat",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": user(OWNER, "owner"),
        "team": None,
    }


def answer(data: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """*data* as JSON, with exactly the content type that Discord gives and clients compare."""
    return web.Response(
        body=orjson.dumps(data), status=status, headers={**(headers or {}), "Content-Type": "application/json"}
    )
