"""A file that an admin sends: the card with what it would change, or what is wrong with it; applied with a tap."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from telegram import Message as Letter
from telegram import Update
from telegram.ext.filters import MessageFilter

from handlers import evidence, import_card
from handlers.context import ACT, Act, Context
from handlers.problems import word
from handlers.taps import Tap
from models import employees, imports, kinds, outbox, staff, uploads
from models.agencies import Agency
from models.employees import ADMIN, Employee
from models.imports import Key, Problem, Result, keeping
from models.refusals import Refusal
from models.uploads import APPLIED, LET_GO, SPOILT, WAITING, Upload

READABLE = frozenset((".xlsx", ".csv"))
TABLES = READABLE | {".xlsm", ".xlsb", ".xltm", ".xls", ".ods", ".tsv", ".numbers"}
"""Files that are meant for an import when an admin sends them without a word."""
ASKED_FOR = re.compile(r"/?(?:impor|import)\b", re.IGNORECASE)
"""How a caption begins that says so."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file to be read, and who sent it."""

    agency_id: int
    employee_id: int
    chat_id: int
    message_id: int
    name: str
    reference: str
    unique_reference: str
    sent_at: datetime

    def upload(self) -> Upload:
        return Upload(
            agency_id=self.agency_id,
            employee_id=self.employee_id,
            chat_id=self.chat_id,
            message_id=self.message_id,
            name=self.name,
            reference=self.reference,
            unique_reference=self.unique_reference,
            sent_at=self.sent_at,
        )


def _is_for_import(letter: Letter, person: Employee | None) -> bool:
    if person is None or person.role != ADMIN or letter.document is None or letter.chat.type != letter.chat.PRIVATE:
        return False
    if letter.caption:
        return ASKED_FOR.match(letter.caption.strip()) is not None
    return _kind(letter) in TABLES


def _kind(letter: Letter) -> str:
    name = letter.document.file_name if letter.document is not None else None
    return PurePath(name or "").suffix.lower()


class ForImport(MessageFilter):
    """A file of an admin that is meant to be imported. Who is an admin, the worker has just looked up."""

    def filter(self, message: Letter) -> bool:
        return _is_for_import(message, ACT.get().employee)


FOR_IMPORT = ForImport()


def _refused(letter: Letter) -> Problem | None:
    """What is wrong with a file before anybody has looked into it."""
    name = (letter.document.file_name if letter.document is not None else None) or "?"
    if _kind(letter) in imports.WITH_MACROS:
        return Problem(Key.MACROS, name)
    if _kind(letter) not in READABLE:
        return Problem(Key.UNKNOWN_FILE, name)
    if letter.document is not None and (letter.document.file_size or 0) > uploads.MAX_BYTES:
        return Problem(Key.FILE_TOO_LARGE, name, values={"limit": uploads.MAX_BYTES // 1024**2})
    return None


def sent_for_import(act: Act) -> Sent | None:
    """The file of this update that has to be fetched and read, if it carries one."""
    letter, person = act.update.message, act.employee
    if letter is None or person is None or not _is_for_import(letter, person) or _refused(letter) is not None:
        return None
    document = letter.document
    if document is None or employees.has_left(person, act.local_date(act.now)):
        return None
    return Sent(
        person.agency_id,
        person.id,
        letter.chat.id,
        letter.message_id,
        document.file_name or "?",
        document.file_id,
        document.file_unique_id,
        letter.date,
    )


async def receive_file(update: Update, context: Context) -> None:
    letter = update.effective_message
    if letter is None:
        return
    refused = _refused(letter)
    if refused is not None:
        await context.say(context.words.t("{sentence}", sentence=word(refused, context.words)))
        return
    upload = await uploads.of_message(context.session, letter.chat.id, letter.message_id)
    if upload is None or upload.employee_id != context.employee.id:
        return
    await context.show(f"import:{upload.id}", kinds.IMPORT_CARD, upload=upload.id)
    if len(upload.problems) > import_card.PROBLEMS_SHOWN:
        await context.show(f"import:{upload.id}:problems", kinds.IMPORT_PROBLEMS, upload=upload.id)


async def _waiting(context: Context, tap: Tap) -> Upload:
    """Raises: Refusal("admins_only"), Refusal("changed_meanwhile")."""
    staff.check_admin(context.employee, on=context.today)
    upload = await context.session.get(Upload, tap.card.arguments["upload"])
    if upload is None or upload.id not in tap.seen or upload.employee_id != context.employee.id:
        raise Refusal("changed_meanwhile")
    return upload


async def apply(context: Context, tap: Tap) -> None:
    """Import what the card shows, once; when the office has changed so that it would do something else, show that."""
    session, upload = context.session, await _waiting(context, tap)
    if upload.status != WAITING:
        raise Refusal("changed_meanwhile")
    agency = await session.get_one(Agency, upload.agency_id)
    sheets, shown = keeping.load(upload.rows), upload.plan
    attempt = await session.begin_nested()
    result = await imports.take(session, sheets, agency_code=agency.code, now=context.now, actor_id=context.employee.id)
    if result.problems or result.plan != shown:
        await attempt.rollback()
        await _show_anew(context, tap, result)
        return
    await attempt.commit()
    if not await uploads.settle(session, upload, APPLIED):
        raise RuntimeError("an upload was applied twice at once")  # rolls everything back
    await imports.redraw_moved(session, result.moves, now=context.now)
    await outbox.redraw(session, tap.card.key, now=context.now)
    context.toast(context.words.plain("Applied."))


async def _show_anew(context: Context, tap: Tap, result: Result) -> None:
    """The rollback has made the session forget what the attempt had changed: that is looked up again."""
    session = context.session
    await session.refresh(context.employee)
    upload = await session.get_one(Upload, tap.card.arguments["upload"])
    await session.refresh(upload)
    upload.problems, upload.counts = keeping.dump_problems(result.problems), keeping.dump_counts(result.counts)
    upload.plan, upload.status = result.plan, SPOILT if result.problems else WAITING
    await session.flush()
    key = f"import:{upload.id}"
    await outbox.redraw(session, key, now=context.now)
    w = context.words
    text = w.plain("The office has changed since this card was made. Please look once more; nothing was stored.")
    context.toast(text, alert=True)


async def let_go(context: Context, tap: Tap) -> None:
    upload = await _waiting(context, tap)
    await uploads.settle(context.session, upload, LET_GO)
    await outbox.redraw(context.session, tap.card.key, now=context.now)


async def keep_as_evidence(context: Context, tap: Tap) -> None:
    """It was meant for the day's report."""
    upload = await _waiting(context, tap)
    await uploads.settle(context.session, upload, LET_GO)
    await outbox.redraw(context.session, tap.card.key, now=context.now)
    await evidence.keep_file(context, upload)
