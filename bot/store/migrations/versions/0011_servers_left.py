"""A server that the bot left is marked with when; only what belongs to such a one may be deleted, revisions, too."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TABLES = ("revision", "entry_revision")
_LEFT = "EXISTS (SELECT 1 FROM workspace WHERE id = OLD.workspace AND left_at IS NOT NULL)"


def upgrade() -> None:
    op.add_column("workspace", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if not on_sqlite:
        op.execute(
            "CREATE FUNCTION revision_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {_LEFT} THEN RETURN OLD; END IF; RAISE EXCEPTION 'a revision is immutable'; END $$"
        )
    for table in _TABLES:
        drop_guard(table, on_sqlite)
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            + (
                f"WHEN NOT {_LEFT} BEGIN SELECT RAISE(ABORT, 'a revision is immutable'); END"
                if on_sqlite
                else "FOR EACH ROW EXECUTE FUNCTION revision_stays()"
            )
        )


def drop_guard(table: str, on_sqlite: bool) -> None:
    op.execute(f"DROP TRIGGER {table}_no_delete" + ("" if on_sqlite else f" ON {table}"))


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _TABLES:
        drop_guard(table, on_sqlite)
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            + (
                "BEGIN SELECT RAISE(ABORT, 'a revision is immutable'); END"
                if on_sqlite
                else "FOR EACH ROW EXECUTE FUNCTION revision_is_immutable()"
            )
        )
    if not on_sqlite:
        op.execute("DROP FUNCTION revision_stays()")
    op.drop_column("workspace", "left_at")
