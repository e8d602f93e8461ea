"""A model behind an address as a proposer: asked in OpenAI's protocol, and believed in nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

from bot.core.claims import FactBase
from bot.core.intake.proposals import Article, Intake
from bot.core.intake.reading import read
from bot.errors import CaveatError, StartupError
from bot.intake.choosing import chosen
from bot.intake.endpoint import ModelProposer
from bot.settings import Settings, read_settings

TEXT = (
    "The harbour authority told Reuters that more than 4,000 barrels “had not been counted” in March. "
    "Reuters could not independently verify the number."
)
CLAIM: dict[str, Any] = {
    "sentence": 'The harbour authority told Reuters that more than 4,000 barrels "had not been counted" in March.',
    "content": 'more than 4,000 barrels "had not been counted" in March',
    "statement": "More than 4,000 barrels “had not been counted” in March.",
    "claimant": "The harbour authority",
    "relayed_by": [{"name": "Reuters", "how": "to"}],
    "quotations": ["had not been counted"],
    "figures": [{"quantifier": "more than 4,000", "unit": "barrels"}],
    "caveats": [{"text": "Reuters could not independently verify the number.", "stated_by": "Reuters"}],
}


class _Server(BaseHTTPRequestHandler):
    """Answers every question with what the test says."""

    asked: ClassVar[list[tuple[str, str | None, dict[str, Any]]]] = []
    answer: ClassVar[tuple[int, bytes]] = (200, b"")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, self.headers["Authorization"], body))
        status, content = self.answer
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Tests print nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    """A server on 127.0.0.1 of the same protocol."""
    _Server.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), _Server)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def _answer(content: str, status: int = 200) -> None:
    _Server.answer = (status, json.dumps({"choices": [{"message": {"content": content}}]}).encode())


def _read(url: str, *claims: object) -> Intake:
    _answer(json.dumps({"claims": claims}))
    return read(Article(TEXT, "Ferry Post", date(2025, 11, 14)), FactBase(), ModelProposer(url, "small", "secret"))


def test_what_it_quotes_is_found_in_the_text(url: str) -> None:
    """Whatever marks and spaces it uses; bounds are read from the words, not from the answer."""
    (claim,) = _read(url, CLAIM).proposals

    assert claim.content.of(TEXT) == "more than 4,000 barrels “had not been counted” in March"
    assert claim.claimant is not None
    assert claim.claimant.span.of(TEXT) == "The harbour authority"
    assert [(figure.low, figure.high) for figure in claim.figures] == [(4000, None)]
    assert [span.of(TEXT) for span in claim.quotations] == ["had not been counted"]
    assert [(each.span.of(TEXT), each.stated_by) for each in claim.caveats] == [
        ("Reuters could not independently verify the number.", "Reuters")
    ]


def test_it_is_asked_in_openais_protocol(url: str) -> None:
    """The key in its header, the article as the only words of a user."""
    _read(url, CLAIM)

    ((path, key, body),) = _Server.asked
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer secret", "small")
    assert [message["content"] for message in body["messages"] if message["role"] == "user"] == [TEXT]


@pytest.mark.parametrize(
    "invented",
    [
        {"claimant": "The coast guard"},
        {"statement": "More than 9,000 barrels had not been counted in March."},
        {"figures": [{"quantifier": "more than 9,000"}]},
        {"quotations": ["nobody counted"]},
        {"caveats": [{"text": "Nobody could verify it."}]},
        {"relayed_by": [{"name": "AFP", "how": "to"}]},
        {"content": "barrels are missing"},
        {"statement": 7},
    ],
)
def test_what_it_invents_is_no_draft(url: str, invented: dict[str, Any]) -> None:
    """The sentence is left to look at, with what is wrong."""
    intake = _read(url, {**CLAIM, **invented})

    assert not intake.proposals
    assert [each.sentence.of(TEXT)[:21] for each in intake.suspects] == ["The harbour authority"]


def test_a_sentence_that_the_text_lacks_gives_nothing(url: str) -> None:
    """Nor do parts of the answer that are no claims at all."""
    intake = _read(url, {**CLAIM, "sentence": "All is well."}, "claim", {"sentence": 3})

    assert (intake.proposals, intake.suspects) == ((), ())


@pytest.mark.parametrize(
    ("status", "content", "said"),
    [
        (200, b"<html>", "did not answer in JSON"),
        (200, b'{"choices": []}', "did not answer in JSON"),
        (200, b'{"choices": [{"message": {"content": "Sure! Here"}}]}', "did not answer in JSON"),
        (200, b'{"choices": [{"message": {"content": "[]"}}]}', "something else than claims"),
        (401, b"", "HTTP 401"),
        (302, b"", "HTTP 302"),
    ],
)
def test_a_server_that_fails_is_told_in_one_sentence(url: str, status: int, content: bytes, said: str) -> None:
    """Without the key, and without going where it is sent."""
    _Server.answer = (status, content)

    with pytest.raises(CaveatError, match=said) as failure:
        ModelProposer(url, "small", "secret").propose(Article(TEXT, "Ferry Post", date(2025, 11, 14)), FactBase())

    assert "secret" not in str(failure.value)
    assert len(_Server.asked) == 1


def test_nothing_is_asked_unless_an_address_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Off by default; an address without a model is refused at the start."""
    assert not isinstance(chosen(), ModelProposer)
    assert isinstance(chosen("http://127.0.0.1:9", "small"), ModelProposer)
    assert Settings(_env_file=None).intake_url is None  # pyright: ignore[reportCallIssue] pydantic-settings' own argument

    monkeypatch.setenv("INTAKE_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(StartupError, match="INTAKE_MODEL"):
        read_settings()


def test_a_server_that_is_not_there_is_told() -> None:
    """With what to look at."""
    with pytest.raises(CaveatError, match="cannot be reached"):
        ModelProposer("http://127.0.0.1:9/v1", "small").propose(Article(TEXT, "N", date(2025, 11, 14)), FactBase())
