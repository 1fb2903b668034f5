"""The bare way to Telegram, without a database: Harian's request against others, in one run and in turns."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from statistics import median

import pytest

from tests.benchmarks.peers.driving import Peer, Server, grammy_is_here, peer, served
from tests.benchmarks.table import Row, row

pytestmark = [pytest.mark.bench, pytest.mark.timeout(400)]

ROUNDS = 5
AT_LEAST = 1.15
"""Times aiogram's rate."""
SLOW = {"PTB's own": 0.1}
"""What share of the others' work a slow client is given."""


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with served() as server:
        yield server


async def every_peer(stack: AsyncExitStack, url: str) -> dict[str, Peer]:
    names = ["PTB's own", "ours", "aiogram"]
    if await grammy_is_here():
        names.append("grammY")
    return {name: await stack.enter_async_context(peer(name, url)) for name in names}


@pytest.mark.parametrize(("delay", "at_once"), [(0, 8), (0, 64), (0, 256), (50, 64), (50, 256)])
async def test_sending(server: Server, delay: int, at_once: int) -> None:
    what = f"sends a second, {at_once} in flight, answers after {delay} ms"
    await server.told("delay", seconds=delay / 1000)
    async with AsyncExitStack() as stack:
        peers = await every_peer(stack, server.url)
        await in_turns(what, peers, "send", 1000, at_once, at_least=AT_LEAST if not delay else None)


async def test_answering(server: Server) -> None:
    async with AsyncExitStack() as stack:
        peers = await every_peer(stack, server.url)
        await in_turns("updates handled a second, one answer each", peers, "answer", 1000, server=server)


async def in_turns(
    what: str,
    peers: dict[str, Peer],
    order: str,
    count: int,
    *numbers: int,
    server: Server | None = None,
    at_least: float | None = None,
) -> None:
    """All do the same in turns, so that what else the machine does hits all alike. The first round warms up."""
    rates: dict[str, list[float]] = {name: [] for name in peers}
    costs: dict[str, list[float]] = {name: [] for name in peers}
    for turn in range(ROUNDS + 1):
        for name, one in peers.items():
            share = max(int(count * SLOW.get(name, 1)), 1)
            if server is not None:
                await server.told("updates", count=share)
            seconds, cpu = await one.does(order, share, *numbers)
            if turn:
                rates[name].append(share / seconds)
                costs[name].append(1000 * cpu / share)
    for name in peers:
        row(Row(what, name, median(rates[name]), f"{1000 * median(costs[name]):.0f} µs of processor each"))
    for other in [name for name in peers if name != "ours"]:
        by_clock = median(mine / theirs for mine, theirs in zip(rates["ours"], rates[other], strict=True))
        by_cpu = median(theirs / mine for mine, theirs in zip(costs["ours"], costs[other], strict=True))
        target = at_least if other == "aiogram" else None
        row(Row(what, f"ours / {other}", by_clock, f"{by_cpu:.2f} by processor time", target, digits=2))
    if "grammY" not in peers:
        row(Row(what, "grammY", None, "not measured: no Node.js or no packages"))
