"""The stage: the real process against the local Bot API over HTTP, a fixed clock, and a named cast."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from PIL import Image
from pydantic import SecretStr

from bot.limits import Rates
from bot.process import Process
from bot.sandbox.server import running
from bot.sandbox.world import World
from bot.settings import Settings
from models import invitations
from models.database import Database
from tests import office

TOKEN = "42:harian-test-token"
WIB = ZoneInfo("Asia/Jakarta")
TUESDAY = datetime(2026, 11, 24, 16, 0, tzinfo=WIB)
UNLIMITED = Rates(per_second=10_000, chat_seconds=0, group_per_minute=10_000)


class FixedClock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.moment

    def set(self, text: str) -> None:
        """Local time in Jakarta: `2026-11-24 16:30`."""
        self.moment = datetime.fromisoformat(text).replace(tzinfo=WIB).astimezone(UTC)

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


class Phone:
    """One person's Telegram. What they do is handled, and answered, before the call returns."""

    def __init__(self, stage: "Stage", person_id: int, chat_id: int | None = None) -> None:
        self.stage, self.id, self.chat_id = stage, person_id, chat_id or person_id
        self._looked_at = 0

    def in_chat(self, chat_id: int) -> "Phone":
        return Phone(self.stage, self.id, chat_id)

    async def says(self, text: str, *, reply_to: int | None = None) -> int:
        """Send a message; its id."""
        sent = await self.stage.people("send", person=self.id, chat=self.chat_id, text=text, reply_to=reply_to)
        await self.stage.settle()
        return int(sent["message_id"])

    async def shows(self, *pictures: bytes, caption: str = "") -> str:
        """Send photographs; what the bot's newest message then looks like."""
        await self.stage.attach(self, "photo", *pictures, caption=caption)
        return await self.sees()

    async def tells(self, text: str, *, reply_to: int | None = None) -> str:
        """Send a message; what the bot's newest message then looks like."""
        await self.says(text, reply_to=reply_to)
        return await self.sees()

    async def edits(self, message_id: int, text: str) -> None:
        await self.stage.people("edit", person=self.id, chat=self.chat_id, message_id=message_id, text=text)
        await self.stage.settle()

    async def messages(self) -> list[dict[str, Any]]:
        state = await self.stage.state()
        return next(chat["messages"] for chat in state["chats"] if chat["id"] == self.chat_id)

    async def hears(self) -> list[str]:
        """Everything the bot has said here, as it stands now."""
        return [looks(message) for message in await self.messages() if message["from_bot"]]

    async def sees(self) -> str:
        """The bot's newest message, with its buttons."""
        heard = await self.hears()
        return heard[-1] if heard else ""

    async def news(self) -> list[str]:
        """What the bot has said here since the last look, as it stands now."""
        new = [m for m in await self.messages() if m["from_bot"] and m["message_id"] > self._looked_at]
        self._looked_at = max([self._looked_at, *(m["message_id"] for m in new)])
        return [looks(message) for message in new]

    async def last(self) -> dict[str, Any]:
        return [message for message in await self.messages() if message["from_bot"]][-1]

    async def finds(self, beginning: str) -> dict[str, Any]:
        """The bot's newest message that begins so."""
        found = [m for m in await self.messages() if m["from_bot"] and looks(m).startswith(beginning)]
        assert found, f"nothing begins with “{beginning}” in:\n" + "\n---\n".join(await self.hears())
        return found[-1]

    async def reads(self, beginning: str) -> str:
        """How that message looks now."""
        return looks(await self.finds(beginning))

    async def taps(self, words: str, *, on: dict[str, Any] | None = None) -> str | None:
        """Tap the button with these words on the newest message that has it; the toast's words."""
        for message in [on] if on else [m for m in reversed(await self.messages()) if m["from_bot"]]:
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == words:
                        return await self.taps_data(message["message_id"], button["callback_data"])
        raise AssertionError(f"no button “{words}” in:\n" + "\n---\n".join(await self.hears()))

    async def taps_data(self, message_id: int, data: str) -> str | None:
        before = len(self.stage.toasts)
        await self.stage.people("tap", person=self.id, chat=self.chat_id, message_id=message_id, data=data)
        await self.stage.settle()
        heard = self.stage.toasts[before:]
        return heard[-1] if heard else None


class Stage:
    def __init__(
        self, process: Process, world: World, url: str, http: aiohttp.ClientSession, clock: FixedClock
    ) -> None:
        self.process, self.world, self.url, self.clock = process, world, url, clock
        self._http = http
        self.toasts: list[str] = []
        self.ani, self.budi, self.citra, self.sari = (Phone(self, id_) for id_ in office.CAST)

    @property
    def database(self) -> Database:
        return self.process.database

    async def people(self, act: str, **given: Any) -> dict[str, Any]:
        given = {name: value for name, value in given.items() if value is not None}
        async with self._http.post(f"{self.url}/people/{act}", json=given) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status < 400, answer
            return answer

    async def attach(
        self, phone: Phone, kind: str, *files: bytes, caption: str = "", settle: bool = True, name: str = ""
    ) -> list[dict[str, Any]]:
        form = aiohttp.FormData({"person": str(phone.id), "chat": str(phone.chat_id), "kind": kind, "caption": caption})
        for n, content in enumerate(files):
            form.add_field("file", content, filename=name or f"{n}.jpg", content_type="" if name else "image/jpeg")
        async with self._http.post(f"{self.url}/people/attach", data=form) as response:
            assert response.status < 400, await response.text()
            sent: list[dict[str, Any]] = (await response.json())["messages"]
        if settle:
            await self.settle()
        return sent

    async def state(self) -> dict[str, Any]:
        async with self._http.get(f"{self.url}/people/state") as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def settle(self) -> None:
        await self.process.settle()

    async def time(self, text: str) -> None:
        """It is now this time in Jakarta; the sweeps run, and what they want is sent."""
        self.clock.set(text)
        done = await self.process.sweep()
        assert -1 not in done.values(), done
        await self.settle()

    async def minutes(self, count: float) -> None:
        self.clock.forward(minutes=count)
        done = await self.process.sweep()
        assert -1 not in done.values(), done
        await self.settle()

    async def invitation(self, who: int, unit: str | None = None) -> str:
        """The token of a new link for one of the cast, or for the group of a unit."""
        async with self.database.transaction() as session:
            person = await office.person(session, who)
            where = await office.unit(session, unit) if unit else None
            token, _ = await invitations.invite(session, person, now=self.clock(), unit=where)
            return token

    async def keep(self, *rows: Any) -> None:
        """Put rows into the database: a holiday, an absence, a deputy."""
        async with self.database.transaction() as session:
            session.add_all(rows)

    async def change(self, who: int, **values: Any) -> None:
        """Change what is known of one of the cast."""
        async with self.database.transaction() as session:
            person = await office.person(session, who)
            for name, value in values.items():
                setattr(person, name, value)

    async def id_of(self, who: int) -> int:
        """The id of one of the cast in the database."""
        async with self.database.reading() as session:
            return (await office.person(session, who)).id

    async def more_targets(self, count: int) -> None:
        """Ani gets so many targets more."""
        async with self.database.transaction() as session:
            await office.more_targets(session, count)

    async def hire(self, *names: str) -> list[Phone]:
        """Colleagues of Ani, who have joined."""
        async with self.database.transaction() as session:
            hired = await office.hire(session, names, now=self.clock())
        for account, name in hired.items():
            await self.people("new", id=account, first_name=name)
            self.world.people[account].started = True
        return [Phone(self, account) for account in hired]

    async def units_group(self) -> int:
        """Budi, who leads planning, adds the bot to the unit's group; the chat."""
        chat = await self.group(self.budi, "Grup Perencanaan", self.ani)
        token = await self.invitation(office.BUDI, "PER")
        await self.people("add_bot", person=self.budi.id, chat=chat, startgroup=token)
        await self.settle()
        return chat

    async def group(self, creator: Phone, title: str, *members: Phone) -> int:
        chat = await self.people("group", title=title, creator=creator.id, type="supergroup")
        for member in members:
            await self.people("join", person=member.id, chat=chat["id"])
        return int(chat["id"])

    async def new_person(self, name: str) -> Phone:
        person = await self.people("new", first_name=name)
        return Phone(self, person["id"])


def picture(colour: str) -> bytes:
    """A small photograph of nothing."""
    content = io.BytesIO()
    Image.new("RGB", (16, 12), colour).save(content, "JPEG")
    return content.getvalue()


def looks(message: dict[str, Any]) -> str:
    """A message as a person sees it: text (or a picture and its caption), then the rows of buttons."""
    text = str(message.get("text", message.get("caption", "")))
    if "photo" in message:
        text = f"(picture) {text}"
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return "\n".join([text, *(" ".join(f"[{button['text']}]" for button in row) for row in rows)])


@asynccontextmanager
async def staged(
    database_url: str, *, joined: bool = True, moment: datetime = TUESDAY, **settings_given: Any
) -> AsyncIterator[Stage]:
    clock = FixedClock(moment)
    world = World(clock=clock, token=TOKEN)
    async with running(world) as url, aiohttp.ClientSession() as http:
        settings = Settings(
            telegram_bot_token=SecretStr(TOKEN),
            telegram_api_url=url,
            database_url=SecretStr(database_url),
            **settings_given,
            _env_file=None,  # type: ignore[call-arg]
        )
        async with Process(settings, clock=clock, rates=UNLIMITED) as process:
            stage = Stage(process, world, url, http, clock)
            async with process.database.transaction() as session:
                await office.furnish(session, joined=joined, now=clock())
            for person_id, name in office.CAST.items():
                await stage.people("new", id=person_id, first_name=name)
                world.people[person_id].started = joined
            listen(stage, world)
            yield stage


def listen(stage: Stage, world: World) -> None:
    """Note the toasts, in the order in which they pop up."""
    publish = world.events.publish

    def noted(event: dict[str, Any]) -> None:
        if event.get("type") == "toast":
            stage.toasts.append(event["text"])
        publish(event)

    world.events.publish = noted  # type: ignore[method-assign]
