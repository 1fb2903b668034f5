"""Read a reply: clean → lines → tokens → pieces → activities. The order of the passes is the grammar."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.reading import cleaning, corrections, intents, lines, linking, obstacles, spans
from models.reading.drafting import Draft
from models.reading.times import Clock, clock_time
from models.reading.types import Item, Link, Reading, TargetLine
from models.reading.work import Work

_MOST_ITEMS = 60
_NO_WORDS: Mapping[str, str] = {}


def read(
    text: str,
    *,
    received_at: datetime,
    zone: ZoneInfo,
    targets: Sequence[TargetLine] = (),
    words: Mapping[str, str] = _NO_WORDS,
) -> Reading:
    """Read one reply. ``received_at`` is aware, dates are local to ``zone``.

    ``words`` are the person's own confirmed links, as `linking.link` wants them.
    """
    here = received_at.astimezone(zone)
    plain = cleaning.clean(text)
    corrects = corrections.is_correction(plain)
    draft = Draft(here.date(), tuple(target.code for target in targets))
    told = lines.logical_lines(corrections.corrected(plain) if corrects else plain)
    draft.read(told)
    draft.works = [work for work in draft.works if not obstacles.is_told(work.text)]
    verdict = intents.decide(plain, draft.works, corrects=corrects, ahead=bool(draft.tomorrow))
    absence = None
    if verdict.intent in intents.AWAY:
        absence = spans.span(verdict.tokens, verdict.words, verdict.intent, here.date())
    items: tuple[Item, ...] = ()
    if verdict.intent in intents.WITH_WORK:
        works = draft.works[:_MOST_ITEMS]
        items = tuple(_item(work, day, here, targets, words) for work in works for day in work.days)
    return Reading(
        verdict.intent, items, absence, "; ".join(draft.tomorrow) or None, obstacles.said_in(told, here.date())
    )


def _item(work: Work, day: date, here: datetime, targets: Sequence[TargetLine], words: Mapping[str, str]) -> Item:
    clock = work.clock or Clock(None, None)
    start, end = clock_time(clock.start), clock_time(clock.end)
    if start and day == here.date() and start > here.time() and here.hour < 12:
        day -= timedelta(days=1)  # 'tadi jam 19.00', written after midnight
    if work.code:
        link = Link(work.code.code, "code" if work.code.code else "")
    else:
        link = linking.link(work.text, work.quantity, work.unit, targets, words=words)
    return Item(
        work.text,
        day,
        start,
        end,
        work.minutes or clock.length(),
        work.quantity,
        work.unit,
        link,
        doubt="one_or_two" if work.parts else None,
        parts=work.parts,
    )
