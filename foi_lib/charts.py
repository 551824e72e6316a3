"""Charts. Each function takes a result of `foi_lib.analysis` and gives a `Chart`: the figure, its data as a table, and its words.

Where there is too little to draw the chart holds no figure and says why; it never raises for that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from foi_lib.analysis import words
from foi_lib.analysis.comparability import Basis
from foi_lib.analysis.compensation import Payments
from foi_lib.analysis.counts import League
from foi_lib.analysis.findings import FEW
from foi_lib.analysis.grid import GIVEN, REFUSED
from foi_lib.analysis.timeliness import STATUTORY_DAYS
from foi_lib.chart_style import ACCENT, BAR, GREY, INK, PALE, RC, RULE, SHADES, Chart, canvas, labels_left, listed, nothing

MOST_BARS = 25
DARK = ("given", "refused")  # shades that white numbers can be read on (4.5 to 1)
GROUPS = {
    **dict.fromkeys(GIVEN, "given"),
    **dict.fromkeys(REFUSED, "refused"),
    "neither_confirmed_nor_denied": "neither confirmed nor denied",
    "partly_withheld": "partly withheld",
    "already_accessible": "published elsewhere",
    "not_held": "not held or not applicable",
    "not_applicable": "not held or not applicable",
    "clarification_sought": "not answered",
    "unanswered": "not answered",
    "unclear": "unclear or not readable",
    "no_reply": "no reply",
    "unreadable": "unclear or not readable",
    "not_recorded": "not answered",
}


def bars(data: pd.DataFrame, label: str, title: str, subtitle: str, source: str, unit: str | None = None, most: int = MOST_BARS) -> Chart:
    """Horizontal bars from `low` and `high` (an interval's uncertain part is hatched), highest first as given; `figure` is written beside.

    `data` has the columns `label`, low, high, and, optionally, figure. At most `most` bars are drawn; the table has them all.
    """
    if not len(data):
        return nothing(title, data, "there are no figures to compare")
    import matplotlib as mpl

    rows = data.head(most)
    told = (
        list(rows["figure"]) if "figure" in rows else [words.interval(a, b, unit) for a, b in zip(rows["low"], rows["high"], strict=True)]
    )
    cut = f"; the {most} highest of {len(data)}" if len(data) > most else ""
    with mpl.rc_context(RC):
        figure, axes = canvas(len(rows), title, subtitle + cut, source, scale=False)
        top = max([v for v in rows["high"] if math.isfinite(v)] + list(rows["low"]) + [1e-9])
        for i, (low, high, text) in enumerate(zip(rows["low"], rows["high"], told, strict=True)):
            end = high if math.isfinite(high) else top * 1.05
            axes.barh(i, low, height=0.66, color=BAR)
            if end > low:
                axes.barh(i, end - low, left=low, height=0.66, facecolor="#ffffff", edgecolor=BAR, hatch="///", linewidth=0.8)
            axes.text(end + top * 0.012, i, text, va="center", ha="left", color=INK)
        axes.set_xlim(0, top * 1.22)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        axes.axvline(0, color=RULE, linewidth=0.8)
        labels_left(figure, axes, [str(v) for v in rows[label]])
    alt = f"Bar chart. {title}. {subtitle}{cut}. {listed(list(zip(map(str, data[label]), _told(data, told, unit), strict=True)))}."
    return Chart(figure, data, title, subtitle + cut, source, alt)


def league(table: League, title: str, what: str, source: str) -> Chart:
    """The ranked part of a league table as bars; who has no bar, and why, is said in the subtitle."""
    ranked = table.ranked
    basis = table.comparison.basis
    subtitle = f"{_named(basis)}; {_of_asked(table.comparison.n, table.comparison.asked)}" if basis else what
    return bars(ranked, "authority", title, subtitle, source)


def beside(table: League, alike: pd.DataFrame, slug: str, source: str) -> Chart:
    """A council and its peers (`council.beside`) as bars, in the league's order; those without a comparable figure stand in the table."""
    basis = table.comparison.basis
    rows = alike[alike["rank"] != words.NONE].reset_index(drop=True)
    own = rows[rows["slug"] == slug]
    if basis is None or len(rows) < 3:
        return nothing("The council beside those most like it", alike, "fewer than three of these councils gave a comparable figure")
    what = words.measure_name(basis.measure)
    if len(own):
        place = int(own.index[0]) + 1
        title = f"{own.iloc[0]['authority']} is number {place} of these {len(rows)} councils, with {own.iloc[0]['figure']} {what}"
    else:
        title = "The council gave no figure that can be set beside these"
    marked = rows.assign(authority=[f"▸ {a}" if s == slug else a for a, s in zip(rows["authority"], rows["slug"], strict=True)])
    chart = bars(marked, "authority", title, f"{_named(basis)}; the council is marked ▸", source)
    return replace(chart, data=alike)


def payments(found: Payments, title: str, source: str) -> Chart:
    """What the ranked councils paid, over the same years, as bars."""
    rows = found.full.assign(figure=found.full["paid"])
    cover = " to ".join(dict.fromkeys((found.years[0], found.years[-1]))) if found.years else ""
    subtitle = f"Compensation paid, {cover}; {_of_asked(found.total.n, found.total.asked)}"
    return bars(rows, "authority", title, subtitle, source, "GBP")


def spread(table: League, title: str, source: str) -> Chart:
    """Every exact figure as a dot over a box of the middle half; not drawn for fewer than five."""
    rows = table.ranked[table.ranked["low"] == table.ranked["high"]]
    basis = table.comparison.basis
    if len(rows) < 5 or basis is None:
        return nothing(title, rows, "a spread needs at least five exact figures")
    import matplotlib as mpl
    import seaborn as sns

    subtitle = f"{_named(basis)}; each dot is a council ({len(rows)}); the box holds the middle half"
    with mpl.rc_context(RC):
        figure, axes = canvas(4, title, subtitle, source)
        # matplotlib's own box: seaborn 0.13.2 draws its with an argument that matplotlib has deprecated
        line = {"color": GREY, "linewidth": 1.2}
        box = {"facecolor": PALE, "edgecolor": GREY}
        axes.boxplot(
            rows["low"].to_numpy(),
            positions=[0],
            widths=0.5,
            orientation="horizontal",
            whis=(0, 100),
            showfliers=False,
            patch_artist=True,
            boxprops=box,
            medianprops=line,
            whiskerprops=line,
            capprops=line,
            manage_ticks=False,
        )
        many = len(rows) > 30  # then the dots are set off from each other, by steps that repeat no pattern and are the same each time
        heights = [(i * 0.618034) % 1 * 0.36 - 0.18 if many else 0.0 for i in range(len(rows))]
        sns.scatterplot(x=rows["low"].to_numpy(), y=heights, ax=axes, color=BAR, s=16 if many else 36, alpha=0.75, zorder=3, linewidth=0)
        axes.set_ylim(-0.5, 0.5)
        axes.yaxis.set_visible(False)
        axes.set_xlabel(words.measure_name(basis.measure))
        axes.set_xlim(left=min(0, rows["low"].min()) - 0.01 * rows["low"].max() - 0.1)
    least, middle, most = (words.number(v) for v in (rows["low"].min(), rows["low"].median(), rows["low"].max()))
    alt = f"Dots of {len(rows)} figures. {title}. Least {least}, median {middle}, most {most}."
    return Chart(figure, rows, title, subtitle, source, alt)


def outcomes(grid: pd.DataFrame, title: str, source: str, by: str = "question") -> Chart:
    """What became of each question (or, `by` another column, of each kind of council): stacked bars, with counts written in them."""
    if not len(grid):
        return nothing(title, grid, "no questions are known")
    import matplotlib as mpl

    labels = [str(v) for v in dict.fromkeys(grid[by].fillna("not known"))]
    group = grid["outcome"].map(GROUPS)
    present = [g for g in SHADES if g in set(group)]
    counted = pd.crosstab(grid[by].fillna("not known"), group).reindex(index=labels, columns=present, fill_value=0)
    subtitle = f"Councils by what they did with each {by}; {grid['slug'].nunique()} asked"
    with mpl.rc_context(RC):
        across = 4 if len(present) < 5 else 3  # what fits beside each other, whatever the names
        down = math.ceil(len(present) / across)
        figure, axes = canvas(len(labels) * 1.15 + 0.8 + down, title, subtitle, source, scale=False)
        left = [0] * len(labels)
        for name in counted.columns:
            colour, hatch = SHADES[name]
            values = counted[name].tolist()
            dark = name in ("given", "refused", "partly withheld", "neither confirmed nor denied")
            axes.barh(
                range(len(labels)),
                values,
                left=left,
                height=0.72,
                facecolor=colour,
                hatch=hatch,
                label=name,
                linewidth=0.8,
                hatchcolor="#ffffff" if dark else GREY,
                edgecolor="#ffffff" if dark else GREY,
            )
            for i, value in enumerate(values):
                if value / max(1, counted.iloc[i].sum()) >= 0.035:
                    box = {"facecolor": colour if name in DARK else "#ffffff", "edgecolor": "none", "pad": 1.2}
                    axes.text(
                        left[i] + value / 2, i, str(value), ha="center", va="center", color="#ffffff" if name in DARK else INK, bbox=box
                    )
            left = [a + b for a, b in zip(left, values, strict=True)]
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        labels_left(figure, axes, [f"{by} {v}" if by == "question" else v for v in labels])
        axes.set_ylim(len(labels) - 0.4, -0.6 - down)
        place = {"bbox_to_anchor": (0.012, axes.get_position().y1), "bbox_transform": figure.transFigure, "loc": "upper left"}
        axes.legend(**place, ncols=across, fontsize=8.5, handlelength=1.4, columnspacing=1.2, borderaxespad=0)
    data = counted.reset_index().rename_axis(columns=None)
    behind: dict[tuple[str, str], list[str]] = {}
    for label, name, ids in zip(grid[by].fillna("not known"), group, grid["answer_ids"], strict=True):
        behind.setdefault((str(label), name), []).extend([ids] if ids else [])
    for name in present:  # a council that did not reply said nothing that could be shown
        data[f"{name}_answer_ids"] = ["; ".join(behind.get((label, name), [])) for label in labels]
    parts = [(f"{by} {i}:", ", ".join(f"{n} {c}" for c, n in row.items() if n)) for i, row in counted.iterrows()]
    return Chart(figure, data, title, subtitle, source, f"Stacked bars. {title}. {listed(parts)}.")


def rates(table: pd.DataFrame, column: str, title: str, subtitle: str, source: str) -> Chart:
    """Shares with their 95% Wilson intervals, a line each; rows without a base (0/0) are left out here and stay in the table.

    Not drawn where no row has as many as `findings.FEW`: such intervals span nearly everything, and look like a finding.
    """
    rows = table[table["of"] > 0].head(MOST_BARS)
    if not len(rows):
        return nothing(title, table, "no question could be decided")
    if rows["of"].max() < FEW:
        return nothing(title, table, f"no share here is of {FEW} or more")
    import matplotlib as mpl

    with mpl.rc_context(RC):
        figure, axes = canvas(len(rows) + 1, title, subtitle, source)
        for i, row in enumerate(rows.to_dict("records")):
            axes.plot([100 * row["low"], 100 * row["high"]], [i, i], color=GREY, linewidth=1.6, solid_capstyle="butt")
            axes.plot(100 * row["rate"], i, marker="o", color=ACCENT, markersize=7, clip_on=False)
            axes.text(102, i, row["text"], va="center", color=INK)
        axes.set_xlim(0, 100)
        axes.set_xlabel("per cent; the line is the 95% interval")
        axes.grid(axis="x")
        box = axes.get_position()
        axes.set_position((box.x0, box.y0, 0.74, box.height))
        labels = [f"question {v}" if column == "question" else str(v) for v in rows[column]]
        labels_left(figure, axes, labels)
    alt = f"Dots with intervals. {title}. {subtitle}. {listed(list(zip(labels, rows['text'], strict=True)))}."
    return Chart(figure, table, title, subtitle, source, alt)


def years(series: pd.DataFrame, title: str, what: str, source: str, unit: str | None = None) -> Chart:
    """Sums by period from `counts.series`, only of councils that gave every period; not drawn for a single period."""
    if len(series) < 2 or not int(series["matched_n"].max()):
        return nothing(title, series, "a change needs two periods from the same councils")
    n = int(series["matched_n"].iloc[-1])
    shown = ["period", "matched_n", "matched_low", "matched_high", "matched_answer_ids"]
    data = series[shown].set_axis(["period", "councils", "low", "high", "answer_ids"], axis=1)
    data["figure"] = [words.interval(a, b, unit) for a, b in zip(data["low"], data["high"], strict=True)]
    whose = f"the {words.plural(n, 'council')}" if n > 1 else "the one council"
    subtitle = f"{what.capitalize()}, sum over {whose} that gave every period"
    return bars(data, "period", title, subtitle, source, unit)


def days(found: pd.DataFrame, title: str, source: str) -> Chart:
    """Working days of each reply as dots, in rows of one dot a council, with a line at the statutory time (from `timeliness.table`)."""
    rows = found[found["working_days"].notna()].copy()
    if not len(rows):
        return nothing(title, found, "for no reply are both dates known")
    import matplotlib as mpl

    taken = rows["working_days"].astype(int).value_counts().sort_index()
    tallest = int(taken.max())
    late_too = f"; squares, beyond the line: late, after {STATUTORY_DAYS} working days" if taken.index.max() > STATUTORY_DAYS else ""
    subtitle = f"Working days from receipt to reply; each dot is a council ({len(rows)}){late_too}"
    with mpl.rc_context(RC):
        figure, axes = canvas(min(10, 3 + 0.5 * tallest), title, subtitle, source)
        for day, n in taken.items():
            late = day > STATUTORY_DAYS
            axes.plot(
                [day] * n,
                range(1, n + 1),
                linestyle="",
                marker="s" if late else "o",
                color=ACCENT if late else BAR,
                markersize=7 if tallest < 12 else 4,
            )
        axes.axvline(STATUTORY_DAYS + 0.5, color=INK, linewidth=1, linestyle="--")
        axes.set_ylim(0, tallest + 1)
        axes.set_xlim(-0.5, max(int(taken.index.max()), STATUTORY_DAYS) + 2)
        axes.yaxis.set_visible(False)
        axes.set_xlabel("working days")
        axes.xaxis.get_major_locator().set_params(integer=True)
    slugs = rows.assign(working_days=rows["working_days"].astype(int)).groupby("working_days")["slug"].agg("; ".join)
    data = pd.DataFrame({"working days": taken.index, "councils": taken.to_numpy(), "councils_slugs": [slugs[day] for day in taken.index]})
    alt = f"Dots by working days. {title}. {listed([(f'{d} days:', words.plural(n, 'council')) for d, n in taken.items()])}."
    return Chart(figure, data, title, subtitle, source, alt)


def cumulative(found: Payments, table: pd.DataFrame, title: str, source: str) -> Chart:
    """How much of the whole the highest payers made up; `table` comes from `compensation.cumulative`. Not drawn below three payers."""
    if len(table) < 3:
        return nothing(title, table, "fewer than three councils paid an exact sum")
    import matplotlib as mpl

    subtitle = f"Share of all compensation by the highest payers, {' to '.join(dict.fromkeys((found.years[0], found.years[-1])))}"
    with mpl.rc_context(RC):
        figure, axes = canvas(7, title, subtitle, source)
        axes.plot([0, *range(1, len(table) + 1)], [0, *(100 * table["share"])], color=BAR, marker="o" if len(table) < 40 else "", ms=5)
        axes.plot([0, len(table)], [0, 100], color=GREY, linestyle=":", linewidth=1)
        axes.text(len(table) * 0.62, 52, "if all had paid alike", color=GREY, fontsize=8.5, va="top")
        axes.set_xlim(0, len(table) * 1.02)
        axes.set_ylim(0, 104)
        axes.set_xlabel("councils that paid, highest first")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_ylabel("per cent")
        axes.grid(axis="y")
        box = axes.get_position()
        axes.set_position((0.08, box.y0, 0.89, box.height))
    pairs = [(str(r["authority"]), words.percent(r["share"], 1)) for r in table.to_dict("records")]
    return Chart(figure, table, title, subtitle, source, f"Line. {title}. Cumulative share: {listed(pairs)}.")


def _of_asked(n: int, asked: int) -> str:
    return f"{words.of(n, asked)} {words.verb(asked, 'council', 'councils')} asked"


def _named(basis: Basis) -> str:
    return f"{words.measure_name(basis.measure).capitalize()}, {basis.period}"


def _told(data: pd.DataFrame, told: Sequence[str], unit: str | None) -> list[str]:
    rest = data.iloc[len(told) :]
    if "figure" in data:
        return [*told, *map(str, rest["figure"])]
    return [*told, *(words.interval(a, b, unit) for a, b in zip(rest["low"], rest["high"], strict=True))]
