"""workspaces, claims and revisions."""

# SQLAlchemy does not say what a JSON column holds:
# pyright: reportUnknownArgumentType=false

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("base_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "entry",
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(trim(key)) > 0", name=op.f("ck_entry_key_filled")),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_entry_name_filled")),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_entry_workspace")),
        sa.PrimaryKeyConstraint("workspace", "kind", "key", name=op.f("pk_entry")),
    )
    op.create_table(
        "source",
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("publisher", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_source_sha256_length")),
        sa.CheckConstraint("length(trim(key)) > 0", name=op.f("ck_source_key_filled")),
        sa.CheckConstraint("length(trim(publisher)) > 0", name=op.f("ck_source_publisher_filled")),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_source_workspace")),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_source")),
    )
    op.create_table(
        "claim",
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("statement", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("claimant", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("relayed_by", sa.JSON(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("caveats", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("quotations", sa.JSON(), nullable=False),
        sa.Column("event_date", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("claim_date", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("relations", sa.JSON(), nullable=False),
        sa.Column("editor_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("retired", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "status = 'none_stated' OR length(CAST(caveats AS TEXT)) > 4", name=op.f("ck_claim_status_has_caveat")
        ),
        sa.CheckConstraint("length(CAST(topics AS TEXT)) > 4", name=op.f("ck_claim_topics_filled")),
        sa.CheckConstraint("length(trim(claimant)) > 0", name=op.f("ck_claim_claimant_filled")),
        sa.CheckConstraint("length(trim(source)) > 0", name=op.f("ck_claim_source_filled")),
        sa.CheckConstraint("length(trim(statement)) > 0", name=op.f("ck_claim_statement_filled")),
        sa.CheckConstraint("length(trim(status)) > 0", name=op.f("ck_claim_status_filled")),
        sa.CheckConstraint("number > 0", name=op.f("ck_claim_number_positive")),
        sa.CheckConstraint("version > 0", name=op.f("ck_claim_version_positive")),
        sa.ForeignKeyConstraint(
            ["workspace", "source"], ["source.workspace", "source.key"], name=op.f("fk_claim_workspace_source")
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_claim_workspace")),
        sa.PrimaryKeyConstraint("workspace", "number", name=op.f("pk_claim")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("origin", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("origin IN ('base', 'moderator')", name=op.f("ck_revision_origin_known")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_revision_reason_filled")),
        sa.ForeignKeyConstraint(
            ["workspace", "number"], ["claim.workspace", "claim.number"], name=op.f("fk_revision_workspace_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("workspace", "number", "version", name=op.f("uq_revision_workspace_number_version")),
    )
    guard_revisions(op.get_bind().dialect.name)


def guard_revisions(dialect: str) -> None:
    """Refuse to delete a revision or to change anything of it but who made it (a tombstone may replace a person)."""
    columns = ", ".join(
        f'"{column}"'
        for column in ("id", "workspace", "number", "version", "before", "after", "origin", "made_at", "reason")
    )
    act = "BEGIN SELECT RAISE(ABORT, 'a revision is immutable'); END"
    if dialect != "sqlite":
        op.execute(
            "CREATE FUNCTION revision_is_immutable() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a revision is immutable'; END $$"
        )
        act = "FOR EACH ROW EXECUTE FUNCTION revision_is_immutable()"
        op.execute(
            "CREATE TRIGGER revision_no_truncate BEFORE TRUNCATE ON revision "
            "FOR EACH STATEMENT EXECUTE FUNCTION revision_is_immutable()"
        )
    for event in ("DELETE", f"UPDATE OF {columns}"):
        name = event.split()[0].lower()
        op.execute(f"CREATE TRIGGER revision_no_{name} BEFORE {event} ON revision {act}")
