"""
The tables. A row is a claim or entry of one workspace as it stands; `revision` holds every state a claim ever had.

Invariants live in `bot.core.claims`; the constraints here are the last line, for whoever writes past the types.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

Json = dict[str, Any]


def _filled(column: str) -> CheckConstraint:
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_filled")


def _workspace_key() -> Any:
    return Field(sa_column=Column(BigInteger, ForeignKey("workspace.id"), primary_key=True))


class WorkspaceRow(SQLModel, table=True):
    """One Discord server's own fact base; 0 is the curated base that direct messages read."""

    __tablename__ = "workspace"  # pyright: ignore[reportAssignmentType] SQLModel declares it as a property
    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    joined_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    base_digest: str = ""
    settings: Json = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class EntryRow(SQLModel, table=True):
    """A topic, place, party or metric."""

    __tablename__ = "entry"  # pyright: ignore[reportAssignmentType] SQLModel declares it as a property
    __table_args__ = (_filled("key"), _filled("name"))
    workspace: int = _workspace_key()
    kind: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    position: int
    name: str
    data: Json = Field(sa_column=Column(JSON, nullable=False))
    edited: bool = False


class SourceRow(SQLModel, table=True):
    """A document in which claims were read."""

    __tablename__ = "source"  # pyright: ignore[reportAssignmentType] SQLModel declares it as a property
    __table_args__ = (
        _filled("key"),
        _filled("publisher"),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
    )
    workspace: int = _workspace_key()
    key: str = Field(primary_key=True)
    publisher: str
    published_on: date
    sha256: str
    title: str = ""
    edited: bool = False


class ClaimRow(SQLModel, table=True):
    """A claim as it stands. `edited` says that a moderator changed it, so the curated file no longer does."""

    __tablename__ = "claim"  # pyright: ignore[reportAssignmentType] SQLModel declares it as a property
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "source"], ["source.workspace", "source.key"]),
        _filled("statement"),
        _filled("claimant"),
        _filled("source"),
        _filled("status"),
        CheckConstraint("status = 'none_stated' OR has_caveat", name="status_has_caveat"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("version > 0", name="version_positive"),
    )
    workspace: int = _workspace_key()
    number: int = Field(primary_key=True)
    statement: str
    claimant: str
    source: str
    status: str
    has_caveat: bool
    data: Json = Field(sa_column=Column(JSON, nullable=False))
    retired: str = ""
    version: int = 1
    edited: bool = False


class RevisionRow(SQLModel, table=True):
    """One immutable change of one claim; a trigger refuses to delete it or to change anything but `who`."""

    __tablename__ = "revision"  # pyright: ignore[reportAssignmentType] SQLModel declares it as a property
    __table_args__ = (UniqueConstraint("workspace", "number", "version"), _filled("reason"))
    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(sa_column=Column(BigInteger, ForeignKey("workspace.id"), nullable=False, index=True))
    number: int
    version: int
    before: Json | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    after: Json = Field(sa_column=Column(JSON, nullable=False))
    who: str
    made_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    reason: str
