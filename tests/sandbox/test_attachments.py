"""Photos, albums, files, places and stickers of people."""

from typing import Any

import pytest

from tests.sandbox.conftest import ANI, TOKEN, Sandbox, picture


async def test_an_album_is_several_updates_with_one_group(ani: Sandbox) -> None:
    files = [(f"{n}.png", picture(400 + n), "image/png") for n in range(3)]
    await ani.attach(*files, person=ANI, chat=ANI, kind="photo", caption="Bukti #rapat")
    messages = [update["message"] for update in await ani.updates()]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["Bukti #rapat", None, None]
    assert messages[0]["caption_entities"] == [{"type": "hashtag", "offset": 6, "length": 6}]
    sizes = [[(size["width"], size["height"]) for size in message["photo"]] for message in messages]
    assert sizes == [[(320, 24), (400, 30)], [(320, 24), (401, 30)], [(320, 24), (402, 30)]]


@pytest.mark.parametrize(
    ("kind", "name", "mime", "fields"),
    [
        ("document", "laporan.pdf", "application/pdf", {"file_name": "laporan.pdf", "mime_type": "application/pdf"}),
        ("voice", "suara.ogg", "audio/ogg", {"duration": 3, "mime_type": "audio/ogg"}),
        ("video", "klip.mp4", "video/mp4", {"duration": 3, "width": 640, "height": 360, "mime_type": "video/mp4"}),
    ],
)
async def test_a_file_arrives_and_is_downloaded(
    ani: Sandbox, kind: str, name: str, mime: str, fields: dict[str, Any]
) -> None:
    await ani.attach((name, b"isi berkas", mime), person=ANI, chat=ANI, kind=kind)
    (update,) = await ani.updates()
    sent = update["message"][kind]
    identity = {"file_id": sent["file_id"], "file_unique_id": sent["file_unique_id"], "file_size": 10}
    assert sent == identity | fields
    file = await ani.result("getFile", file_id=sent["file_id"])
    assert file == identity | {"file_path": file["file_path"]}
    download = await ani.http.get(f"/file/bot{TOKEN}/{file['file_path']}")
    shown = await ani.http.get(f"/people/file/{sent['file_id']}")
    assert (download.content, shown.content, shown.headers["content-type"]) == (b"isi berkas", b"isi berkas", mime)


async def test_places_and_stickers(ani: Sandbox) -> None:
    await ani.people("location", person=ANI, chat=ANI, latitude=-6.2, longitude=106.8)
    await ani.people("sticker", person=ANI, chat=ANI, emoji="👍")
    place, sticker = [update["message"] for update in await ani.updates()]
    assert place["location"] == {"latitude": -6.2, "longitude": 106.8}
    assert sticker["sticker"]["emoji"] == "👍"


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("a.png", b"no picture", (400, "Bad Request: IMAGE_PROCESS_FAILED")),
        ("a.png", b"", (400, "Bad Request: file must be non-empty")),
        ("a.png", picture(2100, 100), (400, "Bad Request: PHOTO_INVALID_DIMENSIONS")),
        (
            "a.png",
            bytes(10 * 1024 * 1024 + 1),
            (
                400,
                "Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
            ),
        ),
    ],
)
async def test_what_is_no_photo(ani: Sandbox, name: str, data: bytes, refusal: tuple[int, str]) -> None:
    files = {"photo": (name, data, "image/png")}
    response = await ani.http.post(f"/bot{TOKEN}/sendPhoto", data={"chat_id": str(ANI)}, files=files)
    assert (response.status_code, response.json()["description"]) == refusal
    assert await ani.shown(ANI) == ["/start"]


async def test_a_caption_holds_1024_units(ani: Sandbox) -> None:
    for caption, expected in (("😀" * 512, None), ("😀" * 513, "Bad Request: message caption is too long")):
        files = {"photo": ("a.png", picture(), "image/png")}
        said = {"chat_id": str(ANI), "caption": caption}
        response = await ani.http.post(f"/bot{TOKEN}/sendPhoto", data=said, files=files)
        assert response.json().get("description") == expected


async def test_twenty_megabytes_come_down_and_no_more(ani: Sandbox) -> None:
    limit = 20 * 1024 * 1024
    small, big = [
        (await ani.attach(("a.zip", bytes(size), "application/zip"), person=ANI, chat=ANI, kind="document"))[0]
        for size in (limit, limit + 1)
    ]
    assert (await ani.result("getFile", file_id=small["document"]["file_id"]))["file_size"] == limit
    refused = await ani.refusal("getFile", file_id=big["document"]["file_id"])
    assert refused == (400, "Bad Request: file is too big")
