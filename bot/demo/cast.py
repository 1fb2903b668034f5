"""The people and groups of the demo, as phones: which are shown first, and which on demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.demo.seeding import Seeded, replies_of
from bot.sandbox.people import groups, phones
from bot.sandbox.world import World
from models import employees
from models.agencies import Unit
from models.database import Session
from models.employees import Employee

FIRST = ("Ani", "Budi")
"""First names of the employee and the supervisor with whom the demo opens."""
SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Cast:
    """The page's list of phones, and the people who are not on it at first."""

    phones: dict[str, Any]
    extras: tuple[Employee, ...] = ()


async def enter(session: Session, world: World, seeded: Seeded) -> Cast:
    """Give everybody a phone and each unit its group."""
    for person in seeded.people:
        phone = phones.new_person(world, person.name, id=person.telegram_id)
        phone.started = True
    for unit in seeded.units:
        await _open_group(session, world, unit)
    units = {unit.id: unit for unit in seeded.units}
    budi = next(person for person in seeded.people if person.name.startswith(FIRST[1]))
    home = units[budi.unit_id]
    team = [person for person in seeded.people if person.superior_id == budi.id]
    team.sort(key=lambda person: not person.name.startswith(FIRST[0]))
    shown = [*team[:2], budi]
    others = [person for person in seeded.people if person not in shown]
    more = [*(_phone(person, units) for person in others), *(_group(u) for u in seeded.units if u is not home)]
    first = [*(_phone(person, units) for person in shown), _group(home)]
    return Cast({"phones": first, "more": more}, tuple(others))


async def _open_group(session: Session, world: World, unit: Unit) -> None:
    members: Sequence[Employee] = await employees.members(session, unit.id)
    accounts = [person.telegram_id for person in members if person.telegram_id is not None]
    leader = world.person(accounts[0])
    chat = groups.new_group(world, unit.name, leader, type="supergroup")
    for account in accounts[1:]:
        groups.join(world, world.person(account), chat)
    groups.add_bot(world, leader, chat, startgroup=None)
    unit.chat_id = chat.id


def _phone(person: Employee, units: dict[int, Unit]) -> dict[str, Any]:
    leads = person.position.startswith(("Kepala", "Sekretaris"))
    unit = units.get(person.unit_id)
    return {
        "person": person.telegram_id,
        "name": person.name,
        "role_id": "atasan" if leads else "pegawai",
        "position": person.position,
        "unit": unit.name if unit else "",
        "suggestions": replies_of(person)[:SUGGESTIONS],
    }


def _group(unit: Unit) -> dict[str, Any]:
    return {"chat": unit.chat_id, "name": unit.name, "role_id": "grup", "position": "", "unit": unit.name}
