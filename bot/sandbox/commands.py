"""The bot's command menus, by scope and language."""

import re
from collections.abc import Iterator

from bot.sandbox.errors import Json, bad_request

Scope = tuple[str, int, int]
PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_NAME = re.compile(r"[a-z0-9_]{1,32}")


class Commands:
    """A scope is (type, chat id or 0, user id or 0)."""

    def __init__(self) -> None:
        self._menus: dict[tuple[Scope, str], list[Json]] = {}

    def set(self, scope: Scope, language: str, commands: object) -> None:
        self._menus[scope, _language(language)] = _checked(commands)

    def get(self, scope: Scope, language: str) -> list[Json]:
        return self._menus.get((scope, _language(language)), [])

    def delete(self, scope: Scope, language: str) -> None:
        self._menus.pop((scope, _language(language)), None)

    def shown(self, *, chat_id: int, user_id: int, private: bool, admin: bool, language: str) -> list[Json]:
        """The menu this person sees in this chat: the narrowest scope that has one, their language first."""
        for scope in _narrowest_first(chat_id, user_id, private, admin):
            for code in (language, ""):
                if (scope, code) in self._menus:
                    return self._menus[scope, code]
        return []


def _narrowest_first(chat_id: int, user_id: int, private: bool, admin: bool) -> Iterator[Scope]:
    """The order of https://core.telegram.org/bots/api#determining-list-of-commands."""
    if private:
        yield from (("chat", chat_id, 0), ("all_private_chats", 0, 0), ("default", 0, 0))
        return
    yield "chat_member", chat_id, user_id
    if admin:
        yield "chat_administrators", chat_id, 0
    yield "chat", chat_id, 0
    if admin:
        yield "all_chat_administrators", 0, 0
    yield from (("all_group_chats", 0, 0), ("default", 0, 0))


def _language(code: str) -> str:
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("LANG_CODE_INVALID")
    return code


def _checked(commands: object) -> list[Json]:
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(command) for command in commands]


def _command(command: object) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
