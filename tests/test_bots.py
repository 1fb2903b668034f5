"""Two agencies, two bots, one process: each goes its own way, though both bots count their updates alike."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import pytest
from pydantic import SecretStr
from sqlmodel import col, select
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.process import Process
from bot.sandbox.faults import Fault
from bot.sandbox.server import create_app, running
from bot.sandbox.world import World
from bot.settings import Settings
from models import inbox, invitations
from models.agencies import Agency, Unit
from models.employees import Employee
from models.outbox import Message
from models.replies import Reply
from tests import office
from tests.databases import ON_SQLITE
from tests.stage import TOKEN, TUESDAY, UNLIMITED, FixedClock, Phone, Stage, listen

HEALTH, OTHER = "77:token-of-the-health-office", "78:yet-another-token"
DEWI, NIP = 2001, "199203032018012004"
STRANGER = (
    "Saya Harian, asisten laporan kerja harian. Untuk bergabung, buka tautan pribadi dari bagian kepegawaian Anda."
)
NOT_VALID = "Tautan ini tidak berlaku (lagi). Silakan minta yang baru kepada bagian kepegawaian."


@dataclass
class Two:
    """The same people have a chat with each bot: `office` is the default one's, `health` that of an agency's own."""

    process: Process
    office: Stage
    health: Stage

    async def token_of_dewi(self) -> str:
        async with self.process.database.transaction() as session:
            dewi = (await session.exec(select(Employee).where(Employee.nip == NIP))).one()
            return (await invitations.invite(session, dewi, now=self.process.clock()))[0]

    async def replies(self) -> list[tuple[int, str]]:
        async with self.process.database.reading() as session:
            rows = (await session.exec(select(Reply).order_by(col(Reply.id)))).all()
        return [(row.chat_id, row.text) for row in rows]


def by_token(apps: dict[str, ASGIApp], default: ASGIApp) -> ASGIApp:
    """Telegram: each bot's world under its own token."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        app = next((app for token, app in apps.items() if f"/bot{token}/" in path), default)
        await app(scope, receive, send)

    return application


@asynccontextmanager
async def two_bots(database_url: str, *, bots: str = f"DINKES={HEALTH}", joined: bool = True) -> AsyncIterator[Two]:
    clock = FixedClock(TUESDAY)
    mine, theirs = World(clock=clock, token=TOKEN), World(clock=clock, token=HEALTH, bot_username="DinkesBot")
    telegram = by_token({HEALTH: create_app(theirs)}, create_app(mine))
    async with running(mine, app=telegram) as url, running(theirs) as people, aiohttp.ClientSession() as http:  # type: ignore[arg-type]
        settings = Settings(
            telegram_bot_token=SecretStr(TOKEN),
            telegram_bot_tokens=SecretStr(bots),
            telegram_api_url=url,
            database_url=SecretStr(database_url),
            _env_file=None,  # type: ignore[call-arg]
        )
        async with Process(settings, clock=clock, rates=UNLIMITED) as process:
            two = Two(process, Stage(process, mine, url, http, clock), Stage(process, theirs, people, http, clock))
            async with process.database.transaction() as session:
                await office.furnish(session, joined=True, now=clock())
                agency = Agency(code="DINKES", name="Dinas Kesehatan")
                session.add(agency)
                await session.flush()
                unit = Unit(agency_id=agency.id, code="UMU", name="Bagian Umum")
                session.add(unit)
                await session.flush()
                dewi = Employee(agency_id=agency.id, nip=NIP, name="Dewi Ayu", unit_id=unit.id)
                if joined:
                    dewi.telegram_id, dewi.joined_at = DEWI, clock() - timedelta(days=1)
                session.add(dewi)
            await process.lines.assign()
            for stage, world in ((two.office, mine), (two.health, theirs)):
                listen(stage, world)
                for id_, name in {**office.CAST, DEWI: "Dewi"}.items():
                    await stage.people("new", id=id_, first_name=name)
                    stage.world.people[id_].started = True
            await process.settle()
            yield two


async def test_each_agency_is_served_by_its_own_bot(database_url: str) -> None:
    async with two_bots(database_url) as two:
        await two.office.people("send", person=office.ANI, chat=office.ANI, text="rapat koordinasi 2 jam")
        await two.health.people("send", person=DEWI, chat=DEWI, text="menyuluh 20 warga")
        await two.process.settle()
        async with two.process.database.reading() as session:
            heard = (await session.exec(select(inbox.Update.bot_id, inbox.Update.update_id))).all()
        assert set(heard) == {(42, 100_000_001), (77, 100_000_001)}, "one number, two updates"
        assert sorted(await two.replies()) == [(office.ANI, "rapat koordinasi 2 jam"), (DEWI, "menyuluh 20 warga")]
        assert "apat koordinasi" in await two.office.ani.sees()
        assert "enyuluh" in await Phone(two.health, DEWI).sees()
        assert await Phone(two.office, DEWI).hears() == await two.health.ani.hears() == []
        await two.office.time("2026-11-25 16:00")
        assert "Hari ini mengerjakan apa saja?" in await two.office.ani.sees()
        assert len(await Phone(two.health, DEWI).hears()) > 0
        assert await Phone(two.office, DEWI).hears() == await two.health.ani.hears() == []


@ON_SQLITE
async def test_at_another_agencys_bot_one_is_a_stranger(database_url: str) -> None:
    """One polite sentence, nothing recorded; taps and blocks there change nothing here."""
    async with two_bots(database_url) as two:
        await two.office.ani.says("rapat koordinasi 2 jam")
        card = await two.office.ani.last()
        assert await two.health.ani.tells("rapat koordinasi 3 jam") == STRANGER
        assert await two.health.ani.tells("/hari_ini") == STRANGER
        assert await two.replies() == [(office.ANI, "rapat koordinasi 2 jam")]
        standing = (await two.health.ani.last())["message_id"]
        data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        for message_id in {standing, card["message_id"]}:
            toast = await two.health.ani.taps_data(message_id, data)
            assert toast == "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
        await two.health.people("block", person=office.ANI)
        await two.process.settle()
        async with two.process.database.reading() as session:
            assert (await office.person(session, office.ANI)).unreachable_at is None
        await two.office.people("block", person=office.ANI)
        await two.process.settle()
        async with two.process.database.reading() as session:
            assert (await office.person(session, office.ANI)).unreachable_at is not None


@ON_SQLITE
async def test_a_link_works_only_at_its_agencys_bot(database_url: str) -> None:
    async with two_bots(database_url, joined=False) as two:
        here, there = Phone(two.health, DEWI), Phone(two.office, DEWI)
        token = await two.token_of_dewi()
        assert await there.tells(f"/start {token}") == NOT_VALID
        assert await here.tells(f"/start {token}") != NOT_VALID
        assert await there.tells(NIP[-4:]) == STRANGER
        assert (await here.tells(NIP[-4:])).startswith("Selamat datang, Dewi Ayu")
        link = await two.health.sari.tells("/grup")
        assert link == STRANGER
        made = await two.office.budi.tells("/grup")
        assert "https://t.me/HarianBot?startgroup=" in made


@ON_SQLITE
async def test_what_was_on_screens_stays_behind_when_an_agency_gets_a_bot_of_its_own(database_url: str) -> None:
    """Messages of the new bot have the numbers that those of the former had, and are not taken for them."""
    async with two_bots(database_url) as two:
        await two.office.ani.says("rapat koordinasi 2 jam")
        given = two.process.settings.model_copy(update={"telegram_bot_tokens": SecretStr(f"BAPENDA={HEALTH}")})
        async with Process(given, clock=two.process.clock, rates=UNLIMITED) as process:
            two.health.process = two.office.process = process
            assert await two.office.ani.tells("mengarsipkan 12 surat") == STRANGER
            await two.health.ani.says("menyusun laporan evaluasi 1 jam")
            assert "laporan evaluasi" in await two.health.ani.sees()
            texts = ["rapat koordinasi 2 jam", "menyusun laporan evaluasi 1 jam"]
            assert [text for _, text in await two.replies()] == texts
            async with process.database.reading() as session:
                cards = (await session.exec(select(Message).where(Message.kind == "report_card"))).all()
            assert [(card.bot_id, card.message_id is None) for card in cards] == [(77, True), (77, False)]


@ON_SQLITE
async def test_a_bot_that_has_to_pause_holds_up_no_other(database_url: str) -> None:
    async with two_bots(database_url) as two:
        paused, other = (line.sender for line in two.process.lines)
        two.office.world.faults.plan(Fault("sendMessage", "429", times=100, retry_after=30))
        for stage, person in ((two.office, office.ANI), (two.health, DEWI)):
            await stage.people("send", person=person, chat=person, text="rapat koordinasi 2 jam")
        for line in two.process.lines:
            await line.receiver.poll_once(seconds=0)
        await two.process.worker.work_off()
        assert (await paused.send_due(), await other.send_due()) == (1, 1)
        await asyncio.gather(paused.land(), other.land())
        assert await two.office.ani.hears() == []
        assert len(await Phone(two.health, DEWI).hears()) == 1


@ON_SQLITE
async def test_a_token_that_is_taken_back_stops_its_own_bot_alone(database_url: str) -> None:
    async with two_bots(database_url, bots=f"DINKES={HEALTH},KABUR={OTHER}") as two:
        assert [line.agencies for line in two.process.lines] == [(), ("DINKES",)], "Telegram does not know the third"
        async with asyncio.timeout(20), asyncio.TaskGroup() as group:
            running = group.create_task(two.process.run())
            two.health.world.token = "77:another"
            two.health.world.updates.interrupt(None)
            while len(two.process.lines) > 1:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await two.office.people("send", person=office.ANI, chat=office.ANI, text="rapat koordinasi 2 jam")
            while not await two.office.ani.hears():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            running.cancel()
        assert await two.replies() == [(office.ANI, "rapat koordinasi 2 jam")]


@pytest.mark.parametrize("entry", ["DINKES", "DINKES=", "DINKES=x", "=77:abc", f"A={HEALTH},A={OTHER}"])
def test_a_bad_list_of_tokens_is_told_without_the_token(entry: str) -> None:
    settings = Settings(telegram_bot_tokens=SecretStr(entry), _env_file=None)  # type: ignore[call-arg]
    with pytest.raises(Exception, match=r"TELEGRAM_BOT_TOKENS") as told:
        _ = settings.tokens
    assert HEALTH not in str(told.value)
