"""Articles that moderators go through, until they finish."""

# SQLAlchemy does not say what a JSON column holds:
# pyright: reportUnknownArgumentType=false

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "intake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_intake_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    op.create_index(op.f("ix_intake_workspace"), "intake", ["workspace"])
    op.create_index(op.f("ix_intake_made_at"), "intake", ["made_at"])
