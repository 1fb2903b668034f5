"""Files sent to the bot for an import, as they were understood, until somebody applies them or lets them go."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, UniqueConstraint, delete, update
from sqlmodel import Field, SQLModel, col, select

from models.database import Session, UtcDateTime

WAITING, APPLIED, LET_GO, SPOILT = "waiting", "applied", "let_go", "spoilt"
"""`spoilt`: there are problems, so that nothing can be applied."""
KEPT_FOR = timedelta(days=2)
"""What nobody has applied by then is forgotten with all that it holds."""
MAX_BYTES = 20 * 1024 * 1024
"""What Telegram hands to a bot (Bot API, getFile)."""


class Upload(SQLModel, table=True):
    """One file. `rows` are its rows as read (see `imports.keeping`), emptied once they are applied or let go."""

    __table_args__ = (UniqueConstraint("chat_id", "message_id"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id")
    """The admin who sent it."""
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int = Field(sa_type=BigInteger)
    name: str
    """What the sender's device calls the file."""
    reference: str
    unique_reference: str = ""
    """Telegram's file id and file_unique_id."""
    digest: str = ""
    """SHA-256 of its bytes; empty when it could not be fetched."""
    sent_at: datetime = Field(sa_type=UtcDateTime, index=True)
    status: str = WAITING
    rows: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    problems: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    counts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """By sheet: how many rows are new, changed, as before."""
    plan: str = ""
    """Digest of what it would change, and from what; another one at the tap means that the office has changed."""


async def of_message(session: Session, chat_id: int, message_id: int) -> Upload | None:
    query = select(Upload).where(Upload.chat_id == chat_id, Upload.message_id == message_id)
    return (await session.exec(query)).first()


async def settle(session: Session, upload: Upload, status: str) -> bool:
    """End its waiting, once; False when somebody was faster."""
    waits = update(Upload).where(col(Upload.id) == upload.id, col(Upload.status).in_((WAITING, SPOILT)))
    done = bool((await session.exec(waits.values(status=status, rows={}))).rowcount)
    await session.refresh(upload)
    return done


async def prune(session: Session, *, now: datetime) -> int:
    """Forget old ones; what was applied is told by the audit."""
    old = delete(Upload).where(col(Upload.sent_at) < now - KEPT_FOR)
    return (await session.exec(old)).rowcount
