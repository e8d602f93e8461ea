"""Posting to an address outside that a server named: only over https, only to the open internet, no detours."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.core.addresses import feed_fault, is_public

_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=10)


class _PublicOnly(AbstractResolver):
    """Looks names up, and knows none that leads inside a network: what was looked up is what is connected to."""

    def __init__(self) -> None:
        self._inner = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of *host*; raises `OSError` where one of them is not public."""
        found = await self._inner.resolve(host, port, family)
        if not found or not all(is_public(each["host"]) for each in found):
            raise OSError("the address does not lead to the open internet")
        return found

    async def close(self) -> None:
        """Nothing is held."""
        await self._inner.close()


async def post(address: str, body: Mapping[str, Any]) -> int:
    """
    Post *body* as JSON and give the status of the answer, which is not read; redirections are not followed.

    Raises:
        OSError, aiohttp.ClientError, TimeoutError: It could not be sent.
    """
    fault = feed_fault(address)
    if fault:
        raise OSError(fault)
    connector = aiohttp.TCPConnector(resolver=_PublicOnly(), use_dns_cache=False, force_close=True)
    async with (
        aiohttp.ClientSession(connector=connector, timeout=_TIMEOUT, trust_env=False) as session,
        session.post(address, json=body, allow_redirects=False) as answer,
    ):
        return answer.status
