"""A schedule may post changes only, and may notify a role."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("schedule", sa.Column("changes_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("schedule", sa.Column("mention", sa.BigInteger(), nullable=True))
