"""Tables with drawn borders: lines and edges of boxes by pdfium, cells out of them by pdfplumber's table functions.

pdfplumber's own reading of a page takes some fifty times as long as pdfium's, so only its geometry is used."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from foi_lib.documents.layout import Region
from foi_lib.documents.pdf_objects import Drawn, Pen, Point
from foi_lib.documents.pdf_words import Placer

_TOLERANCE = 3.0  # points: what stands closer is one line, as in pdfplumber
_MOST_EDGES = 4_000  # a drawing, not a table


def regions(drawn: Drawn, place: Placer) -> list[Region]:
    """The bordered tables of a page, in the places that `place` gives."""
    edges = []
    for start, end in _segments(drawn):
        left, upper, right, lower = place(min(start[0], end[0]), max(start[1], end[1]), max(start[0], end[0]), min(start[1], end[1]))
        edges += _edge(left, upper, right, lower)
        if len(edges) > _MOST_EDGES:
            return []
    if sum(edge["orientation"] == "h" for edge in edges) < 2 or sum(edge["orientation"] == "v" for edge in edges) < 2:
        return []
    from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    merged = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    merged = [edge for edge in merged if max(edge["width"], edge["height"]) >= _TOLERANCE]
    cells = intersections_to_cells(edges_to_intersections(merged, _TOLERANCE, _TOLERANCE))
    found = []
    for group in cells_to_tables(cells):
        table = Table(None, group)
        rows = [list(row.cells) for row in table.rows]
        x0, top, x1, bottom = table.bbox
        if len(rows) > 1 or len(rows[0]) > 1:
            found.append(Region(top, bottom, x0, x1, rows))
    return found


def _edge(x0: float, top: float, x1: float, bottom: float) -> list[dict[str, Any]]:
    """A line as pdfplumber has it; none where it is neither level nor upright."""
    width, height = x1 - x0, bottom - top
    if max(width, height) < 1 or min(width, height) > 1:
        return []
    orientation = "h" if width > height else "v"
    if orientation == "h":
        bottom = top
    else:
        x1 = x0
    return [{
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "width": x1 - x0, "height": bottom - top,
        "orientation": orientation, "object_type": "line",
    }]  # fmt: skip


def _segments(drawn: Drawn) -> Iterator[tuple[Point, Point]]:
    """Straight lines of the page's drawings, from point to point. A thin box is one line."""
    pen = Pen()
    for path, forms in drawn.paths:
        for stroke in pen.strokes(path, forms, _MOST_EDGES):
            xs, ys = [x for x, _ in stroke], [y for _, y in stroke]
            width, height = max(xs) - min(xs), max(ys) - min(ys)
            if len(stroke) > 2 and min(width, height) < 3:
                if width >= height:
                    yield (min(xs), (min(ys) + max(ys)) / 2), (max(xs), (min(ys) + max(ys)) / 2)
                else:
                    yield ((min(xs) + max(xs)) / 2, min(ys)), ((min(xs) + max(xs)) / 2, max(ys))
            else:
                yield from itertools.pairwise(stroke)
