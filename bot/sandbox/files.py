"""Files that people and the bot have sent: kept once per content, named as Telegram names them."""

import hashlib
import io
import mimetypes
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from bot.sandbox.errors import Json, bad_request

MEGABYTE = 1024 * 1024
MAX_PHOTO = 10 * MEGABYTE
MAX_UPLOAD = 50 * MEGABYTE
MAX_DOWNLOAD = 20 * MEGABYTE
THUMBNAIL = 320
_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos", "sticker": "stickers"}
_PREFIXES = {"photo": "AgACAg", "document": "BQACAg", "voice": "AwACAg", "video": "BAACAg", "sticker": "CAACAg"}


@dataclass(frozen=True)
class Upload:
    """A file as it arrived in a request."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class StoredFile:
    id: str
    unique_id: str
    kind: str
    path: str
    name: str
    mime: str
    data: bytes

    def head(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def keep(self, kind: str, upload: Upload) -> StoredFile:
        name = upload.name or "file"
        digest = hashlib.sha256(f"{kind}\0{name}\0".encode() + upload.data).digest()
        key = urlsafe_b64encode(digest[:24]).decode()
        file_id = f"{_PREFIXES[kind]}{key}"
        if file_id not in self._by_id:
            path = f"{_FOLDERS[kind]}/file_{len(self._by_id)}{_suffix(name, upload.mime)}"
            stored = StoredFile(file_id, f"Ag{key[:14]}", kind, path, name, upload.mime, upload.data)
            self._by_id[file_id] = self._by_path[path] = stored
        return self._by_id[file_id]

    def photo(self, upload: Upload) -> list[Json]:
        """Telegram's sizes of a photo, smallest first; raises ApiError for what is no photo."""
        if len(upload.data) > MAX_PHOTO:
            size = len(upload.data)
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
            )
        image = _image(upload.data)
        width, height = image.size
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        full = self._size(upload, width, height)
        if max(width, height) <= THUMBNAIL:
            return [full]
        image.thumbnail((THUMBNAIL, THUMBNAIL))
        buffer = io.BytesIO()
        image.convert("RGB").save(buffer, "JPEG")
        return [self._size(Upload("thumbnail.jpg", "image/jpeg", buffer.getvalue()), *image.size), full]

    def _size(self, upload: Upload, width: int, height: int) -> Json:
        return self.keep("photo", upload).head() | {"width": width, "height": height}

    def document(self, upload: Upload) -> Json:
        stored = self.keep("document", upload)
        return stored.head() | {"file_name": stored.name, "mime_type": stored.mime}


def _image(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data))
        image.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    return image


def _suffix(name: str, mime: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else mimetypes.guess_extension(mime) or ""
