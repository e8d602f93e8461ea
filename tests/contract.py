"""
Discord's contract, held against every request the bot makes.

Two halves: its published OpenAPI description, where it is at hand (`CAVEAT_DISCORD_OPENAPI`, or
`shared/discord-openapi.json` beside the checkout), and the limits that the description lacks, always.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# JSON: typed by the contract under test, not by us.

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

Body = Any
"""JSON: typed by the contract under test, not by us."""

Routes = list[tuple[re.Pattern[str], dict[str, Draft202012Validator | None]]]
"""For each path, its methods and what checks their bodies; None where a method takes none."""

_BESIDE = Path(__file__).parents[2] / "shared" / "discord-openapi.json"
DESCRIPTION = Path(os.environ.get("CAVEAT_DISCORD_OPENAPI", _BESIDE))

_UNDER = re.compile(r"/\d+(?=/|\Z)")
"""An id in a path: which one it is makes no difference."""
_MESSAGE_ROUTE = re.compile(r"/(channels/\d+/messages(/\d+)?|webhooks/\d+/[^/]+(/messages/[^/]+)?)\Z")
_CALLBACK_ROUTE = re.compile(r"/interactions/\d+/[^/]+/callback\Z")
_THREAD_ROUTE = re.compile(r"/channels/\d+(/messages/\d+)?(/threads)?\Z")
_MESSAGE, _UPDATE, _COMPLETION, _MODAL = 4, 7, 8, 9


def check_requests(requests: Iterable[tuple[str, str, Any]]) -> None:
    """Fail with every breach in *requests*: method, path below the API's root, JSON body."""
    found = [
        f"{method} {path}: {each}" for method, path, body in requests for each in breaches_of(method, path, body)
    ]
    assert not found, "\n".join(found[:20])


def breaches_of(method: str, path: str, body: Any, description: Path = DESCRIPTION) -> Iterator[str]:
    """How one request breaks Discord's contract, its *description* included where that is at hand."""
    if description.exists():
        yield from _schema_breaches(method, _UNDER.sub("/1", path), json.dumps(body), description)
    message = message_in(method, path, body)
    if message is not None:
        yield from message_breaches(message, created=method == "POST" and body.get("type") != _UPDATE)
    yield from _choice_breaches(choices_in(path, body))
    if path.endswith("/commands") and isinstance(body, list):
        yield from command_breaches(cast("list[Body]", body))


def message_in(method: str, path: str, body: Body) -> Body | None:
    """The message that a request makes or changes, by whatever route; None if it does neither."""
    if method in {"POST", "PATCH"} and _MESSAGE_ROUTE.search(path):
        return body
    if _CALLBACK_ROUTE.search(path) and body["type"] in (_MESSAGE, _UPDATE):
        return body["data"]
    return None


def made_in(method: str, path: str, body: Body) -> Body | None:
    """The form that a request opens, or the thread or forum post that it makes; None if it does neither."""
    if _CALLBACK_ROUTE.search(path) and body["type"] == _MODAL:
        return body["data"]
    if method in {"POST", "PATCH"} and _THREAD_ROUTE.search(path) and isinstance(body, dict):
        made = cast("Body", body)
        return {**(made.get("message") or {}), "name": made.get("name")}
    return None


def choices_in(path: str, body: Body) -> list[Body]:
    """What a request offers to complete an option with."""
    return body["data"]["choices"] if _CALLBACK_ROUTE.search(path) and body["type"] == _COMPLETION else []


def _choice_breaches(choices: list[Body]) -> Iterator[str]:
    if len(choices) > 25:
        yield "more than 25 choices"
    for choice in choices:
        if not 1 <= len(choice["name"]) <= 100 or not 1 <= len(str(choice["value"])) <= 100:
            yield "a choice's name or value is empty or over 100 characters"


def message_breaches(message: Body, *, created: bool) -> Iterator[str]:
    """How a message breaks the limits that the OpenAPI description lacks, or could ping somebody."""
    if len(message.get("content") or "") > 2000:
        yield "more than 2,000 characters of content"
    if created and not any(message.get(part) for part in ("content", "embeds", "files", "attachments", "poll")):
        yield "the message is empty"
    yield from _embed_breaches(message.get("embeds") or [])
    yield from _component_breaches(message.get("components") or [])
    allowed = message.get("allowed_mentions")
    pings = (created and not allowed) or (allowed and any(allowed.get(part) for part in _PINGS))
    if pings and not _for_one_role(message, allowed):
        yield "the message could ping: allowed_mentions is not empty"


def _for_one_role(message: Body, allowed: Body | None) -> bool:
    """Whether a message begins with the one role that it is for, and could ping nobody else."""
    role = re.match(r"For <@&(\d+)>(?:\n|$)", message.get("content") or "")
    return role is not None and allowed == {"parse": [], "roles": [role[1]]}


_BUTTON = 2
_PINGS = ("parse", "users", "roles", "replied_user")
_PARTS = (("title", 256), ("description", 4096))


def _embed_breaches(embeds: Iterable[Body]) -> Iterator[str]:
    total = 0
    for embed in embeds:
        for part, most in _PARTS:
            length = len(embed.get(part) or "")
            total += length
            if length > most:
                yield f"an embed's {part} has {length} characters; {most} is the most"
        footer, author = (embed.get("footer") or {}).get("text", ""), (embed.get("author") or {}).get("name", "")
        total += len(footer) + len(author)
        if len(footer) > 2048 or len(author) > 256:
            yield "an embed's footer or author is too long"
        fields = embed.get("fields") or []
        if len(fields) > 25:
            yield f"an embed has {len(fields)} fields; 25 is the most"
        for field in fields:
            total += len(field["name"]) + len(field["value"])
            if not 1 <= len(field["name"]) <= 256 or not 1 <= len(field["value"]) <= 1024:
                yield "a field's name or value is empty or too long"
        marks = len(
            re.findall(r"\*\*|__|~~|`|^#+ |^-# |^> |\[[^\]]+\]\(", embed.get("description") or "", re.MULTILINE)
        )
        if marks >= 200:  # an element has an opening and a closing mark
            yield "an embed has a hundred markdown elements or more; clients stop rendering them"
    if total > 6000:
        yield f"the embeds have {total} characters together; 6,000 is the most"


def _component_breaches(rows: Iterable[Body]) -> Iterator[str]:
    rows = list(rows)
    if len(rows) > 5:
        yield f"{len(rows)} rows of components; 5 is the most"
    ids = [part["custom_id"] for row in rows for part in row.get("components", []) if "custom_id" in part]
    if len(ids) != len(set(ids)):
        yield "two components share a custom_id"
    if any(not 1 <= len(each) <= 100 for each in ids):
        yield "a custom_id is empty or over 100 characters"
    for row in rows:
        parts = row.get("components", [])
        if len(parts) > 5:
            yield f"{len(parts)} buttons in a row; 5 is the most"
        if any(len(part.get("label") or "") > 80 for part in parts):
            yield "a button's label has more than 80 characters"
        if any(part["type"] == _BUTTON and not part.get("label") and not part.get("emoji") for part in parts):
            yield "a button says nothing"


def command_breaches(commands: list[Body]) -> Iterator[str]:
    """How a set of slash commands breaks the limits."""
    for kind, most in ((1, 100), (2, 15), (3, 15)):
        count = sum(command.get("type", 1) == kind for command in commands)
        if count > most:
            yield f"{count} commands of type {kind}; {most} is the most"
    for command in commands:
        if _characters(command) > 8000:
            yield f"the command {command['name']} is over 8,000 characters"


def _characters(part: Body) -> int:
    """What Discord counts of a command: names, descriptions and values of all in it, in the longest language."""
    own = 0
    for name in ("name", "description"):
        translated = part.get(f"{name}_localizations") or {}
        own += max(map(len, (part.get(name) or "", *translated.values())))
    own += len(str(part.get("value", "")))
    return own + sum(_characters(each) for each in (*part.get("options", ()), *part.get("choices", ())))


@cache  # every bot registers the same commands, and that is the longest body by far
def _schema_breaches(method: str, path: str, sent: str, description: Path) -> tuple[str, ...]:
    body = json.loads(sent)
    for pattern, operations in _routes(description):
        if method.lower() in operations and pattern.fullmatch(path):
            validator = operations[method.lower()]
            if body is None:
                return ()
            found: list[Any] = list(validator.iter_errors(body)) if validator else ["takes no body"]  # pyright: ignore[reportUnknownMemberType] untyped there
            return tuple(f"breaks Discord's description: {_worded(error)}" for error in found[:1])
    return ("is no route of Discord's description",)


def _worded(error: Any) -> str:
    if isinstance(error, str):
        return error
    while error.context:  # of several shapes that none fits, the one it came nearest to
        error = max(error.context, key=lambda each: len(each.absolute_path))
    return f"{list(error.absolute_path)}: {error.message[:200]}"


@cache
def _routes(path: Path) -> Routes:
    description = json.loads(path.read_text(encoding="utf-8"))
    registry: Registry[Any] = Registry().with_resource(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] untyped in referencing
        "urn:discord", Resource(contents=description, specification=DRAFT202012)
    )
    routes: Routes = []
    for template, operations in description["paths"].items():
        pattern = re.compile(re.sub(r"\\\{[^}]+\\\}|\{[^}]+\}", "[^/]+", re.escape(template)))
        validators: dict[str, Draft202012Validator | None] = {}
        for method, operation in operations.items():
            described: Body = operation if isinstance(operation, dict) else {}
            content: Body = (described.get("requestBody") or {}).get("content", {})
            validators[method] = None
            if "schema" in content.get("application/json", {}):
                pointer = (
                    f"/paths/{template.replace('/', '~1')}/{method}/requestBody/content/application~1json/schema"
                )
                validators[method] = Draft202012Validator({"$ref": f"urn:discord#{pointer}"}, registry=registry)
        routes.append((pattern, validators))
    # A literal part beats a placeholder: /webhooks/1/t/messages/@original before /webhooks/1/t/messages/2.
    return sorted(routes, key=lambda route: route[0].pattern.count("[^/]+"))
