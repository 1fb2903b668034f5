"""The audit in plain lines: who did what, from which account. For the command line, so without any HTML."""

from zoneinfo import ZoneInfo

from handlers.audit_sentences import SENTENCES, Book
from handlers.texts import Words
from models.audit import AuditEntry
from models.employees import Employee


def heading(w: Words, person: Employee, zone: ZoneInfo) -> str:
    return w.plain("{name} ({nip}), times in {zone}", name=person.name, nip=person.nip, zone=zone.key)


def nothing(w: Words) -> str:
    return w.plain("Nothing is recorded about this person yet.")


def line(w: Words, entry: AuditEntry, book: Book, zone: ZoneInfo) -> str:
    """`12  2026-11-24 16:30:05  Budi Santoso [Telegram 1002]: menyetujui 2 kegiatan (no. 7, 8) – Ani Lestari`"""
    at = entry.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    actor = f"{book.person(entry.actor_id)} " if entry.actor_id is not None else ""
    of = f" – {book.person(entry.employee_id)}" if entry.employee_id not in (None, entry.actor_id) else ""
    return f"{entry.number:>6}  {at}  {actor}[{_account(w, entry.account)}]: {said(w, entry, book)}{of}"


def _account(w: Words, account: str) -> str:
    kind, _, who = account.partition(":")
    if kind == "telegram":
        return f"Telegram {who}"
    return w.plain("command line, {who}", who=who) if kind == "cli" else w.plain("by itself")


def said(w: Words, entry: AuditEntry, book: Book) -> str:
    """What was done; an act that nobody has put into words is shown as it is kept."""
    sentence = SENTENCES.get(entry.act)
    if sentence is None:
        pieces = [f"{name}={value}" for name, value in sorted(entry.details.items())]
        return f"{entry.act} ({', '.join(pieces)})" if pieces else entry.act
    return sentence(w, entry.details, book)
