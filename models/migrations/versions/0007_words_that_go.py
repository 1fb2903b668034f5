"""words that go"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("has_words", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE outbox SET has_words = true WHERE kind IN ('say', 'admin', 'quality_card')")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("has_words", server_default=None)
        batch_op.create_index(
            "ix_outbox_worded",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("has_words = 1"),
            postgresql_where=sa.text("has_words"),
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_worded")
        batch_op.drop_column("has_words")
