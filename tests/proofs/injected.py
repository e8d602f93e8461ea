"""The faults as the table names them, in its order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from signal import SIGKILL, SIGTERM

from tests.loopback import Weather
from tests.proofs import of_discord, of_machine
from tests.proofs.scene import Inject

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True)
class Injected:
    """A fault as the table names it; *inject* gives the seconds until all is well again."""

    name: str
    inject: Inject
    heartbeat: float = 41.25
    postgresql: bool = False
    root: bool = False


FAULTS: tuple[Injected, ...] = (
    Injected("gateway: cut while commands are under way", of_discord.cut),
    Injected("gateway: Discord asks to reconnect and resume", of_discord.reconnect),
    Injected("gateway: the session is invalid", of_discord.invalid),
    Injected("gateway: heartbeats are not answered", of_discord.unheard_heartbeats, heartbeat=2.0),
    Injected("REST: 429 on one route, 20 times", of_discord.refused(429)),
    Injected("REST: 429 on all routes at once, 20 times", of_discord.refused(429, everywhere=True)),
    Injected("REST: 500, 20 times", of_discord.refused(500)),
    Injected("REST: 502, 20 times", of_discord.refused(502)),
    Injected("REST: 503, 20 times", of_discord.refused(503)),
    Injected("REST: every second answer is lost after the act", of_discord.weather(5, 0.5, Weather(lost=0))),
    Injected("REST: every request takes 4 s", of_discord.weather(5, 1.0, Weather(before=4))),
    Injected("REST: every route hangs for 35 s, then Discord acts", of_discord.hang),
    Injected("REST: presses, edits and look-ups hang for 35 s", of_discord.side_routes_hang),
    Injected("slash: 30 at once, Discord's limit of 3 s", of_discord.slash_in_time),
    Injected("SQLite: locked for a minute", of_machine.locked),
    Injected("SQLite: no room, no write possible", of_machine.no_room),
    Injected("SQLite: the file is read-only", of_machine.read_only),
    Injected("SQLite: writes to its files fail", of_machine.writes_fail, root=True),
    Injected("SQLite: its whole file system turns read-only", of_machine.turned_read_only, root=True),
    Injected("SQLite: the file is cut in half", of_machine.cut_short),
    Injected("process: SIGKILL", of_machine.ended(SIGKILL)),
    Injected("process: SIGTERM", of_machine.ended(SIGTERM)),
    Injected("process: a start in which every route takes 5 s", of_machine.slow_start),
    Injected("clock: a day ahead, and back", of_machine.clock(_DAY, timedelta())),
    Injected("clock: an hour back, and right again", of_machine.clock(-_HOUR, timedelta())),
    Injected("Discord: the server is away for a while", of_discord.unavailable),
    Injected("Discord: kicked, and invited again", of_discord.server_left),
    Injected("Discord: the server is deleted, and there again", of_discord.server_deleted),
    Injected("Discord: a schedule's channel is deleted", of_discord.channel_deleted),
    Injected("Discord: Send Messages is withdrawn", of_discord.not_allowed),
    Injected("PostgreSQL: ended and started under load", of_machine.postgresql_ends, postgresql=True),
)
