"""Import an agency's people, targets, dates and words from XLSX or CSV: all or nothing, every problem listed.

`read` is pure and may take a while; call it before a transaction is opened. `take` checks against what is stored and
writes. `import_files` is both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlmodel import col, select

from models import agencies
from models.agencies import Agency
from models.database import Session
from models.imports import absences, duty_sheets, relations
from models.imports.columns import AGENCY, COLUMNS
from models.imports.files import WITH_MACROS
from models.imports.links import overlay
from models.imports.moves import record, redraw_moved, set_anew
from models.imports.office import links_of, load
from models.imports.problems import Key, Problem
from models.imports.rows import Sheets, read
from models.imports.writing import Count, Move, Writer

__all__ = [
    "WITH_MACROS",
    "Count",
    "Key",
    "Move",
    "Problem",
    "Result",
    "Sheets",
    "import_files",
    "read",
    "redraw_moved",
    "take",
]


@dataclass(frozen=True, slots=True)
class Result:
    """Counts by sheet; or problems, by sheet and row, and then nothing was written."""

    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, Count] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    plan: str = ""
    """Digest of what is changed, and of what stood there before."""
    agency: Agency | None = None


async def import_files(
    session: Session, files: Mapping[str, bytes], *, agency_code: str | None, now: datetime
) -> Result:
    """Contents by file name → database. Rows that are there are updated; what is not in the files stays."""
    return await take(session, read(files), agency_code=agency_code, now=now)


async def take(
    session: Session, sheets: Sheets, *, agency_code: str | None, now: datetime, actor_id: int | None = None
) -> Result:
    """Check and write what was read; when there is any problem, nothing is written. What has changed of a target
    holds from the day of `now`. The audit has who did it: `actor_id`, or the account of the command line.
    """
    agency, unclear = await _agency(session, sheets, agency_code)
    office = await load(session, agency)
    stored = links_of(office)
    known = await absences.standing(session, office, sheets)
    wrong = [unclear] if unclear else [*relations.check(sheets, stored), *absences.check(sheets, known)]
    problems = [*sheets.problems, *wrong]
    if problems:
        return Result(tuple(sorted(problems, key=_place)))
    writer = Writer(session, office, overlay(stored, sheets).targets, now)
    await writer.write(sheets)
    await duty_sheets.write(writer, sheets)
    writer.counts |= await absences.write(session, office, sheets, known, now=now)
    await set_anew(session, writer.moves, now=now)
    await record(session, writer, now=now, actor_id=actor_id)
    standing = [f"absence {one.id} {one.revision}" for own in known.values() for one in own]
    plan = sha256("\n".join(sorted([*writer.marks, *standing])).encode()).hexdigest()
    return Result((), writer.counts, tuple(writer.moves), plan, office.agency)


async def _agency(session: Session, sheets: Sheets, code: str | None) -> tuple[Agency | None, Problem | None]:
    """The stored agency the files are for, locked; None for one that they create. Or why it is not clear which."""
    rows = sheets.of(AGENCY)
    if len(rows) > 1:
        return None, rows[1].problem(Key.ONE_AGENCY, "kode", value=rows[1]["kode"])
    if rows and code is not None and rows[0]["kode"] != code:
        return None, rows[0].problem(Key.AGENCY_DIFFERS, "kode", value=rows[0]["kode"], wanted=code)
    if rows:
        query = select(Agency).where(Agency.code == rows[0]["kode"]).with_for_update()
        return (await session.exec(query)).first(), None
    found = await agencies.by_code(session, code)
    if found is not None or AGENCY in sheets.unsure:
        return found, None
    codes = tuple((await session.exec(select(Agency.code).order_by(col(Agency.code)).limit(10))).all())
    if not codes:
        return None, Problem(Key.NO_AGENCY, AGENCY)
    if code is None:
        return None, Problem(Key.WHICH_AGENCY, AGENCY, values={"codes": codes})
    return None, Problem(Key.UNKNOWN_AGENCY, AGENCY, values={"value": code, "codes": codes})


def _place(problem: Problem) -> tuple[int, int, int]:
    sheets = list(COLUMNS)
    if problem.sheet not in sheets:
        return -1, 0, 0
    columns = [column.name for column in COLUMNS[problem.sheet]]
    column = columns.index(problem.column) if problem.column in columns else -1
    return sheets.index(problem.sheet), problem.row or 0, column
