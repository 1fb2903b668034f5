"""Where a text still stands in the database: every column of words of every table is looked through."""

from sqlalchemy import JSON, Column, String, cast, func, or_, select
from sqlalchemy.sql import ColumnElement
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from models.database import Session
from models.gathering import table_names


async def count(session: Session, *texts: str) -> dict[str, int]:
    """Rows that hold one of the texts, by table; tables without any are left out."""
    wanted = [text.lower() for text in texts if text]
    found: dict[str, int] = {}
    for name in sorted(table_names()):
        table = SQLModel.metadata.tables[name]
        columns = [column for column in table.columns if isinstance(column.type, String | AutoString | JSON)]
        if not columns or not wanted:
            continue
        holds = or_(*(_holds(column, text) for column in columns for text in wanted))
        query = select(func.count()).select_from(table).where(holds)
        number = (await (await session.connection()).execute(query)).scalar_one()
        if number:
            found[name] = number
    return found


def _holds(column: "Column[str]", text: str) -> ColumnElement[bool]:
    return func.lower(cast(column, String)).contains(text, autoescape=True)
