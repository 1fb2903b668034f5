"""waking: PostgreSQL tells other processes what has been committed"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STORED = """
CREATE FUNCTION harian_stored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('harian', 'inbox');
    RETURN NULL;
END $$
"""
WANTED = """
CREATE FUNCTION harian_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('harian', 'outbox ' || NEW.bot_id);
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(STORED)
    op.execute(WANTED)
    op.execute(
        "CREATE TRIGGER stored AFTER INSERT ON inbox FOR EACH STATEMENT EXECUTE FUNCTION harian_stored()",
    )
    op.execute(
        "CREATE TRIGGER wanted AFTER INSERT OR UPDATE OF revision ON outbox "
        "FOR EACH ROW EXECUTE FUNCTION harian_wanted()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP TRIGGER wanted ON outbox")
    op.execute("DROP TRIGGER stored ON inbox")
    op.execute("DROP FUNCTION harian_wanted()")
    op.execute("DROP FUNCTION harian_stored()")
