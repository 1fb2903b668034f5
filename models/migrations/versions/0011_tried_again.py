"""tried again"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TRIED = sa.text("revision > shown_revision AND retry_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_tried",
            ["bot_id", "retry_at", "attempts", "chat_id"],
            unique=False,
            sqlite_where=TRIED,
            postgresql_where=TRIED,
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_tried")
