"""The picture of a week, decoded again: where its pixels are, and that no words can break it."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from itertools import groupby, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from handlers.charts import Bar, TrendPoint, WeekChart, palette, week_chart
from handlers.charts.canvas import INNER, LEFT, RIGHT

TITLE = "Bidang Pelayanan"


def picture(*, bars: tuple[Bar, ...] = (), trend: tuple[TrendPoint, ...] = ()) -> Image.Image:
    image = Image.open(BytesIO(week_chart(WeekChart(title=TITLE, bars=bars, trend=trend))))
    assert (image.format, image.mode, image.width) == ("PNG", "RGB", 1080)
    return image


def progress(*percents: float) -> tuple[Bar, ...]:
    return tuple(Bar(f"Sasaran {n}", percent, "12 dari 15 laporan") for n, percent in enumerate(percents))


def scores(*values: float | None) -> tuple[TrendPoint, ...]:
    return tuple(TrendPoint(f"{n}/3", value) for n, value in enumerate(values, 1))


def where(image: Image.Image, colour: str) -> list[tuple[int, int]]:
    wanted, pixels = ImageColor.getrgb(colour), image.load()
    assert pixels is not None
    return [(x, y) for y in range(image.height) for x in range(image.width) if pixels[x, y] == wanted]


def spans(image: Image.Image, colour: str) -> list[tuple[int, int]]:
    """(first, last) x in the middle row of each band of rows that have the colour, from top to bottom."""
    rows = {y: [x for x, _ in row] for y, row in groupby(where(image, colour), key=lambda at: at[1])}
    bands = [[y for _, y in band] for _, band in groupby(enumerate(rows), key=lambda item: item[1] - item[0])]
    middles = [rows[band[len(band) // 2]] for band in bands]
    return [(row[0], row[-1]) for row in middles]


def test_bars_are_as_long_as_the_work_done() -> None:
    lengths = [last - first + 1 for first, last in spans(picture(bars=progress(20, 50, 80)), palette.DONE)]
    assert lengths == pytest.approx([INNER * 0.2, INNER * 0.5, INNER * 0.8], abs=1)


def test_output_above_plan_is_drawn_at_its_length_on_one_scale() -> None:
    image = picture(bars=progress(180, 90))
    plan = LEFT + INNER * 100 / 180
    done, over = spans(image, palette.DONE), spans(image, palette.OVER)
    assert done[0] == pytest.approx((LEFT, plan - 8), abs=1)  # the ringed mark of the plan is seven pixels wide
    assert done[1] == pytest.approx((LEFT, LEFT + INNER / 2 - 1), abs=1)
    assert over == [pytest.approx((plan + 2, RIGHT - 1), abs=1)]


@pytest.mark.parametrize(("percents", "plan"), [((0, 40), RIGHT), ((200, 40), LEFT + INNER / 2), ((100,), RIGHT)])
def test_the_plan_is_marked_on_every_bar(percents: tuple[float, ...], plan: float) -> None:
    marks = [y for x, y in where(picture(bars=progress(*percents)), palette.INK) if x == int(plan) - 3]
    assert len(marks) == pytest.approx(44 * len(percents), abs=len(percents))


def test_nothing_done_is_a_bar_without_length() -> None:
    image = picture(bars=progress(0))
    assert where(image, palette.DONE) == []
    assert spans(image, palette.TRACK) == [pytest.approx((LEFT, RIGHT - 8), abs=1)]


def test_a_bar_far_beyond_the_plan_is_broken_and_leaves_the_others_readable() -> None:
    image = picture(bars=progress(900, 60))
    assert spans(image, palette.DONE)[1] == pytest.approx((LEFT, LEFT + INNER * 0.3 - 1), abs=1)
    over = where(image, palette.OVER)
    row = [x for x, y in over if y == over[0][1] + 14]
    assert sum(after - before > 1 for before, after in pairwise(row)) == 2


def runs(columns: set[int]) -> Iterator[list[int]]:
    for _, run in groupby(enumerate(sorted(columns)), key=lambda item: item[1] - item[0]):
        yield [x for _, x in run]


def test_the_trend_breaks_where_a_week_has_no_score() -> None:
    image = picture(trend=scores(50, 60, None, 70, None, 80))
    columns = list(runs({x for x, _ in where(image, palette.TREND)}))
    slot = (INNER - 64) / 6
    middles = [(run[0] + run[-1]) / 2 - LEFT - 64 for run in columns]
    assert middles == pytest.approx([slot, slot * 3.5, slot * 5.5], abs=2)
    assert columns[0][-1] - columns[0][0] == pytest.approx(slot + 18, abs=3)


def test_the_trend_is_as_high_as_the_score() -> None:
    image = picture(trend=scores(0, None, 100, None, 25))
    dots = [
        [at for at in where(image, palette.TREND) if at[0] in run]
        for run in runs({x for x, _ in where(image, palette.TREND)})
    ]
    zero, full, quarter = ((min(y for _, y in dot) + max(y for _, y in dot)) / 2 for dot in dots)
    assert (zero - quarter) / (zero - full) == pytest.approx(0.25, abs=0.01)


def test_the_picture_is_as_high_as_its_content() -> None:
    bare, one, ten = picture(), picture(bars=progress(50)), picture(bars=progress(*[50] * 10))
    unscored, trend = picture(trend=scores(None, None)), picture(trend=scores(None, 70))
    assert bare.height == unscored.height < one.height < ten.height < 2560
    assert trend.height > bare.height
    assert where(unscored, palette.CARD) == []


def test_same_values_same_bytes_in_another_process() -> None:
    chart = WeekChart(title=TITLE, bars=progress(80, 120), trend=scores(70, None, 82.5))
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(week_chart, chart).result() == week_chart(chart)


words = st.text(max_size=60) | st.sampled_from(["🎉🎉", "مرحبا", "W" * 300, "Laporan hasil pengawasan pemilu 🇮🇩 " * 5])
charts = st.builds(
    WeekChart,
    title=words,
    subtitle=words,
    bars=st.lists(st.builds(Bar, words, st.floats(0, 1e9), words, words), max_size=4).map(tuple),
    bars_title=words,
    plan_legend=words,
    over_legend=words,
    trend=st.lists(st.builds(TrendPoint, words, st.none() | st.floats(0, 100), words), max_size=15).map(tuple),
    trend_title=words,
    gap_legend=words,
    footer=words,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(charts)
def test_any_words_and_figures_make_a_picture_within_telegrams_limits(chart: WeekChart) -> None:
    image = Image.open(BytesIO(week_chart(chart)))
    image.load()
    assert image.width == 1080
    assert image.width + image.height <= 10_000
    assert image.height / image.width <= 20


@pytest.mark.parametrize("percent", [-1, float("nan"), float("inf")])
def test_no_bar_without_a_length(percent: float) -> None:
    with pytest.raises(ValueError, match="percent"):
        Bar("Sasaran", percent, "")


@pytest.mark.parametrize("value", [-1, 101, float("nan")])
def test_no_score_outside_its_scale(value: float) -> None:
    with pytest.raises(ValueError, match="score"):
        TrendPoint("1/3", value)
