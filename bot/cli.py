"""The subcommands of `python bot.py`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from bot import __version__
from bot.errors import CaveatError, StartupError
from bot.logs import configure_logs
from bot.settings import LogLevel, Settings, read_settings

OK, NOTHING_OR_FINDINGS, USAGE = 0, 1, 2


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
    commands = parser.add_subparsers(title="subcommands")

    run = commands.add_parser("run", help="run the bot: on Discord with a token, else offline (the default)")
    run.set_defaults(run=_run)
    run.add_argument("--port", type=int, default=None, help="port of the offline page; any free one if left out")
    parser.set_defaults(port=None, log_level=None)

    ask = commands.add_parser("ask", help="say something as a member, offline, and print the reply")
    ask.set_defaults(run=_ask, log_level=LogLevel.WARNING)
    ask.add_argument("lines", nargs="*", help="what to say; several lines come from standard input")
    ask.add_argument("--json", action="store_true", help="print the messages as JSON")
    ask.add_argument("--as", dest="seat", choices=("member", "moderator"), default="member", help="who says it")

    check = commands.add_parser("check", help="validate the fact base; exit status 1 on findings")
    check.set_defaults(run=_check)
    check.add_argument(
        "path", nargs="?", type=Path, help="a fact base's file or folder; the configured one if left out"
    )
    check.add_argument("--article", type=Path, help="the source's text, to check quotations and its hash against")

    new = commands.add_parser("new", help="write a small fact base with remarks, to begin one's own with")
    new.set_defaults(run=_new)
    new.add_argument("file", type=Path)
    intake = commands.add_parser("intake", help="read an article into proposed claims and print them")
    intake.set_defaults(run=_intake)
    intake.add_argument("file", type=Path, help="its text, UTF-8")
    intake.add_argument("--json", action="store_true", help="print them with the offsets at which they stand")
    intake.add_argument(
        "--published", type=_day, default=None, help="its date, 2025-11-14; relative dates count from it"
    )
    intake.add_argument("--publisher", default="", help="who published it; its head's word if left out")
    doctor = commands.add_parser("doctor", help="look whether all is well; exit status 1 where something is to mend")
    doctor.set_defaults(run=_doctor, log_level=LogLevel.ERROR)
    doctor.add_argument("--offline", action="store_true", help="do not ask Discord")
    health = commands.add_parser(
        "health", help="ask the running bot at METRICS_ADDR, or the doctor; exit status 1 where it is not well"
    )
    health.set_defaults(run=_health, log_level=LogLevel.ERROR, offline=True)
    health.add_argument("--ready", action="store_true", help="whether it is connected and its database answers, too")
    backup = commands.add_parser("backup", help="copy the whole database into a new file, also while the bot runs")
    backup.set_defaults(run=_backup)
    backup.add_argument("file", type=Path)
    restore = commands.add_parser("restore", help="put a backup in the place of what the database holds")
    restore.set_defaults(run=_restore)
    restore.add_argument("file", type=Path)
    export = commands.add_parser("export", help="write every row into a file of JSON lines (.gz packs it)")
    export.set_defaults(run=_export)
    export.add_argument("--all", action="store_true", required=True, help="every server; one alone is !export there")
    export.add_argument("file", type=Path)
    bring = commands.add_parser("import", help="put such a file into an empty database, and compare every row")
    bring.set_defaults(run=_import)
    bring.add_argument("--all", action="store_true", required=True, help="every server; one alone is !import there")
    bring.add_argument("file", type=Path)
    commands.add_parser(
        "upgrade", help="bring the database to the newest schema now, and say what changed"
    ).set_defaults(run=_upgrade)
    move = commands.add_parser("move", help="copy everything into another, empty database, and compare every row")
    move.set_defaults(run=_move)
    move.add_argument("--to", required=True, metavar="URL", help="its address, like DATABASE_URL")

    commands.add_parser("commands", help="print docs/commands.md").set_defaults(run=_commands)
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


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    from bot.store.copying import back_up

    print(f"{options.file}: {asyncio.run(back_up(settings.database_url, options.file))} rows")
    return OK


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    from bot.store.copying import restore

    print(f"{asyncio.run(restore(settings.database_url, options.file))} rows are back")
    return OK


def _export(settings: Settings, options: argparse.Namespace) -> int:
    from bot.store.portable import export_all

    print(f"{options.file}: {asyncio.run(export_all(settings.database_url, options.file))} rows")
    return OK


def _import(settings: Settings, options: argparse.Namespace) -> int:
    from bot.store.portable import import_all

    print(f"{asyncio.run(import_all(settings.database_url, options.file))} rows, each the same as in the file")
    return OK


def _upgrade(settings: Settings, options: argparse.Namespace) -> int:
    from bot.store.copying import upgrade

    done = asyncio.run(upgrade(settings.database_url))
    for step in done.steps:
        print(f"  {step}")
    print(f"The database is of schema {done.after}; it was {done.before or 'empty'}.")
    return OK


def _move(settings: Settings, options: argparse.Namespace) -> int:
    from bot.store.copying import move

    print(f"{asyncio.run(move(settings.database_url, options.to))} rows, each the same in both")
    return OK


def _commands(settings: Settings, options: argparse.Namespace) -> int:
    _need_simulation()
    from bot.reference import commands_page

    print(asyncio.run(commands_page(settings)), end="")
    return OK
