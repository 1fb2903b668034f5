"""What follows when people's roles change."""

from datetime import datetime

from models import menus, roles
from models.database import Session
from scheduler.office import Office


async def bring_menus(session: Session, now: datetime) -> int:
    """Whoever has joined, speaks another language or has another role since: their menu of commands, once each."""
    office = await Office.look(session, now)
    people = {place.person.id: place.person for place in office}
    found = await roles.of_people(session, {place.person.id: place.today for place in office}, people.values())
    brought = 0
    for id_, may in found.items():
        mark = may.mark(people[id_].language)
        if not menus.is_wanted(people[id_], mark):
            brought += await menus.want(session, people[id_], mark, now=now)
    return brought
