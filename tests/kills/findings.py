"""What has to be found after the kills: nothing lost, nothing done twice, nothing stuck."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from sqlalchemy import text
from sqlmodel import col, select

from models import activities, audit, inbox
from models.activities import APPROVED, RETURNED, Activity
from models.agencies import Agency
from models.audit import AuditEntry
from models.database import Database, Session
from models.leases import Lease
from models.outbox import Message
from models.replies import Reply
from tests.kills.siege import BY_CLOCK, KEY, Siege
from tests.kills.watching import Sent

DECISIONS = ("approved", "undone", "returned")
TOAST = re.compile(r"(\d+|Satu) kegiatan disetujui")


async def examine(siege: Siege) -> dict[str, object]:
    """Compare what is found with what people did; the figures. Raises: AssertionError."""
    database = Database(siege.database_url, key=KEY.encode())
    try:
        async with database.reading() as session:
            await _sound(session, database)
            await _every_word_is_there(session, siege)
            decisions = await _every_decision_stands_once(session, siege)
            shown = await _each_is_shown_once(session, siege)
            await _nothing_is_stuck(session)
    finally:
        await database.close()
    return {**dict(siege.figures), **dict(siege.bustle.done), **decisions, **shown}


async def _sound(session: Session, database: Database) -> None:
    connection = await session.connection()
    if database.is_sqlite:
        assert (await connection.execute(text("PRAGMA integrity_check"))).scalars().all() == ["ok"]
        assert (await connection.execute(text("PRAGMA foreign_key_check"))).all() == []
    else:
        await connection.execute(text("CREATE EXTENSION IF NOT EXISTS amcheck"))
        tables = "SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        found = await connection.execute(text(f"SELECT h.* FROM ({tables}) t, verify_heapam(t.oid) h"))
        assert found.all() == []
        indexes = f"SELECT i.indexrelid, indisunique FROM pg_index i WHERE i.indrelid IN ({tables})"
        await connection.execute(text(f"SELECT bt_index_check(indexrelid, true) FROM ({indexes}) i"))
    agency = (await session.exec(select(Agency.id))).one()
    verdict = await audit.verify(session, agency)
    assert verdict.fault is None, verdict


async def _every_word_is_there(session: Session, siege: Siege) -> None:
    """Each report as it reads after its last edit, with the one activity it tells of, on a card that is shown."""
    replies = (await session.exec(select(Reply))).all()
    found = sorted((reply.chat_id, reply.message_id, reply.text) for reply in replies)
    written = sorted((report.chat, report.message, report.text) for report in siege.bustle.reports)
    assert found == written
    told: dict[int | None, list[str]] = defaultdict(list)
    for activity in (await session.exec(select(Activity).where(col(Activity.status).in_(activities.STANDING)))).all():
        told[activity.reply_id].append(activity.description)
    assert [(reply, told[reply.id]) for reply in replies if told[reply.id] != [reply.text[3:]]] == []
    cards = dict((await session.exec(select(Message.key, Message.message_id))).all())
    assert [reply.id for reply in replies if cards.get(reply.card) is None] == []


async def _every_decision_stands_once(session: Session, siege: Siege) -> dict[str, object]:
    """The chain of the audit, the rows and the words that people saw tell the same story."""
    story: dict[int, list[tuple[str, int]]] = defaultdict(list)
    query = select(AuditEntry).where(col(AuditEntry.act).in_(DECISIONS)).order_by(col(AuditEntry.number))
    for entry in (await session.exec(query)).all():
        for activity, revision in entry.details["activities"]:
            story[activity].append((entry.act, revision))
    for activity, acts in story.items():
        revisions = [revision for _, revision in acts]
        assert revisions == sorted(set(revisions)), f"decided twice: {activity} {acts}"
        for (before, _), (after, _) in zip([("", 0), *acts], acts, strict=False):
            assert after != "undone" or before == "approved", f"undone without an approval: {acts}"
    for row in (await session.exec(select(Activity).where(col(Activity.status).in_((APPROVED, RETURNED))))).all():
        assert story[row.id][-1:] == [(row.status, row.revision)], f"{row.status} {row.revision}: {story[row.id]}"
    acts_done = Counter(act for acts in story.values() for act, _ in acts)
    toasts = [found.group(1) for said in siege.world.toasts if (found := TOAST.match(said))]
    promised = sum(1 if number == "Satu" else int(number) for number in toasts)
    assert promised <= acts_done["approved"], "somebody read that it was approved, and it was not"
    reasons = set((await session.exec(select(Activity.reason).where(col(Activity.reason).is_not(None)))).all())
    assert reasons <= siege.bustle.reasons
    return {**{act: acts_done[act] for act in DECISIONS}, "approvals read by people": promised}


async def _each_is_shown_once(session: Session, siege: Siege) -> dict[str, object]:
    """Each message once; a second time only what was under way at a kill, and its row says so."""
    by_row: dict[int, list[Sent]] = defaultdict(list)
    for sent in siege.world.sent:
        by_row[sent.row].append(sent)
    repeats: Counter[str] = Counter()
    for row, sends in by_row.items():
        for before, after in pairwise(sends):
            if after.new_from > before.revision:
                continue  # wanted anew
            assert after.attempts > 1, f"a repeat that does not say so: {before} {after}"
            assert row in siege.in_flight, f"not under way at any kill: {before} {after}"
            repeats[after.kind] += 1
    rows = {row.id: row for row in (await session.exec(select(Message))).all()}
    assert siege.world.unclaimed == []
    for row in rows.values():
        if row.message_id is not None:
            assert by_row[row.id], f"nobody has seen it: {row}"
    first = Counter(rows[row].kind for row in by_row if row in rows)
    return {
        "messages sent": len(siege.world.sent),
        **{f"  {kind}": first[kind] for kind in sorted(BY_CLOCK)},
        "repeats": repeats.total(),
        "repeats by kind": dict(repeats),
    }


async def _nothing_is_stuck(session: Session) -> None:
    assert (
        await session.exec(select(inbox.Update.update_id).where(col(inbox.Update.handled_at).is_(None)))
    ).all() == []
    tried = select(inbox.Update.update_id, inbox.Update.failure).where(inbox.Update.tries > 0)
    assert (await session.exec(tried)).all() == []
    stuck = (Message.revision > Message.shown_revision) | col(Message.claimed_by).is_not(None)
    assert (await session.exec(select(Message.key, Message.failure).where(stuck))).all() == []
    failed = select(Message.key, Message.failure).where(col(Message.failure).is_not(None), Message.failure != "expired")
    assert (await session.exec(failed)).all() == []
    assert (await session.exec(select(Lease.name))).all() == []


def table(title: str, figures: dict[str, object]) -> str:
    width = max(len(name) for name in figures)
    return "\n".join([title, *(f"  {name:<{width}}  {value}" for name, value in figures.items())])
