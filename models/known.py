"""Rows by their ids; what the session has read already is not asked for again."""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import bindparam
from sqlalchemy.orm.util import identity_key
from sqlmodel import SQLModel, select

from models.database import Session, parts

T = TypeVar("T", bound=SQLModel)


async def by_ids(session: Session, table: type[T], ids: Iterable[int]) -> dict[int, T]:
    """Of a table whose key is `id`; those that are not there are left out."""
    here = session.sync_session.identity_map
    keys = {id_: identity_key(table, id_) for id_ in set(ids)}
    found: dict[int, T] = {id_: here[key] for id_, key in keys.items() if key in here}
    for some in parts(sorted(keys.keys() - found.keys())):
        found |= {row.id: row for row in (await session.exec(_by_ids(table), params={"ids": some})).all()}
    return found


@cache
def _by_ids(table: Any) -> Any:
    return select(table).where(table.id.in_(bindparam("ids", expanding=True)))
