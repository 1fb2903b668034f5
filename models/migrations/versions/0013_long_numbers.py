"""Long numbers

On PostgreSQL a table is written anew for this: a minute for some ten millions of rows. SQLite's numbers are long.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COUNTED = ("outbox", "activity", "reply", "audit_entry", "focus_day", "focus_target", "question", "evidence")
POINTING = (
    ("activity", "reply_id"),
    ("obstacle", "reply_id"),
    ("evidence", "activity_id"),
    ("focus_target", "focus_day_id"),
)


def upgrade() -> None:
    _make("BIGINT")


def downgrade() -> None:
    _make("INTEGER")


def _make(kind: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in COUNTED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN id TYPE {kind}")
        op.execute(f"ALTER SEQUENCE {table}_id_seq AS {kind}")
    for table, column in POINTING:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}")
