"""What the sandbox answers when it refuses: in Telegram's words to the bot, in a sentence to people."""

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """A refused call: HTTP status, Telegram's description, and ``parameters`` (retry_after, migrate_to_chat_id)."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


class AnswerLost(Exception):
    """The call was carried out, but its answer never reaches the bot."""


class AnswerDrips(Exception):
    """The call was carried out; its answer comes in drops, over so many ``seconds``."""

    def __init__(self, result: Any, seconds: float) -> None:
        super().__init__()
        self.result, self.seconds = result, seconds


class ConnectionCut(Exception):
    """The connection is reset before the call is carried out."""


class PeopleError(Exception):
    """Somebody did what a Telegram client would not let them do."""


def bad_request(text: str) -> ApiError:
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """``retry_after`` in whole seconds, at least 1."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
