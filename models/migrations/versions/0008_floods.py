"""floods"""

import sqlalchemy as sa
from alembic import op

import models.database

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

HELD = sa.text("held_until IS NOT NULL AND handled_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_until", models.database.UtcDateTime(), nullable=True))
        batch_op.create_index(
            "ix_inbox_held", ["held_until", "chat_id"], unique=False, sqlite_where=HELD, postgresql_where=HELD
        )
        batch_op.create_index("ix_inbox_received", ["chat_id", "received_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_received")
        batch_op.drop_index("ix_inbox_held")
        batch_op.drop_column("held_until")
