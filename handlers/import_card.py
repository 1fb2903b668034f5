"""The card of a file sent for an import: what it would change, or what is wrong with it; and all of that as a file."""

from datetime import datetime
from functools import partial
from pathlib import PurePath

from handlers.problems import word
from handlers.screens import Button, Rows, Screen
from handlers.texts import Words, words
from handlers.wording import short
from models.database import Session
from models.employees import Employee
from models.imports import Count, keeping
from models.outbox import Message
from models.uploads import APPLIED, LET_GO, SPOILT, Upload

PROBLEMS_SHOWN = 10


async def import_card(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    upload = await session.get(Upload, card.arguments["upload"])
    if upload is None:
        return Screen(w.t("This file is no longer kept. Please send it again."))
    title = w.t("<b>Import</b> of {name}", name=short(upload.name, 60))
    if upload.status == SPOILT:
        return Screen("\n".join([title, *_problems(w, upload)]), _as_evidence(w, upload), ((upload.id, 1),))
    counts = _counts(w, keeping.load_counts(upload.counts))
    if upload.status == APPLIED:
        done = w.t("✅ Applied. Links for new people: /admin, or <code>harian invite</code>.")
        return Screen("\n".join([title, *counts, done]))
    if upload.status == LET_GO:
        return Screen(f"{title}\n" + w.t("Let go; nothing was stored."))
    if not _changes(upload):
        nothing = w.t("Everything is stored so already; there is nothing to apply.")
        return Screen("\n".join([title, *counts, nothing]), _as_evidence(w, upload), ((upload.id, 1),))
    rows: Rows = ((Button(w.plain("✅ Apply"), "import_apply"), Button(w.plain("Let go"), "import_drop")),)
    text = "\n".join([title, *counts, w.t("Nothing is stored yet.")])
    return Screen(text, (*rows, *_as_evidence(w, upload)), ((upload.id, 1),))


def _changes(upload: Upload) -> bool:
    return any(count.created or count.updated for count in keeping.load_counts(upload.counts).values())


def _counts(w: Words, counts: dict[str, Count]) -> list[str]:
    return [
        w.t(
            "{sheet}: {new} new, {changed} changed, {same} as before",
            sheet=sheet,
            new=count.created,
            changed=count.updated,
            same=count.unchanged,
        )
        for sheet, count in counts.items()
    ]


def _problems(w: Words, upload: Upload) -> list[str]:
    problems = keeping.load_problems(upload.problems)
    count = w.many(
        "One problem, so nothing can be applied:", "{count} problems, so nothing can be applied:", len(problems)
    )
    lines = [
        w.t("{n}. {sentence}", n=n, sentence=short(word(problem, w), 300))
        for n, problem in enumerate(problems[:PROBLEMS_SHOWN], 1)
    ]
    if len(problems) > PROBLEMS_SHOWN:
        lines.append(w.t("All of them stand in the file below."))
    return [count, *lines, w.t("Put it right in the file and send it again.")]


def _as_evidence(w: Words, upload: Upload) -> Rows:
    return ((Button(w.plain("📎 It is evidence of my work"), "import_evidence"),),)


async def problems_file(session: Session, card: Message, now: datetime) -> Screen | None:
    """Every problem, one a line, as a text file."""
    person = await session.get_one(Employee, card.employee_id)
    upload = await session.get(Upload, card.arguments["upload"])
    if upload is None or card.message_id is not None:
        return None
    w = words(person.language)
    lines = tuple(word(problem, w) for problem in keeping.load_problems(upload.problems))
    caption = w.many("One problem", "All {count} problems", len(lines))
    name = f"{PurePath(upload.name).stem[:40]}.txt"
    return Screen(caption, document=partial(_text_file, lines), file_name=name, silent=True)


def _text_file(lines: tuple[str, ...]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8-sig")
