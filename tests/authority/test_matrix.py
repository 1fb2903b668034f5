"""Who may do what: every command, button and typed answer, tried by everybody, against one table; and forged taps."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select
from telegram.ext import CommandHandler

from handlers.answers import ANSWERS
from handlers.buttons import TAPS
from models.employees import Employee
from tests.authority import cast
from tests.authority.cast import ROLES
from tests.authority.scenes import COMMANDS, SCENES
from tests.authority.trial import trying
from tests.authority.tries import Tries
from tests.authority.walk import Walk
from tests.databases import ON_SQLITE
from tests.stage import Stage

MATRIX = Path(__file__).with_name("matrix.txt")


@pytest.fixture
def seldom_collected() -> Iterator[None]:
    """Python's cycle collector takes a fifth of the time of so many small sessions."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    yield
    gc.set_threshold(*before)


def line(name: str, row: dict[str, str]) -> str:
    return f"{name:<38}" + "".join(f"{row[role]:<5}" for role in ROLES).rstrip()


def wanted() -> dict[str, str]:
    """The table's rows by name."""
    lines = [one for one in MATRIX.read_text().splitlines() if one.startswith(("say ", "tap ", "answer "))]
    return {one[:38].rstrip(): one for one in lines}


@ON_SQLITE
@pytest.mark.usefixtures("seldom_collected")
@pytest.mark.timeout(300)
async def test_everybody_tries_everything(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        await cast.gather(session, now=stage.clock())
        people = {one.telegram_id: one.id for one in (await session.exec(select(Employee))).all() if one.telegram_id}
    handlers = stage.process.application.handlers[0]
    commands = sorted({name for one in handlers if isinstance(one, CommandHandler) for name in one.commands})
    async with trying(stage.process, stage.clock) as trial:
        walk = Walk(trial, Tries(trial, people))
        await walk.play(SCENES)
        await walk.say(commands, COMMANDS)
    taps = {f"tap {kind} {verb}" for kind, verbs in TAPS.items() for verb in verbs}
    everything = taps | {f"answer {kind}" for kind in ANSWERS} | {f"say /{name}" for name in commands}
    assert sorted(everything - walk.table.keys()) == [], "no scene leads there: add one, or forge it"
    found = {name: line(name, row) for name, row in walk.table.items()}
    table = wanted()
    others = [name for name in sorted(table | found) if table.get(name) != found.get(name)]
    said = "\n".join(f"- {table.get(name)}\n+ {found.get(name)}" for name in others)
    assert not others, f"matrix.txt says who may (-); found (+):\n{said}"
    assert walk.amiss == [], "arguments nobody's button carries"
