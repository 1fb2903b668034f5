"""The demo's office holds what the design asks of an office."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from bot.sandbox import office
from models import agencies, employees, targets
from models.database import Database
from models.imports import import_files, read
from tests.imports.office import NOW


async def test_every_unit_goal_is_served_by_five_members_and_serves_the_agency(database: Database) -> None:
    async with database.transaction() as session:
        result = await import_files(session, office.files(2026), agency_code=None, now=NOW)
        assert result.problems == ()
        assert result.agency is not None
        root, *units = sorted(await agencies.units_of(session, result.agency.id), key=lambda unit: unit.parent_id or 0)
        assert len(await targets.goals_of(session, root.id)) == 3
        sizes = []
        for unit in units:
            members = await employees.members(session, unit.id)
            assert [await employees.is_head(session, person, unit) for person in members].count(True) == 1
            goals = await targets.goals_of(session, unit.id)
            for goal in goals:
                holders = {employee_id for employee_id, _ in await targets.holders_below(session, goal)}
                assert len(holders & {person.id for person in members}) >= 5
                assert goal.parent_id is not None
                above = await session.get_one(targets.Target, goal.parent_id)
                assert above.unit_id == root.id
            sizes.append((len(members), len(goals)))
        assert sorted(sizes) == [(6, 3), (7, 4)]


def test_everybody_has_four_to_eight_targets_and_five_days_of_replies() -> None:
    sheets = read(office.files(2026))
    people = [row["nip"] for row in sheets.of("pegawai")]
    held = Counter(row["nip"] for row in sheets.of("target") if row.get("nip"))
    assert all(4 <= held[nip] <= 8 for nip in people)
    days = defaultdict(list)
    for reply in office.replies():
        assert reply.text.strip()
        days[reply.nip].append(reply.workday)
    assert days == {nip: [1, 2, 3, 4, 5] for nip in people}


def test_an_office_that_starts_late_owes_its_share() -> None:
    """From 1 October there are 92 of 365 days left; a milestone is still 100 percent."""
    whole, late = (read(office.files(2026, starts_on=start)) for start in (None, date(2026, 10, 1)))
    assert late.problems == ()
    for before, after in zip(whole.of("target"), late.of("target"), strict=True):
        assert (after["mulai"], after["selesai"]) == (date(2026, 10, 1), date(2026, 12, 31))
        if before["satuan"] != "persen":
            assert abs(after["target"] - before["target"] * 92 / 365) <= Decimal("0.5")
        else:
            assert after["target"] == 100
