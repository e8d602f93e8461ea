"""A small Discord on 127.0.0.1, over real sockets: for what the simulation in process replaces."""

from tests.loopback.server import Fault, Loopback, Request, Weather

__all__ = ["Fault", "Loopback", "Request", "Weather"]
