"""Outbox → Telegram over HTTP: one message edited in place, in order, urgent ones first, by one sender at a time."""

import asyncio
import io
import sys
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from PIL import Image
from sqlmodel import select

from bot import holder
from bot.flights import FOR_ANSWERS
from bot.limits import Rates
from bot.request import MAY_SEND, Unreached
from bot.sandbox.faults import Fault
from bot.sandbox.people.phones import new_person
from handlers.screens import Screen
from models import leases, messages, outbox
from models.database import Session
from models.kinds import ANSWER, WAVE
from models.outbox import Message
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.post import ANI, BUDI, CITRA, Post, note
from tests.stage import UNLIMITED

SENT, EDITED, STRIPPED = {"sendmessage": 1}, {"editmessagetext": 1}, {"editmessagereplymarkup": 1}
LATE = timedelta(seconds=1)


async def flight(post: Post) -> None:
    """A message takes off, and is still on its way."""
    post.world.faults.plan(Fault("sendMessage", "slow", seconds=0.1))
    assert await post.sender.send_due() == 1


async def test_wanted_twice_is_one_message(post: Post) -> None:
    await post.wants("satu")
    await post.wants("dua", button=True)
    assert await post.send() == 1
    assert (post.sees(), post.calls()) == (["dua\n[Setuju]"], SENT)
    await post.wants("tiga")
    assert await post.send() == 1
    assert (post.sees(), post.calls()) == (["tiga"], EDITED)
    row = await post.row()
    assert (row.revision, row.shown_revision, row.screen_revision, row.attempts) == (3, 3, 3, 1)
    assert (row.claimed_by, row.failure, row.shown_at) == (None, None, post.time.clock())


async def test_many_changes_during_a_flight_are_one_edit(post: Post) -> None:
    await post.wants("0")
    await flight(post)
    for n in range(1, 6):
        await post.wants(str(n))
    await post.sender.land(seconds=10)
    assert post.sees() == ["0"]
    assert await post.send() == 1
    assert (post.sees(), post.calls()) == (["5"], SENT | EDITED)


async def test_what_looks_the_same_is_not_sent(post: Post) -> None:
    """`screen_revision` stays: a tap on the screen still acts on what it shows."""
    await post.wants("sama", button=True, seen=((5, 1),))
    await post.send()
    for _ in range(3):
        await post.wants("sama", button=True, seen=((5, 1),))
    assert await post.send() == 1
    row = await post.row()
    assert post.calls() == SENT
    assert (row.shown_revision, row.screen_revision, row.seen) == (4, 1, [[5, 1]])
    await post.wants("sama", button=True, seen=((5, 2),))
    await post.send()
    row = await post.row()
    assert post.calls() == EDITED
    assert (row.shown_revision, row.screen_revision, row.seen) == (5, 5, [[5, 2]])


async def test_a_renderer_may_withdraw_a_message(post: Post) -> None:
    async with post.database.transaction() as session:
        await outbox.show(session, key="k", chat_id=ANI, kind="note", due_at=post.time.clock(), arguments={})
    assert await post.send() == 1
    assert (post.sees(), post.calls(), (await post.row()).shown_revision) == ([], {}, 1)


async def test_anew_sends_a_new_message_and_takes_the_buttons_off_the_old_one(post: Post) -> None:
    await post.wants("lama", button=True)
    await post.send()
    await post.wants("baru", button=True, anew=True)
    await post.send()
    assert post.sees() == ["lama", "baru\n[Setuju]"]
    assert post.calls() == {"sendmessage": 2} | STRIPPED
    await post.wants("lagi", button=True)
    await post.send()
    assert (post.sees(), post.calls()) == (["lama", "lagi\n[Setuju]"], EDITED)


async def test_anew_during_a_flight_strips_what_was_on_its_way(post: Post) -> None:
    await post.wants("lama", button=True)
    await flight(post)
    await post.wants("baru", button=True, anew=True)
    await post.sender.land(seconds=10)
    await post.send()
    assert post.sees() == ["lama", "baru\n[Setuju]"]


async def test_what_has_expired_is_not_sent_but_what_stands_is_still_edited(post: Post) -> None:
    soon = post.time.clock() + timedelta(minutes=1)
    await post.wants("pukul 16", expires_at=soon)
    await post.wants("tampak", key="stands", chat=BUDI, expires_at=soon)
    post.time.pass_by(59)
    async with post.database.transaction() as session:
        row = await messages.by_key(session, "k")
        assert row is not None
        row.due_at = soon
    await post.send()
    post.time.pass_by(1)
    await post.wants("berubah", key="stands", chat=BUDI, expires_at=soon)
    await post.send()
    assert (post.sees(), post.sees(BUDI)) == ([], ["berubah"])
    row = await post.row()
    assert (row.failure, row.shown_revision, row.message_id) == ("expired", 1, None)


@pytest.mark.parametrize("asks_for_action", [True, False])
async def test_a_message_that_is_gone_comes_again_only_to_ask_for_something(post: Post, asks_for_action: bool) -> None:
    await post.wants("lama", button=asks_for_action)
    await post.send()
    post.world.remove(post.world.chats[ANI], 1)
    await post.wants("baru", button=asks_for_action)
    await post.send()
    assert post.sees() == (["baru\n[Setuju]"] if asks_for_action else [])
    assert post.calls() == SENT | EDITED | ({"sendmessage": 2} if asks_for_action else {})
    assert (await post.row()).shown_revision == 2


async def test_a_question_with_a_forced_reply_is_never_edited(post: Post) -> None:
    await post.wants("Alasannya?", asks="alasan")
    await post.send()
    await post.wants("Alasannya?", asks="alasan")
    await post.send()
    assert post.calls() == SENT
    await post.wants("Alasannya apa?", asks="alasan")
    await post.send()
    assert (post.sees(), post.calls()) == (["Alasannya?", "Alasannya apa?"], SENT)


async def test_one_that_cannot_be_drawn_holds_up_nobody(post: Post) -> None:
    await post.wants(key="broken", kind="broken")
    await post.wants("sesudahnya", key="next")
    await post.wants(key="other", chat=BUDI)
    await post.send()
    assert post.sees(BUDI) == ["Halo"]
    broken = await post.row("broken")
    assert (broken.failure, broken.attempts, broken.claimed_by) == ("ZeroDivisionError", 1, None)
    for _ in range(5):
        post.time.pass_by(60)
        await post.send()
    assert post.sees() == ["sesudahnya"], "its own chat waits for a while only"
    assert (await post.row("broken")).attempts == 6


async def test_the_order_of_a_chat_is_kept(post: Post) -> None:
    for n in range(4):
        await post.wants(f"{n}", key=f"k{n}")
    post.world.faults.plan(Fault("sendMessage", "502"))
    await post.send()
    assert post.sees() == [], "the first holds the others back"
    post.time.pass_by(1)
    await post.send()
    assert post.sees() == ["0", "1", "2", "3"]


@ON_SQLITE
async def test_answers_overtake_a_wave(post: Post) -> None:
    """Of a bot that may send two a second: a wave gets one place at a time, so the answer wanted last goes second."""
    sender = post.another_sender(Rates(per_second=2, chat_seconds=0, group_per_minute=100))
    for n in range(6):
        await post.wants(f"gelombang {n}", key=f"wave{n}", chat=(ANI, BUDI)[n % 2], priority=WAVE)
    assert await post.send(sender) == 1, "the rest waits, without anybody looking again and again"
    await post.wants("jawaban", key="answer", chat=CITRA, priority=ANSWER)
    assert (await post.send(sender), post.sees(CITRA)) == (1, ["jawaban"])
    post.time.pass_by(0.5)
    assert await post.send(sender) == 0, "its second is not over"
    post.time.pass_by(0.5)
    assert (await post.send(sender), len(post.sees(ANI)) + len(post.sees(BUDI))) == (1, 2)


@ON_SQLITE
async def test_a_wave_whose_flights_hang_leaves_places_for_answers(post: Post) -> None:
    sender = post.another_sender()
    for n in range(UNLIMITED.in_flight):
        new_person(post.world, f"Orang {n}", id=100 + n).started = True
        await post.wants(key=f"wave{n}", chat=100 + n, priority=WAVE)
    post.world.faults.plan(Fault("sendMessage", "slow", seconds=0.2, times=UNLIMITED.in_flight))
    assert await sender.send_due() == UNLIMITED.in_flight - FOR_ANSWERS
    await post.wants("jawaban", key="answer", priority=ANSWER)
    assert await sender.send_due() == 1
    await sender.land(seconds=10)
    assert (post.sees(), await post.send(sender)) == (["jawaban"], FOR_ANSWERS)


@ON_SQLITE
async def test_nothing_is_written_once_another_process_may_send(post: Post) -> None:
    """However long ago it took off: a process may stand still at any moment."""
    may_send = MAY_SEND.set(lambda: False)
    for _ in range(2):
        with pytest.raises(Unreached):
            await post.bot.send_message(ANI, "terlambat")
    MAY_SEND.reset(may_send)
    await post.bot.send_message(ANI, "tepat waktu")
    assert post.sees() == ["tepat waktu"]


@ON_SQLITE
async def test_buttons_of_old_cards_go_within_the_limits_too(post: Post) -> None:
    """An edit like any other, also to the chat: after a burst of three it waits until the burst is over."""
    sender = post.another_sender(Rates(chat_seconds=1, chat_burst=3))
    for text in ("satu", "dua"):
        await post.wants(text, button=True, anew=True)
        await post.wants(text, key=text)
        await post.send(sender)
    assert post.calls() == {"sendmessage": 3}, "the fourth waits"
    post.time.pass_by(3)
    await post.send(sender)
    await post.send(sender)
    assert (post.calls(), post.sees()) == ({"sendmessage": 1} | STRIPPED, ["satu", "satu", "dua\n[Setuju]", "dua"])


async def test_a_second_sender_waits_for_the_lease(post: Post) -> None:
    second = post.another_sender()
    await post.wants()
    assert await post.send() == 1
    await post.wants(key="next")
    assert await post.send(second) == 0
    post.time.pass_by(leases.LASTS.total_seconds() - 1)
    assert await post.send(second) == 0
    assert await post.send() == 1
    assert post.sees() == ["Halo", "Halo"]


async def test_it_takes_over_when_the_first_is_silent_and_frees_its_claims(post: Post) -> None:
    """The first claims and is heard of no more; the message in flight is sent again, with attempts above one."""
    second = post.another_sender()
    await post.wants()
    post.world.faults.plan(Fault("sendMessage", "lost"))
    assert await post.sender.send_due() == 1
    assert await post.send(second) == 0
    post.time.pass_by(leases.LASTS.total_seconds())
    assert await post.send(second) == 1
    assert len(post.sees()) == 2
    assert (await post.row()).attempts == 2
    await post.sender.land(seconds=1)
    row = await post.row()
    assert (row.message_id, row.attempts, row.failure) == (2, 2, None), "the first has no say any more"


@ON_POSTGRESQL
async def test_what_somebody_holds_is_not_overtaken_in_its_chat(post: Post) -> None:
    """A sender that hangs in its transaction, for one: that chat waits, the others do not."""
    for text in ("satu", "dua"):
        await post.wants(text, key=text)
    await post.wants("lain", key="lain", chat=BUDI)
    async with post.database.transaction() as session:
        await session.exec(select(Message).where(Message.key == "satu").with_for_update())
        assert (await post.send(), post.sees(), post.sees(BUDI)) == (1, [], ["lain"])
    assert (await post.send(), post.sees()) == (2, ["satu", "dua"])


@ON_SQLITE
async def test_what_was_claimed_before_a_process_hung_does_not_take_off_after_it(post: Post) -> None:
    """Another may have sent it meanwhile, and what comes after it."""

    async def hangs(session: Session, row: Message, now: datetime) -> Screen | None:
        post.time.pass_by(leases.LASTS.total_seconds())
        return await note(session, row, now)

    await post.wants()
    post.renderers["note"] = hangs
    assert (await post.round(), post.sees()) == (1, [])
    post.renderers["note"] = note
    second = post.another_sender()
    assert (await post.send(second), await post.send(), post.sees()) == (1, 0, ["Halo"])
    await post.wants("Lagi", key="later")
    assert await second.send_due() == 1, "has taken off, and hangs before a word of it is written"
    post.time.pass_by(leases.LASTS.total_seconds())
    await second.land(seconds=60)
    assert (post.sees(), await post.send(), post.sees()) == (["Halo"], 1, ["Halo", "Lagi"])


async def test_a_lease_given_back_is_taken_at_once(post: Post) -> None:
    second = post.another_sender()
    await post.wants()
    await post.send()
    await post.sender.close()
    await post.wants(key="next")
    assert await post.send(second) == 1


@ON_SQLITE
async def test_a_dead_process_of_this_machine_is_not_waited_for(post: Post) -> None:
    ended = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await ended.wait()
    machine, _pid, word = holder.new().rsplit(" ", 2)
    async with post.database.transaction() as session:
        dead = f"{machine} {ended.pid} {word}"
        assert await leases.hold(session, "sender:42", holder=dead, now=post.time.clock())
    await post.wants()
    assert await post.send() == 1


@pytest.mark.parametrize("of", [" 4000000 x", "else 1 x", "x", "", "a b c"])
def test_of_others_we_cannot_tell(of: str) -> None:
    assert not holder.is_gone(of)
    assert not holder.is_gone(holder.new())


def draw(size: int) -> bytes:
    """A picture of that many pixels; none of zero. Runs in the drawing process."""
    content = io.BytesIO()
    Image.new("RGB", (size, size), "teal").save(content, "PNG")
    return content.getvalue()


@ON_SQLITE
async def test_pictures_are_drawn_elsewhere_and_change_in_place(post: Post) -> None:
    sizes: dict[str, int] = {}

    async def chart(_session: Any, row: Any, _now: Any) -> Any:
        return Screen(row.arguments["text"], picture=partial(draw, sizes[row.key]))

    post.renderers["chart"] = chart
    sizes["k"] = sizes["other"] = 20
    await post.wants("minggu ini", kind="chart")
    await post.wants("rusak", key="other", kind="chart", chat=BUDI)
    sizes["other"] = 0
    await post.send()
    assert (post.sees(), post.sees(BUDI)) == (["(picture) minggu ini"], [])
    assert (await post.row("other")).failure == "picture: ValueError"
    sizes["k"] = 30
    await post.wants("minggu depan", kind="chart")
    await post.send()
    assert post.sees() == ["(picture) minggu depan"]
    assert post.calls() == {"sendphoto": 1, "editmessagemedia": 1}
    await post.wants("tanpa gambar")
    await post.send()
    assert (post.sees(), post.calls()) == (["(picture) tanpa gambar"], {"editmessagecaption": 1})
