"""All that is stored about a person, table by table, for that person alone (UU 27/2022, article 7).

A table that comes later is in it by itself, when its rows name a person (`employee_id`) or hang on those that do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, or_, select
from sqlalchemy.sql import ColumnElement
from sqlmodel import SQLModel

from models.database import Session
from models.employees import Employee
from models.gathering import table_names

LEFT_OUT: Mapping[str, frozenset[str]] = {
    "audit_entry": frozenset({"account", "actor_id", "previous", "seal", "key_id"}),
    "invitation": frozenset({"token_hash", "opened_by"}),
    "inbox": frozenset({"bot_id"}),
    "outbox": frozenset({"bot_id", "claimed_by", "content_hash"}),
    "upload": frozenset({"rows", "problems", "counts", "plan", "reference", "unique_reference"}),
}
"""What is about others (accounts, people in an imported file), or only a key or a seal."""
EVERYWHERE = frozenset({"agency_id", "employee_id"})


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of one table, the oldest first; ids of people, units and targets are their names and codes."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


async def of_person(session: Session, person: Employee) -> list[Stored]:
    """Every table that has something; `employee` is the first."""
    names = await _names(session, person.agency_id)
    order = sorted(table_names(), key=lambda name: (name != "employee", name))
    found = [await _stored(session, SQLModel.metadata.tables[name], person, names) for name in order]
    return [one for one in found if one is not None and one.rows]


async def _stored(
    session: Session, table: Table, person: Employee, names: Mapping[str, dict[int, str]]
) -> Stored | None:
    which = about(table, person)
    if which is None:
        return None
    hidden = LEFT_OUT.get(table.name, frozenset()) | (
        EVERYWHERE if table.name != "employee" else frozenset({"agency_id"})
    )
    columns = [column for column in table.columns if column.name not in hidden]
    query = select(*columns).where(which).order_by(*table.primary_key.columns)
    rows = (await (await session.connection()).execute(query)).all()
    return Stored(
        table.name,
        tuple(column.name for column in columns),
        tuple(tuple(_named(column, value, names) for column, value in zip(columns, row, strict=True)) for row in rows),
    )


def about(table: Table, person: Employee) -> ColumnElement[bool] | None:
    """Which rows are about the person; None for a table that is about nobody."""
    c = table.c
    if table.name == "employee":
        return c.id == person.id
    if table.name in ("inbox", "outbox"):
        theirs = c.chat_id == person.telegram_id
        return or_(theirs, c.employee_id == person.id) if "employee_id" in c else theirs
    if table.name == "deputy":
        return or_(c.superior_id == person.id, c.deputy_id == person.id)
    if "employee_id" in c:
        return c.employee_id == person.id
    for name in ("target_id", "appraisal_id", "focus_day_id"):
        if name in c:
            (key,) = c[name].foreign_keys
            parent = key.column.table
            return c[name].in_(select(parent.c.id).where(parent.c.employee_id == person.id))
    return None


async def _names(session: Session, agency_id: int) -> dict[str, dict[int, str]]:
    """What stands for the ids of people, units and targets."""
    found: dict[str, dict[int, str]] = {}
    for name, shown in (("employee", "name"), ("unit", "name"), ("target", "code")):
        table = SQLModel.metadata.tables[name]
        query = select(table.c.id, table.c[shown]).where(table.c.agency_id == agency_id)
        rows = (await (await session.connection()).execute(query)).all()
        found[name] = {row[0]: row[1] for row in rows}
    return found


def _named(column: Column[Any], value: Any, names: Mapping[str, dict[int, str]]) -> Any:
    for key in column.foreign_keys:
        known = names.get(key.column.table.name)
        if known is not None and value is not None:
            return known.get(value, value)
    return value
