"""Words of the office: an agency's own abbreviations and synonyms, imported or added in chat by an admin."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import UniqueConstraint, bindparam, delete
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import audit
from models.database import Session, insert
from models.employees import Employee
from models.refusals import Refusal

WORD_AT_MOST, MEANING_AT_MOST = 40, 120


class OfficeWord(SQLModel, table=True):
    """`word` in lower case, as people write it; `meaning` in the words of targets."""

    __tablename__ = "office_word"
    __table_args__ = (UniqueConstraint("agency_id", "word"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    word: str
    meaning: str


async def of_agency(session: Session, agency_id: int) -> Sequence[OfficeWord]:
    return (await session.exec(_of_agency(), params={"agency": agency_id})).all()


@cache
def _of_agency() -> SelectOfScalar[OfficeWord]:
    return select(OfficeWord).where(OfficeWord.agency_id == bindparam("agency")).order_by(col(OfficeWord.word))


async def mapping(session: Session, agency_id: int) -> dict[str, str]:
    """Word → meaning, as the reader takes it."""
    return {row.word: row.meaning for row in await of_agency(session, agency_id)}


async def teach(session: Session, agency_id: int, word: str, meaning: str) -> None:
    """Add a word or change its meaning. Raises: Refusal("word_too_long"), Refusal("word_empty")."""
    word, meaning = " ".join(word.lower().split()), " ".join(meaning.split())
    if not word or not meaning:
        raise Refusal("word_empty")
    if len(word) > WORD_AT_MOST or len(meaning) > MEANING_AT_MOST:
        raise Refusal("word_too_long", word=WORD_AT_MOST, meaning=MEANING_AT_MOST)
    statement = insert(session, OfficeWord).values(agency_id=agency_id, word=word, meaning=meaning)
    await session.exec(statement.on_conflict_do_update(index_elements=["agency_id", "word"], set_={"meaning": meaning}))


async def teach_by(session: Session, admin: Employee, word: str, meaning: str, *, now: datetime) -> None:
    """What an admin teaches in chat. Raises: as `teach`."""
    await teach(session, admin.agency_id, word, meaning)
    taught = await _id_of(session, admin.agency_id, word)
    await audit.record(session, "word_taught", agency_id=admin.agency_id, now=now, actor_id=admin.id, word=taught)


async def unlearn_by(session: Session, admin: Employee, word: str, *, now: datetime) -> bool:
    """What an admin takes out in chat; whether it was there."""
    known = await _id_of(session, admin.agency_id, word)
    if known is None or not await unlearn(session, admin.agency_id, word):
        return False
    await audit.record(session, "word_removed", agency_id=admin.agency_id, now=now, actor_id=admin.id, word=known)
    return True


async def _id_of(session: Session, agency_id: int, word: str) -> int | None:
    query = select(OfficeWord.id).where(
        OfficeWord.agency_id == agency_id, OfficeWord.word == " ".join(word.lower().split())
    )
    return (await session.exec(query)).first()


async def unlearn(session: Session, agency_id: int, word: str) -> bool:
    """Take a word out; whether it was there."""
    gone = delete(OfficeWord).where(
        col(OfficeWord.agency_id) == agency_id, col(OfficeWord.word) == " ".join(word.lower().split())
    )
    return bool((await session.exec(gone)).rowcount)
