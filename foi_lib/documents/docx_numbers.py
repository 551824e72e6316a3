"""List numbers of a DOCX. They are not in its text: Word counts them when it shows the page, and so does this.

Source of the rules: ECMA-376 part 1, 17.9 (numbering)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
          (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def value(parent: Any, *path: str) -> str | None:
    """The `w:val` of the element at `path` below `parent`."""
    for name in path:
        parent = parent.find(W + name) if parent is not None else None
    return None if parent is None else parent.get(W + "val")


def number_as(number: int, form: str) -> str:
    """A number as a list shows it: `form` is Word's name (decimal, lowerLetter, lowerRoman, …)."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 5000:
        roman, left = "", number
        for size, sign in _ROMAN:
            count, left = divmod(left, size)
            roman += sign * count
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "ordinal":
        ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    return "" if form == "none" else str(number)


@dataclass
class Level:
    """How one level of a list is numbered; in `words`, %1 to %9 stand for the numbers of the levels."""

    form: str = "decimal"
    words: str = "%1."
    start: int = 1
    restart: int | None = None  # the level after which it begins anew; None: after any higher one
    legal: bool = False  # all numbers of the label in plain figures
    style: str | None = None


@dataclass
class NumberedList:
    """A list's levels, from 0."""

    key: str  # lists that share an abstract definition count together
    levels: dict[int, Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)  # level → start, when this list is first used


class Numbers:
    """The labels of a document's list paragraphs, given in the document's order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists: dict[str, NumberedList] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        self._styles: dict[str, tuple[str | None, str | None, str | None]] = {}  # style → (list, level, based on)
        for style in styles.iter(W + "style") if styles is not None else ():
            properties = style.find(f"{W}pPr/{W}numPr")
            self._styles[style.get(W + "styleId", "")] = (value(properties, "numId"), value(properties, "ilvl"), value(style, "basedOn"))
        if numbering is not None:
            self._load(numbering)

    def _load(self, numbering: Any) -> None:
        abstract = {element.get(W + "abstractNumId"): element for element in numbering.iter(W + "abstractNum")}
        by_style = {value(element, "styleLink"): key for key, element in abstract.items() if value(element, "styleLink")}
        for number in numbering.iter(W + "num"):
            key = value(number, "abstractNumId") or ""
            element = abstract.get(key)
            link = value(element, "numStyleLink") if element is not None else None
            if link in by_style:
                key = by_style[link]
                element = abstract[key]
            if element is None:
                continue
            made = NumberedList(key, dict(_levels(element)))
            for change in number.iter(W + "lvlOverride"):
                level = int(change.get(W + "ilvl", "0"))
                start = value(change, "startOverride")
                if start is not None:
                    made.restarts[level] = int(start)
                made.levels.update(_levels(change))
            self._lists[number.get(W + "numId", "")] = made

    def label(self, properties: Any) -> str:
        """The label of a paragraph with these properties (`w:pPr`), such as "1." or "(b)"; empty where it has none."""
        own = properties.find(W + "numPr") if properties is not None else None
        name, level_name = value(own, "numId"), value(own, "ilvl")
        style, seen = value(properties, "pStyle"), set()
        from_style = None
        while style in self._styles and style not in seen and (name is None or level_name is None):
            seen.add(style)
            style_name, style_level, based_on = self._styles[style]
            if name is None and style_name is not None:
                name, from_style = style_name, style
            level_name = level_name if level_name is not None else style_level
            style = based_on
        used = self._lists.get(name or "")
        if used is None:
            return ""
        if level_name is None and from_style:  # the level that names the style
            level_name = next((str(number) for number, level in used.levels.items() if level.style == from_style), None)
        return self.count(name or "", used, int(level_name or "0"))

    def count(self, name: str, used: NumberedList, level: int) -> str:
        """The next label of a list at this level."""
        counts = self._counts.setdefault(used.key, {})
        if name not in self._begun:
            self._begun.add(name)
            for restarted in used.restarts:
                counts.pop(restarted, None)
        shown = used.levels.get(level)
        if shown is None:
            return ""
        counts[level] = counts[level] + 1 if level in counts else used.restarts.get(level, shown.start)
        for lower in [lower for lower in counts if lower > level]:
            restart = used.levels.get(lower, Level()).restart
            if restart is None or (restart and level < restart):
                del counts[lower]
        if shown.form == "bullet":
            return "•"

        def figure(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            form = used.levels.get(other, Level())
            count = counts.get(other, used.restarts.get(other, form.start))
            return number_as(count, "decimal" if shown.legal and form.form != "none" else form.form)

        return re.sub(r"%(\d)", figure, shown.words).strip()


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for element in parent.iter(W + "lvl"):
        restart = value(element, "lvlRestart")
        yield int(element.get(W + "ilvl", "0")), Level(
            value(element, "numFmt") or "decimal",
            value(element, "lvlText") or "",
            int(value(element, "start") or "1"),
            None if restart is None else int(restart),
            element.find(W + "isLgl") is not None,
            value(element, "pStyle"),
        )
