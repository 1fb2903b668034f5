"""Whoever looks after an agency hears of the bot's own troubles: once when they begin, once when they are over."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlmodel import select
from telegram import Update
from telegram.ext import TypeHandler

from bot.clock import system
from bot.sandbox.people.speech import send
from models import backlog, inbox, messages, pulses, vitals
from models.database import Database
from models.employees import ADMIN, Employee
from models.outbox import Message
from models.troubles import Trouble
from scheduler import alarms
from tests import crowd
from tests.authority.cast import second_agency
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA
from tests.stage import Phone, Stage
from tests.test_service import until


async def sweep(stage: Stage, *, minutes: float = 0) -> None:
    """Time passes and the sweeps run, while neither worker nor sender gets on."""
    stage.clock.forward(minutes=minutes)
    done = await stage.process.sweep()
    assert -1 not in done.values(), done


async def alarms_of(phone: Phone) -> list[str]:
    """What is new about troubles, among all else that comes by the clock."""
    return [text for text in await phone.news() if text[:1] in "⚠✅"]


async def gathered(stage: Stage) -> Phone:
    """Budi looks after the agency; another agency stands beside, with an admin of its own."""
    await stage.change(BUDI, role="admin")
    await stage.change(CITRA, role="admin", language="en")
    async with stage.database.transaction() as session:
        await second_agency(session, now=stage.clock())
    await stage.people("new", id=3002, first_name="Admin lain")
    stage.world.people[3002].started = True
    await stage.minutes(1)
    for phone in (stage.budi, stage.citra):
        await phone.news()
    return Phone(stage, 3002)


@ON_SQLITE
async def test_parked_messages_are_told_once_and_when_none_is_left(stage: Stage) -> None:
    """More within the hour changes the card without a sound; later it makes itself heard again."""
    other = await gathered(stage)
    mended = False

    async def fail(update: Update, _context: Any) -> None:
        if update.message is not None and "rahasia" in (update.message.text or "") and not mended:
            raise ZeroDivisionError

    stage.process.application.add_handler(TypeHandler(Update, fail), group=-1)

    async def is_parked() -> str:
        await stage.ani.says("rapat rahasia")
        async with stage.database.reading() as session:
            newest = (await session.exec(select(func.max(inbox.Update.update_id)).where(inbox.is_parked()))).one()
        return f"<code>{inbox.reference_of(newest)}</code>"

    def said(*codes: str) -> str:
        return (
            (
                f"⚠️ {len(codes)} pesan tidak dapat saya olah, meski sudah tiga kali dicoba\n"
                f"Kode: {', '.join(codes)}. Isinya disimpan tujuh hari.\n"
                "Pengelola server dapat mencobanya lagi dengan harian inbox replay dan kodenya."
            )
            .replace("<code>", "")
            .replace("</code>", "")
        )

    theirs = inbox.Update(update_id=7, chat_id=3001, payload={}, received_at=stage.clock(), tries=inbox.TRIES)
    theirs.handled_at = stage.clock()
    await stage.keep(theirs)
    first = await is_parked()
    await stage.minutes(1)
    assert await alarms_of(stage.budi) == [said(first)]
    await stage.minutes(1)
    second = await is_parked()
    await stage.minutes(1)
    assert await alarms_of(stage.budi) == []
    assert await stage.budi.reads("⚠️") == said(first, second)
    await stage.minutes(60)
    third = await is_parked()
    await stage.minutes(1)
    assert await alarms_of(stage.budi) == [said(first, second, third)]
    mended = True
    async with stage.database.transaction() as session:
        for row in (await backlog.parked(session)).rows:
            assert isinstance(row, inbox.Update)
            await backlog.replay(session, row.update_id, now=stage.clock())
    await stage.settle()
    await stage.minutes(1)
    await stage.minutes(1)
    assert await alarms_of(stage.budi) == ["✅ Tidak ada lagi pesan yang gagal saya olah."]
    assert not [text for text in await stage.ani.hears() if "tiga kali dicoba" in text]
    assert [text for text in await other.hears() if "tiga kali dicoba" in text] == [said("7")]


@ON_SQLITE
async def test_what_waits_half_a_day_is_told_and_when_it_is_handled(stage: Stage) -> None:
    other = await gathered(stage)
    await stage.people("send", person=ANI, chat=ANI, text="A3 rapat koordinasi 2 jam")
    await stage.process.receiver.poll_once(seconds=0)
    await sweep(stage, minutes=12 * 60 - 1)
    await sweep(stage, minutes=2)
    await sweep(stage, minutes=4)
    await stage.process.sender.work_off()
    assert await alarms_of(stage.citra) == [], "it has not been seen for long"
    await sweep(stage, minutes=1)
    await stage.process.sender.work_off()
    assert await alarms_of(stage.citra) == [
        "⚠️ One message has waited for more than 12 hours\n"
        "The oldest came Tue 24 Nov 16:01. Nothing is lost, but I do not get on.\n"
        "Please ask whoever runs the server to look: harian check."
    ]
    await sweep(stage, minutes=30)
    await stage.process.sender.work_off()
    assert await alarms_of(stage.citra) == []
    await stage.settle()
    await stage.minutes(1)
    await stage.minutes(1)
    assert await alarms_of(stage.citra) == [
        "✅ What had waited is handled: one message, since Tue 24 Nov 16:01. Nothing was lost."
    ]
    assert not [text for text in await other.hears() if text[:1] in "⚠✅"]


@ON_SQLITE
async def test_a_standstill_is_told_as_soon_as_messages_go_out_again(stage: Stage) -> None:
    other = await gathered(stage)
    now = stage.clock()
    letter = {"kind": "say", "arguments": {"text": "Halo"}, "agency_id": 1, "due_at": now}
    await stage.keep(*(Message(key=f"letter:{n}", chat_id=ANI, **letter) for n in range(2)))

    async def stands_still() -> bool:
        async with stage.database.reading() as session:
            return (await vitals.look(session, now=stage.clock())).stands_still

    await sweep(stage, minutes=9)
    assert not await stands_still()
    for _ in range(4):
        await sweep(stage, minutes=2)
    assert await stands_still()
    await stage.settle()
    await stage.keep(Message(key="late", chat_id=ANI, **letter))
    assert not await stands_still(), "others have just gone out"
    assert await alarms_of(stage.budi) == []
    await stage.minutes(1)
    await stage.minutes(1)
    (told,) = await alarms_of(stage.budi)
    assert told.startswith("✅ Dari Sel 24 Nov 16.01 sampai Sel 24 Nov 16.19 pesan saya tidak terkirim; "), told
    assert not [text for text in await other.hears() if text[:1] in "⚠✅"]


@ON_SQLITE
async def test_one_broken_chat_is_no_standstill_and_several_are(stage: Stage) -> None:
    """They are tried again and again, so none is ready; nothing has been sent for an hour either."""
    now = stage.clock()

    def row(n: int) -> Message:
        retry_at = now + timedelta(hours=1, minutes=5)
        return Message(key=f"k{n}", chat_id=-n, kind="board", due_at=now, attempts=9, retry_at=retry_at)

    async def stands_still() -> bool:
        async with stage.database.reading() as session:
            return await vitals.standing(session, now=now + timedelta(hours=1)) == [0]

    await stage.keep(row(1), row(2))
    assert not await stands_still()
    await stage.keep(row(3))
    assert await stands_still()
    async with stage.database.transaction() as session:
        await pulses.beat(session, pulses.sent_by(77), now=now + timedelta(hours=1))
    assert await stands_still(), "another bot's messages arrive"
    async with stage.database.transaction() as session:
        await pulses.beat(session, pulses.sent_by(0), now=now + timedelta(minutes=51))
    assert not await stands_still()


@ON_SQLITE
async def test_after_a_long_stop_the_admins_hear_what_may_be_lost(stage: Stage) -> None:
    """Telegram keeps messages for a day. Eleven hours are told to nobody; an admin no longer is told nothing."""
    await gathered(stage)
    began = stage.clock()

    async def lives(**later: float) -> None:
        stage.clock.moment = began + timedelta(**later)
        await alarms.note_life(stage.database, now=stage.clock(), real_now=stage.clock())
        await stage.settle()

    for later in ({"hours": 0}, {"hours": 11}, {"hours": 11, "minutes": 1}):
        await lives(**later)
        assert await alarms_of(stage.budi) == []
    await lives(hours=24)
    assert await alarms_of(stage.budi) == [
        "⚠️ Saya tidak aktif dari Rab 25 Nov 03.02 sampai Rab 25 Nov 16.01\n"
        "Tidak ada yang hilang: Telegram menyimpan yang ditulis selama itu."
    ]
    await stage.citra.news()
    await stage.change(BUDI, role="")
    await lives(days=3)
    assert await alarms_of(stage.citra) == [
        "⚠️ I was away from Wed 25 Nov 16:01 until Fri 27 Nov 16:01\n"
        "Telegram keeps messages for 24 hours only: what people wrote before Thu 26 Nov 16:01 may be lost. "
        "Please ask them to report those days again."
    ]
    assert await alarms_of(stage.budi) == []
    async with stage.database.reading() as session:
        assert [one.kind for one in (await session.exec(select(Trouble))).all()] == ["down"] * 4


@ON_SQLITE
async def test_a_process_without_telegram_is_away_too_and_one_stop_is_told_once(stage: Stage) -> None:
    """It runs, but Telegram cannot be reached for two days; then it does not run either."""
    other = await gathered(stage)
    began = stage.clock()

    async def at(hours: float, *, runs: bool = False, polls: bool = False, bot_id: int = 0) -> list[str]:
        now = stage.clock.moment = began + timedelta(hours=hours)
        if runs:
            await alarms.note_life(stage.database, now=now, real_now=now)
        if polls:
            await alarms.note_contact(stage.database, bot_id, now=now, real_now=now)
        await stage.settle()
        return await alarms_of(stage.budi)

    assert await at(0, runs=True, polls=True) == []
    assert await at(30, runs=True) == [
        "⚠️ Saya tidak aktif dari Sel 24 Nov 16.01 sampai Rab 25 Nov 22.01\n"
        "Telegram hanya menyimpan pesan selama 24 jam: yang ditulis sebelum Sel 24 Nov 22.01 mungkin hilang. "
        "Mohon minta rekan-rekan melaporkan hari-hari itu lagi."
    ]
    assert await at(30.1, polls=True) == [], "the same stop, seen from another side"
    assert "sampai Rab 25 Nov 22.07" in await stage.budi.reads("⚠️")
    for hour in range(31, 50):
        assert await at(hour, runs=True) == []
    (told,) = await at(50, runs=True, polls=True)
    assert told.startswith("⚠️ Saya tidak aktif dari Rab 25 Nov 22.07 sampai Kam 26 Nov 18.01")
    assert len([text for text in await other.hears() if text[:1] == "⚠"]) == 2
    await at(50, polls=True, bot_id=77)
    assert await at(90, runs=False, polls=True, bot_id=77) == [], "no agency has that bot"


async def goes_on(database: Database, since: datetime, noted: Sequence[str]) -> bool:
    """It has been noted since then that the process lives, and nothing waits."""
    async with database.reading() as session:
        beats = [await pulses.last(session, name) for name in noted]
        waits = await inbox.waiting(session) + await messages.unshown(session, now=system())
    return all(at is not None and at >= since for at in beats) and not waits


@ON_SQLITE
async def test_a_process_that_starts_after_two_days_says_so_once(database_url: str, tmp_path: Path) -> None:
    """The real one. What is still there is handled; started again, it says no more."""
    async with crowd.gathered(database_url, 2) as (world, url, database, people):
        now = system()
        async with database.transaction() as session:
            (await session.get_one(Employee, people[0].id)).role = ADMIN
            await pulses.beat(session, pulses.SWEEPS, now=now - timedelta(days=2))
            await pulses.beat(session, pulses.polled_by(0), now=now - timedelta(days=2, minutes=1))
        writer = world.person(crowd.FIRST + 1)
        send(world, writer, world.chat(writer.id), "Memeriksa berkas arsip 2 jam")

        def heard(account: int) -> list[str]:
            return [str(kept.body["text"]) for kept in world.chats[account].history.recent() if kept.from_bot]

        environment = crowd.environment(url, database_url, LOG_FORMAT="json")
        for noted in ((pulses.SWEEPS, pulses.polled_by(0)), (pulses.SWEEPS,)):  # a poll without updates takes its time
            async with crowd.harian("run", environment=environment, folder=tmp_path) as process:
                await until(partial(goes_on, database, system(), noted))
                process.terminate()
                assert await process.wait() == 0
        (told,) = heard(crowd.FIRST)
        assert told.startswith("⚠️ Saya tidak aktif dari ")
        assert "mungkin hilang" in told
        assert "Memeriksa berkas arsip" in heard(crowd.FIRST + 1)[0]
        said = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
        assert [(one["event"], one["trouble"]) for one in said] == [("there is trouble", "down")]
