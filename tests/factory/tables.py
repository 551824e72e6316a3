"""Tables in every state that letters bring them in: piped, tabbed, one cell a line, run together."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from .figures import count, draw_count, draw_money, money
from .model import Asked, Said, Style, figure
from .periods import Period, whole
from .words import CATEGORIES

SHAPES = ("piped", "piped_bare", "tabbed", "spaces", "cell_a_line", "trailing_pipe")
GRIDS = ("years_down", "years_across", "categories", "months", "two_measures", "two_headers", "run_together")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def lay(rows: Sequence[Sequence[str]], shape: str) -> str:
    """The grid as text."""
    if shape == "piped":
        rule = "|" + "---|" * len(rows[0])
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([lines[0], rule, *lines[1:]])
    if shape == "piped_bare":
        return "\n".join(" | ".join(row) for row in rows)
    if shape == "tabbed":
        return "\n".join("\t".join(row) for row in rows)
    if shape == "spaces":
        return "\n".join("   ".join(cell for cell in row if cell) for row in rows)
    if shape == "cell_a_line":
        return "\n".join(cell for row in rows for cell in row if cell)
    return "\n".join(cell + " |" if cell else "|" for row in rows for cell in row)  # trailing_pipe


def draw_shape(rng: Random) -> str:
    return rng.choices(SHAPES, (5, 2, 4, 2, 3, 2))[0]


def _value(style: Style, asked: Asked, kind: str | None = None) -> tuple[float, str]:
    """A figure and its words, as it stands in a cell."""
    rng = style.rng
    if (kind or asked.kind) == "money":
        value = draw_money(rng)
        sign = rng.choice(("£", "£.00", "bare")) if style.money_style == "bare" else style.money_style
        return value, money(rng, value, sign, rng.choice(("0", "0.00", "Nil")))
    if asked.kind == "percentage" and kind is None:
        return (share := float(rng.randrange(40, 100))), f"{share:g}%"
    number = draw_count(rng)
    return number, count(rng, number, "comma" if style.count_style == "comma" else "plain", rng.choice(("0", "0", "0", "Nil")))


def _heading(asked: Asked) -> str:
    gist = asked.gist[0].upper() + asked.gist[1:]
    return f"{gist} (£)" if asked.kind == "money" else gist


def table(style: Style, asked: Asked, grid: str) -> Said:
    """A table that answers the question, with a label for each of its figures."""
    rng, shape = style.rng, draw_shape(style.rng)
    if grid == "run_together":
        return run_together(style, asked)
    if grid == "months":
        shape = "trailing_pipe" if shape == "spaces" else shape
    if grid == "two_headers":
        shape = rng.choice(("piped", "tabbed", "trailing_pipe"))
    style.mark("table", shape)
    style.mark("grid", grid)
    rows, labels = {
        "years_down": years_down,
        "years_across": years_across,
        "categories": categories,
        "months": months,
        "two_measures": two_measures,
        "two_headers": two_headers,
    }[grid](style, asked)
    for found in labels:
        found["how"] = f"{grid}/{shape}"
    return Said(lay(rows, shape), labels, block=True, table=True)


def years_down(style: Style, asked: Asked) -> tuple[list[list[str]], list[dict]]:
    rows, labels = (
        [[style.rng.choice(("Year", "Financial year" if asked.years[0].kind == "financial" else "Calendar year")), _heading(asked)]],
        [],
    )
    for period in asked.years:
        value, words = _value(style, asked)
        rows.append([_year(style, period), words])
        labels.append(figure(asked, period, value, words))
    if len(asked.years) > 1 and not asked.years[-1].to_date and asked.kind != "percentage" and style.rng.random() < 0.3:
        value = round(sum(found["value"] for found in labels), 2)
        words = money(style.rng, value, "£") if asked.kind == "money" else count(style.rng, int(value), "plain")
        rows.append(["Total", words])
        labels.append(figure(asked, whole(asked.years), value, words))
        style.mark("grid", "total_row")
    return rows, labels


def years_across(style: Style, asked: Asked) -> tuple[list[list[str]], list[dict]]:
    head, row, labels = ["Year"], [_heading(asked)], []
    for period in asked.years:
        value, words = _value(style, asked)
        head.append(_year(style, period))
        row.append(words)
        labels.append(figure(asked, period, value, words))
    return [head, row], labels


def categories(style: Style, asked: Asked) -> tuple[list[list[str]], list[dict]]:
    """Kinds down, years across, with totals in the last row and, now and then, in the last column."""
    rng = style.rng
    names = rng.sample(rng.choice(CATEGORIES), 3)
    column = len(asked.years) > 1 and not asked.years[-1].to_date and rng.random() < 0.4
    rows = [[rng.choice(("Category", "Type", "Kind of breach")), *(_year(style, p) for p in asked.years), *(["Total"] if column else [])]]
    values = [[draw_count(rng, 0.2) for _ in asked.years] for _ in names]
    values.append([sum(below) for below in zip(*values, strict=True)])
    labels = []
    for name, line in zip([*names, "Total"], values, strict=True):
        line = [*line, sum(line)] if column else line
        words = [count(rng, value, "comma" if style.count_style == "comma" else "plain") for value in line]
        rows.append([name, *words])
        periods = [*asked.years, whole(asked.years)] if column else asked.years
        for period, value, word in zip(periods, line, words, strict=True):
            labels.append(figure(asked, period, value, word, breakdown=None if name == "Total" else name))
    return rows, labels


def months(style: Style, asked: Asked) -> tuple[list[list[str]], list[dict]]:
    """Months down, calendar years across."""
    rng = style.rng
    rows, labels = [["Month", *(str(p.year) for p in asked.years)]], []
    for n, name in enumerate(MONTHS, 1):
        row = [name]
        for period in asked.years:
            value = draw_count(rng, 0.25)
            row.append(str(value))
            labels.append(figure(asked, Period("month", period.year, n), value, str(value)))
        rows.append(row)
    return rows, labels


def two_measures(style: Style, asked: Asked) -> tuple[list[list[str]], list[dict]]:
    """Claims and what was paid for them, side by side."""
    rows, labels = [["Year", "Claims received", "Compensation paid (£)"]], []
    for period in asked.years:
        number, words = _value(style, asked, "count")
        paid, sum_words = _value(style, asked, "money")
        rows.append([_year(style, period), words, sum_words])
        labels.append(figure(asked, period, number, words))
        labels.append(figure(asked, period, paid, sum_words) | {"measure": "compensation_paid_gbp"})
    return rows, labels


def two_headers(style: Style, asked: Asked) -> tuple[list[list[str]], list[dict]]:
    """Years over two kinds each."""
    kinds = style.rng.choice((("Paper", "Electronic"), ("Internal", "External"), ("Lost", "Stolen")))
    top, below, labels = ["Department"], [""], []
    for period in asked.years:
        top += [_year(style, period), ""]
        below += kinds
    rows = [top, below]
    for name in style.rng.sample(style.rng.choice(CATEGORIES[1:2]), 3):
        row = [name]
        for period in asked.years:
            for kind in kinds:
                value, words = _value(style, asked)
                row.append(words)
                labels.append(figure(asked, period, value, words, breakdown=f"{name}, {kind}"))
        rows.append(row)
    return rows, labels


def run_together(style: Style, asked: Asked) -> Said:
    """Cells with nothing between them; as many digits in each, so that they can be told apart."""
    rng = style.rng
    style.mark("table", "run_together")
    style.mark("grid", "run_together")
    digits = rng.choice((1, 2, 2, 3))
    values = [rng.randrange(10 ** (digits - 1), 10**digits) for _ in asked.years]
    year = "2021/22" if asked.years[0].kind == "financial" else "2021"
    head = " " + "".join(p.write(year) for p in asked.years)
    glued = "".join(map(str, values))
    labels = [figure(asked, p, value, glued, how="run_together") for p, value in zip(asked.years, values, strict=True)]
    return Said(f"{head}\n{_heading(asked)}{glued}", labels, block=True, table=True)


def _year(style: Style, period: Period) -> str:
    return period.write(style.year_style) + (" (to date)" if period.to_date else "")
