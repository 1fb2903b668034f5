"""The edge's clock: the only place that asks what time it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Answers with an aware UTC moment."""


def system() -> datetime:
    return datetime.now(UTC)


class Shifted:
    """A clock that can be moved ahead, for the demo; it goes on at its own pace from there."""

    def __init__(self, start: datetime) -> None:
        self._ahead = start - system()

    def __call__(self) -> datetime:
        return system() + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Never back: what happened stays in the past."""
        self._ahead += max(moment - self(), timedelta(0))
