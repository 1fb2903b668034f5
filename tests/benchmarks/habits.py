"""People who repeat themselves, and mistype it."""

import random
from dataclasses import dataclass, field

from models.employees import Employee
from tests.benchmarks.occupations import Occupation

AGAIN = 0.6
"""So much of a day is what was done last week as well, in the same words but for a typing error."""
ACTIVITIES = (1, 2, 2, 3)


@dataclass(slots=True)
class Person:
    employee: Employee
    targets: dict[str, int]
    chance: random.Random
    last_week: list[str] = field(default_factory=list)
    this_week: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    def day(self, occupation: Occupation) -> dict[str, str]:
        """What is typed → the wording that is meant, a line for each activity."""
        meant: dict[str, str] = {}
        for _ in range(self.chance.choice(ACTIVITIES)):
            if self.last_week and self.chance.random() < AGAIN:
                wording = self.chance.choice(self.last_week)
                meant[mistyped(wording, self.chance)] = wording
            else:
                code = self.chance.choice(occupation.targets).code
                unsaid = [w for w, serves in occupation.serves.items() if serves == code and w not in self.said]
                wording = self.chance.choice(unsaid)
                meant[wording] = wording
            self.said.add(wording)
            self.this_week.append(wording)
        return meant


def mistyped(wording: str, chance: random.Random) -> str:
    """One of the longer words with two letters swapped, one left out or one doubled."""
    words = wording.split()
    place = chance.choice([n for n, word in enumerate(words) if len(word) >= min(5, max(map(len, words)))])
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    words[place] = chance.choice((swapped, word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]))
    return " ".join(words)
