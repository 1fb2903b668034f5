"""Parents: which ones lead back to where they began."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def cycles(parents: Mapping[T, T | None]) -> list[tuple[T, ...]]:
    """Every ring in the graph node → parent, each once, beginning with the node met first."""
    settled: set[T] = set()
    found: list[tuple[T, ...]] = []
    for start in parents:
        path: dict[T, None] = {}
        node: T | None = start
        while node is not None and node not in settled and node not in path:
            path[node] = None
            node = parents.get(node)
        if node is not None and node in path:
            ring = list(path)
            found.append(tuple(ring[ring.index(node) :]))
        settled.update(path)
    return found


def above(node: T, parents: Mapping[T, T | None]) -> list[T]:
    """The parent, its parent and so on, the nearest first; stops where a ring closes."""
    found: list[T] = []
    current = parents.get(node)
    while current is not None and current != node and current not in found:
        found.append(current)
        current = parents.get(current)
    return found
