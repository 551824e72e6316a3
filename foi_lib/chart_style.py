"""The house style of charts: readable in greyscale and by the colour-blind, a finding as title, measure, place and period below it,
a source line, a text alternative made from the data, and the same bytes from run to run."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd

from foi_lib.reports.behind import behind
from foi_lib.reports.words import plain

INK, GREY, PALE, RULE = "#1a1a1a", "#595959", "#d9d9d9", "#bfbfbf"
# Dark to light in even steps of lightness (so that greyscale keeps the order), each with its own hatch: colour is never the only sign.
SHADES = {
    "given": ("#08457e", ""),
    "partly withheld": ("#4a90c2", "//"),
    "refused": ("#b35806", "xx"),
    "neither confirmed nor denied": ("#e08214", "||"),
    "published elsewhere": ("#9ecae1", "\\\\"),
    "not held or not applicable": ("#d9d9d9", ""),
    "unclear or not readable": ("#f7f7f7", "++"),
    "not answered": ("#f7f7f7", "--"),
    "no reply": ("#ffffff", ""),
}
BAR, ACCENT = SHADES["given"][0], SHADES["refused"][0]
WIDTH = 8.0  # inches
FONT = "DejaVu Sans"
_PLACES, _LONG = re.compile(r' (?:d|x|y|transform)="[^"]+'), re.compile(r"-?\d+\.\d{3,}")
_METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)
RC: dict[str, Any] = {
    "font.family": FONT,
    "font.size": 9.5,
    "axes.edgecolor": RULE,
    "axes.labelcolor": GREY,
    "xtick.color": GREY,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "ytick.left": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.6,
    "hatch.color": "#ffffff",
    "legend.frameon": False,
    "svg.hashsalt": "foi_lib",
    "svg.fonttype": "none",  # words, not their outlines: a fifth of the size, and drawn in half the time
    "path.simplify": False,
    "text.usetex": False,
}


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure, the data behind it as a table to show beside it, and its text alternative. The last line of a notebook's cell shows it.

    Each row of `data` names what lies behind it, in a column `answer_id`, `answer_ids`, `incident_id`, `slug` or one that ends so: a
    report with a chart whose data has a row that names nothing is not made.
    """

    figure: Any  # matplotlib.figure.Figure; None where there is nothing to draw
    data: pd.DataFrame
    title: str
    subtitle: str = ""
    source: str = ""
    alt: str = ""
    _bytes: dict[str, bytes] = field(default_factory=dict, repr=False)

    def svg(self) -> str:
        """The figure as SVG with title and description for screen readers, names of its parts unlike those of any other chart."""
        if self.figure is None:
            return ""
        text = self.bytes("svg").decode()
        text = plain(text[text.index("<svg") :])
        mark = hashlib.sha256((self.title + self.subtitle + self.alt).encode()).hexdigest()[:8]
        text = re.sub(r'(\bid="|xlink:href="#|url\(#)', rf"\1c{mark}-", text)
        # A hundredth of a point is finer than any screen or press: half the size, and no last digits that differ from machine to machine
        text = _PLACES.sub(lambda places: _LONG.sub(lambda n: f"{float(n[0]):.2f}", places[0]), text)
        text = _METADATA.sub("", text).replace(f"'{FONT}'", f"'{FONT}', Verdana, sans-serif")  # Verdana is as wide
        label = f'role="img" aria-label="{escape(plain(self.alt), quote=True)}"'
        return text.replace("<svg ", f"<svg {label} ", 1).strip() + "\n"

    def bytes(self, form: str) -> bytes:
        """The figure as "svg" or "png", the same bytes each time."""
        if form not in self._bytes:
            import matplotlib as mpl

            with mpl.rc_context(RC):
                buffer = io.BytesIO()
                self.figure.savefig(buffer, format=form, dpi=150, metadata={"Date": None} if form == "svg" else {"Software": None})
                self._bytes[form] = buffer.getvalue()
        return self._bytes[form]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Any:
        if self.figure is None:
            return {"text/plain": self.alt}
        found = behind(self.data.to_dict("records"))
        told = {"ids": list(found.ids), "slugs": list(found.slugs), "bare": list(found.bare), "title": self.title}
        return {"image/svg+xml": self.svg(), "text/plain": self.alt}, {"image/svg+xml": {"alt": self.alt, "foi_behind": told}}


def nothing(title: str, data: pd.DataFrame | None = None, why: str = "") -> Chart:
    """A chart that is not drawn, and says why in its text."""
    return Chart(None, pd.DataFrame() if data is None else data, title, alt=f"No chart: {why or title}")


def canvas(rows: float, title: str, subtitle: str, source: str, scale: bool = True) -> tuple[Any, Any]:
    """A figure and axes with room for `rows` lines of marks (and for a scale below them), and the title, subtitle and source in their
    places. Call under `RC`."""
    from matplotlib.figure import Figure

    head, sub = _balanced(title, 78) or [""], wrap(subtitle, 104)
    tail = wrap(source, 125)
    top = 0.23 * len(head) + 0.18 * len(sub) + 0.22
    bottom = (0.5 if scale else 0.12) + 0.16 * len(tail)
    height = top + bottom + max(0.7, 0.27 * rows)
    figure = Figure(figsize=(WIDTH, height))
    y = 1 - 0.08 / height
    figure.text(0.015, y, "\n".join(head), fontsize=12, fontweight="bold", color=INK, va="top", linespacing=1.2)
    figure.text(0.015, y - 0.23 * len(head) / height, "\n".join(sub), fontsize=9.5, color=GREY, va="top", linespacing=1.2)
    figure.text(0.015, 0.05 / height, "\n".join(tail), fontsize=8, color=GREY, va="bottom", linespacing=1.2)
    axes = figure.add_axes((0.03, bottom / height, 0.94, 1 - (top + bottom) / height))
    return figure, axes


def _balanced(text: str, width: int) -> list[str]:
    """Lines of about one length, as few as `width` allows: no lone word on the last."""
    lines = wrap(text, width)
    while lines and len(lines) > 1 and len(narrower := wrap(text, width - 1)) == len(lines):
        width, lines = width - 1, narrower
    return lines


def labels_left(figure: Any, axes: Any, labels: Sequence[str], width: int = 46) -> None:
    """Names down the left side, cut where they are very long (the table has them whole), with just the room they need."""
    cut = [t if len(t) <= width else t[: width - 1] + "…" for t in labels]
    axes.set_yticks(range(len(cut)), cut)
    room = 0.03 + 0.0098 * max((len(t) for t in cut), default=0)
    box = axes.get_position()
    axes.set_position((room, box.y0, box.x1 - room, box.height))
    axes.set_ylim(len(cut) - 0.4, -0.6)


def listed(pairs: Sequence[tuple[str, str]], most: int = 15) -> str:
    """Data as words: "Rutland 6; Eastleigh 2; and 3 more in the table"."""
    shown = "; ".join(f"{a} {b}" for a, b in pairs[:most])
    return shown + (f"; and {len(pairs) - most} more in the table" if len(pairs) > most else "")
