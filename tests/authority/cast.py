"""Who tries: Ani, whose work it is, and everybody else as they stand to her; a second agency stands beside hers."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlmodel import select

from models.agencies import Agency, Unit
from models.coaching import Feedback
from models.database import Session
from models.employees import ADMIN, Deputy, Employee
from models.office_words import OfficeWord
from models.remembered import RememberedLink
from models.targets import Competency, Target
from models.workdays import Holiday
from tests import office
from tests.office import ANI, BUDI, CITRA, SARI

SECRET = "zamrud"
"""A word in all that is Ani's."""
FOREIGN = "safir"
"""A word in all that is the other agency's."""
GROUP = -1009

ROLES = {
    "author": ANI,
    "colleague": 2001,
    "superior": BUDI,
    "other head": CITRA,
    "next level": SARI,
    "deputy before": 2002,
    "deputy": 2003,
    "deputy after": 2004,
    "admin": 2005,
    "foreign admin": 3002,
    "leaver": 2006,
    "stranger": 4001,
    "group": BUDI,
    "bot": 77,
}
"""Each by the account; `group` is the superior, who writes or taps in the unit's group."""
NAMES = {2001: "Dodi", 2002: "Rina", 2003: "Tono", 2004: "Umar", 2005: "Wati", 2006: "Yuni"}
STANDS_IN = {2002: ("2026-12-20", "2026-12-31"), 2003: ("2026-11-01", "2026-12-19"), 2004: ("2026-09-01", "2026-10-31")}


async def gather(session: Session, *, now: datetime, alone: bool = False) -> None:
    """Everybody, on top of the office of the tests; `alone`, without the second agency."""
    await _mark_anis(session)
    budi, citra = await office.person(session, BUDI), await office.person(session, CITRA)
    for account, name in NAMES.items():
        chief = budi if account in (2001, 2006) else citra
        person = Employee(
            agency_id=chief.agency_id,
            nip=f"19900101202001{account}",
            name=f"{name} Pratama",
            unit_id=chief.unit_id,
            superior_id=chief.id,
            telegram_id=account,
            joined_at=now - timedelta(days=300),
            role=ADMIN if account == ROLES["admin"] else "",
            left_on=date(2026, 11, 1) if account == ROLES["leaver"] else None,
        )
        session.add(person)
        await session.flush()
        session.add(_target(person, "D1", "Menata arsip kantor", "persen", 100))
        if account in STANDS_IN:
            first, last = (date.fromisoformat(day) for day in STANDS_IN[account])
            about = {"agency_id": budi.agency_id, "superior_id": budi.id, "deputy_id": person.id}
            session.add(Deputy(**about, starts_on=first, ends_on=last))
    if not alone:
        await second_agency(session, now=now)


async def _mark_anis(session: Session) -> None:
    ani = await office.person(session, ANI)
    own = (await session.exec(select(Target).where(Target.employee_id == ani.id))).all()
    for target in own:
        target.title = f"{SECRET} {target.title}"
    session.add(_target(await office.person(session, BUDI), "C1", "Menyusun renstra", "persen", 100))
    session.add(_target(ani, "A9", f"{SECRET} Membangun arsip digital", "persen", 100))
    session.add(Competency(agency_id=ani.agency_id, target_id=own[0].id, name=f"Arsiparis {SECRET}"))
    for who in (ANI, BUDI, CITRA, SARI):
        (await office.person(session, who)).joined_at = datetime.fromisoformat("2026-01-05T08:00+07:00")
    given = datetime.fromisoformat("2026-11-02T08:00+07:00")
    about = {"agency_id": ani.agency_id, "employee_id": ani.id, "target_id": own[1].id}
    session.add(RememberedLink(**about, wording="rapat", said=f"rapat {SECRET}", confirmed_on=given.date()))
    session.add(Feedback(**about, author_id=ani.superior_id or 0, text=f"Bagus, {SECRET}", given_at=given))
    await session.flush()
    unjoined = {"nip": "199501012020012999", "name": "Vino Zamrud", "unit_id": ani.unit_id}
    session.add(Employee(agency_id=ani.agency_id, superior_id=ani.superior_id, **unjoined))
    planning = await office.unit(session, "PER")
    planning.chat_id, planning.auto_approve_days = GROUP, 3


async def second_agency(session: Session, *, now: datetime) -> Agency:
    """Another office, with a head, an admin, somebody at work, and goals."""
    agency = Agency(code="LAIN", name=f"Dinas {FOREIGN}")
    session.add(agency)
    await session.flush()
    times = {"report_at": time(16), "remind_at": time(18), "nudge_at": time(17), "summary_at": time(13)}
    unit = Unit(agency_id=agency.id, code="PER", name=f"Bidang {FOREIGN}", **times)
    session.add(unit)
    await session.flush()
    goal = Target(
        agency_id=agency.id,
        code="T1",
        unit_id=unit.id,
        title=f"Sasaran {FOREIGN}",
        planned=Decimal(100),
        measure="persen",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    session.add(goal)
    head: int | None = None
    for account, role in ((3001, ""), (3002, ADMIN), (3003, "")):
        person = Employee(
            agency_id=agency.id,
            nip=f"19900101202001{account}",
            name=f"Pegawai {FOREIGN} {account}",
            unit_id=unit.id,
            superior_id=head,
            telegram_id=account,
            joined_at=now - timedelta(days=300),
            role=role,
        )
        session.add(person)
        await session.flush()
        head = head or person.id
        session.add(_target(person, "A3", f"Rapat {FOREIGN}", "kegiatan", 24))
        session.add(_target(person, "A4", f"Renstra {FOREIGN}", "persen", 100))
    await _furnish_second(session, agency, unit, head or 0)
    return agency


async def _furnish_second(session: Session, agency: Agency, unit: Unit, head: int) -> None:
    """Somebody who has not joined, a deputy, a day off and a word of their own."""
    unjoined = {"nip": "199501012020019999", "name": f"Belum {FOREIGN}", "unit_id": unit.id}
    person = Employee(agency_id=agency.id, superior_id=head, **unjoined)
    day, first, last = date(2026, 11, 25), date(2026, 11, 1), date(2026, 12, 31)
    word = OfficeWord(agency_id=agency.id, word="zzz", meaning=f"kata {FOREIGN}")
    session.add_all([person, word, Holiday(agency_id=agency.id, held_on=day, name=f"Libur {FOREIGN}")])
    await session.flush()
    session.add(Deputy(agency_id=agency.id, superior_id=head, deputy_id=person.id, starts_on=first, ends_on=last))
    await session.flush()


def _target(holder: Employee, code: str, title: str, measure: str, planned: int) -> Target:
    return Target(
        agency_id=holder.agency_id,
        code=code,
        employee_id=holder.id,
        title=title,
        planned=Decimal(planned),
        measure=measure,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
