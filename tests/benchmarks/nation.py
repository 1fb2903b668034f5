"""An agency with a year behind it: units of fifty people, who reported two pieces of work on every workday.

`grow` adds people with their whole history, by SQL alone, to whoever is there: one database serves for a curve.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import sqlalchemy as sa
from pydantic_core import PydanticUndefined
from sqlalchemy import Connection, case, func, insert, literal, select
from sqlmodel import SQLModel

from bot.migrating import plain_url
from models.activities import APPROVED, Activity
from models.agencies import Agency, Unit
from models.database import UtcDateTime
from models.employees import Employee
from models.focus import FocusDay, FocusTarget
from models.gathering import gather_tables
from models.marks import QualityMark
from models.placements import Placement
from models.targets import Target, TargetRevision
from models.workdays import Calendar, week_of

UNIT_OF = 50
"""Members of a unit, the first of them its head."""
TARGETS, GOALS = 5, 3
"""Of each person, the last one a milestone; and of each unit."""
PIECES = 2
"""Of work that one person reports on a workday."""
FIRST_DAY, LAST_DAY = date.fromisoformat(os.environ.get("BENCH_SINCE", "2026-01-01")), date(2026, 12, 31)
"""Of the targets, and of the work that was done for them; another first day draws the curve over history."""
WEEK, MONDAY = date(2026, 12, 20), date(2026, 12, 21)
"""The week that is summed up, and the day after it."""
ACCOUNT, GROUP, GOAL = 1_000_000, -5_000_000, 10_000_000
"""From where accounts, groups and the ids of units' goals count."""
WAITING = 40
"""Entries that wait for the head of each unit."""
GROWN = (Activity, QualityMark, FocusDay, FocusTarget)

_scratch = sa.MetaData()
DAYS = sa.Table(
    "bench_day",
    _scratch,
    sa.Column("day", sa.Date),
    sa.Column("n", sa.Integer),
    sa.Column("at", UtcDateTime),
    sa.Column("week", sa.Date),
    sa.Column("works", sa.Boolean),
    prefixes=["TEMPORARY"],
)
COUNT = sa.Table("bench_count", _scratch, sa.Column("n", sa.Integer), prefixes=["TEMPORARY"])


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Without the care for power cuts, which a database of an hour does not need."""
    gather_tables()
    engine = sa.create_engine(plain_url(url))
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "temp_store=MEMORY"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
        _scratch.create_all(connection)
        connection.execute(insert(DAYS), list(_days()))
        connection.execute(insert(COUNT), [{"n": n} for n in range(TARGETS)])
        yield connection
        connection.commit()
    engine.dispose()


def _days() -> Iterator[dict[str, Any]]:
    """Every workday of the year until the week's end, and every Sunday."""
    calendar, worked = Calendar({}), 0
    for n in range((WEEK - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=n)
        works = calendar.is_workday(day, 5)
        if works or day.weekday() == 6:
            worked += works
            at = datetime.combine(day, time(9), UTC)
            yield {"day": day, "n": worked, "at": at, "week": week_of(day), "works": works}


def found(connection: Connection) -> None:
    """The agency, without anybody in it."""
    connection.execute(insert(Agency), [_row(Agency, id=1, code="NEG", name="Badan Contoh")])
    connection.commit()


def staff(connection: Connection, count: int) -> None:
    """So many people in their units, with nothing behind them and nothing to do."""
    _insert(connection, _office(0, count))
    connection.commit()


def grow(connection: Connection, *, start: int, end: int) -> None:
    """People number `start` + 1 … `end`; both are multiples of UNIT_OF."""
    own = [_target(n, k) for n in range(start, end) for k in range(TARGETS)]
    _insert(connection, _office(start, end))
    _insert(connection, {Target: own, TargetRevision: [_revision(target) for target in own]})
    with _indexes_made_afterwards(connection):
        _history(connection, sa.and_(sa.column("id") > start, sa.column("id") <= end))
    connection.commit()


def _row(model: type[SQLModel], **given: Any) -> dict[str, Any]:
    return {**_blank(model), **given}


@cache
def _blank(model: type[SQLModel]) -> dict[str, Any]:
    """The model's own defaults."""
    fields = {name: field for name, field in model.model_fields.items() if name != "id"}
    return {name: field.get_default(call_default_factory=True) for name, field in fields.items()}


def _office(start: int, end: int) -> dict[type[SQLModel], list[dict[str, Any]]]:
    units = range(start // UNIT_OF + 1, end // UNIT_OF + 1)
    return {
        Unit: [_row(Unit, id=n, agency_id=1, code=f"U{n:04}", name=f"Bagian {n}", chat_id=GROUP - n) for n in units],
        Employee: [_person(n) for n in range(start, end)],
        Placement: [_placement(n) for n in range(start, end)],
        Target: [_goal(unit, n) for unit in units for n in range(GOALS)],
    }


def _insert(connection: Connection, rows: dict[type[SQLModel], list[dict[str, Any]]]) -> None:
    for model, values in rows.items():
        connection.execute(insert(model), values)


def _person(n: int) -> dict[str, Any]:
    unit, place = divmod(n, UNIT_OF)
    superior = unit * UNIT_OF + 1 if place else 1 if unit else None
    return _row(
        Employee,
        id=n + 1,
        agency_id=1,
        nip=f"19900101{n:010}",
        name=f"Pegawai {n}",
        unit_id=unit + 1,
        superior_id=superior,
        telegram_id=ACCOUNT + n,
        joined_at=datetime(2025, 12, 1, tzinfo=UTC),
        menu=f"{ACCOUNT + n}:id:{'0001' if place else '1101'}",
    )


def _placement(n: int) -> dict[str, Any]:
    person = _person(n)
    same = {name: person[name] for name in ("agency_id", "unit_id", "superior_id")}
    return _row(Placement, employee_id=n + 1, starts_on=FIRST_DAY, is_reached=True, **same)


def _goal(unit: int, n: int) -> dict[str, Any]:
    return _row(
        Target,
        id=GOAL + GOALS * unit + n,
        agency_id=1,
        code=f"U{n}",
        unit_id=unit,
        employee_id=None,
        title=f"Sasaran {n} bagian {unit}",
        planned=Decimal(50_000),
        measure="dokumen",
        starts_on=FIRST_DAY,
        ends_on=LAST_DAY,
    )


def _target(n: int, k: int) -> dict[str, Any]:
    return _row(
        Target,
        id=n * TARGETS + k + 1,
        agency_id=1,
        code=f"R{k + 1}",
        employee_id=n + 1,
        unit_id=None,
        title=f"Rencana hasil kerja {k + 1}",
        planned=Decimal(100 if k == TARGETS - 1 else 120),
        measure="persen" if k == TARGETS - 1 else "dokumen",
        starts_on=FIRST_DAY,
        ends_on=LAST_DAY,
        parent_id=GOAL + GOALS * (n // UNIT_OF + 1) + k % GOALS,
    )


def _revision(target: dict[str, Any]) -> dict[str, Any]:
    same = ("agency_id", "title", "planned", "measure", "starts_on", "ends_on", "parent_id")
    return _row(
        TargetRevision,
        target_id=target["id"],
        number=1,
        kind="imported",
        effective_on=FIRST_DAY,
        status=APPROVED,
        proposed_at=datetime(2026, 1, 1, tzinfo=UTC),
        **{name: target[name] for name in same},
    )


def _history(connection: Connection, who: sa.ColumnElement[bool]) -> None:
    """Day by day, so that a person's rows lie as far apart as they do in life."""
    people = select(Employee.id, Employee.unit_id, Employee.superior_id).where(who).order_by(Employee.id).subquery("p")
    worked = select(DAYS).where(DAYS.c.works).subquery("d")
    p, d, n = people.c, worked.c, COUNT.c.n
    target = (p.id - 1) * TARGETS + 1 + (d.n * PIECES + n + p.id) % (TARGETS - 1)
    waits = sa.and_(d.day > WEEK - timedelta(days=3), (p.id - 1) % UNIT_OF * PIECES <= WAITING)
    is_decided = case((waits, False), else_=True)
    every_day = sa.join(worked, people, literal(True))
    pieces = select().select_from(sa.join(every_day, COUNT, COUNT.c.n < PIECES)).order_by(d.day, p.id)
    told = case((is_decided, d.at))
    _put(
        connection,
        Activity,
        pieces,
        employee_id=p.id,
        position=n,
        worked_on=d.day,
        description=literal("Menyusun dan memeriksa dokumen nomor ") + sa.cast(d.n, sa.String),
        target_id=target,
        linked_by=literal("words"),
        output=case((((d.n + p.id + n) % 3) > 0, sa.cast(1, sa.Numeric(18, 4)))),
        status=case((is_decided, "approved"), else_="waiting"),
        submitted_at=d.at,
        reviewer_id=case((is_decided, func.coalesce(p.superior_id, 1))),
        unit_id=p.unit_id,
        reviewed_at=told,
        told_at=told,
    )
    _put(
        connection,
        FocusDay,
        select().select_from(every_day).order_by(d.day, p.id),
        employee_id=p.id,
        day=d.day,
        asked_at=d.at,
        chosen_at=case((((d.n + p.id) % 4) > 0, d.at)),
        closed_at=d.at,
    )
    days = select(FocusDay).where(sa.column("chosen_at").is_not(None)).subquery("f")
    chosen = select().select_from(sa.join(days, people, days.c.employee_id == p.id)).order_by(days.c.id)
    _put(connection, FocusTarget, chosen, focus_day_id=days.c.id, target_id=(p.id - 1) * TARGETS + 1)
    weeks = (
        select(DAYS.c.week, func.max(DAYS.c.at).label("at"), func.max(DAYS.c.n).label("n"))
        .group_by(DAYS.c.week)
        .subquery("w")
    )
    given = sa.join(sa.join(weeks, people, literal(True)), COUNT, COUNT.c.n < TARGETS - 1)
    _put(
        connection,
        QualityMark,
        select().select_from(given).where(weeks.c.week < WEEK).order_by(weeks.c.week, p.id),
        employee_id=p.id,
        target_id=(p.id - 1) * TARGETS + 1 + n,
        week_ends_on=weeks.c.week,
        mark=case((((p.id + n + weeks.c.n) % 3) > 0, 85), else_=70),
        reviewer_id=func.coalesce(p.superior_id, 1),
        marked_at=weeks.c.at,
    )


def _put(connection: Connection, model: Any, rows: sa.Select[Any], **given: Any) -> None:
    """INSERT … SELECT, with the model's own defaults where nothing is given."""
    values = {"agency_id": literal(1), **given}
    for name, default in _blank(model).items():
        if name not in values and default is not None and default is not PydanticUndefined:
            values[name] = literal(default, model.__table__.c[name].type)
    connection.execute(insert(model).from_select(list(values), rows.add_columns(*values.values())))


@contextmanager
def _indexes_made_afterwards(connection: Connection) -> Iterator[None]:
    """Which is faster by far than keeping them in order row by row."""
    indexes = [index for model in GROWN for index in model.__table__.indexes]  # type: ignore[attr-defined]
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)
