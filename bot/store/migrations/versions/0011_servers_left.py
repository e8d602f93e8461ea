"""A server that the bot left is marked with when; only what belongs to such a one may be deleted, revisions, too."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_LEFT = "EXISTS (SELECT 1 FROM workspace WHERE id = OLD.workspace AND left_at IS NOT NULL)"


def upgrade() -> None:
    op.add_column("workspace", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if not on_sqlite:
        op.execute(
            "CREATE FUNCTION revision_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {_LEFT} THEN RETURN OLD; END IF; RAISE EXCEPTION 'a revision is immutable'; END $$"
        )
    act = (
        f"WHEN NOT {_LEFT} BEGIN SELECT RAISE(ABORT, 'a revision is immutable'); END"
        if on_sqlite
        else "FOR EACH ROW EXECUTE FUNCTION revision_stays()"
    )
    for table in ("revision", "entry_revision"):
        op.execute(f"DROP TRIGGER {table}_no_delete" + ("" if on_sqlite else f" ON {table}"))
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {act}")
