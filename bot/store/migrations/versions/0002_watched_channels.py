"""Watched channels, and what was said in them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "watch",
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_watch_workspace")),
        sa.PrimaryKeyConstraint("workspace", "channel", name=op.f("pk_watch")),
    )
    op.create_table(
        "watch_note",
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_watch_note_workspace")),
        sa.PrimaryKeyConstraint("workspace", "channel", "number", "day", name=op.f("pk_watch_note")),
    )
