"""What one reply and one wave ask of the database, counted: time differs from machine to machine, this does not."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from models import cards, employees, kinds, outbox
from models.database import Database
from tests.databases import ON_SQLITE
from tests.stage import Stage

pytestmark = ON_SQLITE

OF_A_REPLY, OF_EACH_ACTIVITY_MORE, OF_A_WAVE = 36, 3, 45


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def handled(stage: Stage, text: str) -> int:
    """Statements to record a reply; what fetches it and shows its card comes besides."""
    await stage.people("send", person=stage.ani.id, chat=stage.ani.id, text=text)
    await stage.process.receiver.poll_once(seconds=0)
    with counted(stage.database) as statements:
        await stage.process.worker.work_off()
    await stage.settle()
    return len(statements)


async def test_a_reply_asks_little_and_more_activities_hardly_more(stage: Stage) -> None:
    await handled(stage, "Rapat koordinasi 2 jam")
    one = await handled(stage, "Menyusun laporan bulanan")
    five = await handled(stage, "Rekap surat\nMenyusun SPJ\nMengarsip berkas\nMelatih kader\nMenata gudang")
    assert one <= OF_A_REPLY
    assert five - one <= 4 * OF_EACH_ACTIVITY_MORE


async def test_a_wave_is_drawn_together(stage: Stage) -> None:
    phones = await stage.hire(*(f"Rekan {n}" for n in range(16)))
    async with stage.database.transaction() as session:
        for phone in phones:
            person = await employees.by_telegram_id(session, phone.id)
            assert person is not None
            await outbox.show_once(
                session,
                key=cards.prompt(phone.id, stage.clock().date()),
                chat_id=phone.id,
                kind=kinds.PROMPT,
                employee_id=person.id,
                arguments={"day": "2026-11-24"},
                due_at=stage.clock(),
            )
    with counted(stage.database) as statements:
        await stage.process.sender.work_off()
    assert [len(await phone.hears()) for phone in phones] == [1] * 16
    assert len(statements) <= OF_A_WAVE
