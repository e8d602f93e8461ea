"""Moderation: changes of entries, reviews, proposals, challenges, misses and receipts."""

# SQLAlchemy does not say what a JSON column holds:
# pyright: reportUnknownArgumentType=false

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "entry_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("origin", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("origin IN ('base', 'moderator')", name=op.f("ck_entry_revision_origin_known")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_entry_revision_reason_filled")),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_entry_revision_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_revision")),
    )
    op.create_index(op.f("ix_entry_revision_workspace_kind_key"), "entry_revision", ["workspace", "kind", "key"])

    op.create_table(
        "miss",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("asked", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_miss_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_miss")),
    )
    op.create_index(op.f("ix_miss_workspace"), "miss", ["workspace"])

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'approved', 'declined')", name=op.f("ck_proposal_state_known")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_proposal_reason_filled")),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_proposal_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_workspace"), "proposal", ["workspace"])

    op.create_table(
        "receipt",
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_receipt_workspace")),
        sa.PrimaryKeyConstraint("message", "number", name=op.f("pk_receipt")),
    )
    op.create_index(op.f("ix_receipt_workspace_number"), "receipt", ["workspace", "number"])

    op.create_table(
        "waiting",
        sa.Column("miss", sa.Integer(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["miss"], ["miss.id"], name=op.f("fk_waiting_miss"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("miss", "person", name=op.f("pk_waiting")),
    )
    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("link", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'upheld', 'dismissed')", name=op.f("ck_challenge_state_known")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_challenge_reason_filled")),
        sa.ForeignKeyConstraint(
            ["workspace", "number"], ["claim.workspace", "claim.number"], name=op.f("fk_challenge_workspace_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
    )
    op.create_index(op.f("ix_challenge_workspace"), "challenge", ["workspace"])

    op.create_table(
        "review",
        sa.Column("workspace", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reviewer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("interval_days > 0", name=op.f("ck_review_interval_positive")),
        sa.ForeignKeyConstraint(
            ["workspace", "number"], ["claim.workspace", "claim.number"], name=op.f("fk_review_workspace_number")
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_review_workspace")),
        sa.PrimaryKeyConstraint("workspace", "number", name=op.f("pk_review")),
    )
    op.add_column("claim", sa.Column("grade", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("workspace", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    guard_entry_revisions(op.get_bind().dialect.name)


def guard_entry_revisions(dialect: str) -> None:
    """Refuse to delete a change of an entry or to change anything of it but who made it."""
    columns = ", ".join(
        f'"{column}"'
        for column in ("id", "workspace", "kind", "key", "before", "after", "origin", "made_at", "reason")
    )
    for event in ("DELETE", f"UPDATE OF {columns}"):
        name = event.split()[0].lower()
        act = (
            "BEGIN SELECT RAISE(ABORT, 'a revision is immutable'); END"
            if dialect == "sqlite"
            else "FOR EACH ROW EXECUTE FUNCTION revision_is_immutable()"
        )
        op.execute(f"CREATE TRIGGER entry_revision_no_{name} BEFORE {event} ON entry_revision {act}")
    if dialect != "sqlite":
        op.execute(
            "CREATE TRIGGER entry_revision_no_truncate BEFORE TRUNCATE ON entry_revision "
            "FOR EACH STATEMENT EXECUTE FUNCTION revision_is_immutable()"
        )
