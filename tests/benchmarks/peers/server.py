"""A Bot API that costs next to nothing: canned answers, so that what is measured is the client.

A process of its own, told by POST /bench/… what to do. Its port is the only thing it prints.
"""

import asyncio
import json
import re
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any

CHAT_ID = re.compile(rb'chat_id"?[=:]\s*"?(-?\d+)')
LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
BOT = {"id": 43, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
TRUE = b'{"ok":true,"result":true}'
FIRST_PERSON = 6001


class State:
    """What is to be done, and what was seen."""

    def __init__(self) -> None:
        self.delay = 0.0
        self.message_id, self.update_id = 100, 1000
        self.waiting: deque[dict[str, Any]] = deque()
        self.polls: list[Callable[[], None]] = []
        self.sent = 0
        self.asked_at: dict[int, float] = {}
        self.took: list[float] = []
        self.first_poll_at: float | None = None
        self.calls: dict[str, int] = {}
        now = int(time.time())
        message = {"message_id": 0, "date": now, "chat": {"id": 6001, "type": "private", "first_name": "Ani"}}
        self._sent_form = json.dumps({"ok": True, "result": {**message, "from": BOT, "text": "Halo " * 12}}).encode()

    def sent_message(self, body: bytes) -> bytes:
        self.sent += 1
        self.message_id += 1
        if self.asked_at:
            chat = CHAT_ID.search(body)
            asked = self.asked_at.pop(int(chat[1]), None) if chat else None
            if asked is not None:
                self.took.append(time.perf_counter() - asked)
        return self._sent_form.replace(b'"message_id": 0', b'"message_id": %d' % self.message_id)

    def say(self, person: int, text: str) -> None:
        """A person writes to the bot."""
        self.update_id += 1
        self.message_id += 1
        who = {"id": person, "is_bot": False, "first_name": "Ani", "language_code": "id"}
        chat = {"id": person, "type": "private", "first_name": "Ani"}
        message = {"message_id": self.message_id, "from": who, "chat": chat, "date": int(time.time()), "text": text}
        self.waiting.append({"update_id": self.update_id, "message": message})

    def wake(self) -> None:
        polls, self.polls = self.polls, []
        for poll in polls:
            poll()

    async def at_a_rate(self, count: int, people: int, text: str, rate: float) -> None:
        """People write one after the other; when each gets an answer is noted."""
        began = time.perf_counter()
        for n in range(count):
            await asyncio.sleep(max(began + n / rate - time.perf_counter(), 0))
            person = FIRST_PERSON + n % people
            self.asked_at[person] = time.perf_counter()
            self.say(person, text.format(n=n))
            self.wake()


class Connection(asyncio.Protocol):
    def __init__(self, state: State) -> None:
        self.state, self.buffer = state, b""
        self.loop = asyncio.get_running_loop()
        self.tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while True:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            length = LENGTH.search(self.buffer, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self.buffer) < whole:
                return
            path, body = self.buffer.split(b" ", 2)[1], self.buffer[end + 4 : whole]
            self.buffer = self.buffer[whole:]
            self.serve(path.partition(b"?")[0].rpartition(b"/")[2].decode(), path, body)

    def serve(self, method: str, path: bytes, body: bytes) -> None:
        state = self.state
        if path.startswith(b"/bench/"):
            self.answer(json.dumps(self.command(method, json.loads(body or b"{}"))).encode())
            return
        name = method.lower()
        if name == "getupdates":
            state.first_poll_at = state.first_poll_at or time.time()
            self.poll(body)
            return
        state.calls[name] = state.calls.get(name, 0) + 1
        if name in ("sendmessage", "editmessagetext"):
            answer = state.sent_message(body)
        else:
            answer = json.dumps({"ok": True, "result": BOT}).encode() if name == "getme" else TRUE
        if state.delay:
            self.loop.call_later(state.delay, self.answer, answer)
        else:
            self.answer(answer)

    def answer(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self.transport.write(head + body)

    def poll(self, body: bytes) -> None:
        state = self.state
        offset = re.search(rb'offset"?[=:]\s*"?(-?\d+)', body)
        while offset and state.waiting and state.waiting[0]["update_id"] < int(offset[1]):
            state.waiting.popleft()
        if state.waiting:
            found = [state.waiting[n] for n in range(min(100, len(state.waiting)))]
            self.answer(json.dumps({"ok": True, "result": found}).encode())
            return
        patience = re.search(rb'timeout"?[=:]\s*"?(\d+)', body)
        if not patience or patience[1] == b"0":
            self.answer(b'{"ok":true,"result":[]}')
            return

        def again() -> None:
            timer.cancel()
            if not self.transport.is_closing():
                self.poll(body)

        def give_up() -> None:
            state.polls.remove(again)
            self.answer(b'{"ok":true,"result":[]}')

        timer = self.loop.call_later(min(int(patience[1]), 30), give_up)
        state.polls.append(again)

    def command(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        state = self.state
        if name == "delay":
            state.delay = given["seconds"]
        elif name == "updates":
            people, text = given.get("people", 50), given.get("text", "halo")
            if given.get("rate"):
                task = self.loop.create_task(state.at_a_rate(given["count"], people, text, given["rate"]))
                self.tasks.add(task)
            else:
                for n in range(given["count"]):
                    state.say(FIRST_PERSON + n % people, text.format(n=n))
                state.wake()
        seen = {"sent": state.sent, "took": state.took, "unanswered": len(state.asked_at), "calls": state.calls}
        seen |= {"waiting": len(state.waiting), "first_poll_at": state.first_poll_at}
        if name == "reset":
            state.sent, state.took, state.first_poll_at, state.calls = 0, [], None, {}
            state.asked_at, state.delay = {}, 0.0
            state.waiting.clear()
        return seen


async def main() -> None:
    state = State()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(state), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # until whoever started it is gone


if __name__ == "__main__":
    asyncio.run(main())
