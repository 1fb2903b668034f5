"""The database's schema, brought up to date by Alembic."""

import sys
import tempfile
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

import models
from bot.private_files import keep_private
from models.database import driver_url

MIGRATIONS = Path(models.__file__).parent / "migrations"


def plain_url(url: str) -> str:
    """The same database by a driver that is not asynchronous."""
    parsed = make_url(driver_url(url))
    plain = parsed.set(drivername="sqlite") if parsed.get_backend_name() == "sqlite" else parsed
    return plain.render_as_string(hide_password=False)


def is_known(revision: str) -> bool:
    """Whether a migration is one of ours; else it is of a newer Harian."""
    script = ScriptDirectory(str(MIGRATIONS))
    return revision in {one.revision for one in script.walk_revisions()}


@cache
def wanted() -> str:
    """The newest migration, which this program needs."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def config(url: str) -> Config:
    """Alembic's configuration for a database, with the driver that is not asynchronous."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["url"] = plain_url(url)
    return made


def upgrade(url: str) -> None:
    """Bring the schema up to date, and keep a database that is a file from the eyes of others."""
    made = config(url)
    keep_private(url)
    command.upgrade(made, "head")


def write_migration(what: str) -> None:
    """Compare the tables in the code with the newest migration, and write the difference as a new one."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/schema.db"
        upgrade(url)
        number = len(list((MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
        command.revision(config(url), message=what, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    write_migration(sys.argv[1])
