"""Copies of the whole database in one file, and the way back."""


class Failed(Exception):
    """It cannot be done, and nothing was changed; its words say why and what to do."""
