"""What is remembered of choices: whose, which, and for whom; against a model that is a plain dictionary."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import remembered
from models.activities import Activity
from models.agencies import Agency, Unit
from models.database import Database, Session
from models.employees import Employee
from models.reading.memory import Remembered, normalised, recall
from models.remembered import NO_TARGET
from models.targets import Target

ANI, BUDI, CITRA, DEWI = range(4)
"""Ani, Budi and Citra share an agency; Dewi is of another, in which the targets have the same names."""
COLLEAGUES: dict[int, set[int]] = {ANI: {BUDI, CITRA}, BUDI: {ANI, CITRA}, CITRA: {ANI, BUDI}, DEWI: set()}
HELD = {
    ANI: {"1": "Penataan arsip", "2": "Pelayanan tamu"},
    BUDI: {"A": "Penataan arsip", "B": "Pengelolaan surat"},
    CITRA: {"1": "Pengelolaan surat", "2": "Penataan arsip"},
    DEWI: {"1": "Penataan arsip", "2": "Pelayanan tamu"},
}
"""Code → title; the same code may stand for other work."""
SAID = ("melabeli boks", "Melabeli boks tgl 3", "menjilid buku tamu", "jilid buku tamu", "mengetik daftar")


class Choice(NamedTuple):
    """`code` None: it serves no target."""

    who: int
    said: str
    code: str | None
    corrected: bool
    on: date


def choices_of(who: int) -> st.SearchStrategy[Choice]:
    codes = st.sampled_from([*HELD[who], None])
    days = st.dates(date(2026, 11, 2), date(2026, 11, 6))
    return st.builds(Choice, st.just(who), st.sampled_from(SAID), codes, st.booleans(), days)


CHOICES = st.lists(st.sampled_from(range(4)).flatmap(choices_of), max_size=14)
Kept = dict[tuple[int, str], Choice]
rules = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Office(NamedTuple):
    people: Sequence[Employee]
    targets: Sequence[Sequence[Target]]

    async def known_to(self, session: Session, who: int) -> list[Remembered]:
        return await remembered.known_to(session, self.people[who], self.targets[who])


async def office(session: Session) -> Office:
    """Two agencies that nobody has used yet."""
    ours, theirs = (Agency(code=uuid.uuid4().hex, name="Kantor Contoh") for _ in range(2))
    session.add_all([ours, theirs])
    await session.flush()
    units = {agency.id: Unit(agency_id=agency.id, code="U", name="Bagian Umum") for agency in (ours, theirs)}
    session.add_all(units.values())
    await session.flush()
    homes = [theirs if who == DEWI else ours for who in HELD]
    people = [
        Employee(agency_id=home.id, nip=f"{who:018}", name=f"Pegawai {who}", unit_id=units[home.id].id)
        for who, home in enumerate(homes)
    ]
    session.add_all(people)
    await session.flush()
    targets = [[_target(people[who], code, title) for code, title in HELD[who].items()] for who in HELD]
    session.add_all([target for own in targets for target in own])
    await session.flush()
    return Office(people, targets)


def _target(holder: Employee, code: str, title: str) -> Target:
    return Target(
        agency_id=holder.agency_id,
        employee_id=holder.id,
        code=code,
        title=title,
        planned=Decimal(12),
        measure="berkas",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )


async def choose(session: Session, office: Office, made: Sequence[Choice]) -> Kept:
    """Remember all of them; by person and wording, the last that was chosen."""
    for choice in made:
        ids = {target.code: target.id for target in office.targets[choice.who]}
        person = office.people[choice.who]
        activity = Activity(
            agency_id=person.agency_id, employee_id=person.id, worked_on=choice.on, description=choice.said
        )
        chosen = ids[choice.code] if choice.code else None
        await remembered.remember(session, person, activity, chosen, correction=choice.corrected, on=choice.on)
    return {(choice.who, normalised(choice.said)): choice for choice in made}


def expected(kept: Kept, who: int) -> list[Remembered]:
    codes = {title: code for code, title in HELD[who].items()}
    found = []
    for (whose, wording), choice in kept.items():
        if whose == who:
            code = choice.code or NO_TARGET
        elif whose in COLLEAGUES[who] and choice.code and HELD[whose][choice.code] in codes:
            code = codes[HELD[whose][choice.code]]
        else:
            continue
        found.append(Remembered(wording, code, whose == who, choice.corrected, choice.on))
    return found


def in_order(links: Sequence[Remembered]) -> list[Remembered]:
    return sorted(links, key=lambda link: (link.own, link.wording, link.target_code, link.corrected, link.confirmed_on))


@given(made=CHOICES)
@rules
async def test_known_is_the_last_choice_for_each_wording_ones_own_and_ones_colleagues(
    database: Database, made: list[Choice]
) -> None:
    async with database.transaction() as session:
        staff = await office(session)
        kept = await choose(session, staff, made)
        for who in HELD:
            known = await staff.known_to(session, who)
            assert in_order(known) == in_order(expected(kept, who))
            mine = [link.confirmed_on for link in known if link.own]
            assert mine == sorted(mine, reverse=True)


@given(made=CHOICES, said=st.sampled_from(SAID))
@rules
async def test_ones_own_choice_decides_then_colleagues_corrections_then_what_they_agree_on(
    database: Database, made: list[Choice], said: str
) -> None:
    async with database.transaction() as session:
        staff = await office(session)
        kept = await choose(session, staff, made)
        for who in HELD:
            recalled = recall(said, await staff.known_to(session, who))
            links = [link for link in expected(kept, who) if link.wording == normalised(said)]
            best = max(((link.own, link.corrected and not link.own) for link in links), default=None)
            codes = {link.target_code for link in links if (link.own, link.corrected and not link.own) == best}
            assert (recalled.target_code if recalled else None) == (codes.pop() if len(codes) == 1 else None)


@given(made=CHOICES, which=st.integers(0, 20))
@rules
async def test_one_or_all_of_ones_own_is_forgotten_and_nobody_elses(
    database: Database, made: list[Choice], which: int
) -> None:
    async with database.transaction() as session:
        staff = await office(session)
        kept = await choose(session, staff, made)
        ani, budi = staff.people[ANI].id, staff.people[BUDI].id
        theirs = await remembered.of_person(session, budi)
        assert [await remembered.forget(session, ani, link_id=row.id) for row in theirs] == [0] * len(theirs)

        mine = await remembered.of_person(session, ani)
        if mine:
            gone = mine[which % len(mine)]
            assert await remembered.forget(session, ani, link_id=gone.id) == 1
            del kept[ANI, gone.wording]
        assert {row.wording for row in await remembered.of_person(session, ani)} == {w for p, w in kept if p == ANI}

        assert await remembered.forget(session, ani) == sum(person == ANI for person, _ in kept)
        rest = {key: choice for key, choice in kept.items() if key[0] != ANI}
        for who in HELD:
            assert in_order(await staff.known_to(session, who)) == in_order(expected(rest, who))
