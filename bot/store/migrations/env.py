"""
Alembic's environment: it migrates the connection that `open_database` hands over.

On the command line it opens one itself, to write a new version:
`alembic -x database=sqlite:///var/caveat.db revision --autogenerate -m "why"`.
"""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, create_engine

from bot.store.schema import METADATA
from bot.store.tables import Moment


def _render(_kind: str, item: object, _context: Any) -> str | Literal[False]:
    """Versions must not depend on our own types, which may change after them."""
    return "sa.DateTime(timezone=True)" if isinstance(item, Moment) else False


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True, render_item=_render)
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    address = context.get_x_argument(as_dictionary=True).get("database", "sqlite:///var/caveat.db")
    with create_engine(str(address)).connect() as own:
        _run(own)
