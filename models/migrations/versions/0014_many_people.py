"""many people and a long history: indexes for what is looked up every minute, and for the figures of a week"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INDEXES: tuple[tuple[str, str, list[str], str | None], ...] = (
    ("activity", "ix_activity_of_day", ["employee_id", "worked_on"], None),
    ("activity", "ix_activity_open", ["employee_id", "status", "worked_on"], "status IN ('draft', 'waiting')"),
    (
        "activity",
        "ix_activity_untold",
        ["status", "reviewed_at", "employee_id"],
        "status = 'approved' AND told_at IS NULL",
    ),
    (
        "activity",
        "ix_activity_output",
        ["target_id", "worked_on", "output", "is_automatic", "status"],
        "status = 'approved' AND output IS NOT NULL",
    ),
    ("employee", "ix_employee_leaving", ["left_on"], "left_on IS NOT NULL"),
    ("employee", "ix_employee_menu_less", ["id"], "telegram_id IS NOT NULL AND menu IS NULL"),
    (
        "employee",
        "ix_employee_own_times",
        ["id"],
        "zone IS NOT NULL OR report_at IS NOT NULL OR nudge_at IS NOT NULL",
    ),
    ("focus_day", "ix_focus_day_open", ["day", "employee_id"], "closed_at IS NULL"),
    ("outbox", "ix_outbox_of_kind", ["employee_id", "kind", "due_at"], None),
    ("placement", "ix_placement_of_unit", ["unit_id", "starts_on"], None),
    ("qualitymark", "ix_qualitymark_of_week", ["week_ends_on", "reviewer_id"], None),
    ("shift_day", "ix_shift_day_day", ["day", "employee_id"], None),
    ("target", "ix_target_parent_id", ["parent_id"], None),
    ("target_revision", "ix_target_revision_waiting", ["target_id"], "status = 'waiting'"),
)


def upgrade() -> None:
    for table, name, columns, where in INDEXES:
        only = sa.text(where) if where is not None else None
        op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)
    op.create_index(
        "ix_activity_by_clock",
        "activity",
        ["status", "reviewed_at", "employee_id"],
        sqlite_where=sa.text("is_automatic = 1"),
        postgresql_where=sa.text("is_automatic"),
    )
    op.drop_index("ix_activity_employee_id", "activity")
    op.drop_index("ix_activity_status", "activity")


def downgrade() -> None:
    op.create_index("ix_activity_status", "activity", ["status"])
    op.create_index("ix_activity_employee_id", "activity", ["employee_id"])
    op.drop_index("ix_activity_by_clock", "activity")
    for table, name, _, _ in reversed(INDEXES):
        op.drop_index(name, table)
