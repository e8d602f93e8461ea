"""On PostgreSQL every process on the database is told of a workspace that changed: its base, settings or watch."""

from alembic import op

revision = "0013"
down_revision = "0012"

_DO = "EXECUTE FUNCTION tell_of_change"
_CHANGED = "OLD.revision <> NEW.revision OR OLD.settings::text <> NEW.settings::text"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute(
        "CREATE FUNCTION tell_of_change() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE changed jsonb; BEGIN "
        "changed := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END); "
        "PERFORM pg_notify('caveat', changed ->> TG_ARGV[0]); RETURN NULL; END $$"
    )
    op.execute(f"CREATE TRIGGER workspace_told AFTER UPDATE ON workspace FOR EACH ROW WHEN ({_CHANGED}) {_DO}('id')")
    op.execute(f"CREATE TRIGGER watch_told AFTER INSERT OR DELETE ON watch FOR EACH ROW {_DO}('workspace')")
