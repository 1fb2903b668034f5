"""Reactions of the bot: one per message, of a fixed set."""

from bot.sandbox.access import message_in, present
from bot.sandbox.chats import Kept
from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.world import World

_EMOJI = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 "
    "🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 "
    "🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)
REACTIONS = frozenset(_EMOJI.split())
VARIATION = "\ufe0f"


def set_message_reaction(world: World, params: Params) -> bool:
    chat = present(world, params)
    kept = message_in(chat, params, "message to react not found")
    reactions = params.structure("reaction") or []
    if not isinstance(reactions, list) or not all(isinstance(reaction, dict) for reaction in reactions):
        raise bad_request("can't parse reaction: expected an Array of ReactionType")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = str(reactions[0].get("emoji")).replace(VARIATION, "") if reactions else None
    if emoji is not None and emoji not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    extra = {key: value for key, value in kept.extra.items() if key != "reaction"}
    chat.history.put(Kept(kept.body, kept.from_bot, extra | ({"reaction": emoji} if emoji else {})))
    world.events.publish({"type": "reaction", "chat": chat.id, "message_id": kept.id, "emoji": emoji})
    return True
