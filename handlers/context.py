"""What a handler is given: the session, who writes, the clock's moment, and two ways to speak."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Bot, Update
from telegram.ext import Application, CallbackContext, ExtBot

from handlers.texts import Html, Words, words
from models import bots, employees, kinds, outbox, questions
from models.database import Session
from models.employees import Employee

TOAST_AT_MOST = 200


@dataclass(slots=True)
class Act:
    """One update being handled: its transaction, its moment, and what it leaves for the worker."""

    session: Session
    update: Update
    employee: Employee | None
    """Who writes: somebody who has joined and still belongs to the agency."""
    now: datetime
    zone: ZoneInfo
    words: Words
    transcript: str | None = None
    """What was said in a voice note; None when nobody has listened to it."""
    failure: Exception | None = None
    answer: dict[str, Any] | None = None
    said: int = 0
    leaver: Employee | None = None
    """Whose account it was, until they left the agency."""
    afterwards: list[Callable[[Bot], Awaitable[None]]] = field(default_factory=list)
    """Niceties after the commit (a menu); when they fail, nothing is lost."""

    @classmethod
    async def begin(cls, session: Session, update: Update, *, employee: Employee | None, now: datetime) -> "Act":
        user = update.effective_user
        language = employee.language if employee else (user.language_code if user else None) or "id"
        zone = await employees.zone_of(session, employee) if employee else ZoneInfo("Asia/Jakarta")
        w = words("en" if language.startswith("en") else "id")
        if employee is not None and employees.has_left(employee, now.astimezone(zone).date()):
            return cls(session, update, None, now, zone, w, leaver=employee)
        return cls(session, update, employee, now, zone, w)

    def local_date(self, moment: datetime) -> date:
        """The date of a moment where the person lives."""
        return moment.astimezone(self.zone).date()

    def use_language(self, language: str) -> Words:
        self.words = words(language)
        return self.words


ACT: ContextVar[Act] = ContextVar("act")


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The typed context. Nothing is kept between updates; `user_data` and its like stay empty."""

    act: Act

    @classmethod
    def from_update(cls, update: object, application: "Application[Any, Context, Any, Any, Any, Any]") -> "Context":
        context = super().from_update(update, application)
        context.act = ACT.get()
        return context

    @classmethod
    def from_error(
        cls,
        update: object,
        error: Exception,
        application: "Application[Any, Context, Any, Any, Any, Any]",
        job: Any = None,
        coroutine: Any = None,
    ) -> "Context":
        context = super().from_error(update, error, application, job, coroutine)
        context.act = ACT.get()
        return context

    @property
    def session(self) -> Session:
        return self.act.session

    @property
    def employee(self) -> Employee:
        """The person who writes; handlers that use it are registered behind `employees only`."""
        if self.act.employee is None:
            raise RuntimeError("this handler needs a joined employee")
        return self.act.employee

    @property
    def now(self) -> datetime:
        return self.act.now

    @property
    def today(self) -> date:
        """The date where the person lives."""
        return self.act.now.astimezone(self.act.zone).date()

    @property
    def words(self) -> Words:
        return self.act.words

    async def say(
        self,
        text: Html | str,
        *,
        chat_id: int | None = None,
        asks: str | None = None,
        button: tuple[str, str] | None = None,
    ) -> str:
        """Answer with a message, in reply to what was written; its outbox key. `button` has words and a verb."""
        act = self.act
        message, chat = act.update.effective_message, act.update.effective_chat
        key = f"say:{bots.named(act.session, act.update.update_id)}:{act.said}"
        act.said += 1
        if chat is None and chat_id is None:
            return key
        elsewhere = chat_id is not None and (chat is None or chat_id != chat.id)
        replies = None if message is None or elsewhere or act.update.callback_query else message.message_id
        await outbox.show(
            act.session,
            key=key,
            chat_id=chat_id if chat_id is not None else chat.id if chat else 0,
            kind=kinds.SAY,
            agency_id=act.employee.agency_id if act.employee else None,
            arguments={"text": str(text), "reply_to": replies, "asks": asks, "button": button},
            priority=kinds.ANSWER,
            due_at=act.now,
        )
        return key

    async def show(self, key: str, kind: str, /, *, anew: bool = False, **arguments: Any) -> None:
        """Show a card to the person who writes, or draw it again."""
        await show_to(self.session, self.employee, key, kind, now=self.now, anew=anew, **arguments)

    async def wait(self, card: str, kind: str, **arguments: Any) -> None:
        """Wait for a typed answer on a card of the person who writes."""
        person = self.employee
        await questions.ask(
            self.session,
            agency_id=person.agency_id,
            employee_id=person.id,
            card=card,
            kind=kind,
            arguments=arguments,
            now=self.now,
        )

    def toast(self, text: str, *, alert: bool = False) -> None:
        """Words for the tap, shown right after the commit."""
        self.act.answer = {"text": text[:TOAST_AT_MOST], "show_alert": alert}


async def show_to(
    session: Session,
    person: Employee,
    key: str,
    kind: str,
    /,
    *,
    now: datetime,
    anew: bool = False,
    priority: int = kinds.ANSWER,
    **arguments: Any,
) -> None:
    """Show a card to somebody who has joined; nothing for others."""
    if person.telegram_id is None:
        return
    await outbox.show(
        session,
        key=key,
        chat_id=person.telegram_id,
        kind=kind,
        agency_id=person.agency_id,
        employee_id=person.id,
        arguments=arguments,
        priority=priority,
        due_at=now,
        anew=anew,
    )
