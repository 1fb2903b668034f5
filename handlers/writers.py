"""Who writes: somebody who has joined, or another bot."""

from telegram import Message
from telegram.ext.filters import MessageFilter

from handlers.context import ACT


class Joined(MessageFilter):
    """The account is bound to an employee; looked up in the database for each update by the worker."""

    def filter(self, message: Message) -> bool:
        return ACT.get().employee is not None


class FromBot(MessageFilter):
    def filter(self, message: Message) -> bool:
        return message.from_user is not None and message.from_user.is_bot


JOINED = Joined()
FROM_BOT = FromBot()
