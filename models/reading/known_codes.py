"""A person's target codes, and which of them a spelling names: a number names the code with those digits."""

import re
from functools import lru_cache


class KnownCodes:
    """The codes by their spelling and by their digits."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        self._spelled = {code.lower(): code for code in reversed(codes)}
        self._plain = {_plain(code): code for code in reversed(codes)}
        self._by_digits: dict[str, list[str]] = {}
        for code in codes:
            self._by_digits.setdefault(_digits(code), []).append(code)
        self._prefixes = {prefix(code) for code in codes}
        self.numeric = all(code.strip().isdigit() for code in codes)

    def exact(self, token: str) -> str | None:
        """The code spelled so; case, dots and dashes do not matter."""
        return self._spelled.get(token.lower()) or self._plain.get(_plain(token))

    def named(self, token: str) -> str | None:
        """The code spelled so, or the only one with these digits: '3' and 'T3' name 'K3'."""
        if code := self.exact(token):
            return code
        same = self._by_digits.get(_digits(token), [])
        only_a_number = prefix(token) in ("", "t") and _digits(token) == _plain(token).lstrip("t").lstrip("0")
        return same[0] if only_a_number and len(same) == 1 else None

    def resembles(self, token: str) -> bool:
        """Whether the token looks like one of the codes, though it may name none of them."""
        return prefix(token) in self._prefixes and any(char.isdigit() for char in token)


@lru_cache(maxsize=1024)
def known_codes(codes: tuple[str, ...]) -> KnownCodes:
    return KnownCodes(codes)


def prefix(code: str) -> str:
    """The letters before the digits, in lower case."""
    letters = re.match(r"[a-z]*", code.strip().lower())
    return letters.group() if letters else ""


def _plain(code: str) -> str:
    return re.sub(r"[\s.\-]", "", code).lower()


def _digits(code: str) -> str:
    return "".join(re.findall(r"\d+", code)[:1]).lstrip("0")
