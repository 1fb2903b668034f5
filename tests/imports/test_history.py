"""Imported again, a target keeps what it was; where an agency wants so, a person's targets wait for the superior."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import select

from models import target_revisions, targets
from models.database import Database
from models.imports import import_files
from models.targets import APPROVED, WAITING, WITHDRAWN, Target, TargetRevision
from tests.imports.office import NOW, Spoil, as_csv, spoilt

JULY = datetime(2026, 7, 15, 16, 30, tzinfo=UTC)
"""Half past midnight of the 16th where the agency is."""
MORE: Spoil = {("target", 2, "target"): 2000, ("target", 2, "selesai"): "2026-11-30"}
WAIT: Spoil = {("instansi", 2, "target_menunggu"): "ya"}


async def imports(database: Database, changes: Mapping[tuple[str, int, str], Any], now: datetime = NOW) -> None:
    async with database.transaction() as session:
        result = await import_files(session, as_csv(spoilt(changes)), agency_code=None, now=now)
        assert result.problems == ()


async def history(database: Database, code: str = "A1") -> list[tuple[int, str, date, str, Decimal, date]]:
    async with database.reading() as session:
        target = (await session.exec(select(Target).where(Target.code == code))).one()
        rows = await target_revisions.of_target(session, target.id)
        return [(r.number, r.kind, r.effective_on, r.status, r.planned, r.ends_on) for r in rows]


async def standing(database: Database) -> tuple[str, Decimal, date]:
    async with database.reading() as session:
        target = (await session.exec(select(Target).where(Target.code == "A1"))).one()
        return target.status, target.planned, target.ends_on


FIRST = (1, "imported", date(2026, 1, 1), APPROVED, Decimal("1250.5"), date(2026, 12, 31))
SECOND = (2, "imported", date(2026, 7, 16), APPROVED, Decimal(2000), date(2026, 11, 30))


async def test_what_was_agreed_stays_for_its_time(database: Database) -> None:
    await imports(database, {})
    await imports(database, {}, JULY - timedelta(days=1))
    assert await history(database) == [FIRST]
    await imports(database, MORE, JULY)
    await imports(database, MORE, JULY + timedelta(days=1))
    assert await history(database) == [FIRST, SECOND]
    assert len(await history(database, "S1")) == 1
    async with database.reading() as session:
        target = (await session.exec(select(Target).where(Target.code == "A1"))).one()
        days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 7, 15), date(2026, 7, 16))
        plans = [await target_revisions.in_force(session, target, on=day) for day in days]
        assert [plan and plan.planned for plan in plans] == [None, Decimal("1250.5"), Decimal("1250.5"), Decimal(2000)]


async def test_a_parent_that_changes_is_history_too(database: Database) -> None:
    await imports(database, {})
    await imports(database, {("target", 2, "kode_induk"): None}, JULY)
    async with database.reading() as session:
        rows = (await session.exec(select(TargetRevision).where(TargetRevision.number == 2))).all()
        assert [row.parent_id for row in rows] == [None]


async def test_a_persons_targets_wait_where_the_agency_wants_so(database: Database) -> None:
    await imports(database, WAIT)
    waiting = (1, "imported", date(2026, 1, 1), WAITING, Decimal("1250.5"), date(2026, 12, 31))
    assert await history(database) == [waiting]
    assert await standing(database) == (WAITING, Decimal("1250.5"), date(2026, 12, 31))
    assert [row[3] for row in await history(database, "S1")] == [APPROVED]
    await imports(database, {**WAIT, **MORE}, JULY)
    assert await history(database) == [(*waiting[:3], WITHDRAWN, *waiting[4:]), (*SECOND[:3], WAITING, *SECOND[4:])]
    async with database.reading() as session:
        holder = (await session.exec(select(Target).where(Target.code == "A1"))).one().employee_id or 0
        assert await targets.all_of(session, holder) == []
    await imports(database, {("instansi", 2, "target_menunggu"): "tidak", **MORE}, JULY)
    assert [row[3] for row in await history(database)] == [WITHDRAWN, WITHDRAWN, APPROVED]
    assert await standing(database) == (APPROVED, Decimal(2000), date(2026, 11, 30))


async def test_what_was_agreed_stands_while_its_change_waits(database: Database) -> None:
    await imports(database, {})
    await imports(database, {**WAIT, **MORE}, JULY)
    await imports(database, {**WAIT, **MORE}, JULY + timedelta(days=3))
    assert await history(database) == [FIRST, (*SECOND[:3], WAITING, *SECOND[4:])]
    assert await standing(database) == (APPROVED, Decimal("1250.5"), date(2026, 12, 31))


async def test_whoever_comes_to_another_unit_gets_plans_for_the_time_that_is_left(database: Database) -> None:
    await imports(database, {})
    await imports(database, {("pegawai", 3, "unit"): "D"}, JULY)
    await imports(database, {("pegawai", 3, "unit"): "D"}, JULY + timedelta(days=1))
    async with database.reading() as session:
        (row,) = (await session.exec(select(TargetRevision).where(TargetRevision.number == 2))).all()
    assert (row.kind, row.why, row.status) == ("reset", "moved", WAITING)
    there = date(2026, 7, 15)  # where the person lives
    assert (row.starts_on, row.effective_on, row.ends_on) == (there, there, date(2026, 12, 31))
    assert Decimal(1250) / 3 < row.planned < Decimal(1250) / 2
    assert await standing(database) == (APPROVED, Decimal("1250.5"), date(2026, 12, 31))
