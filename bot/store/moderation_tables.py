"""The tables of moderation: reviews, proposals, challenges, intakes, missed questions, follows, receipts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
)
from sqlmodel import Field

from bot.store.tables import Json, Moment, Row, filled, json_column, workspace_key


class ReviewRow(Row, table=True):
    """When a claim was last looked over, by whom, and when it is due again; without a row the default holds."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace", "number"], ["claim.workspace", "claim.number"]),
        CheckConstraint("interval_days > 0", name="interval_positive"),
    )
    workspace: int = workspace_key()
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    reviewer: str = ""
    interval_days: int
    reviewed_on: date | None = None
    reviewed_by: str = ""
    due_on: date


class ProposalRow(Row, table=True):
    """A change that waits for a second moderator, as a `batch_record`; it never answers members."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        CheckConstraint("state IN ('open', 'approved', 'declined')", name="state_known"),
        filled("reason"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    batch: Json = json_column()
    who: str
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    reason: str
    state: str = "open"
    decided_by: str = ""


class ChallengeRow(Row, table=True):
    """A member's doubt about a claim as it was shown, until a moderator answers it."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace", "number"], ["claim.workspace", "claim.number"]),
        CheckConstraint("state IN ('open', 'upheld', 'dismissed')", name="state_known"),
        filled("reason"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    number: int
    version: int
    asked: str = ""
    link: str = ""
    who: str
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    reason: str
    state: str = "open"
    decided_by: str = ""
    outcome: str = ""


class IntakeRow(Row, table=True):
    """An article that moderators go through, with its text, until they finish; kept for 30 days at most."""

    __table_args__ = (ForeignKeyConstraint(["workspace"], ["workspace.id"]),)
    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    who: str
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False, index=True))
    session: Json = json_column()


class MissRow(Row, table=True):
    """A question that got no claim, without who asked it; kept for 30 days."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        Index(None, "workspace", "made_at"),
        Index(None, "made_at"),
    )
    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    workspace: int = Field(sa_column=Column(BigInteger, nullable=False))
    asked: str
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))


class WaitingRow(Row, table=True):
    """Somebody who wants to be told when a missed question can be answered; goes when they were told."""

    miss: int = Field(
        sa_column=Column(BigInteger, ForeignKey("miss.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    )
    person: str = Field(primary_key=True)


class FollowRow(Row, table=True):
    """
    What somebody, or the server's feed, follows; with the claims that they are still to be told of.

    `waiting` holds, by number, the version that they know (0: none); `since` is when the first of the changes was
    made, `due_at` when it may be told. Both are empty where nothing waits.
    """

    __table_args__ = (
        ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        UniqueConstraint("workspace", "person", "kind", "key"),
        Index(None, "due_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(sa_column=Column(BigInteger, nullable=False))
    person: str
    kind: str
    key: str
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    waiting: Json = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    since: datetime | None = Field(default=None, sa_column=Column(Moment))
    due_at: datetime | None = Field(default=None, sa_column=Column(Moment))
    told_at: datetime | None = Field(default=None, sa_column=Column(Moment))


class ReceiptRow(Row, table=True):
    """A claim, in the version that a message of the bot showed; without who asked."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        Index(None, "workspace", "number"),
        Index(None, "workspace", "made_at"),
    )
    message: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    workspace: int = Field(sa_column=Column(BigInteger, nullable=False))
    channel: int = Field(sa_column=Column(BigInteger, nullable=False))
    version: int
    asked: str = ""
    made_at: datetime = Field(sa_column=Column(Moment, nullable=False))
