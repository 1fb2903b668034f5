"""The table of what was measured closes the run."""

from collections.abc import Iterator

import pytest

from tests.benchmarks.table import ROWS, table


@pytest.fixture(scope="session", autouse=True)
def _table_at_the_end() -> Iterator[None]:
    yield
    if ROWS:
        print(f"\n\n{table()}\n")
