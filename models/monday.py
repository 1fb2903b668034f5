"""SQL for the days of a week, which is named by its Sunday, as every week is here."""

from typing import Any

from sqlalchemy import Date
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class MondayFrom(GenericFunction[Any]):
    """`MondayFrom(sunday, first)`: the Monday of the week, but no day before `first`."""

    type = Date()
    inherit_cache = True


@compiles(MondayFrom, "sqlite")
def _in_sqlite(element: MondayFrom, compiler: Any, **kw: Any) -> str:
    sunday, first = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"max(date({sunday}, '-6 days'), {first})"


@compiles(MondayFrom, "postgresql")
def _in_postgresql(element: MondayFrom, compiler: Any, **kw: Any) -> str:
    sunday, first = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"greatest({sunday} - 6, {first})"


class SundayOf(GenericFunction[Any]):
    """`SundayOf(day)`: the last day of its week."""

    type = Date()
    inherit_cache = True


@compiles(SundayOf, "sqlite")
def _sunday_in_sqlite(element: SundayOf, compiler: Any, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)}, 'weekday 0')"


@compiles(SundayOf, "postgresql")
def _sunday_in_postgresql(element: SundayOf, compiler: Any, **kw: Any) -> str:
    return f"(date_trunc('week', {compiler.process(element.clauses, **kw)})::date + 6)"
