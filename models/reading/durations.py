"""How long something took: '2 jam 30 menit', '1,5 jam', 'satu setengah jam', '90 mnt', '1/2 jam'."""

from models.reading.clocks import CUES, hour_and_minute
from models.reading.lexicon import grammar
from models.reading.numbers import number_at
from models.reading.pieces import norm_at
from models.reading.tokens import CLOCKLIKE, DURATION, FRACTION, Token

_LONGEST = 1440  # minutes: nobody works longer on one thing in one day
_AGO = frozenset(("lalu", "ago", "yang"))
FIXED = {"setengah": 30, "seperempat": 15, "tigaperempat": 45}  # minutes of an hour


def duration_at(tokens: list[Token], i: int) -> tuple[Token, int] | None:
    """A DURATION token (value: minutes, None when absurd or said of several things) and the place after it."""
    j = i
    while j < i + 4 and (norm_at(tokens, j) in grammar("before a duration") or (j > i and norm_at(tokens, j) == ":")):
        j += 1
    found = _amount(tokens, j)
    if found is None or norm_at(tokens, j - 1) in CUES:
        return None
    if _is_of_media(tokens, i, j):
        return None
    minutes, after = found
    more = _amount(tokens, after + (norm_at(tokens, after) in ("dan", "lebih")))
    if more and minutes % 60 == 0 and more[0] < 60:
        minutes, after = minutes + more[0], more[1]
    following = norm_at(tokens, after)
    if following in grammar("after no clock") or following in _AGO:
        return None  # '3 jam rekaman', '2 jam yang lalu'
    after += following == "lebih"
    together = any(t.norm == "total" for t in tokens[i:j])
    value = minutes if 0 < minutes <= _LONGEST and not together else None
    return Token(DURATION, "", tokens[i].start, tokens[after - 1].end, value), after


def _is_of_media(tokens: list[Token], i: int, j: int) -> bool:
    """'edit video 3 menit', 'film, durasi 2 jam': how long the product is, not the work."""
    said = norm_at(tokens, j - 1) in ("durasi", "berdurasi", ":", "sepanjang") or i < j
    reach = 12 if said and any(norm_at(tokens, k) in ("durasi", "berdurasi") for k in range(i - 2, j)) else 1
    return any(t.norm in grammar("media") for t in tokens[max(0, i - reach) : i])


def _amount(tokens: list[Token], i: int) -> tuple[int, int] | None:
    """A number of hours or minutes at token i, in minutes."""
    word, following = norm_at(tokens, i), norm_at(tokens, i + 1)
    if word == "sejam":
        return (90, i + 2) if following == "setengah" else (60, i + 1)
    if word in FIXED and following in grammar("hours"):
        return FIXED[word], i + 2
    if i < len(tokens) and tokens[i].kind == FRACTION and following in grammar("hours"):
        top, bottom = (int(part) for part in word.split("/"))
        return (round(60 * top / bottom), i + 2) if top < bottom else None
    if i < len(tokens) and tokens[i].kind == CLOCKLIKE and following in grammar("hours"):
        hours, hundredths = hour_and_minute(tokens[i].raw)  # '1.25 jam'
        return round(60 * (hours + hundredths / 100)), i + 2
    found = number_at(tokens, i)
    return _scaled(tokens, *found) if found else None


def _scaled(tokens: list[Token], value: float, i: int) -> tuple[int, int] | None:
    """The value with the unit at i: '2 jam', '2 setengah jam', '2 jam setengah'."""
    half = norm_at(tokens, i) == "setengah"
    i += half
    word = norm_at(tokens, i)
    scale = 60 if word in grammar("hours") else 1 if word in grammar("minutes") else 0
    if not scale or value > 9_999:
        return None
    i += 1
    if scale == 60 and not half and norm_at(tokens, i) == "setengah":
        half, i = True, i + 1
    return round((value + half / 2) * scale), i
