"""What this process counts, and how it is, as Prometheus reads it; `docs/watching.md` says what to make of it."""

import time
from collections.abc import Callable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector, generate_latest

from bot.delivery import Delivered
from models.vitals import Vitals

RECEIVER, WORKER, SENDER = "receiver", "worker", "sender"
STUCK_AFTER = {RECEIVER: 180.0, WORKER: 120.0, SENDER: 60.0}
"""Seconds without a round after which a loop is taken for stuck: rounds take one, but for a poll or a large update."""


class Meters:
    """Counters since the process began. Nothing is shared: every process, and every test, has its own."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._rounds: dict[str, float] = {}
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self.stored = self._counter("updates_stored", "Updates stored that were new.")
        self.handled = self._counter("updates_handled", "Updates handled.")
        self.failures = self._counter("update_failures", "Tries of handling that failed.")
        self.parked = self._counter("updates_parked", "Updates parked after three tries.")
        self._sends = Counter(
            "harian_sends", "Tries of sending, by how they ended.", ["outcome"], registry=self._registry
        )
        self._loops = Gauge(
            "harian_loop_age_seconds", "Since a loop last went round.", ["loop"], registry=self._registry
        )
        self._ready = self._gauge("ready", "1 when /readyz says so.")
        self._waiting = self._gauge("waiting_updates", "Updates stored and not handled.")
        self._waiting_age = self._gauge("oldest_waiting_update_age_seconds", "Of the oldest of them; 0 without any.")
        self._parked = self._gauge("parked_updates", "Updates that are parked.")
        self._parked_age = self._gauge("oldest_parked_update_age_seconds", "Of the oldest of them; 0 without any.")
        self._due = self._gauge("due_messages", "Messages due and not shown.")
        self._due_age = self._gauge("oldest_due_message_age_seconds", "Since it was due; 0 without any.")
        self._swept_age = self._gauge("sweep_age_seconds", "Since sweeps last began, in any process.")
        self._sent_age = self._gauge("send_age_seconds", "Since a message last arrived, in any process; to a minute.")

    def _counter(self, name: str, words: str) -> Counter:
        return Counter(f"harian_{name}", words, registry=self._registry)

    def _gauge(self, name: str, words: str) -> Gauge:
        return Gauge(f"harian_{name}", words, registry=self._registry)

    def goes_round(self, loop: str) -> None:
        """A loop of this process has begun another round."""
        self._rounds[loop] = self._monotonic()

    def stuck(self) -> list[str]:
        """Loops that have not gone round for long."""
        now = self._monotonic()
        return [loop for loop, at in self._rounds.items() if now - at > STUCK_AFTER[loop]]

    def count_send(self, delivered: Delivered) -> None:
        self._sends.labels(outcome_of(delivered)).inc()

    def page(self, vitals: Vitals | None, *, ready: bool, now: datetime, real_now: datetime) -> bytes:
        """Everything as text; without `vitals` (the database does not answer) their gauges are not a number."""
        self._ready.set(ready)
        for loop, at in self._rounds.items():
            self._loops.labels(loop).set(self._monotonic() - at)
        self._waiting.set(vitals.waiting if vitals else UNKNOWN)
        self._parked.set(vitals.parked if vitals else UNKNOWN)
        self._due.set(vitals.due if vitals else UNKNOWN)
        self._waiting_age.set(_age(vitals.oldest_waiting_at, now) if vitals else UNKNOWN)
        self._parked_age.set(_age(vitals.oldest_parked_at, now) if vitals else UNKNOWN)
        self._due_age.set(_age(vitals.oldest_due_at, now) if vitals else UNKNOWN)
        self._swept_age.set(_age(vitals.swept_at, real_now, never=UNKNOWN) if vitals else UNKNOWN)
        self._sent_age.set(_age(vitals.sent_at, now, never=UNKNOWN) if vitals else UNKNOWN)
        return generate_latest(self._registry)


UNKNOWN = float("nan")


def _age(since: datetime | None, now: datetime, *, never: float = 0.0) -> float:
    """Seconds; a clock that went back makes no negative ones."""
    return never if since is None else max((now - since).total_seconds(), 0.0)


def outcome_of(delivered: Delivered) -> str:
    if delivered.done:
        return "arrived"
    if delivered.pause is not None:
        return "429"
    if delivered.moved_to is not None:
        return "moved"
    if delivered.lost_message:
        return "lost"
    if delivered.refused:
        return "unreachable" if delivered.unreachable else "refused"
    return "no_network" if delivered.unreached else "failed"
