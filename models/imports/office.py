"""The agency as it stands before an import, looked up by the names that files use."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from models import office_words
from models.activities import STANDING, Activity
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.imports.links import Links, TargetKey
from models.targets import Competency, Target
from models.workdays import Holiday


@dataclass(slots=True)
class Office:
    """Everything stored of one agency that an import may refer to or change; empty for a new one."""

    agency: Agency | None = None
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Employee] = field(default_factory=dict)
    targets: dict[TargetKey, Target] = field(default_factory=dict)
    competencies: dict[int, dict[str, Competency]] = field(default_factory=dict)
    holidays: dict[date, Holiday] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    """The office's own words → what they mean."""
    with_output: frozenset[int] = frozenset()
    """Ids of the targets whose measure is in use: output has been reported in it."""


async def load(session: Session, agency: Agency | None) -> Office:
    if agency is None:
        return Office()
    units = (await session.exec(select(Unit).where(Unit.agency_id == agency.id))).all()
    people = (await session.exec(select(Employee).where(Employee.agency_id == agency.id))).all()
    targets = (await session.exec(select(Target).where(Target.agency_id == agency.id).order_by(col(Target.id)))).all()
    holidays = (await session.exec(select(Holiday).where(Holiday.agency_id == agency.id))).all()
    asked = (await session.exec(select(Competency).where(Competency.agency_id == agency.id))).all()
    used = select(col(Activity.target_id)).where(
        Activity.agency_id == agency.id, col(Activity.output).is_not(None), col(Activity.status).in_(STANDING)
    )
    codes = {unit.id: unit.code for unit in units}
    nips = {person.id: person.nip for person in people}
    competencies: dict[int, dict[str, Competency]] = {}
    for row in asked:
        competencies.setdefault(row.target_id, {})[row.name] = row
    return Office(
        agency,
        {unit.code: unit for unit in units},
        {person.nip: person for person in people},
        {TargetKey(nips.get(t.employee_id or 0), codes.get(t.unit_id or 0), t.code): t for t in targets},
        competencies,
        {row.held_on: row for row in holidays},
        await office_words.mapping(session, agency.id),
        frozenset(id_ for id_ in (await session.exec(used.distinct())).all() if id_ is not None),
    )


def links_of(office: Office) -> Links:
    """Who refers to whom, without the tables."""
    codes = {unit.id: code for code, unit in office.units.items()}
    nips = {person.id: nip for nip, person in office.people.items()}
    keys = {target.id: key for key, target in office.targets.items()}
    return Links(
        units={code: codes.get(unit.parent_id or 0) for code, unit in office.units.items()},
        week_days={code: unit.week_days for code, unit in office.units.items()},
        unit_of={nip: codes[person.unit_id] for nip, person in office.people.items()},
        superiors={nip: nips.get(person.superior_id or 0) for nip, person in office.people.items()},
        targets={key: keys.get(target.parent_id or 0) for key, target in office.targets.items()},
        measures={key: target.measure for key, target in office.targets.items() if target.id in office.with_output},
        dates={day: row.kind for day, row in office.holidays.items()},
    )
