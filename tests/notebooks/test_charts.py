"""Charts: their data, their words, their bytes; readable in greyscale."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest
from analysis import synthetic as t

from foi_lib import charts
from foi_lib.analysis import compensation, counts, refusals, timeliness
from foi_lib.analysis import council as one
from foi_lib.analysis import grid as g
from foi_lib.chart_style import SHADES, Chart

SOURCE = "Source: replies"


@cache
def every(n: int) -> dict[str, Callable[[], Chart]]:
    """Every chart there is, of a request to n councils; each call draws afresh."""
    tables = t.many(n)
    answers, people = tables["answers"], tables["responses"]
    grid = g.grid(people, answers, t.QUESTIONS)
    board = counts.league(grid, answers, people, "breach_count")
    paid = compensation.payments(answers, len(people))
    series, _ = counts.series(answers, "compensation_paid_gbp", len(people))
    slug = people["slug"].iloc[0] if len(people) else ""
    alike = one.beside(board, slug, one.peers(people, slug)) if slug else board.table
    return {
        "league": lambda: charts.league(board, "League", "data breaches", SOURCE),
        "beside": lambda: charts.beside(board, alike, slug, SOURCE),
        "spread": lambda: charts.spread(board, "Spread", SOURCE),
        "outcomes": lambda: charts.outcomes(grid, "Outcomes", SOURCE),
        "rates": lambda: charts.rates(refusals.by(grid, "tier"), "tier", "Rates", "Refused", SOURCE),
        "payments": lambda: charts.payments(paid, "Payments", SOURCE),
        "years": lambda: charts.years(series, "Years", "compensation", SOURCE, "GBP"),
        "days": lambda: charts.days(timeliness.table(people), "Days", SOURCE),
        "cumulative": lambda: charts.cumulative(paid, compensation.cumulative(paid), "Cumulative", SOURCE),
    }


NAMES = sorted(every(1))


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_says_what_it_shows_and_is_the_same_each_time(name: str) -> None:
    first, second = (every(12)[name]() for _ in range(2))
    assert first.figure is not None
    svg = first.svg()
    assert svg == second.svg() == first.svg()
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == first.alt
    assert len(first.alt) > 40
    assert first.title in first.alt
    assert not re.search(r"\bnan\b|None|<NA>", first.alt)
    assert "date" not in svg.lower().split("<defs>")[0]
    assert first.bytes("png") == second.bytes("png")


@pytest.mark.parametrize("name", NAMES)
def test_a_charts_words_are_text_in_a_font_that_readers_have(name: str) -> None:
    chart = every(12)[name]()
    words = [node for node in ET.fromstring(chart.svg()).iter() if node.tag.endswith("}text")]
    assert chart.title.split()[0] in " ".join(node.text or "" for node in words)
    assert all("Verdana, sans-serif" in str(node.get("style")) for node in words)


@pytest.mark.filterwarnings("ignore:Glyph")
def test_words_from_a_letter_break_no_picture() -> None:
    odd = "A <b>bold</b> & \u202eturned\x0b council"
    data = pd.DataFrame({"authority": [odd, "B"], "low": [2.0, 1.0], "high": [2.0, 1.0], "slug": ["a", "b"]})
    said = "".join(ET.fromstring(charts.bars(data, "authority", odd, "0", "0").svg()).itertext())
    assert "A <b>bold</b> & [U+202E]turned[U+000B]" in said


@pytest.mark.parametrize("name", NAMES)
def test_each_row_of_a_charts_data_leads_to_its_evidence(name: str) -> None:
    _, metadata = every(12)[name]()._repr_mimebundle_()
    told = metadata["image/svg+xml"]["foi_behind"]
    assert told["bare"] == []
    assert told["ids"] or told["slugs"]
    tables = t.many(12)
    assert set(told["ids"]) <= set(tables["answers"]["answer_id"])
    assert set(told["slugs"]) <= set(tables["responses"]["slug"])


def test_a_row_that_names_nothing_is_bare_and_one_that_says_so_is_not() -> None:
    data = pd.DataFrame({"authority": ["A", "B", "C"], "low": [1, 2, 0], "high": [1, 2, 0], "answer_id": ["a1", None, ""]})
    _, metadata = charts.bars(data, "authority", "T", "S", SOURCE)._repr_mimebundle_()
    assert metadata["image/svg+xml"]["foi_behind"] == {"ids": ["a1"], "slugs": [], "bare": ["B"], "title": "T"}


@pytest.mark.parametrize("name", ["outcomes", "days", "spread", "rates"])
@pytest.mark.parametrize("n", [1, 12, 40])
def test_nothing_is_cut_off_at_the_edges(name: str, n: int) -> None:
    figure = every(n)[name]().figure
    if figure is None:
        return
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    axes = figure.axes[0]
    legend = axes.get_legend()
    shown = [*figure.texts, *axes.texts, axes.xaxis.label, *(legend.get_texts() if legend else ())]
    for text in shown + (axes.get_yticklabels() if axes.yaxis.get_visible() else []):
        box = text.get_window_extent(canvas.get_renderer())
        assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height, text.get_text()


@pytest.mark.parametrize("name", NAMES)
def test_two_charts_on_a_page_share_no_id(name: str) -> None:
    one_, two = (set(re.findall(r'\bid="([^"]+)"', every(n)[name]().svg())) for n in (12, 40))
    assert one_
    assert not one_ & two


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_little_is_said_and_not_drawn_wrong(name: str, n: int) -> None:
    chart = every(n)[name]()
    assert chart.figure is not None or chart.alt.startswith("No chart: ")
    data, *_ = (chart._repr_mimebundle_(),) if chart.figure is None else chart._repr_mimebundle_()
    assert data["text/plain"] == chart.alt
    assert ("image/svg+xml" in data) is (chart.figure is not None)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_four_hundred_councils(name: str) -> None:
    chart = every(400)[name]()
    assert len(chart.svg()) < 250_000
    assert chart.figure.get_size_inches()[1] < 12


def test_the_table_holds_all_bars_and_the_picture_the_highest() -> None:
    data = pd.DataFrame({"authority": [f"C{i}" for i in range(40)], "low": range(40, 0, -1), "high": range(40, 0, -1)})
    chart = charts.bars(data, "authority", "Many", "Breaches", SOURCE)
    axes = chart.figure.axes[0]
    assert len(axes.patches) == charts.MOST_BARS
    assert [p.get_width() for p in axes.patches] == list(data["low"][: charts.MOST_BARS])
    assert len(chart.data) == 40
    assert "the 25 highest of 40" in chart.subtitle
    assert "C0 40; C1 39" in chart.alt
    assert "and 25 more in the table" in chart.alt


def test_an_interval_is_hatched_beyond_what_is_certain() -> None:
    data = pd.DataFrame({"authority": ["A"], "low": [1.0], "high": [4.0]})
    sure, unsure = charts.bars(data, "authority", "T", "S", SOURCE).figure.axes[0].patches
    assert (sure.get_width(), unsure.get_x(), unsure.get_width()) == (1, 1, 3)
    assert unsure.get_hatch()


def test_bars_are_what_the_data_is() -> None:
    tables = t.many(12)
    grid = g.grid(tables["responses"], tables["answers"], t.QUESTIONS)
    chart = charts.outcomes(grid, "T", SOURCE)
    widths = sorted(int(p.get_width()) for p in chart.figure.axes[0].patches if p.get_width())
    cells = sorted(v for v in chart.data.select_dtypes("number").to_numpy().ravel().tolist() if v)
    assert widths == cells
    assert sum(cells) == len(grid)


def luminance(colour: str) -> float:
    """Relative luminance, by the definition of WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_no_two_kinds_look_alike_in_greyscale() -> None:
    """Either the lightness differs, or the hatch does: colour is never the only sign."""
    seen = [(luminance(colour), hatch, name) for name, (colour, hatch) in SHADES.items()]
    for i, (light, hatch, name) in enumerate(seen):
        for other, hatch_other, name_other in seen[i + 1 :]:
            ratio = (max(light, other) + 0.05) / (min(light, other) + 0.05)
            assert hatch != hatch_other or ratio > 1.25, (name, name_other)


def test_white_numbers_stand_only_on_dark_shades() -> None:
    """4.5 to 1: WCAG 2.2, success criterion 1.4.3."""
    for name in charts.DARK:
        assert 1.05 / (luminance(SHADES[name][0]) + 0.05) >= 4.5, name
