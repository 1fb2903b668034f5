"""Facts for the tests of the appraisal under PP 46/2011."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import strategies as st

from models.scoring.percentages import Number
from models.scoring.pp46 import AppraisedTarget, Behaviour, Measure

D = Decimal
Pair = tuple[Number, Number | None]


def target(
    code: str = "R1",
    *,
    quantity: Pair = (24, 24),
    quality: Pair = (85, 85),
    time: Pair = (12, 12),
    cost: Pair | None = None,
) -> AppraisedTarget:
    """A target met exactly, unless said otherwise: 92, or 88 with cost."""
    spent = None if cost is None else Measure(*cost)
    return AppraisedTarget(code, "laporan", Measure(*quantity), Measure(*quality), Measure(*time), spent)


def marks(mark: Number | None, **others: Number | None) -> Mapping[Behaviour, Number | None]:
    """The same mark for every aspect of behaviour but leadership, and others by name."""
    same = {aspect: mark for aspect in Behaviour if aspect is not Behaviour.LEADERSHIP}
    return same | {Behaviour(name): other for name, other in others.items()}


def amounts(least: str, most: int = 1000) -> st.SearchStrategy[Number]:
    """Whole numbers and decimals in equal parts."""
    return st.integers(int(D(least) + D("0.99")), most) | st.decimals(least, most, places=2)


owed = amounts("0.01")
done = amounts("0")


@st.composite
def targets(draw: st.DrawFn, *, stated: bool = True) -> AppraisedTarget:
    maybe = st.just(True) if stated else st.booleans()

    def pair(most: int = 1000) -> Pair:
        return draw(amounts("0.01", most)), draw(amounts("0", most)) if draw(maybe) else None

    return target(
        draw(st.sampled_from(["R1", "R2", "R3"])),
        quantity=pair(),
        quality=pair(100),
        time=pair(24),
        cost=pair() if draw(st.booleans()) else None,
    )
