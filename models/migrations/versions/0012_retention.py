"""retention"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keep_words_months", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("keep_files_months", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("forgot_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.drop_column("forgot_on")
        batch_op.drop_column("keep_files_months")
        batch_op.drop_column("keep_words_months")
