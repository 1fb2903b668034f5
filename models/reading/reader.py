"""Read a reply: clean → lines → tokens → pieces → items. The order of the passes is the grammar."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.reading import cleaning, corrections, intents, lines, linking, spans
from models.reading.drafting import Draft
from models.reading.times import Clock, clock_time
from models.reading.types import Item, Link, Reading, TargetLine
from models.reading.work import Work

_MOST_ITEMS = 60


def read(
    text: str,
    *,
    received_at: datetime,
    zone: ZoneInfo,
    targets: Sequence[TargetLine] = (),
    words: Mapping[str, str] | None = None,
) -> Reading:
    """Read one reply. ``received_at`` is aware; dates are local to ``zone``; ``words`` are the person's own links."""
    here = received_at.astimezone(zone)
    plain = cleaning.clean(text)
    correction = corrections.is_correction(plain)
    draft = Draft(here.date(), tuple(target.code for target in targets))
    draft.add_all(lines.logical_lines(corrections.corrected(plain) if correction else plain))
    if correction and (draft.works or "ralat" in plain.lower()):
        intent, absence = "edit", None
    else:
        intent, seen, said = intents.decide(plain, draft.works, ahead=bool(draft.tomorrow))
        absence = spans.span(seen, said, intent, here.date()) if intent in ("leave", "sick", "duty_travel") else None
    items: list[Item] = []
    if intent in ("report", "edit"):
        for work in draft.works[:_MOST_ITEMS]:
            items += [_item(work, day, here, targets, words or {}) for day in work.days]
    return Reading(intent, tuple(items), absence, "; ".join(draft.tomorrow) or None)


def _item(work: Work, day: date, here: datetime, targets: Sequence[TargetLine], words: Mapping[str, str]) -> Item:
    clock = work.clock or Clock(None, None)
    start, end = clock_time(clock.start), clock_time(clock.end)
    if start and day == here.date() and start > here.time():
        day -= timedelta(days=1) if here.hour < 12 else timedelta()
    minutes = work.minutes
    if minutes is None and clock.start is not None and clock.end is not None and min(clock.start, clock.end) >= 0:
        minutes = (clock.end - clock.start) % 1440 or None
    quantity = work.quantity
    if work.code:
        link = Link(work.code.code, "code" if work.code.code else "", (), ())
    else:
        link = linking.link(work.text, quantity, work.unit, targets, words=words)
    return Item(work.text, day, start, end, minutes, quantity, work.unit, link)
