"""What other processes have committed wakes this one at once: PostgreSQL's LISTEN, on a connection of its own.

Triggers on the inbox and the outbox ring with the commit, so nobody can forget to. Whoever is woken looks into the
database: a ring that was missed costs a few seconds, and nothing is lost.
"""

import asyncio

import structlog
from sqlalchemy.engine import make_url

log = structlog.get_logger()

CHANNEL = "harian"
RARER = 4.0
"""So much longer is the time between two looks without being woken, while the bell is heard. They are for what is due
later, and for what a process left that was killed."""
LONGEST_PAUSE = 30.0
KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""A connection whose other end has vanished is noticed within half a minute."""


class Bell:
    """`inbox` is set when updates were stored, `senders` (by their bots' numbers) when messages are wanted."""

    def __init__(self, url: str, *, inbox: asyncio.Event) -> None:
        self._url = make_url(url)
        self._inbox = inbox
        self.senders: dict[int, asyncio.Event] = {}
        self.is_heard = False

    def rest(self, otherwise: float) -> float:
        """How long somebody who has nothing to do may rest, who would look again after `otherwise` seconds."""
        return otherwise * RARER if self.is_heard else otherwise

    async def run(self) -> None:
        """Until cancelled. While the connection is away, everybody looks as often as without a bell."""
        pause = 1.0
        while True:
            try:
                await self._listen()
            except Exception as error:
                log.warning("listening to the database has to wait", error=type(error).__name__)
            finally:
                pause = 1.0 if self.is_heard else min(pause * 2, LONGEST_PAUSE)
                self.is_heard = False
            await asyncio.sleep(pause)

    async def _listen(self) -> None:
        import psycopg  # an office on SQLite does without
        from psycopg import sql
        from psycopg.conninfo import make_conninfo

        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        async with await psycopg.AsyncConnection.connect(
            make_conninfo(plain, **KEEPALIVES), autocommit=True
        ) as connection:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
            self.is_heard = True
            self._wake_all()  # of what was committed before
            async for ring in connection.notifies():
                self._wake(ring.payload)

    def _wake(self, what: str) -> None:
        kind, _, number = what.partition(" ")
        if kind == "inbox":
            self._inbox.set()
        elif number.isdecimal() and int(number) in self.senders:
            self.senders[int(number)].set()

    def _wake_all(self) -> None:
        self._inbox.set()
        for wake in self.senders.values():
            wake.set()
