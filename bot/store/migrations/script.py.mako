"""${message}."""

# SQLAlchemy does not say what a JSON column holds:
# pyright: reportUnknownArgumentType=false

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
