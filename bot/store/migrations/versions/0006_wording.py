"""A base keeps the words that are used for each other in it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("workspace", sa.Column("wording", sa.JSON(), nullable=False, server_default="{}"))
