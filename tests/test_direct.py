"""SQLite's statements run on the event loop's own thread; what may wait, and long work, does not."""

import asyncio
import threading
from typing import Any

from sqlalchemy import event

from models.database import Database
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


async def test_where_statements_run(database: Database) -> None:
    here: list[str] = []
    beside: list[str] = []

    def note(statement: str) -> None:
        word = statement.partition(" ")[0]
        if word != "PRAGMA":
            (here if threading.current_thread() is threading.main_thread() else beside).append(word)

    def traced(driver: Any, _record: object) -> None:
        driver.driver_connection._conn.set_trace_callback(note)

    event.listen(database.engine.sync_engine, "connect", traced)
    async with database.transaction() as session:
        await (await session.connection()).exec_driver_sql("CREATE TABLE t (n INTEGER)")
        await (await session.connection()).exec_driver_sql("INSERT INTO t VALUES (1)")
    assert (here, beside) == (["BEGIN", "CREATE", "INSERT"], ["COMMIT"])
    here.clear()
    beside.clear()
    async with database.transaction() as session:
        await (await session.connection()).exec_driver_sql("SELECT n FROM t")
    assert (here, beside) == (["BEGIN", "SELECT", "COMMIT"], []), "nothing was written, so nothing waits for the disk"
    here.clear()
    async with database.transaction(patient=True) as session:
        await (await session.connection()).exec_driver_sql("DELETE FROM t")
    assert (here, beside) == ([], ["BEGIN", "DELETE", "COMMIT"])


async def test_the_loop_goes_on_while_another_process_writes(database: Database, database_url: str) -> None:
    other, turns = Database(database_url), 0

    async def write() -> None:
        async with database.transaction() as session:
            await session.connection()

    async with other.transaction() as session:
        await session.connection()
        waiting = asyncio.create_task(write())
        while turns < 100:
            await asyncio.sleep(0.001)
            turns += 1
        assert not waiting.done()
    await waiting
    await other.close()
