"""A model behind an address that speaks OpenAI's protocol, as a proposer. Off unless INTAKE_URL is set."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any, cast
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bot.core.claims import FactBase
from bot.core.intake.answered import INSTRUCTIONS, proposals
from bot.core.intake.proposals import Article, Proposal
from bot.core.wording import say
from bot.errors import CaveatError

_LONGEST_TEXT = 60_000
_LONGEST_ANSWER = 2_000_000
_CHUNK = 65_536


class _NoRedirects(HTTPRedirectHandler):
    """The key goes to the address that was set, and to no other."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


class ModelProposer:
    """
    Asks a model for the claims of an article. Its answer is not believed: the text is searched for all it quotes.

    Args:
        url: The address below which `/chat/completions` answers, such as `http://localhost:8080/v1`.
        seconds: How long the whole answer may take.
    """

    def __init__(self, url: str, model: str, key: str = "", *, seconds: float = 120) -> None:
        self._url, self._model, self._key, self._seconds = f"{url.rstrip('/')}/chat/completions", model, key, seconds
        self._opener = build_opener(_NoRedirects)

    def propose(self, article: Article, base: FactBase) -> tuple[Proposal, ...]:
        """The claims as the model reads them; raises `CaveatError` where it does not answer, or not in JSON."""
        if len(article.text) > _LONGEST_TEXT:
            raise CaveatError(
                say(
                    "An article for the model has {most} characters at most; give it in parts.",
                    most=f"{_LONGEST_TEXT:,}",
                )
            )
        return proposals(self._answer(article.text), article, base)

    def _answer(self, text: str) -> dict[str, Any]:
        asked = {
            "model": self._model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": text}],
        }
        try:
            answer = json.loads(self._sent(json.dumps(asked).encode()))
            read = json.loads(_unfenced(answer["choices"][0]["message"]["content"]))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            raise CaveatError(
                say("The model at INTAKE_URL did not answer in JSON; try again or set another model.")
            ) from None
        if not isinstance(read, dict):
            raise CaveatError(say("The model at INTAKE_URL answered with something else than claims; try again."))
        return cast("dict[str, Any]", read)

    def _sent(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        try:
            with self._opener.open(Request(self._url, body, headers), timeout=self._seconds) as response:  # noqa: S310  # http or https, by the setting's pattern
                return self._read(response)
        except HTTPError as error:
            error.close()
            raise CaveatError(
                say(
                    "The model at INTAKE_URL answered with HTTP {code}; look at INTAKE_URL and INTAKE_KEY.",
                    code=error.code,
                )
            ) from None
        except TimeoutError:
            raise CaveatError(
                say(
                    "The model at INTAKE_URL did not answer within {seconds} seconds; try again.",
                    seconds=f"{self._seconds:g}",
                )
            ) from None
        except (URLError, OSError):
            raise CaveatError(say("The model at INTAKE_URL cannot be reached; look at the address.")) from None

    def _read(self, response: Any) -> bytes:
        end, read = monotonic() + self._seconds, bytearray()
        while chunk := response.read1(_CHUNK):
            read += chunk
            if len(read) > _LONGEST_ANSWER or monotonic() > end:
                raise TimeoutError
        return bytes(read)


def _unfenced(content: str) -> str:
    """*content* without the ``` that some models put around JSON."""
    return content.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
