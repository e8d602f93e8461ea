"""The tables of briefings: schedules, what was delivered, live briefings, corrections."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlmodel import Field

from bot.store.tables import Json, Moment, Row


def _big(*, key: bool = False) -> Column[int]:
    return Column(BigInteger, primary_key=key, nullable=False, autoincrement=False)


def _moment(*, null: bool = False) -> Column[datetime]:
    return Column(Moment, nullable=null)


class ScheduleRow(Row, table=True):
    """When a channel gets a briefing; `due_at` is the next slot, `lease_until` says that a process is at it."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        CheckConstraint("state IN ('active', 'paused', 'cancelled')", name="state_known"),
        Index(None, "state", "due_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    channel: int = Field(sa_column=_big())
    about: str
    at: str
    zone: str
    days: str
    skip_unchanged: bool = False
    changes_only: bool = False
    mention: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    state: str = "active"
    why: str = ""
    who: str
    due_at: datetime = Field(sa_column=_moment())
    lease_until: datetime | None = Field(default=None, sa_column=_moment(null=True))
    leased_by: str = ""


class DeliveryRow(Row, table=True):
    """
    One slot of one schedule; its key is what makes it one.

    `shown` holds the version of each claim that was posted, `made_at` when that was composed.
    """

    __table_args__ = (
        CheckConstraint("state IN ('begun', 'posted', 'skipped', 'folded', 'failed')", name="state_known"),
    )
    schedule: int = Field(sa_column=Column(Integer, ForeignKey("schedule.id"), primary_key=True))
    slot: datetime = Field(sa_column=Column(Moment, primary_key=True))
    state: str = "begun"
    why: str = ""
    made_at: datetime = Field(sa_column=_moment())
    messages: list[int] = Field(default_factory=list[int], sa_column=Column(JSON, nullable=False))
    shown: Json = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class LiveRow(Row, table=True):
    """One message that is edited when the base changes."""

    __table_args__ = (ForeignKeyConstraint(["workspace"], ["workspace.id"]),)
    message: int = Field(sa_column=_big(key=True))
    workspace: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    channel: int = Field(sa_column=_big())
    about: str
    revision: int
    edited_at: datetime = Field(sa_column=_moment())


class CorrectionRow(Row, table=True):
    """A correction posted in a channel for one version of a claim; its key is what makes it one."""

    __table_args__ = (ForeignKeyConstraint(["workspace"], ["workspace.id"]),)
    workspace: int = Field(sa_column=_big(key=True))
    channel: int = Field(sa_column=_big(key=True))
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    version: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    made_at: datetime = Field(sa_column=_moment())
