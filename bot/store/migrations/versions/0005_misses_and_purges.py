"""Missed questions get their ids from the bot; what is looked up or let go by its day is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("waiting") as table:
        table.alter_column("miss", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False)
    with op.batch_alter_table("miss") as table:
        table.alter_column(
            "id", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False, server_default=None
        )
    op.drop_index(op.f("ix_miss_workspace"), "miss")
    op.create_index(op.f("ix_miss_workspace_made_at"), "miss", ["workspace", "made_at"])
    op.create_index(op.f("ix_miss_made_at"), "miss", ["made_at"])
    op.create_index(op.f("ix_receipt_workspace_made_at"), "receipt", ["workspace", "made_at"])
