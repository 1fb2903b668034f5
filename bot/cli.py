"""The command line: `harian` and `python -m bot`. A table of contents; the commands are in `bot/commands`."""

import gc
import sys

import typer

from bot.commands import (
    appraising,
    auditing,
    checking,
    demo,
    erasing,
    exporting,
    importing,
    inviting,
    keeping,
    moving,
    post,
    reading,
    service,
)

app = typer.Typer(name="harian", help="Daily work reports in Telegram.", no_args_is_help=True, add_completion=False)

app.command()(demo.demo)
app.command()(appraising.appraise)
app.command()(service.run)
app.command()(checking.check)
app.command("import")(importing.import_)
app.command("invite")(inviting.invite)
app.command()(service.tick)
app.command("read")(reading.read)
app.command()(erasing.erase)
app.command()(erasing.vacuum)
app.command()(keeping.backup)
app.command()(keeping.restore)
app.command("copy-database")(moving.copy_database)
app.add_typer(post.inbox, name="inbox")
app.add_typer(post.outbox, name="outbox")
app.add_typer(auditing.audit, name="audit")
app.add_typer(exporting.export, name="export")


ROUND_OF_COLLECTOR = 10_000
"""New objects between two rounds of Python's cycle collector: at its own 700 it takes an eighth of a start's time."""


def main() -> None:
    gc.set_threshold(ROUND_OF_COLLECTOR)
    try:
        app()
    except Exception as error:
        from sqlalchemy.exc import OperationalError, ProgrammingError  # only now: a start shall not wait for it

        if not isinstance(error, OperationalError | ProgrammingError):
            raise
        sys.exit(f"The database cannot be used ({type(error.orig).__name__}): `harian check` says why.")
