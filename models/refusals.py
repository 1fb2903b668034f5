"""A rule said no. The edge puts the key into words, in the person's language."""

from typing import Any


class Refusal(Exception):
    """Raised by a use case. `key` names the rule, `values` fill the sentence that `handlers` keeps for it."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
