"""Checked rows → database. Rows that are there already are changed in place, so that their history stays theirs."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import SQLModel

from models import office_words
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.imports.columns import AGENCY, COLUMNS, HOLIDAY, PERSON, TARGET, UNIT, WORD
from models.imports.history import remember
from models.imports.links import TargetKey, key_of
from models.imports.office import Office
from models.imports.rows import Row, Sheets
from models.targets import Competency, Target
from models.workdays import Holiday

R = TypeVar("R", bound=SQLModel)
K = TypeVar("K", bound=Hashable)
Values = Mapping[str, Any]

MOVES = ("unit_id", "superior_id", "approver_id", "role")


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of one sheet by what became of them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """One of `MOVES` has changed of a person. What was reported and approved before stays as it was."""

    employee: Employee
    field: str
    old: Any
    new: Any


@dataclass(slots=True)
class Writer:
    """Writes one office's rows. `parents` are the targets' parents as they will be."""

    session: Session
    office: Office
    parents: Mapping[TargetKey, TargetKey | None]
    now: datetime
    counts: dict[str, Count] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    """What is changed and what stood there before, for comparing one plan with another."""

    async def write(self, sheets: Sheets) -> None:
        """In the order of references. Those of a sheet to itself are set when all its rows have their ids."""
        office = self.office
        agencies = {office.agency.code: office.agency} if office.agency else {}
        await self.keep(sheets.of(AGENCY), Agency, agencies, _code)
        office.agency = next(iter(agencies.values()))
        await self.keep(sheets.of(UNIT), Unit, office.units, _code, late=self._parent_unit)
        await self.keep(sheets.of(PERSON), Employee, office.people, _nip, self._unit, self._superior)
        await self.keep(sheets.of(TARGET), Target, office.targets, key_of, self._holder, self._served)
        imported = [office.targets[key_of(row)] for row in sheets.of(TARGET)]
        today = self.now.astimezone(ZoneInfo(office.agency.zone)).date()
        await remember(self.session, office.agency, imported, today=today, now=self.now)
        await self.keep(sheets.of(HOLIDAY), Holiday, office.holidays, _date)
        await self._teach(sheets.of(WORD), office.agency.id)

    async def keep(
        self,
        rows: Sequence[Row],
        table: type[R],
        stored: dict[K, R],
        key: Callable[[Row], K],
        links: Callable[[Row], Values] = lambda row: {},
        late: Callable[[Row], Values] = lambda row: {},
    ) -> None:
        created: set[K] = set()
        updated: set[K] = set()
        for row in rows:
            values = {**_own_values(row), **links(row)}
            kept = stored.get(key(row))
            if kept is None:
                stored[key(row)] = kept = table(**self._tenant(table), **values)
                self.session.add(kept)
                created.add(key(row))
                self.marks.append(f"{row.sheet} {key(row)} is new")
            elif self._change(kept, values):
                updated.add(key(row))
        await self.session.flush()
        for row in rows:
            kept = stored[key(row)]
            changed = self._change(kept, late(row), is_new=key(row) in created)
            changed |= isinstance(kept, Target) and await self._compete(kept, row)
            if changed and key(row) not in created:
                updated.add(key(row))
        await self.session.flush()
        if rows:
            unchanged = len(rows) - len(created) - len(updated)
            self.counts[rows[0].sheet] = Count(len(created), len(updated), unchanged)

    async def _teach(self, rows: Sequence[Row], agency_id: int) -> None:
        known = self.office.words
        fresh = [row for row in rows if row["kata"] not in known]
        changed = [row for row in rows if known.get(row["kata"], row["arti"]) != row["arti"]]
        for row in (*fresh, *changed):
            self.marks.append(f"word {row['kata']} {known.get(row['kata'])}")
            await office_words.teach(self.session, agency_id, row["kata"], row["arti"])
        if rows:
            self.counts[WORD] = Count(len(fresh), len(changed), len(rows) - len(fresh) - len(changed))

    def _tenant(self, table: type[SQLModel]) -> Values:
        return {} if table is Agency or self.office.agency is None else {"agency_id": self.office.agency.id}

    def _change(self, kept: SQLModel, values: Values, *, is_new: bool = False) -> bool:
        changed = {name: value for name, value in values.items() if getattr(kept, name) != value}
        for name, value in changed.items():
            if not is_new:
                self.marks.append(f"{kept.__tablename__} {getattr(kept, 'id', None)} {name} {getattr(kept, name)}")
            if isinstance(kept, Employee) and name in MOVES and not is_new:
                self.moves.append(Move(kept, name, getattr(kept, name), value))
            setattr(kept, name, value)
        return bool(changed)

    def _parent_unit(self, row: Row) -> Values:
        return {"parent_id": _id(self.office.units, row["induk"])} if "induk" in row else {}

    def _unit(self, row: Row) -> Values:
        return {"unit_id": self.office.units[row["unit"]].id}

    def _superior(self, row: Row) -> Values:
        columns = {"nip_atasan": "superior_id", "nip_penyetuju": "approver_id"}
        people = self.office.people
        return {field: _id(people, row[column]) for column, field in columns.items() if column in row}

    def _holder(self, row: Row) -> Values:
        return {
            "employee_id": _id(self.office.people, row.get("nip")),
            "unit_id": _id(self.office.units, row.get("unit")),
        }

    def _served(self, row: Row) -> Values:
        return {"parent_id": _id(self.office.targets, self.parents[key_of(row)])} if "kode_induk" in row else {}

    async def _compete(self, target: Target, row: Row) -> bool:
        """Competencies become those of the row."""
        if "kompetensi" not in row:
            return False
        stored = self.office.competencies.setdefault(target.id, {})
        wanted = set(row["kompetensi"])
        if stored.keys() != wanted:
            self.marks.append(f"competencies {key_of(row)} {sorted(stored)}")
        for name in row["kompetensi"]:
            if name not in stored:
                self.session.add(Competency(agency_id=target.agency_id, target_id=target.id, name=name))
        for name in stored.keys() - wanted:
            await self.session.delete(stored[name])
        return stored.keys() != wanted


def _own_values(row: Row) -> dict[str, Any]:
    fields = {column.name: column.field for column in COLUMNS[row.sheet] if column.field is not None}
    return {fields[name]: value for name, value in row.values.items() if name in fields}


def _id(stored: Mapping[Any, Any], key: Any) -> int | None:
    return None if key is None else stored[key].id


def _code(row: Row) -> str:
    return str(row["kode"])


def _nip(row: Row) -> str:
    return str(row["nip"])


def _date(row: Row) -> Any:
    return row["tanggal"]
