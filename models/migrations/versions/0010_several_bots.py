"""several bots"""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

UNSHOWN = sa.text("revision > shown_revision")
WAITING = sa.text("handled_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bot_id", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bot_id", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.drop_index("ix_outbox_unshown")
        batch_op.create_index(
            "ix_outbox_unshown",
            ["bot_id", "priority", "due_at", "id"],
            unique=False,
            sqlite_where=UNSHOWN,
            postgresql_where=UNSHOWN,
        )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bot_id", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_waiting")
        batch_op.drop_index("ix_inbox_waiting_chat")
        batch_op.drop_constraint("pk_inbox", type_="primary")
        batch_op.create_primary_key("pk_inbox", ["bot_id", "update_id"])
        _waiting(batch_op, "ix_inbox_waiting", ["received_at", "update_id"])
        _waiting(batch_op, "ix_inbox_waiting_chat", ["chat_id", "bot_id", "update_id"])


def downgrade() -> None:
    op.execute("DELETE FROM inbox WHERE bot_id NOT IN (SELECT bot_id FROM inbox ORDER BY received_at DESC LIMIT 1)")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_waiting_chat")
        batch_op.drop_index("ix_inbox_waiting")
        batch_op.drop_constraint("pk_inbox", type_="primary")
        batch_op.create_primary_key("pk_inbox", ["update_id"])
        _waiting(batch_op, "ix_inbox_waiting", ["update_id"])
        _waiting(batch_op, "ix_inbox_waiting_chat", ["chat_id", "update_id"])
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_column("bot_id")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_unshown")
        batch_op.create_index(
            "ix_outbox_unshown",
            ["priority", "due_at", "id"],
            unique=False,
            sqlite_where=UNSHOWN,
            postgresql_where=UNSHOWN,
        )
        batch_op.drop_column("bot_id")
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.drop_column("bot_id")


def _waiting(batch_op: BatchOperations, name: str, columns: list[str]) -> None:
    batch_op.create_index(name, columns, unique=False, sqlite_where=WAITING, postgresql_where=WAITING)
