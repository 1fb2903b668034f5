"""Whether Harian is at work on a database."""

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.engine import Connection

from bot import holder
from bot.backups import Failed


def refuse_while_running(connection: Connection) -> None:
    """Raises: Failed while somebody who may be alive holds a lease."""
    for name, until in connection.execute(text("SELECT holder, expires_at FROM lease")):
        if _moment(until) > datetime.now(UTC) and not holder.is_gone(name):
            raise Failed("Harian is running on this database: stop it first (or wait 15 seconds after a crash).")


def _moment(value: datetime | str) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
