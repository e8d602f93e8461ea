"""Sources say where and when they were read, claims who speaks for a body; a server may have a base of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_TEXT = sa.String()
_ADDED = (
    ("source", sa.Column("url", _TEXT, nullable=False, server_default="")),
    ("source", sa.Column("retrieved_on", sa.Date(), nullable=True)),
    ("source", sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false())),
    ("claim", sa.Column("spoken_by", _TEXT, nullable=False, server_default="")),
    ("workspace", sa.Column("own", sa.Boolean(), nullable=False, server_default=sa.false())),
    ("workspace", sa.Column("shift", sa.Integer(), nullable=False, server_default="0")),
    ("workspace", sa.Column("greeted", sa.Boolean(), nullable=False, server_default=sa.false())),
)


def upgrade() -> None:
    for table, column in _ADDED:
        op.add_column(table, column)
    # servers that were there before need no introduction
    op.execute(sa.text("UPDATE workspace SET greeted = true"))
