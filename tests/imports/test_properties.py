"""Whatever stands in the cells or the bytes, an import answers; it never raises."""

from contextlib import suppress
from datetime import date
from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.problems import word
from handlers.texts import words
from models.imports import keeping, read
from models.imports.cells import tidy
from models.imports.columns import COLUMNS
from models.imports.links import Links
from models.imports.problems import BadCell
from models.imports.relations import check
from models.imports.rows import Sheets
from models.imports.trees import above, cycles
from tests.imports.office import SHEETS, as_xlsx

CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([cell for rows in SHEETS.values() for row in rows for cell in row]),
)
READERS = [column.read for columns in COLUMNS.values() for column in columns]


@given(cell=CELLS, read_cell=st.sampled_from(READERS))
def test_a_cell_is_read_or_refused(cell: Any, read_cell: Any) -> None:
    tidied = tidy(cell)
    if tidied is not None:
        with suppress(BadCell):
            read_cell(tidied)


def office(cells: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, list[list[Any]]]]:
    """Sheets with the right headers and anything below."""
    sheets = {
        name: st.tuples(st.just(rows[0]), *[st.lists(cells, max_size=len(rows[0]))] * 3).map(list)
        for name, rows in SHEETS.items()
    }
    return st.fixed_dictionaries({}, optional=sheets)


def assert_all_can_be_kept(sheets: Sheets) -> None:
    """What is read comes back from JSON as it was."""
    rows, problems = orjson.dumps(keeping.dump(sheets)), keeping.dump_problems(sheets.problems)
    assert keeping.load(orjson.loads(rows)).rows == sheets.rows
    kept = keeping.load_problems(orjson.loads(orjson.dumps(problems)))
    assert [word(one, words("en")) for one in kept] == [word(one, words("en")) for one in sheets.problems]


def assert_all_can_be_said(sheets: Sheets) -> None:
    for problem in [*sheets.problems, *check(sheets, Links())]:
        assert word(problem, words("en"))


@given(sheets=office(CELLS))
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
def test_any_office_in_csv(sheets: dict[str, list[list[Any]]]) -> None:
    files = {
        f"{name}.csv": "\n".join(",".join(map(str, row)) for row in rows).encode("utf-8", "replace")
        for name, rows in sheets.items()
    }
    assert_all_can_be_said(read(files))


EXCEL_CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], max_codepoint=0xFFFD), max_size=20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(min_value=date(1900, 3, 1), max_value=date(2200, 1, 1)),
    st.times(),
    st.booleans(),
)


@given(sheets=office(EXCEL_CELLS))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
def test_any_office_in_excel(sheets: dict[str, list[list[Any]]]) -> None:
    found = read(as_xlsx(sheets or {"unit": []}))
    assert_all_can_be_said(found)
    assert_all_can_be_kept(found)


def test_a_whole_office_can_be_kept() -> None:
    assert_all_can_be_kept(read(as_xlsx(SHEETS)))


@given(name=st.sampled_from(["unit.csv", "data.xlsx", "pegawai.CSV", "x"]), data=st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    assert_all_can_be_said(read({name: data}))


PARENTS = st.integers(1, 12).flatmap(
    lambda size: st.dictionaries(st.integers(0, size), st.none() | st.integers(0, size), max_size=size)
)


@given(parents=PARENTS)
def test_rings(parents: dict[int, int | None]) -> None:
    """A node is in a ring exactly when going up leads back to it; no node is in two."""
    rings = cycles(parents)
    inside = [node for ring in rings for node in ring]
    assert len(inside) == len(set(inside))
    for node in parents:
        chain = above(node, parents)
        assert (node in inside) == (parents.get(([node, *chain])[-1]) == node)
    for ring in rings:
        assert [parents[node] for node in ring] == [*ring[1:], ring[0]]
