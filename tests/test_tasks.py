"""What the loops of the process rest and end on."""

import asyncio

import pytest

from bot.tasks import rest


@pytest.mark.parametrize("later", range(6))
async def test_an_end_that_comes_with_the_waking_is_not_overheard(later: int) -> None:
    """However few steps of the event loop lie between the two; else the process would go on for ever."""
    wake = asyncio.Event()
    going_on = []

    async def loop() -> None:
        while True:
            await rest(wake, 60)
            going_on.append(True)
            await asyncio.sleep(0)

    task = asyncio.create_task(loop())
    await asyncio.sleep(0)
    wake.set()
    for _ in range(later):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task], timeout=1)
    assert task.cancelled()
    assert len(going_on) <= later


async def test_a_rest_has_an_end_and_can_be_taken_again() -> None:
    wake = asyncio.Event()
    await rest(wake, 0.001)
    wake.set()
    await rest(wake, 60)
    assert not wake.is_set()
