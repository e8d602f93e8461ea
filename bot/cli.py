"""The subcommands of `python bot.py`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from bot import __version__
from bot.errors import CaveatError, StartupError
from bot.logs import configure_logs
from bot.settings import LogLevel, Settings, read_settings

OK, NOTHING_OR_FINDINGS, USAGE = 0, 1, 2

Run = Callable[[Settings, argparse.Namespace], int]
"""Does what a subcommand is for; gives the exit status."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit status: 0, 1 for a failure or findings, 2 for a usage error."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        configure_logs(options.log_level or settings.log_level, settings.log_format)
        return int(options.run(settings, options))
    except CaveatError as error:
        print(f"caveat: {error}", file=sys.stderr)
        return NOTHING_OR_FINDINGS
    except KeyboardInterrupt:
        return OK
    except BrokenPipeError:  # whoever reads has enough; what Python still wants to flush goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOTHING_OR_FINDINGS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot.py", description="Caveat: who said it, and could anyone check it?")
    parser.add_argument("--version", action="version", version=__version__)
    parser.set_defaults(run=_run)
    parser.set_defaults(port=None, log_level=None)
    subcommands = parser.add_subparsers(title="subcommands")

    def add(name: str, run: Run, words: str, **defaults: object) -> argparse.ArgumentParser:
        made = subcommands.add_parser(name, help=words)
        made.set_defaults(run=run, **defaults)
        return made

    run = add("run", _run, "run the bot: on Discord with a token, else offline (the default)")
    run.add_argument("--port", type=int, default=None, help="port of the offline page; any free one if left out")

    ask = add("ask", _ask, "say something as a member, offline, and print the reply", log_level=LogLevel.WARNING)
    ask.add_argument("lines", nargs="*", help="what to say; several lines come from standard input")
    ask.add_argument("--json", action="store_true", help="print the messages as JSON")
    ask.add_argument("--as", dest="seat", choices=("member", "moderator"), default="member", help="who says it")

    check = add("check", _check, "validate the fact base; exit status 1 on findings")
    where = "a fact base's file or folder; the configured one if left out"
    check.add_argument("path", nargs="?", type=Path, help=where)
    check.add_argument("--article", type=Path, help="the source's text, to check quotations and its hash against")

    new = add("new", _new, "write a small fact base with remarks, to begin one's own with")
    new.add_argument("file", type=Path)
    intake = add("intake", _intake, "read an article into proposed claims and print them")
    intake.add_argument("file", type=Path, help="its text, UTF-8")
    intake.add_argument("--json", action="store_true", help="print them with the offsets at which they stand")
    dated = "its date, 2025-11-14; relative dates count from it"
    intake.add_argument("--published", type=_day, default=None, help=dated)
    intake.add_argument("--publisher", default="", help="who published it; its head's word if left out")
    doctor = add(
        "doctor",
        _doctor,
        "look whether all is well; exit status 1 where something is to mend",
        log_level=LogLevel.ERROR,
    )
    doctor.add_argument("--offline", action="store_true", help="do not ask Discord")
    asked = "ask the running bot at METRICS_ADDR, or the doctor; exit status 1 where it is not well"
    health = add("health", _health, asked, log_level=LogLevel.ERROR, offline=True)
    health.add_argument("--ready", action="store_true", help="whether it is connected and its database answers, too")
    for name, words in (
        ("backup", "copy the whole database into a new file, also while the bot runs"),
        ("restore", "put a backup in the place of what the database holds"),
        ("export", "write every row into a file of JSON lines (.gz packs it)"),
        ("import", "put such a file into an empty database, and compare every row"),
    ):
        made = add(name, _copy, words, work=name)
        if name in ("export", "import"):
            every = f"every server; one alone is !{name} there"
            made.add_argument("--all", action="store_true", required=True, help=every)
        made.add_argument("file", type=Path)
    add("upgrade", _upgrade, "bring the database to the newest schema now, and say what changed")
    move = add("move", _copy, "copy everything into another, empty database, and compare every row", work="move")
    address = "its address, like DATABASE_URL"
    move.add_argument("--to", dest="file", required=True, metavar="URL", help=address)
    add("commands", _commands, "print docs/commands.md")
    return parser


def _run(settings: Settings, options: argparse.Namespace) -> int:
    if settings.discord_token is None:
        _need_simulation()
        from bot.demo import serve_offline

        asyncio.run(serve_offline(settings, port=options.port))
        return OK
    from bot.serving import serve

    _run_fast(serve(settings))
    return OK


def _run_fast(main: object) -> None:
    try:
        import uvloop
    except ImportError:
        asyncio.run(main)  # pyright: ignore[reportArgumentType] a coroutine
    else:
        uvloop.run(main)  # pyright: ignore[reportArgumentType] a coroutine


def _need_simulation() -> None:
    if find_spec("simcord") is None:
        raise StartupError(
            "Without DISCORD_TOKEN Caveat runs in a simulated Discord, which is not installed here: set the token, "
            "or install requirements-offline.lock."
        )


def _ask(settings: Settings, options: argparse.Namespace) -> int:
    _need_simulation()
    from bot.conversation import converse

    lines = [" ".join(options.lines)] if options.lines else [line.rstrip("\n") for line in sys.stdin]
    lines = [line for line in lines if line.strip()]
    if not lines:
        print("caveat: say something: python bot.py ask '!casualties'", file=sys.stderr)
        return USAGE
    return asyncio.run(converse(settings, lines, seat=options.seat, as_json=options.json))


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from bot.checking import report

    path = options.path or settings.fact_base
    if path is None:
        raise StartupError("FACT_BASE is empty; name the file to check: python bot.py check FILE")
    findings = report(path, options.article)
    for line in findings:
        print(line)
    return NOTHING_OR_FINDINGS if findings else OK


def _new(settings: Settings, options: argparse.Namespace) -> int:
    template = resources.files("bot.files").joinpath("template.yaml").read_text("utf-8")
    try:
        with options.file.open("x", encoding="utf-8") as file:
            file.write(template)
    except FileExistsError:
        raise StartupError(f"{options.file} exists already; name a file that does not.") from None
    except OSError as error:
        raise StartupError(f"{options.file} cannot be written: {error.strerror}.") from None
    print(f"{options.file}: replace the example, then run python bot.py check {options.file}")
    return OK


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day; write it as 2025-11-14.") from None


def _intake(settings: Settings, options: argparse.Namespace) -> int:
    from bot.articles import listed

    for line in listed(settings, options.file, options.published, options.publisher, as_json=options.json):
        print(line)
    return OK


def _doctor(settings: Settings, options: argparse.Namespace) -> int:
    from bot.operating.doctor import examine

    async def print_all() -> bool:
        return all([print(check) or check.sound async for check in examine(settings, offline=options.offline)])

    return OK if asyncio.run(print_all()) else NOTHING_OR_FINDINGS


def _health(settings: Settings, options: argparse.Namespace) -> int:
    from bot.operating.probing import probe

    if settings.metrics_addr is None:
        return _doctor(settings, options)
    well, said = probe(settings.metrics_addr, "/readyz" if options.ready else "/healthz")
    print(said)
    return OK if well else NOTHING_OR_FINDINGS


def _copy(settings: Settings, options: argparse.Namespace) -> int:
    from bot.store import copying, portable

    work, said = {
        "backup": (copying.back_up, "{file}: {rows} rows"),
        "restore": (copying.restore, "{rows} rows are back"),
        "export": (portable.export_all, "{file}: {rows} rows"),
        "import": (portable.import_all, "{rows} rows, each the same as in the file"),
        "move": (copying.move, "{rows} rows, each the same in both"),
    }[options.work]
    print(said.format(file=options.file, rows=asyncio.run(work(settings.database_url, options.file))))
    return OK


def _upgrade(settings: Settings, options: argparse.Namespace) -> int:
    from bot.store.copying import upgrade

    done = asyncio.run(upgrade(settings.database_url))
    for step in done.steps:
        print(f"  {step}")
    print(f"The database is of schema {done.after}; it was {done.before or 'empty'}.")
    return OK


def _commands(settings: Settings, options: argparse.Namespace) -> int:
    _need_simulation()
    from bot.reference import commands_page

    print(asyncio.run(commands_page(settings)), end="")
    return OK
