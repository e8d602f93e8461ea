"""Addresses to which changes may be posted: https, by name, and never of a machine inside a network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from bot.core.wording import say

_LONGEST = 500
_HTTPS = 443
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that lead to the IPv4 address in their last 32 bits (RFC 6052)."""


def feed_fault(address: str) -> str:
    """Why nothing can be posted to *address*, as a sentence; empty where it can."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return say("That is no address; it begins with https://")
    if parts.scheme != "https" or not parts.hostname:
        return say("A feed's address begins with https://")
    if len(address) > _LONGEST or any(sign.isspace() or not sign.isprintable() for sign in address):
        return say("A feed's address has no spaces and at most {most} characters.", most=_LONGEST)
    if parts.username is not None or parts.password is not None or port not in (None, _HTTPS):
        return say("A feed's address has no user, no password and no port.")
    return (
        ""
        if _is_name(parts)
        else say("A feed's address names a machine that everybody can reach, such as example.org.")
    )


def _is_name(parts: SplitResult) -> bool:
    name = (parts.hostname or "").rstrip(".")
    try:
        ip_address(name)
    except ValueError:
        last = name.rpartition(".")[2]
        return "." in name and last not in {"local", "localhost", "internal"} and not last.isdigit()
    return False


def host_in(address: str) -> str:
    """The machine's name alone: the rest of an address is as good as a password."""
    return urlsplit(address).hostname or ""


def is_public(address: str) -> bool:
    """Whether an IP address, in digits, is one of the open internet's, by whatever detour it is written."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(each.is_global and not each.is_multicast for each in (found, *_within(found)))


def _within(found: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """IPv4 addresses to which an IPv6 address leads."""
    if isinstance(found, IPv4Address):
        return []
    inside = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    if found in _TRANSLATED:
        inside.append(IPv4Address(int(found) & 0xFFFFFFFF))
    return [each for each in inside if each is not None]
