"""Who refers to whom once the files are in: stored links overlaid with those of the rows. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from models import workdays
from models.agencies import Unit
from models.imports.columns import HOLIDAY, PERSON, TARGET, UNIT
from models.imports.rows import Row, Sheets
from models.imports.trees import above


class TargetKey(NamedTuple):
    """A target's identity: its code among those of the one who holds it, a NIP or a unit's code."""

    nip: str | None
    unit: str | None
    code: str


@dataclass(frozen=True, slots=True)
class Links:
    """Everything by the names that files use: unit codes, NIPs, TargetKeys."""

    units: dict[str, str | None] = field(default_factory=dict)
    """Unit → the unit above it."""
    week_days: dict[str, int] = field(default_factory=dict)
    unit_of: dict[str, str] = field(default_factory=dict)
    """Person → their unit."""
    superiors: dict[str, str | None] = field(default_factory=dict)
    targets: dict[TargetKey, TargetKey | None] = field(default_factory=dict)
    """Target → the one it serves."""
    measures: dict[TargetKey, str] = field(default_factory=dict)
    """Of the targets in whose measure output has been reported."""
    dates: dict[date, str] = field(default_factory=dict)
    """The agency's own dates → their kind."""

    def unit_of_target(self, key: TargetKey) -> str | None:
        return key.unit if key.nip is None else self.unit_of.get(key.nip)


def key_of(row: Row) -> TargetKey:
    return TargetKey(row.get("nip"), row.get("unit"), row["kode"])


def overlay(stored: Links, sheets: Sheets) -> Links:
    """The links as they will be. A parent's code that names no single target is left out here."""
    units, people, targets = sheets.of(UNIT), sheets.of(PERSON), sheets.of(TARGET)
    after = replace(
        stored,
        units=stored.units | {row["kode"]: _new(row, "induk", stored.units.get(row["kode"])) for row in units},
        week_days=stored.week_days | dict(_week_days(units, stored)),
        unit_of=stored.unit_of | {row["nip"]: row["unit"] for row in people if "unit" in row},
        superiors=stored.superiors
        | {row["nip"]: _new(row, "nip_atasan", stored.superiors.get(row["nip"])) for row in people},
        targets=stored.targets | {key_of(row): stored.targets.get(key_of(row)) for row in targets},
        dates=stored.dates | {row["tanggal"]: _kind(row, stored) for row in sheets.of(HOLIDAY)},
    )
    namesakes = by_code(after)
    for row in targets:
        if "kode_induk" in row:
            found = parents_named(row["kode_induk"], key_of(row), after, namesakes) if row["kode_induk"] else []
            after.targets[key_of(row)] = found[0] if len(found) == 1 else None
    return after


def _new(row: Row, column: str, stored: str | None) -> str | None:
    parent: str | None = row.get(column, stored)
    return parent


def _week_days(units: Iterable[Row], stored: Links) -> Iterator[tuple[str, int]]:
    for row in units:
        usual = stored.week_days.get(row["kode"], Unit.model_fields["week_days"].default)
        yield row["kode"], row.get("hari_kerja", usual)


def _kind(row: Row, stored: Links) -> str:
    kind: str = row.get("jenis", stored.dates.get(row["tanggal"], workdays.HOLIDAY))
    return kind


def by_code(links: Links) -> dict[str, list[TargetKey]]:
    namesakes: dict[str, list[TargetKey]] = {}
    for key in links.targets:
        namesakes.setdefault(key.code, []).append(key)
    return namesakes


def parents_named(code: str, child: TargetKey, links: Links, namesakes: dict[str, list[TargetKey]]) -> list[TargetKey]:
    """The targets that a parent's code may mean: the superior's and the unit's first, else anybody's."""
    if child.nip is not None:
        near = {
            TargetKey(links.superiors.get(child.nip), None, code),
            TargetKey(None, links.unit_of_target(child), code),
        }
    else:
        near = {TargetKey(None, unit, code) for unit in above(child.unit or "", links.units)[:1]}
    named = namesakes.get(code, [])
    others = [key for key in named if key != child]
    return [key for key in others if key in near] or others or named
