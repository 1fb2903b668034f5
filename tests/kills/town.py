"""Three units of eight, each with a head, a chief above them; one unit has its group. Everybody has joined."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bot.sandbox.chats import Member, Person
from bot.sandbox.people import groups
from bot.sandbox.people.phones import new_person
from bot.sandbox.world import World
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.targets import Target

CHIEF = 7000
UNITS, STAFF = 3, 7


@dataclass
class Town:
    """Accounts, and the heads' own staff."""

    staff: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    group: int = 0

    @property
    def everybody(self) -> list[int]:
        return [CHIEF, *self.heads, *self.staff]


async def furnish(session: Session, world: World, *, now: datetime) -> Town:
    town = Town()
    agency = Agency(code="KOTA", name="Kota Contoh", asks_focus=False)
    session.add(agency)
    await session.flush()
    root = Unit(agency_id=agency.id, code="U0", name="Pimpinan")
    session.add(root)
    await session.flush()
    chief = await _join(session, world, agency, root, CHIEF, None, now)
    for n in range(1, UNITS + 1):
        unit = Unit(agency_id=agency.id, code=f"U{n}", name=f"Bagian {n}", nudge_at=time(16, 30))
        session.add(unit)
        await session.flush()
        head = await _join(session, world, agency, unit, CHIEF + 100 * n, chief.id, now)
        town.heads.append(CHIEF + 100 * n)
        for m in range(1, STAFF + 1):
            await _join(session, world, agency, unit, CHIEF + 100 * n + m, head.id, now)
            town.staff.append(CHIEF + 100 * n + m)
        if n == 1:
            unit.chat_id = town.group = _group(world, world.person(town.heads[0]))
    return town


async def _join(
    session: Session, world: World, agency: Agency, unit: Unit, account: int, superior: int | None, now: datetime
) -> Employee:
    person = Employee(
        agency_id=agency.id,
        nip=f"19900101{account:010}",
        name=f"Pegawai {account}",
        position="Staf",
        unit_id=unit.id,
        superior_id=superior,
        telegram_id=account,
        joined_at=now - timedelta(days=1),
    )
    session.add(person)
    await session.flush()
    year = now.year
    session.add(
        Target(
            agency_id=agency.id,
            code="A1",
            employee_id=person.id,
            title="Pengelolaan surat masuk dan keluar",
            planned=Decimal(1200),
            measure="surat",
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
        )
    )
    new_person(world, person.name, id=account).started = True
    return person


def _group(world: World, creator: Person) -> int:
    chat = groups.new_group(world, "Grup Bagian 1", creator, type="supergroup")
    chat.members[world.bot_id] = Member(world.bot_id)
    return chat.id
