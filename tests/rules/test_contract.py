"""The checks that every test ends with can fail: each is shown what it must refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.core.claims import FactBase
from tests.contract import breaches_of, command_breaches
from tests.desk import breaches, figures_of, request_breaches

MESSAGES = "/channels/1/messages"
CALLBACK = "/interactions/1/token/callback"
SELECT = {"type": 3, "custom_id": "s", "options": [{"label": "more than 6,000", "value": "x"}]}
FILLED = {"type": 18, "label": "L", "component": {"type": 4, "custom_id": "f", "style": 1, "value": "6,000"}}
NO_PINGS: dict[str, Any] = {"parse": [], "replied_user": False}
BLOCK = (
    "C8\nAttribution: sources, to Reuters\nMore than 6,000 were killed.\nVerification: Not independently verified."
)


def message(**parts: Any) -> dict[str, Any]:
    """A message nobody objects to, but for *parts*."""
    return {"content": "Good morning.", "allowed_mentions": NO_PINGS, **parts}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    """A row of buttons, each whole but for what is given."""
    whole = ({"type": 2, "style": 2, "label": "Go", "custom_id": str(number)} for number in range(9))
    return {"type": 1, "components": [{**next(whole), **button} for button in buttons]}


def field(**parts: str) -> dict[str, str]:
    """An embed's field."""
    return {"name": "Name", "value": "Value", **parts}


def test_a_plain_message_keeps_the_contract() -> None:
    """The checks do not object to everything."""
    rows = [row({}, {}, {}, {}, {})]
    whole = message(content="x" * 2000, embeds=[{"title": "T", "fields": [field()] * 25}], components=rows)

    assert not list(breaches_of("POST", MESSAGES, whole))
    assert not list(breaches_of("PATCH", f"{MESSAGES}/2", {"components": []}))
    assert not list(breaches_of("POST", CALLBACK, {"type": 4, "data": message()}))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"content": "x" * 2001}, "2,000 characters"),
        ({"content": ""}, "empty"),
        ({"embeds": [{"title": "x" * 257}]}, "title"),
        ({"embeds": [{"description": "x" * 4097}]}, "description"),
        ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, "6,000"),
        ({"embeds": [{"description": "**x** " * 100}]}, "markdown"),
        ({"embeds": [{"fields": [field()] * 26}]}, "26 fields"),
        ({"embeds": [{"fields": [field(name="")]}]}, "field's name"),
        ({"embeds": [{"fields": [field(name="x" * 257)]}]}, "field's name"),
        ({"embeds": [{"fields": [field(value="")]}]}, "field's name or value"),
        ({"embeds": [{"fields": [field(value="x" * 1025)]}]}, "field's name or value"),
        ({"embeds": [{"footer": {"text": "x" * 2049}}]}, "footer"),
        ({"embeds": [{"author": {"name": "x" * 257}}]}, "author"),
        ({"components": [row({"custom_id": str(number)}) for number in range(6)]}, "6 rows"),
        ({"components": [row({}, {}, {}, {}, {}, {})]}, "6 buttons"),
        ({"components": [row({"custom_id": "same"}, {"custom_id": "same"})]}, "share a custom_id"),
        ({"components": [row({"custom_id": "x" * 101})]}, "custom_id is empty or over"),
        ({"components": [row({"custom_id": ""})]}, "custom_id is empty or over"),
        ({"components": [row({"label": "x" * 81})]}, "80 characters"),
        ({"components": [row({"label": ""})]}, "says nothing"),
        ({"allowed_mentions": None}, "could ping"),
        ({"allowed_mentions": {"parse": ["everyone"]}}, "could ping"),
        ({"allowed_mentions": {"parse": [], "users": ["1"]}}, "could ping"),
        ({"allowed_mentions": {"parse": [], "replied_user": True}}, "could ping"),
    ],
)
@pytest.mark.parametrize("route", ["channel", "interaction", "follow-up"])
def test_a_message_over_a_limit_is_refused_by_whatever_route(route: str, broken: dict[str, Any], said: str) -> None:
    """Limits that Discord's description lacks, and anything that could ping."""
    body = message(**broken)
    path, sent = {
        "channel": (MESSAGES, body),
        "interaction": (CALLBACK, {"type": 4, "data": body}),
        "follow-up": ("/webhooks/1/token", body),
    }[route]

    assert any(said in breach for breach in breaches_of("POST", path, sent, Path("none")))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", f"{MESSAGES}/2"),
        ("PATCH", "/webhooks/1/token/messages/@original"),
        ("PATCH", "/webhooks/1/token/messages/2"),
    ],
)
def test_an_edit_is_held_to_the_same_limits(method: str, path: str) -> None:
    """A page turned may not grow over them."""
    assert list(breaches_of(method, path, {"embeds": [{"title": "x" * 257}]}, Path("none")))
    assert list(breaches_of(method, path, {"allowed_mentions": {"parse": ["users"]}}, Path("none")))


@pytest.mark.parametrize(
    "choices",
    [
        [{"name": str(number), "value": "v"} for number in range(26)],
        [{"name": "", "value": "v"}],
        [{"name": "x" * 101, "value": "v"}],
        [{"name": "n", "value": "x" * 101}],
    ],
)
def test_completions_have_limits_too(choices: list[dict[str, str]]) -> None:
    """At most 25, names and values of 1 to 100 characters."""
    assert list(breaches_of("POST", CALLBACK, {"type": 8, "data": {"choices": choices}}, Path("none")))


def test_more_commands_than_discord_takes_are_refused() -> None:
    """A hundred slash commands, and 8,000 characters of options for each."""
    one = {"name": "n", "type": 1}

    assert not list(command_breaches([one] * 100))
    assert list(command_breaches([one] * 101))
    assert list(command_breaches([{**one, "options": [{"description": "x" * 8000}]}]))


@pytest.fixture
def description(tmp_path: Path) -> Path:
    """A description of two routes, in the form of Discord's."""
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}}
    content = {"type": "object", "properties": {"content": {"anyOf": [{"type": "string"}, {"type": "null"}]}}}
    paths: dict[str, Any] = {
        "/channels/{channel_id}/messages": {"post": {"requestBody": body}, "parameters": []},
        "/users/@me": {"get": {}},
    }
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps({"paths": paths, "components": {"schemas": {"Message": content}}}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        ("POST", MESSAGES, message(content=["x"]), "['content']: ['x'] is not of type"),
        ("POST", "/channels/1/unheard-of", None, "no route"),
        ("DELETE", "/users/@me", None, "no route"),
        ("GET", "/users/@me", {"a": 1}, "takes no body"),
    ],
)
def test_a_request_that_discord_does_not_describe_is_refused(
    description: Path, method: str, path: str, body: Any, said: str
) -> None:
    """Unknown routes and methods, and bodies of another shape, with the place named."""
    assert said in " ".join(breaches_of(method, path, body, description))


def test_a_request_that_discord_describes_is_let_through(description: Path) -> None:
    """References inside the description are followed."""
    assert not list(breaches_of("POST", MESSAGES, message(), description))
    assert not list(breaches_of("GET", "/users/@me", None, description))


@pytest.fixture(scope="session")
def figures(base: FactBase) -> re.Pattern[str]:
    """Finds the figures of the curated base."""
    return figures_of(base)


def test_a_whole_block_keeps_the_answer_contract(figures: re.Pattern[str]) -> None:
    """Figures stand inside blocks, or in a person's own words, labelled as theirs."""
    words = "In the words of <@1>, not of the fact base:\n> “It was 6,000.”"
    assert not breaches(f"Casualties\n{words}\n\n{BLOCK}\n\n{BLOCK}\n2 claims", figures)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BLOCK.replace("Attribution: sources, to Reuters\n", ""), "no attribution"),
        (BLOCK.replace("\nVerification: Not independently verified.", ""), "no verification"),
        (BLOCK.replace("Verification: Not independently verified.", "") + BLOCK, "no verification"),
        (BLOCK.replace(" sources, to Reuters", ""), "attribution is empty"),
        (BLOCK.replace(" Not independently verified.", ""), "verification is empty"),
        (BLOCK.replace("More than 6,000 were killed.\n", ""), "statement is empty"),
        (f"6000 killed\n{BLOCK}", "“6000” stands outside"),
        (f"{BLOCK}\nMore than 6,000 in all", "“More than 6,000” stands outside"),
        ("Two-thirds have died", "stands outside"),
        ("“6,000” is given for “killed”.", "stands outside"),
        ("> “It was 6,000.”", "stands outside"),
        (f"{BLOCK}\nC9\nSomething was claimed.", "without its attribution"),
    ],
)
def test_a_broken_block_or_a_loose_figure_breaks_the_answer_contract(
    figures: re.Pattern[str], text: str, said: str
) -> None:
    """A part missing, empty or out of order; a figure outside; a claim's id without its block."""
    assert any(said in breach for breach in breaches(text, figures))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (MESSAGES, message(content="Hello <@123>")),
        (MESSAGES, message(content="@everyone look")),
        (MESSAGES, message(embeds=[{"description": "<@&5>"}])),
        (MESSAGES, message(embeds=[{"title": "6,000", "fields": [field()]}])),
        (MESSAGES, message(embeds=[{"fields": [field(value="up to 12,000 were sent")]}])),
        (MESSAGES, message(embeds=[{"footer": {"text": "about 14,000"}}])),
        (CALLBACK, {"type": 7, "data": message(content="more than 4,000")}),
        (MESSAGES, message(embeds=[{"author": {"name": "6,000"}}])),
        (MESSAGES, message(attachments=[{"filename": "6,000.png"}])),
        (MESSAGES, message(attachments=[{"filename": "a.png", "description": "Killed: more than 6,000."}])),
        (MESSAGES, message(components=[row({"label": "more than 6,000"})])),
        (MESSAGES, message(components=[{"type": 1, "components": [SELECT]}])),
        (CALLBACK, {"type": 9, "data": {"title": "6,000", "custom_id": "x", "components": []}}),
        (CALLBACK, {"type": 9, "data": {"title": "Form", "custom_id": "x", "components": [FILLED]}}),
        ("/channels/1/threads", {"name": "More than 6,000 killed", "message": message()}),
        ("/channels/1/threads", {"name": "Casualties", "message": message(content="more than 6,000")}),
        ("/channels/1/messages/2/threads", {"name": "6,000"}),
        (CALLBACK, {"type": 8, "data": {"choices": [{"name": "C8: more than 6,000 killed", "value": "C8"}]}}),
    ],
)
def test_live_mentions_and_loose_figures_are_found_wherever_they_stand(
    figures: re.Pattern[str], path: str, body: dict[str, Any]
) -> None:
    """In content, titles, fields, footers, edits, completions, files, components, forms and threads alike."""
    assert request_breaches("POST", path, body, figures)


def test_an_escaped_mention_is_only_text(figures: re.Pattern[str]) -> None:
    """Typed names may be repeated when they cannot come to life."""
    assert not request_breaches("POST", MESSAGES, message(content="“\\<@123> @\u200beveryone”"), figures)
