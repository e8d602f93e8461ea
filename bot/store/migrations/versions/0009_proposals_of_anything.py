"""A proposal holds a whole batch: claims, names, sources, the base's words."""

# SQLAlchemy does not say what a JSON column holds:
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"

_PROPOSAL = sa.table(
    "proposal",
    sa.column("id", sa.Integer()),
    sa.column("number", sa.Integer()),
    sa.column("version", sa.Integer()),
    sa.column("after", sa.JSON()),
    sa.column("batch", sa.JSON()),
)


def upgrade() -> None:
    op.add_column("proposal", sa.Column("batch", sa.JSON(), nullable=False, server_default="{}"))
    database = op.get_bind()
    for row in database.execute(sa.select(_PROPOSAL.c.id, _PROPOSAL.c.version, _PROPOSAL.c.after)).all():
        batch = {"claims": [{"after": row.after, "expected": row.version, "weighs": True}]}
        database.execute(sa.update(_PROPOSAL).where(_PROPOSAL.c.id == row.id).values(batch=batch))
    with op.batch_alter_table("proposal") as table:
        table.alter_column("batch", existing_type=sa.JSON(), existing_nullable=False, server_default=None)
        for name in ("number", "version", "after"):
            table.drop_column(name)
