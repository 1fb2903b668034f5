"""How the bot gets its updates: polling, or a webhook."""

import re

from bot.sandbox.errors import Json, bad_request, conflict
from bot.sandbox.params import Params
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

MAX_TIMEOUT = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_URL = re.compile(r"https?://[^\s/]+(/\S*)?")


async def get_updates(world: World, params: Params) -> list[Json]:
    if world.updates.webhook_active:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    world.updates.allow(params.structure("allowed_updates"))
    limit = min(max(params.integer("limit", 100), 1), 100)
    timeout = min(max(params.integer("timeout"), 0), MAX_TIMEOUT)
    return list(await world.updates.poll(params.integer("offset"), limit, timeout))


async def set_webhook(world: World, params: Params) -> bool:
    """Takes plain http and any port, as a Bot API server run locally does."""
    url = params.text("url").strip()
    if not url:
        return await delete_webhook(world, params)
    if not _URL.fullmatch(url):
        raise bad_request("bad webhook: invalid webhook URL specified")
    secret = params.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    world.updates.allow(params.structure("allowed_updates"))
    _drop_pending(world, params)
    world.updates.interrupt(conflict("terminated by setWebhook request"))
    connections = min(max(params.integer("max_connections", 40), 1), 100)
    await world.delivery.start(Webhook(url, secret, connections, params.text("ip_address") or None))
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    await world.delivery.stop()
    _drop_pending(world, params)
    return True


def get_webhook_info(world: World, params: Params) -> Json:
    info = world.delivery.webhook.info() | {"pending_update_count": len(world.updates.pending)}
    return info | ({"allowed_updates": world.updates.allowed} if world.updates.allowed else {})


def _drop_pending(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
