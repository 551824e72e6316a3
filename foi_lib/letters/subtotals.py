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
