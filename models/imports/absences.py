"""Rows of `cuti` → absences. What the office imports is agreed; it stands where the person's own entry stood."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from models import absence_deputies, audit
from models import absences as stored_absences
from models.absence_rules import is_same
from models.absence_spans import touch
from models.absences import CANCELLED, CONFIRMED, NOTHING, Absence
from models.database import Session
from models.employees import Whose
from models.imports.columns import ABSENCE, KINDS_OF_ABSENCE
from models.imports.office import Office
from models.imports.problems import Key, Problem
from models.imports.rows import Row, Sheets
from models.imports.writing import Count

SPOKEN = {kind: word for word, kind in reversed(KINDS_OF_ABSENCE.items())}
"""Kind → the first word that files have for it."""

Standing = Mapping[str, list[Absence]]
"""NIP → what stands of that person in the time of the file."""


async def standing(session: Session, office: Office, sheets: Sheets) -> Standing:
    rows = [row for row in _whole(sheets) if row["nip"] in office.people]
    if not rows:
        return {}
    people = [office.people[nip] for nip in {row["nip"] for row in rows}]
    nips = {person.id: person.nip for person in people}
    first, last = min(row["mulai"] for row in rows), max(row["selesai"] for row in rows)
    found: dict[str, list[Absence]] = {}
    for absence in await stored_absences.of_whom(session, Whose.of(people), first, last):
        if absence.employee_id in nips and absence.kind != NOTHING:
            found.setdefault(nips[absence.employee_id], []).append(absence)
    return found


def _whole(sheets: Sheets) -> list[Row]:
    """The rows of which everything that matters could be read."""
    wanted = ("nip", "jenis", "mulai", "selesai")
    rows = (row for row in sheets.of(ABSENCE) if all(name in row for name in wanted))
    return [row for row in rows if row["mulai"] <= row["selesai"]]


def _span(row: Row) -> tuple[Any, Any]:
    return row["mulai"], row["selesai"]


def _is_of(row: Row, absence: Absence) -> bool:
    """The stored absence is the one the row speaks of."""
    span = absence.starts_on, absence.ends_on
    return absence.starts_on == row["mulai"] or (is_same(row["jenis"], absence.kind) and touch(_span(row), span))


def check(sheets: Sheets, known: Standing) -> Iterator[Problem]:
    """Two rows of one person at one time; and rows on days on which something else of another kind stands."""
    before: dict[str, list[Row]] = {}
    for row in _whole(sheets):
        if row.get("nip_plh") == row["nip"]:
            yield row.problem(Key.DEPUTY_SELF, "nip_plh")
        for other in before.get(row["nip"], []):
            if touch(_span(row), _span(other)):
                yield _overlap(row, *_span(other), f"{other.sheet} {other.number}")
        before.setdefault(row["nip"], []).append(row)
    for nip, rows in before.items():
        for absence in known.get(nip, []):
            if not any(_is_of(row, absence) for row in rows):
                span = absence.starts_on, absence.ends_on
                yield from (
                    _overlap(row, *span, SPOKEN.get(absence.kind, absence.kind))
                    for row in rows
                    if touch(_span(row), span)
                )


def _overlap(row: Row, starts_on: Any, ends_on: Any, other: str) -> Problem:
    return row.problem(Key.ABSENCES_OVERLAP, "mulai", starts_on=starts_on, ends_on=ends_on, other=other)


@dataclass(slots=True)
class _Keeper:
    session: Session
    office: Office
    now: datetime
    counts: dict[str, int] = field(default_factory=lambda: {"created": 0, "updated": 0, "unchanged": 0})

    async def keep(self, row: Row, own: list[Absence]) -> None:
        """The row's absence is created, changed or left; what it covers besides is cancelled."""
        person, deputy = self.office.people[row["nip"]], self._deputy(row)
        own.sort(key=lambda one: one.starts_on != row["mulai"])
        values: dict[str, Any] = {"kind": row["jenis"], "starts_on": row["mulai"], "ends_on": row["selesai"]}
        values |= {"status": CONFIRMED} | ({"deputy_id": deputy} if "nip_plh" in row else {})
        if not own:
            absence = Absence(agency_id=person.agency_id, employee_id=person.id, noted_at=self.now, **values)
            self.session.add(absence)
            await self._done(absence, "absence_noted", "created")
            return
        first, *others = own
        for other in others:
            other.status = CANCELLED
            other.revision += 1
            await self._done(other, "absence_cancelled", None)
        changed = any(getattr(first, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(first, name, value)
        first.revision += changed
        await self._done(first, "absence_changed" if changed else None, "updated" if changed else "unchanged")

    def _deputy(self, row: Row) -> int | None:
        nip = row.get("nip_plh")
        return self.office.people[nip].id if nip is not None else None

    async def _done(self, absence: Absence, act: str | None, count: str | None) -> None:
        if count is not None:
            self.counts[count] += 1
        if act is None:
            return
        await self.session.flush()
        zone = ZoneInfo(self.office.agency.zone) if self.office.agency else self.now.tzinfo
        await absence_deputies.follow(self.session, absence, actor=None, today=self.now.astimezone(zone).date())
        await audit.record(
            self.session,
            act,
            agency_id=absence.agency_id,
            now=self.now,
            employee_id=absence.employee_id,
            absence=absence.id,
            first=absence.starts_on.isoformat(),
            last=absence.ends_on.isoformat(),
            status=absence.status,
            deputy=absence.deputy_id,
        )


async def write(
    session: Session, office: Office, sheets: Sheets, known: Standing, *, now: datetime
) -> dict[str, Count]:
    keeper, left = _Keeper(session, office, now), {nip: list(own) for nip, own in known.items()}
    rows = sheets.of(ABSENCE)
    for row in rows:
        own = left.get(row["nip"], [])
        mine = [one for one in own if one.starts_on == row["mulai"]]
        starts = {other["mulai"] for other in rows if other["nip"] == row["nip"]}
        mine += [one for one in own if one not in mine and _is_of(row, one) and one.starts_on not in starts]
        left[row["nip"]] = [one for one in own if one not in mine]
        await keeper.keep(row, mine)
    return {ABSENCE: Count(**keeper.counts)} if rows else {}
