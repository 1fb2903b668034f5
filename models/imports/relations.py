"""What is wrong between rows: unknown codes, rings, spans without workdays. Pure."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from models.imports.columns import ABSENCE, HOLIDAY, HOURS, PERSON, SHIFT, TARGET, UNIT
from models.imports.links import Links, by_code, key_of, overlay, parents_named
from models.imports.problems import Key, Problem
from models.imports.rows import Row, Sheets
from models.imports.trees import cycles
from models.reading.unit_names import same_unit
from models.workdays import Calendar

T = TypeVar("T", bound=Hashable)
LETTERS_PER_SLIP = 9
"""One letter may differ, and one more for each so many, but not all, in a code that is offered as what was meant."""


def check(sheets: Sheets, stored: Links) -> Iterator[Problem]:
    """Every problem between the rows themselves, and between them and what is stored."""
    after = overlay(stored, sheets)
    yield from _unknown(sheets, after)
    yield from _rings(sheets.of(UNIT), "induk", after.units, lambda row: str(row["kode"]), str)
    yield from _rings(sheets.of(PERSON), "nip_atasan", after.superiors, lambda row: str(row["nip"]), str)
    yield from _rings(sheets.of(TARGET), "kode_induk", after.targets, key_of, lambda key: key.code)
    for row in sheets.of(PERSON):
        if row.get("nip_penyetuju") == row["nip"]:
            yield row.problem(Key.CYCLE, "nip_penyetuju", path=[row["nip"], row["nip"]])
    yield from _unknown_parents(sheets, after)
    yield from _without_workdays(sheets, after)
    for row in sheets.of(TARGET):
        used = stored.measures.get(key_of(row))
        if used is not None and "satuan" in row and not same_unit(used, row["satuan"]):
            yield row.problem(Key.MEASURE_IN_USE, "satuan", value=row["satuan"], used=used)


def _unknown(sheets: Sheets, after: Links) -> Iterator[Problem]:
    references = (
        (UNIT, "induk", UNIT, after.units, Key.UNKNOWN_UNIT),
        (PERSON, "unit", UNIT, after.units, Key.UNKNOWN_UNIT),
        (PERSON, "nip_atasan", PERSON, after.superiors, Key.UNKNOWN_PERSON),
        (PERSON, "nip_penyetuju", PERSON, after.superiors, Key.UNKNOWN_PERSON),
        (TARGET, "unit", UNIT, after.units, Key.UNKNOWN_UNIT),
        (TARGET, "nip", PERSON, after.superiors, Key.UNKNOWN_PERSON),
        (ABSENCE, "nip", PERSON, after.superiors, Key.UNKNOWN_PERSON),
        (ABSENCE, "nip_plh", PERSON, after.superiors, Key.UNKNOWN_PERSON),
        (SHIFT, "nip", PERSON, after.superiors, Key.UNKNOWN_PERSON),
        (HOURS, "unit", UNIT, after.units, Key.UNKNOWN_UNIT),
    )
    for sheet, column, target_sheet, known, key in references:
        if target_sheet in sheets.unsure:
            continue
        for row in sheets.of(sheet):
            value = row.get(column)
            if value is not None and value not in known:
                yield row.problem(key, column, value=value, nearest=_nearest(value, known))


def _nearest(value: str, known: Collection[str]) -> str | None:
    slips = min(len(value) - 1, 1 + len(value) // LETTERS_PER_SLIP)
    scorer = Levenshtein.distance
    best = process.extractOne(value, list(known), scorer=scorer, processor=str.lower, score_cutoff=slips)
    return best[0] if best else None


def _unknown_parents(sheets: Sheets, after: Links) -> Iterator[Problem]:
    namesakes = by_code(after)
    for row in sheets.of(TARGET):
        code = row.get("kode_induk")
        if code is None or sheets.unsure & {UNIT, PERSON, TARGET}:
            continue
        found = parents_named(code, key_of(row), after, namesakes)
        if not found:
            yield row.problem(Key.UNKNOWN_PARENT, "kode_induk", value=code, nearest=_nearest(code, namesakes))
        elif len(found) > 1:
            holders = tuple(key.nip or key.unit for key in found[:3])
            yield row.problem(Key.AMBIGUOUS_PARENT, "kode_induk", value=code, holders=holders, count=len(found))


def _rings(
    rows: Collection[Row],
    column: str,
    parents: Mapping[T, T | None],
    key: Callable[[Row], T],
    name: Callable[[T], str],
) -> Iterator[Problem]:
    by_key = {key(row): row for row in rows}
    for ring in cycles(parents):
        here = [by_key[node] for node in ring if node in by_key]
        if here:
            first = min(here, key=lambda row: row.number)
            start = ring.index(key(first))
            path = [name(node) for node in (*ring[start:], *ring[: start + 1])]
            yield first.problem(Key.CYCLE, column, path=path)


def _without_workdays(sheets: Sheets, after: Links) -> Iterator[Problem]:
    calendar = Calendar(after.dates)
    for row in sheets.of(TARGET):
        week_days = after.week_days.get(after.unit_of_target(key_of(row)) or "")
        span: tuple[Any, Any] = (row.get("mulai"), row.get("selesai"))
        if None in span or week_days is None or HOLIDAY in sheets.unsure:
            continue
        if span[0] <= span[1] and not _any_workday(calendar, *span, week_days):
            yield row.problem(Key.NO_WORKDAYS, "selesai", starts_on=span[0], ends_on=span[1])


def _any_workday(calendar: Calendar, first: date, last: date, week_days: int) -> bool:
    return any(calendar.is_workday(first + timedelta(days=n), week_days) for n in range((last - first).days + 1))
