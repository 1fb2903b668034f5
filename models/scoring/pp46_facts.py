"""What the appraisal of one target under PP 46/2011 rests on: values only, gathered by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.scoring.percentages import FULL, Number, exact


class Aspect(StrEnum):
    """What a target is measured by: kuantitas, kualitas, waktu, biaya."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    TIME = "time"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Measure:
    """`realised` None is not stated, which is never 0: 0 is not done."""

    target: Number
    realised: Number | None


@dataclass(frozen=True, slots=True)
class AppraisedTarget:
    """One target of the period: output in `unit`, quality as marks of 0–100, time in months, cost in rupiah.

    Without `cost`, or with a cost target of 0, that aspect does not count.

    Raises ValueError for facts that have no score: another target that is not above 0, a negative figure, a quality
    above 100; TypeError for a float.
    """

    code: str
    unit: str
    quantity: Measure
    quality: Measure
    time: Measure
    cost: Measure | None = None

    def __post_init__(self) -> None:
        for aspect, measure in self.measures.items():
            realised = exact(measure.realised or 0)
            if exact(measure.target) <= 0:
                raise ValueError(f"target {self.code}: the {aspect} owed must be above 0")
            if realised < 0:
                raise ValueError(f"target {self.code}: the {aspect} realised must not be negative")
            if aspect is Aspect.QUALITY and max(exact(measure.target), realised) > FULL:
                raise ValueError(f"target {self.code}: quality marks go from 0 to 100")

    @property
    def measures(self) -> Mapping[Aspect, Measure]:
        """The aspects that count, in the order of the rule."""
        three = {Aspect.QUANTITY: self.quantity, Aspect.QUALITY: self.quality, Aspect.TIME: self.time}
        return three | {Aspect.COST: self.cost} if self.cost is not None and self.cost.target else three
