"""`inbox` and `outbox`: what waits, what has failed and why, and one more try. No word of what anybody wrote."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import USAGE, AgencyOption, agency_of, database, fail
from bot.finding import age

if TYPE_CHECKING:
    from models.backlog import Stack
    from models.database import Session
    from models.inbox import Update
    from models.outbox import Message

inbox = typer.Typer(help="What people sent that is not handled yet, or could not be.", invoke_without_command=True)
outbox = typer.Typer(help="What should be on people's screens and is not.", invoke_without_command=True)
Failed = Annotated[bool, typer.Option("--failed", help="Whose last try failed: tried again, or given up.")]
FORGOTTEN = "Its words were forgotten a week after it was due, so there is nothing left to send."


@inbox.callback()
def list_inbox(context: typer.Context, agency: AgencyOption = None) -> None:
    """List what waits and what is parked after three tries, each with its reference."""
    if context.invoked_subcommand is not None:
        return

    async def run() -> "tuple[Stack, Stack]":
        from models import backlog

        async with database() as opened, opened.reading() as session:
            of = await _agency(session, agency)
            return await backlog.waiting(session, agency_id=of), await backlog.parked(session, agency_id=of)

    now = _now()
    for name, stack in zip(("waiting", "parked"), asyncio.run(run()), strict=True):
        for line in _lines(name, stack, now):
            typer.echo(line)


@inbox.command()
def replay(reference: Annotated[str, typer.Argument(metavar="REF", help="As the person was told.")]) -> None:
    """Let something parked be handled again, by the running bot or the next one."""

    async def run() -> bool:
        from models import backlog
        from models.inbox import of_reference

        number = of_reference(reference)
        if number is None:
            return False
        async with database() as opened, opened.transaction() as session:
            return await backlog.replay(session, number, now=_now())

    if not asyncio.run(run()):
        fail(f"Nothing is parked as {reference}. `harian inbox` lists what is.")
    typer.echo(f"{reference} waits again. `harian inbox` tells when it has been handled.")


@outbox.callback()
def list_outbox(context: typer.Context, failed: Failed = False, agency: AgencyOption = None) -> None:
    """List messages that are due and not shown; with --failed those whose last try failed, and why."""
    if context.invoked_subcommand is not None:
        return
    now = _now()

    async def run() -> "Stack":
        from models import backlog

        async with database() as opened, opened.reading() as session:
            of = await _agency(session, agency)
            if failed:
                return await backlog.failed(session, agency_id=of)
            return await backlog.standing(session, now=now, agency_id=of)

    for line in _lines("failed" if failed else "standing", asyncio.run(run()), now):
        typer.echo(line)


@outbox.command()
def retry(number: Annotated[int, typer.Argument(metavar="NO", help="The message's number in the list.")]) -> None:
    """Want one message on the screen once more, drawn as things stand then."""

    async def run() -> None:
        from models import backlog, kinds
        from models.outbox import Message

        async with database() as opened, opened.transaction() as session:
            row = await session.get(Message, number)
            if row is None:
                fail(f"There is no message no. {number}.", code=USAGE)
            if row.kind == kinds.SAY and not row.has_words:
                fail(FORGOTTEN)
            if row.expires_at is not None and row.expires_at <= _now() and row.message_id is None:
                fail("Its time is over: it would say what is not true any more.")
            await backlog.send_again(session, row, now=_now())

    asyncio.run(run())
    typer.echo(f"No. {number} is wanted again; it is sent as soon as its reader can be reached.")


async def _agency(session: "Session", code: str | None) -> int | None:
    """All agencies unless one is named: the queues belong to the machine."""
    return (await agency_of(session, code)).id if code is not None else None


def _now() -> datetime:
    from bot.clock import system

    return system()


def _lines(name: str, stack: "Stack", now: datetime) -> Iterator[str]:
    from models.inbox import Update

    since = f", the oldest for {age(now - stack.oldest_at)}" if stack.oldest_at else ""
    yield f"{name}: {stack.count}{since}"
    for row in stack.rows:
        yield "  " + (_update(row, now) if isinstance(row, Update) else _message(row, now))
    if stack.count > len(stack.rows):
        yield f"  … and {stack.count - len(stack.rows)} more"


def _update(row: "Update", now: datetime) -> str:
    from models.inbox import SAID, reference_of

    kind = next((key for key in sorted(SAID) if key in row.payload), "other")
    where = {1: "private", -1: "group"}.get((row.chat_id > 0) - (row.chat_id < 0), "nowhere")
    failure = f"{row.tries} tries, {row.failure}" if row.failure else ""
    return f"{reference_of(row.update_id):<8} {age(now - row.received_at):<7} {kind:<15} {where:<8} {failure}".rstrip()


def _message(row: "Message", now: datetime) -> str:
    state = "given up" if row.failure and row.revision == row.shown_revision else f"{row.attempts} attempts"
    failure = f"{state}, {row.failure}" if row.failure else state
    where = "private" if row.chat_id > 0 else "group"
    return f"{row.id:<8} {age(now - row.due_at):<7} {row.kind:<15} {where:<8} {failure}"
