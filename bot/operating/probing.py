"""Asking a running bot how it is, from another process; of little weight, because a container does it all day."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException

_LOOPBACK, _EVERYWHERE = "127.0.0.1", {"0.0.0.0", "::"}  # noqa: S104  # told from, not listened on
_PATIENCE_S = 5.0
_OK = 200


def parted(address: str) -> tuple[str, int]:
    """Host and port of METRICS_ADDR: `host:port`, `[::1]:port`, or a port on 127.0.0.1."""
    host, _, port = address.rpartition(":")
    return host.strip("[]") or _LOOPBACK, int(port)


def probe(address: str, path: str) -> tuple[bool, str]:
    """Whether the bot that listens on *address* is well, and its words; a bot that does not answer is not."""
    host, port = parted(address)
    connection = HTTPConnection(_LOOPBACK if host in _EVERYWHERE else host, port, timeout=_PATIENCE_S)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status == _OK, answer.read().decode().strip()
    except (OSError, HTTPException) as error:
        return False, f"no answer at {address}: {error}"
    finally:
        connection.close()
