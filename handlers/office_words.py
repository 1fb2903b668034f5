"""`/istilah`: the office's own abbreviations and synonyms; everybody sees them, an admin changes them."""

from telegram import Update

from handlers.context import Context
from handlers.screens import fitting
from handlers.wording import refuse
from models import employees, office_words
from models.refusals import Refusal

REMOVE = ("hapus ", "remove ")


async def words_of_the_office(update: Update, context: Context) -> None:
    """`/istilah`, `/istilah monev = monitoring dan evaluasi`, `/istilah hapus monev`."""
    given = " ".join(context.args or [])
    try:
        if not given:
            await _list(context)
        elif context.employee.role != employees.ADMIN:
            await context.say(context.words.t("Only an admin can change the words of the office."))
        elif given.lower().startswith(REMOVE):
            await _remove(context, given.split(" ", 1)[1])
        else:
            await _teach(context, given)
    except Refusal as refusal:
        await context.say(refuse(context.words, refusal))


async def _list(context: Context) -> None:
    w = context.words
    rows = await office_words.of_agency(context.session, context.employee.agency_id)
    lines: list[str] = [w.t("<b>Words of the office</b>")]
    written = [w.t("{word} = {meaning}", word=row.word, meaning=row.meaning) for row in rows]
    shown = fitting(written)
    lines += written[:shown]
    if not rows:
        lines.append(w.t("None yet."))
    if shown < len(rows):
        lines.append(w.many("… and one more", "… and {count} more", len(rows) - shown))
    if context.employee.role == employees.ADMIN:
        lines += ["", w.t("Add: <i>/istilah monev = monitoring dan evaluasi</i>. Remove: <i>/istilah hapus monev</i>.")]
    await context.say("\n".join(lines))


async def _remove(context: Context, word: str) -> None:
    w = context.words
    if await office_words.unlearn_by(context.session, context.employee, word, now=context.now):
        await context.say(w.t("“{word}” is no longer a word of the office.", word=word))
    else:
        await context.say(w.t("I do not know “{word}”. /istilah shows all of them.", word=word))


async def _teach(context: Context, given: str) -> None:
    word, _, meaning = given.partition("=")
    await office_words.teach_by(context.session, context.employee, word, meaning, now=context.now)
    text = context.words.t("Noted: {word} = {meaning}.", word=word.strip().lower(), meaning=meaning.strip())
    await context.say(text)
