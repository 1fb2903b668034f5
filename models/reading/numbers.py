"""Number words: dua puluh lima, seratus, twelve, papat."""

from models.reading.tokens import NUMBER, WORD, Token

_UNITS = {
    word: value
    for value, words in enumerate(
        (
            "nol zero", "satu sebuah one siji setunggal hiji esa ciek", "dua two loro kalih duo dua'", "tiga three telu tigang tilu tigo tallu",
            "empat four papat sekawan opat ampek appa", "lima five limo gangsal", "enam six enem genep anam", "tujuh seven pitu tujuah",
            "delapan eight wolu dalapan salapan", "sembilan nine sanga songo sembilang", "sepuluh ten sedoso sapuluah sapuluh", "sebelas eleven sewelas", "twelve", "thirteen", "fourteen", "fifteen",
        )
    )
    for word in words.split()
}  # fmt: skip
_UNITS |= {
    "selusin": 12,
    "dua belas": 12,
    "twenty": 20,
    "thirty": 30,
    "seratus": 100,
    "hundred": 100,
    "seribu": 1000,
    "limabelas": 15,
}
# heard as words of other meaning far more often than as numbers
_NOT_ALONE = frozenset({"kalih", "genep", "sebuah", "anam", "hundred"})
_SCALE = {"puluh": 10, "ratus": 100, "ribu": 1000}


def number_at(tokens: list[Token], i: int) -> tuple[float, int] | None:
    """The number that starts at token i and the place after it; digits or words."""
    if i >= len(tokens):
        return None
    token = tokens[i]
    if token.kind == NUMBER:
        value = float(token.value)
        if i + 1 < len(tokens) and tokens[i + 1].norm == "ribu":
            return value * 1000, i + 2
        return value, i + 1
    return _words(tokens, i) if token.kind == WORD else None


def _words(tokens: list[Token], i: int) -> tuple[float, int] | None:
    total, current, start = 0, 0, i
    while i < len(tokens) and tokens[i].kind == WORD:
        word = tokens[i].norm
        if word in _UNITS and not (i == start and word in _NOT_ALONE):
            current += _UNITS[word]
        elif word == "belas" and i > start:
            current += 10
        elif word in _SCALE and i > start:
            current = (current or 1) * _SCALE[word]
            total, current = (total + current, 0) if word != "ribu" else ((total + current), 0)
        else:
            break
        i += 1
    return (float(total + current), i) if i > start else None
