"""Photos, documents and albums; downloading what people sent."""

from typing import Any

from bot.sandbox.access import writable
from bot.sandbox.errors import ApiError, Json, bad_request
from bot.sandbox.files import MAX_DOWNLOAD, MAX_UPLOAD, Upload
from bot.sandbox.methods import texts
from bot.sandbox.methods.messages import send
from bot.sandbox.params import Params
from bot.sandbox.world import World

ALBUM = range(2, 11)
WRONG_FILE = "wrong file identifier/HTTP URL specified"


def send_photo(world: World, params: Params) -> Json:
    return _send_one(world, params, "photo")


def send_document(world: World, params: Params) -> Json:
    return _send_one(world, params, "document")


def _send_one(world: World, params: Params, kind: str) -> Json:
    chat = writable(world, params)
    if kind not in params:
        raise bad_request(f"there is no {kind} in the request")
    said = texts.caption(world, params)
    return send(world, chat, params, attachment(world, params, kind, params.text(kind)) | said).body


def send_media_group(world: World, params: Params) -> list[Json]:
    chat = writable(world, params)
    items = params.structure("media")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_request("can't parse media JSON object")
    if len(items) not in ALBUM:
        raise bad_request("there are too many or too few media in the album")
    if len({item.get("type") for item in items}) > 1:
        raise bad_request("documents and photos can't be mixed in an album")
    bodies = [input_media(world, params, item) for item in items]
    group = {"media_group_id": str(10**16 + world.serial())}
    common = Params({k: v for k, v in params.values.items() if k != "reply_markup"})
    world.limits.check(chat)
    return [send(world, chat, common, body | group, counted=False).body for body in bodies]


def input_media(world: World, params: Params, item: Any) -> Json:
    """The fields an InputMedia object becomes, caption included."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in ("photo", "document"):
        raise bad_request("unsupported InputMedia type specified")
    said = texts.caption(world, Params(dict(item)))
    return attachment(world, params, str(kind), str(item.get("media", ""))) | said


def attachment(world: World, params: Params, kind: str, reference: str) -> Json:
    """``photo`` or ``document`` of a message: uploaded with the call, or known by its file_id."""
    upload = _upload(params, kind, reference)
    if upload is None:
        upload = _known(world, kind, reference)
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo":
        return {"photo": world.files.photo(upload)}
    return {"document": world.files.document(upload)}


def _upload(params: Params, kind: str, reference: str) -> Upload | None:
    if not reference and kind in params.files:
        return params.files[kind]
    return params.files.get(reference.removeprefix("attach://"))


def _known(world: World, kind: str, reference: str) -> Upload:
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.get(reference)
    if stored is None:
        raise bad_request(WRONG_FILE)
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return Upload(stored.name, stored.mime, stored.data)


def get_file(world: World, params: Params) -> Json:
    stored = world.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.head() | {"file_path": stored.path}
