"""Telegram's HTML: its tags, its four named entities, its refusals with byte offsets.

https://core.telegram.org/bots/api#html-style; the wording of the refusals is TDLib's.
"""

import re
from dataclasses import dataclass, field

from bot.sandbox.entities import units
from bot.sandbox.errors import ApiError, Json, bad_request
from bot.sandbox.tags import STYLES, Open, entity_of, problem_with, without_stray_language

_SPACE = b" \t\r\n\v\0"
_CHARACTER = re.compile(rb"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}


def parse(source: str) -> tuple[str, list[Json]]:
    """Plain text and its entities (UTF-16 offsets); raises ApiError with Telegram's words."""
    return _Parser(source.replace("\0", "")).run()


def _refusal(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")


@dataclass
class _Parser:
    """Walks over the UTF-8 bytes, since refusals name byte offsets; a zero byte marks the end."""

    source: str
    at: int = 0
    offset: int = 0
    text: list[str] = field(default_factory=list)
    stack: list[Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> tuple[str, list[Json]]:
        self.bytes = self.source.encode() + b"\0"
        while self.bytes[self.at]:
            if self.bytes[self.at] != ord("<"):
                self._plain()
            elif self.bytes[self.at + 1] == ord("/"):
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return "".join(self.text), [without_stray_language(entity) for entity in self.entities]

    def _plain(self) -> None:
        if character := self._character():
            self._append(character)
            return
        stop = self.at + 1
        while self.bytes[stop] not in b"<&\0":
            stop += 1
        self._append(self.bytes[self.at : stop].decode())
        self.at = stop

    def _append(self, text: str) -> None:
        self.text.append(text)
        self.offset += units(text)

    def _character(self) -> str:
        """The character that ``&…;`` stands for here, or nothing when it is just text."""
        match = _CHARACTER.match(self.bytes, self.at)
        if match is None:
            return ""
        hexadecimal, decimal, name = match.groups()
        code = int(hexadecimal, 16) if hexadecimal else int(decimal or 0)
        if not name and (not 0 < code < 0x10FFFF or 0xD800 <= code < 0xE000):
            return ""
        self.at = match.end()
        return _NAMED[name] if name else chr(code)

    def _start_tag(self) -> None:
        begin = self.at
        name = self._until(b">", begin + 1)
        if not self.bytes[self.at]:
            raise _refusal(f"Unclosed start tag at byte offset {begin}")
        tag = name.lower()
        if tag not in STYLES:
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes: dict[str, str] = {}
        while self._skip_space() != ord(">"):
            key, value = self._attribute(tag, begin)
            attributes[key] = value
        self.at += 1
        if problem := problem_with(tag, attributes, begin):
            raise _refusal(problem)
        self.stack.append(Open(tag, attributes, self.offset, len(self.text)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._until(b"=>/\"'", self.at)
        if not name:
            if not self.bytes[self.at]:
                raise _refusal(f'Unclosed start tag "{tag}" at byte offset {begin}')
            raise _refusal(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        if self._skip_space() != ord("="):
            if not self.bytes[self.at]:
                raise _refusal(f'Unclosed start tag "{tag}" at byte offset {begin}')
            return name, ""
        self.at += 1
        quote = self._skip_space()
        if not quote:
            raise _refusal(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._quoted(quote) if quote in b"\"'" else self._token()
        if not self.bytes[self.at]:
            raise _refusal(f"Unclosed start tag at byte offset {begin}")
        return name, value

    def _token(self) -> str:
        begin = self.at
        while chr(self.bytes[self.at]).isalnum() or self.bytes[self.at] in b".-":
            self.at += 1
        if self.bytes[self.at] not in _SPACE + b">":
            raise _refusal(f"Unexpected end of name token at byte offset {begin}")
        return self.bytes[begin : self.at].decode().lower()

    def _quoted(self, quote: int) -> str:
        self.at += 1
        value = bytearray()
        while self.bytes[self.at] not in (quote, 0):
            if character := self._character():
                value += character.encode()
            else:
                value.append(self.bytes[self.at])
                self.at += 1
        if self.bytes[self.at]:
            self.at += 1
        return value.decode()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise _refusal(f"Unexpected end tag at byte offset {begin}")
        found = self._until(b">", begin + 2)
        if self._skip_space() != ord(">"):
            raise _refusal(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.stack.pop()
        if found not in ("", opened.tag):
            raise _refusal(f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{found}>"')
        self._close(opened)

    def _close(self, opened: Open) -> None:
        entity = entity_of(opened, self.offset - opened.offset, "".join(self.text[opened.start :]))
        if entity and not self._merges(entity):
            self.entities.append(entity)

    def _merges(self, entity: Json) -> bool:
        """``<pre><code class="language-…">`` is one block with a language."""
        last = self.entities[-1] if self.entities else {}
        if entity["type"] != "pre" or last.get("type") != "code":
            return False
        if (last["offset"], last["length"]) != (entity["offset"], entity["length"]):
            return False
        last["type"] = "pre"
        return True

    def _until(self, stops: bytes, start: int) -> str:
        self.at = start
        while self.bytes[self.at] not in _SPACE + stops:
            self.at += 1
        return self.bytes[start : self.at].decode()

    def _skip_space(self) -> int:
        while self.bytes[self.at] and self.bytes[self.at] in _SPACE:
            self.at += 1
        return self.bytes[self.at]
