"""watching"""

import sqlalchemy as sa
from alembic import op

import models.database

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PARKED = sa.text("tries >= 3 AND handled_at IS NOT NULL")
OPEN = sa.text("over_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "pulse",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", models.database.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pulse")),
    )
    op.create_table(
        "trouble",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", models.database.UtcDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("seen_at", models.database.UtcDateTime(), nullable=False),
        sa.Column("told_at", models.database.UtcDateTime(), nullable=True),
        sa.Column("over_at", models.database.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_trouble_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trouble")),
    )
    with op.batch_alter_table("trouble", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trouble_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(
            "uq_trouble_open", ["agency_id", "kind"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_parked", ["received_at"], unique=False, sqlite_where=PARKED, postgresql_where=PARKED
        )


def downgrade() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_parked")
    op.drop_table("trouble")
    op.drop_table("pulse")
