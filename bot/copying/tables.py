"""All tables in the order in which rows may go in, with columns that carry values over unchanged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Dialect, MetaData, Table, Text, cast
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine
from sqlmodel import SQLModel

from models.gathering import gather_tables

LEFT_OUT = frozenset({"lease"})
"""Whoever holds a lease on the old database does not hold it on the new one."""
SUMS = 2**256


class Written(TypeDecorator[str]):
    """JSON as it is written, so that not a digit and not the order of names changes."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return NullType()  # of no type, so that PostgreSQL takes the text for the column's own

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        return cast(column, Text)


@cache
def carriers() -> Sequence[Table]:
    """Every table but those left out; what a row points to comes before it."""
    gather_tables()
    return [_carrier(table) for table in SQLModel.metadata.sorted_tables if table.name not in LEFT_OUT]


def _carrier(table: Table) -> Table:
    columns = (
        Column(
            one.name,
            Written() if isinstance(one.type, JSON) else one.type,
            primary_key=one.primary_key,
            autoincrement=False,
        )
        for one in table.columns
    )
    return Table(table.name, MetaData(), *columns)


def own_references(table: Table) -> list[str]:
    """Columns in which rows of a table point to others of the same: to be filled in when all are there."""
    original = SQLModel.metadata.tables[table.name]
    return [one.name for one in original.columns if any(key.column.table is original for key in one.foreign_keys)]


@dataclass(slots=True)
class Tally:
    """How many rows, and a checksum in which their order does not count: it differs between databases."""

    rows: int = 0
    checksum: int = field(default=0, repr=False)

    def add(self, row: Mapping[str, Any]) -> None:
        self.rows += 1
        digest = sha256(repr([*row.values()]).encode()).digest()
        self.checksum = (self.checksum + int.from_bytes(digest, "big")) % SUMS
