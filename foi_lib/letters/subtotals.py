"""Rows that no period stands over, closed by a total that names one: "Libraries 23 / Depots 19 / 2014-15 Total 42"."""

from __future__ import annotations

from foi_lib.letters.grids import Figure


def date_by_totals(figures: list[Figure]) -> None:
    """Lend a total's period to the figures before it that have none of their own, where they add up to it."""
    waiting: list[Figure] = []
    for figure in figures:
        if figure.period is None:
            waiting.append(figure)
            continue
        parts = [f for f in waiting if f.kind == "count" and f.value is not None]
        if figure.total and figure.value and len(parts) > 1 and len(parts) == len(waiting) and sum(f.value or 0 for f in parts) == figure.value:
            for part in parts:
                part.period = figure.period
        waiting = []


def carry_years(figures: list[Figure]) -> None:
    """A year that stands only in the first row of its group ("2013/14 Libraries 9", "Depots 4", "Total 13") holds for the rows below it.

    Only where several groups begin so; where no total of the group bears it out, its rows are for review.
    """
    groups: list[list[Figure]] = []
    for figure in figures:
        if figure.how != "line" or not (figure.breakdown or figure.total):
            return
        if figure.period is not None:
            groups.append([figure])
        elif groups:
            groups[-1].append(figure)
        else:
            return
    heads = [group[0] for group in groups]
    if len(groups) < 2 or any(f.total for f in heads) or len({f.period.dates for f in heads if f.period}) < len(heads):
        return
    if sum(len(group) > 1 for group in groups) < 2 or len(groups[0]) < 2:
        return
    for group in groups:
        parts = [f.value or 0 for f in group if not f.total]
        borne_out = group[-1].total and group[-1].value == sum(parts)
        for figure in group[1:]:
            figure.period = group[0].period
            if not borne_out:
                figure.doubts.append("period_assumed")
