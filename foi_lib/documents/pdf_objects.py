"""What is drawn on a PDF page beside its text: which kinds of things, and the paths, found without making a Python object of each."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from foi_lib.documents.pdf_calls import NUMBER, PLACE, address, bound

_DEEPEST = 15  # forms within forms
Point = tuple[float, float]


@dataclass(slots=True)
class Drawn:
    """The kinds of objects on a page and in its forms (pdfium's `FPDF_PAGEOBJ_…`), and each path with the forms that hold it."""

    kinds: set[int] = field(default_factory=set)
    paths: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)


def drawn_on(page: Any) -> Drawn:
    """What is drawn on a page. Valid as long as the page is open."""
    found = Drawn()
    _look(address(page.raw), (), found)
    return found


def _look(holder: int, forms: tuple[int, ...], found: Drawn) -> None:
    if forms:
        count, get = bound("FPDFFormObj_CountObjects", NUMBER), bound("FPDFFormObj_GetObject", PLACE, ctypes.c_ulong)
    else:
        count, get = bound("FPDFPage_CountObjects", NUMBER), bound("FPDFPage_GetObject", PLACE, NUMBER)
    many = max(0, count(holder))
    things = list(map(get, [holder] * many, range(many)))
    kinds = list(map(bound("FPDFPageObj_GetType", NUMBER), things))
    own = set(kinds)
    found.kinds |= own
    if pdfium.FPDF_PAGEOBJ_PATH in own:
        found.paths += [(thing, forms) for thing, kind in zip(things, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_PATH]
    if pdfium.FPDF_PAGEOBJ_FORM in own and len(forms) < _DEEPEST:
        for thing, kind in zip(things, kinds, strict=True):
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                _look(thing, (thing, *forms), found)


class Pen:
    """Reads the strokes of paths, as points on the page."""

    def __init__(self) -> None:
        place, number = PLACE, NUMBER
        self._edges = (ctypes.c_float * 4)()
        start, size = ctypes.addressof(self._edges), ctypes.sizeof(ctypes.c_float)
        self._four = tuple(range(start, start + 4 * size, size))
        self._matrix = pdfium.FS_MATRIX()
        self._Bs = bound("FPDFPageObj_GetBounds", number, place, place, place, place)
        self._matrix_of = bound("FPDFPageObj_GetMatrix", number, place)
        self._count = bound("FPDFPath_CountSegments", number)
        self._segment = bound("FPDFPath_GetPathSegment", place, number)
        self._kind = bound("FPDFPathSegment_GetType", number)
        self._point = bound("FPDFPathSegment_GetPoint", number, place, place)
        self._closes = bound("FPDFPathSegment_GetClose", number)

    def strokes(self, path: int, forms: tuple[int, ...], most: int) -> Iterator[list[Point]]:
        """The path's points, parted where the pen is lifted; closed shapes end where they began. A simple path that is as thin as a line
        gives that line. Shapes with curves, and all but the first `most` points, have none."""
        count = min(self._count(path), most)
        if not forms and count <= 6 and self._Bs(path, *self._four):
            left, bottom, right, top = self._edges
            if right - left < 3 or top - bottom < 3:
                across, up = (left + right) / 2, (bottom + top) / 2
                yield [(left, up), (right, up)] if right - left >= top - bottom else [(across, bottom), (across, top)]
                return
        yield from _parted(self._points(path, forms, count))

    def _points(self, path: int, forms: tuple[int, ...], count: int) -> list[tuple[Point, bool, bool]]:
        """Points on the page, and whether the pen is set down there or the shape closed."""
        matrices = [self._six(thing) for thing in (path, *forms)]
        found = []
        x_at, y_at = self._four[:2]
        for number in range(count):
            segment = self._segment(path, number)
            kind = self._kind(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO or not self._point(segment, x_at, y_at):
                return []
            x, y = self._edges[0], self._edges[1]
            for a, b, c, d, e, f in matrices:
                x, y = a * x + c * y + e, b * x + d * y + f
            found.append(((x, y), kind == pdfium.FPDF_SEGMENT_MOVETO, bool(self._closes(segment))))
        return found

    def _six(self, thing: int) -> tuple[float, ...]:
        """From the thing's own places to those of what holds it."""
        m = self._matrix
        return (m.a, m.b, m.c, m.d, m.e, m.f) if self._matrix_of(thing, ctypes.addressof(m)) else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _parted(points: list[tuple[Point, bool, bool]]) -> Iterator[list[Point]]:
    stroke: list[Point] = []
    for point, starts, closes in points:
        if starts:
            if len(stroke) > 1:
                yield stroke
            stroke = []
        stroke.append(point)
        if closes and len(stroke) > 1:
            stroke.append(stroke[0])
    if len(stroke) > 1:
        yield stroke
