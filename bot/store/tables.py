"""
The tables. A row is a claim or entry of one workspace as it stands; `revision` holds every state a claim ever had.

Invariants live in `bot.core.claims`; the constraints here are the last line, for whoever writes past the types.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = SQLModel.metadata
METADATA.naming_convention = NAMING

Json = dict[str, Any]
JsonList = list[Json]


def filled(column: str) -> CheckConstraint:
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_filled")


def workspace_key() -> Any:
    return Field(sa_column=Column(BigInteger, ForeignKey("workspace.id"), primary_key=True))


def json_column() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


class Moment(TypeDecorator[datetime]):
    """An instant, aware and in UTC on the way in and out; SQLite alone would give it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a naive time, which could mean any instant of a day."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone.")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Row(SQLModel):
    """A row of a table, which is called as its class: `entry_revision` for EntryRevisionRow."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 # pyright: ignore[reportIncompatibleVariableOverride] SQLAlchemy calls it with the class
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


class WorkspaceRow(Row, table=True):
    """
    One Discord server's own fact base; 0 is the curated base that direct messages read.

    `revision` grows with every write, so that another process sees that it must read anew. `left_at` says since when
    the bot is no longer in the server; only then may its rows be deleted. `own` says that the server chose a base of
    its own, which the curated file no longer touches; `shift` by how much that file's numbers are higher here, as
    another file's claims took them; `greeted` that the bot has introduced itself.
    """

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    joined_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    left_at: datetime | None = Field(default=None, sa_column=Column(Moment))
    base_digest: str = ""
    revision: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    settings: Json = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    wording: Json = Field(default_factory=dict, sa_column=Column(JSON, nullable=False, server_default="{}"))
    own: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    shift: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    greeted: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class EntryRow(Row, table=True):
    """
    A topic, place, party or metric.

    `edited` says that a moderator changed it, so the curated file no longer does; `retired` that it left that file
    and no live claim needs it: its names answer no more, but retired claims and revisions still mean something by it.
    """

    __table_args__ = (filled("key"), filled("name"))
    workspace: int = workspace_key()
    kind: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    position: int
    name: str
    data: Json = json_column()
    retired: bool = False
    edited: bool = False


class SourceRow(Row, table=True):
    """A document in which claims were read; `retired` once it was put away, as no live claim was read in it."""

    __table_args__ = (
        filled("key"),
        filled("publisher"),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
    )
    workspace: int = workspace_key()
    key: str = Field(primary_key=True)
    publisher: str
    published_on: date
    sha256: str
    title: str = ""
    url: str = Field(default="", sa_column_kwargs={"server_default": ""})
    retrieved_on: date | None = None
    retired: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    edited: bool = False


class ClaimRow(Row, table=True):
    """
    A claim as it stands; the columns from `number` to `retired` are those of `bot.core.records.claim_record`.

    `edited` says that a moderator changed or added it, so the curated file no longer touches it.
    """

    __table_args__ = (
        ForeignKeyConstraint(["workspace", "source"], ["source.workspace", "source.key"]),
        filled("statement"),
        filled("claimant"),
        filled("source"),
        filled("status"),
        # `[]`, `{}` and `null` are no longer than four characters; a caveat is
        CheckConstraint("status = 'none_stated' OR length(CAST(caveats AS TEXT)) > 4", name="status_has_caveat"),
        CheckConstraint("length(CAST(topics AS TEXT)) > 4", name="topics_filled"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("version > 0", name="version_positive"),
    )
    workspace: int = workspace_key()
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    statement: str
    claimant: str
    spoken_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    relayed_by: JsonList = json_column()
    source: str
    status: str
    caveats: JsonList = json_column()
    topics: list[str] = json_column()
    subjects: list[str] = json_column()
    places: list[str] = json_column()
    figures: JsonList = json_column()
    quotations: JsonList = json_column()
    event_date: str | None = None
    claim_date: str | None = None
    relations: JsonList = json_column()
    editor_note: str = ""
    grade: Json | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    retired: str = ""
    version: int = 1
    edited: bool = False


class RevisionRow(Row, table=True):
    """One immutable change of one claim; a trigger refuses to delete it or to change anything but `who`."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace", "number"], ["claim.workspace", "claim.number"]),
        UniqueConstraint("workspace", "number", "version"),
        CheckConstraint("origin IN ('base', 'moderator')", name="origin_known"),
        filled("reason"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(sa_column=Column(BigInteger, nullable=False))
    number: int
    version: int
    before: Json | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    after: Json = json_column()
    origin: str
    who: str
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    reason: str


class EntryRevisionRow(Row, table=True):
    """One immutable change of an entry, a source or the settings; kept like `revision`."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        CheckConstraint("origin IN ('base', 'moderator')", name="origin_known"),
        filled("reason"),
        Index(None, "workspace", "kind", "key"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(sa_column=Column(BigInteger, nullable=False))
    kind: str
    key: str
    before: Json | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    after: Json = json_column()
    origin: str
    who: str
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    reason: str


class WatchRow(Row, table=True):
    """A channel in which a figure posted without attribution gets a short reply."""

    workspace: int = workspace_key()
    channel: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


class WatchNoteRow(Row, table=True):
    """The one reply that a claim gets in a channel on a day (UTC); its key is what makes it one."""

    workspace: int = workspace_key()
    channel: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    day: date = Field(primary_key=True)
