"""Photos, albums, files, links, places and voice notes: evidence of the activity that is named, or of the day."""

from collections.abc import Iterator
from datetime import date, datetime

from telegram import Message as Sent
from telegram import MessageEntity, Update

from handlers.context import Context
from handlers.screens import Button, Screen
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from handlers.wording import short
from models import activities, cards, evidence, kinds, outbox, work_done
from models.activities import Activity
from models.database import Session
from models.employees import Employee
from models.evidence import FILE, LINK, PHOTO, PLACE, VOICE, Evidence
from models.outbox import Message
from models.refusals import Refusal
from models.replies import Reply
from models.uploads import Upload

CHOICES = 6


async def receive_evidence(update: Update, context: Context) -> None:
    """Something without a caption."""
    if update.effective_message is not None:
        await ask(context, update.effective_message)


async def ask(context: Context, message: Sent) -> bool:
    """Keep what a message carries for the day, and ask once which activity it belongs to; whether it carried any."""
    if not await keep(context, message):
        return False
    earlier = await evidence.of_album(context.session, message.chat.id, message.media_group_id or "-")
    group = message.media_group_id or f"m{message.message_id}"
    if earlier is not None and earlier.activity_id is not None:
        activity = await context.session.get_one(Activity, earlier.activity_id)
        await attach_to(context, message, activity)
        return True
    await context.show(
        f"evidence:{message.chat.id}:{group}",
        kinds.EVIDENCE_CARD,
        group=group,
        day=context.act.local_date(message.date).isoformat(),
        voice=message.voice is not None and not context.act.transcript,
    )
    return True


async def keep(context: Context, message: Sent) -> bool:
    """Store what a message carries, under its day; whether it carried anything."""
    person, found = context.employee, list(_carried(message))
    for kind, reference, unique, name in found:
        await evidence.keep(
            context.session,
            Evidence(
                agency_id=person.agency_id,
                employee_id=person.id,
                day=context.act.local_date(message.date),
                kind=kind,
                reference=reference,
                unique_reference=unique,
                name=name,
                chat_id=message.chat.id,
                message_id=message.message_id,
                album=message.media_group_id or "",
                received_at=context.now,
            ),
        )
    return bool(found)


async def keep_file(context: Context, upload: Upload) -> None:
    """A file that was taken for something else: keep it for its day, and ask which activity it belongs to."""
    person, day = context.employee, context.act.local_date(upload.sent_at)
    piece = Evidence(
        agency_id=person.agency_id,
        employee_id=person.id,
        day=day,
        kind=FILE,
        reference=upload.reference,
        unique_reference=upload.unique_reference,
        name=upload.name,
        chat_id=upload.chat_id,
        message_id=upload.message_id,
        received_at=context.now,
    )
    await evidence.keep(context.session, piece)
    group = f"m{upload.message_id}"
    key = f"evidence:{upload.chat_id}:{group}"
    await context.show(key, kinds.EVIDENCE_CARD, group=group, day=day.isoformat(), voice=False)


def _carried(message: Sent) -> Iterator[tuple[str, str, str, str]]:
    """(kind, reference, unique reference, name) of everything in a message."""
    if message.photo:
        best = message.photo[-1]
        yield PHOTO, best.file_id, best.file_unique_id, ""
    if message.document:
        yield FILE, message.document.file_id, message.document.file_unique_id, message.document.file_name or ""
    if message.video:
        yield FILE, message.video.file_id, message.video.file_unique_id, message.video.file_name or "video"
    if message.voice:
        yield VOICE, message.voice.file_id, message.voice.file_unique_id, ""
    if message.location:
        yield PLACE, f"{message.location.latitude},{message.location.longitude}", "", ""
    links = [*message.parse_entities([MessageEntity.URL]).values()]
    links += [*message.parse_caption_entities([MessageEntity.URL]).values()]
    for link in links:
        yield LINK, link, "", link


async def attach_to(context: Context, message: Sent, activity: Activity) -> None:
    """Hang what a message carries under an activity, together with the rest of its album."""
    groups = [f"m{message.message_id}", *([message.media_group_id] if message.media_group_id else [])]
    for group in groups:
        pieces = await evidence.loose(context.session, context.employee.id, chat_id=message.chat.id, group=group)
        await evidence.attach(context.session, pieces, activity)
    await _show_it(context, activity)


async def _show_it(context: Context, activity: Activity) -> None:
    """Its owner and the reviewer see on their cards that there is evidence."""
    if activity.reply_id is not None:
        await outbox.redraw(context.session, f"report:{activity.reply_id}", now=context.now)
    await cards.redraw_for_others(context.session, context.employee, now=context.now)


async def is_of_reported(context: Context, message: Sent, caption: str) -> bool:
    """A caption that only names what was reported already: kept under it; asked when that may be one of several."""
    if message.text is not None:
        return False
    day = context.act.local_date(message.date)
    named = await evidence.named_by(context.session, context.employee, caption, day)
    if len(named) == 1 and await keep(context, message):
        await attach_to(context, message, named[0])
        await context.say(_kept_as(context.words, named[0]))
    elif named:
        await ask(context, message)
    return bool(named)


async def with_report(context: Context, message: Sent, reply: Reply) -> None:
    """The caption became a report: its evidence hangs under the activity it names; a link under the one that has it."""
    if not await keep(context, message):
        return
    standing = await activities.of_reply(context.session, reply.id)
    loose = await evidence.loose(
        context.session, context.employee.id, chat_id=message.chat.id, group=f"m{message.message_id}"
    )
    for piece in loose:
        owner = next((a for a in standing if piece.kind == LINK and piece.reference in a.description), None)
        if owner is not None or standing:
            await evidence.attach(context.session, [piece], owner or standing[0])


async def evidence_card(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    a = card.arguments
    pieces = await evidence.loose(session, person.id, chat_id=card.chat_id, group=a["group"])
    if a.get("chosen"):
        activity = await session.get_one(Activity, a["chosen"])
        return Screen(_kept_as(w, activity))
    kept = w.many("📎 Kept as evidence.", "📎 {count} pieces kept as evidence.", max(len(pieces), 1))
    if a.get("voice"):
        kept = type(kept)(kept + " " + w.t("I cannot listen to it: please write in a line what you did."))
    rows = (await work_done.of_day(session, person.id, date.fromisoformat(a["day"])))[-CHOICES:]
    if a.get("day_only") or not rows:
        return Screen(kept)
    keys = [(Button(short(row.description, 38), "evidence", str(row.id)),) for row in rows]
    keys.append((Button(w.plain("Just of this day"), "evidence", "0"),))
    which = w.t("Which activity does it belong to?")
    return Screen(f"{kept}\n{which}", tuple(keys), tuple((row.id, row.revision) for row in rows))


def _kept_as(w: Words, activity: Activity) -> Html:
    return w.t("📎 Kept as evidence of “{what}”.", what=short(activity.description, 120))


async def choose(context: Context, tap: Tap) -> None:
    """Hang it under the activity that was tapped, or leave it with the day."""
    if tap.number() == 0:
        await outbox.redraw(context.session, tap.card.key, now=context.now, day_only=True)
        return
    activity = await context.session.get(Activity, tap.number())
    if activity is None or activity.id not in tap.seen or activity.employee_id != context.employee.id:
        raise Refusal("changed_meanwhile")
    pieces = await evidence.loose(
        context.session, context.employee.id, chat_id=tap.card.chat_id, group=tap.card.arguments["group"]
    )
    await evidence.attach(context.session, pieces, activity)
    await outbox.redraw(context.session, tap.card.key, now=context.now, chosen=activity.id)
    await _show_it(context, activity)
