"""Numbers in figures or words: '1.250', '3 ribu', 'dua puluh lima', 'seratus', 'papat'."""

from functools import cache

from models.reading import lexicon
from models.reading.tokens import NUMBER, WORD, Token

_LONGEST = 8  # words of one number
_SCALES = {"puluh": 10, "ratus": 100, "ribu": 1000}


@cache
def number_words() -> dict[str, int]:
    """Word → value; compounds are put together by `number_at`."""
    table = {}
    for line in lexicon.sections("numbers.txt")["words"]:
        value, *words = line.split()
        table.update(dict.fromkeys(words, int(value)))
    return table


def number_at(tokens: list[Token], i: int) -> tuple[float, int] | None:
    """The number that starts at token i, and the place after it."""
    if i >= len(tokens):
        return None
    token = tokens[i]
    if token.kind == NUMBER:
        thousands = i + 1 < len(tokens) and tokens[i + 1].norm == "ribu"
        return float(token.value) * (1000 if thousands else 1), i + 1 + thousands
    return _in_words(tokens, i) if token.kind == WORD and token.norm in number_words() else None


def _in_words(tokens: list[Token], start: int) -> tuple[float, int]:
    total = current = 0
    i = start
    while i < min(len(tokens), start + _LONGEST) and tokens[i].kind == WORD:
        word = tokens[i].norm
        if word in number_words():
            current += number_words()[word]
        elif word == "belas":
            current += 10
        elif word in _SCALES:
            total, current = total + (current or 1) * _SCALES[word], 0
        else:
            break
        i += 1
    return float(total + current), i
