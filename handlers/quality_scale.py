"""The quality scale in words."""

from handlers.texts import Words
from models.scoring.spread import band_of


def scale(w: Words) -> list[tuple[int, str]]:
    """Marks and the words of the quality scale (Perka BKN 1/2013: 91–100, 76–90, 61–75, 51–60, 50 and below)."""
    return [
        (100, w.plain("No mistake, beyond the standard")),
        (85, w.plain("One or two small mistakes")),
        (70, w.plain("Three or four small mistakes")),
        (55, w.plain("Five small and one large mistake")),
        (40, w.plain("More mistakes than that")),
    ]


def no_result(w: Words) -> str:
    return w.plain("No result worth marking")


def spoken(w: Words, mark: int | None) -> str:
    """`85 (1–2 kesalahan kecil)`, or that there was no result worth marking."""
    if mark is None:
        return no_result(w)
    return f"{mark} ({scale(w)[band_of(mark)][1]})"
