"""The parameters of one call, however they were sent: query, form, multipart or JSON."""

from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.sandbox.errors import Json, bad_request
from bot.sandbox.files import Upload

MAX_FORM_FILES = 100
MAX_FORM_FIELDS = 1000
MAX_FIELD_SIZE = 1024 * 1024


@dataclass
class Params:
    """Typed access. Everything may arrive as text; objects and arrays arrive as JSON, or as JSON in text."""

    values: Json = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    parts: list[tuple[str, Upload]] = field(default_factory=list)

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in (None, "") or name in self.files

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else orjson.dumps(value).decode()

    def integer(self, name: str, default: int = 0) -> int:
        text = self.text(name).strip()
        if not text:
            return default
        try:
            return int(text)
        except ValueError:
            raise bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "1", "yes", "y", "t")

    def structure(self, name: str) -> Any:
        """A JSON value, or None when the parameter was not given."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def uploads(self, name: str) -> list[Upload]:
        """Every file sent under this name, in order."""
        return [upload for part, upload in self.parts if part == name]


async def read_params(request: Request) -> Params:
    """Raises ApiError where the body is not what its content type promises."""
    params = Params(dict(request.query_params))
    if request.method != "POST":
        return params
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        params.values |= _json_object(await request.body())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form(
            max_files=MAX_FORM_FILES, max_fields=MAX_FORM_FIELDS, max_part_size=MAX_FIELD_SIZE
        ) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    upload = await read_upload(value)
                    params.files[name] = upload
                    params.parts.append((name, upload))
                else:
                    params.values[name] = value
    return params


async def read_upload(upload: UploadFile) -> Upload:
    mime = upload.content_type or "application/octet-stream"
    return Upload(upload.filename or "", mime, await upload.read())


def _json_object(body: bytes) -> Json:
    if not body.strip():
        return {}
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("expected JSON object in the request")
    return value
