"""Answers to taps."""

from bot.sandbox.entities import units
from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.world import World

MAX_ANSWER = 200


def answer_callback_query(world: World, params: Params) -> bool:
    """Shows the words to the one who tapped; without words the button only stops spinning."""
    text = params.text("text")
    if units(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    person = world.queries.answer(params.text("callback_query_id"))
    alert = params.flag("show_alert")
    world.events.publish({"type": "toast", "person": person, "text": text, "alert": alert})
    return True
