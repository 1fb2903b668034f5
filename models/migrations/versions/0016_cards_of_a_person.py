"""cards of a person: found by person and kind, without reading all that was ever sent"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_outbox_employee_kind", "outbox", ["employee_id", "kind", "due_at"])


def downgrade() -> None:
    op.drop_index("ix_outbox_employee_kind", table_name="outbox")
