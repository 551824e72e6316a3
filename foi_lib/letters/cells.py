"""A table's cells and grid, and what counts as a figure or a year in one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(slots=True)
class Cell:
    """`text[begin:stop]`; `tokens` are the figures in it."""

    text: str
    begin: int
    stop: int

    @property
    def blank(self) -> bool:
        return not self.text.strip(" -–|*")


@dataclass(slots=True)
class Grid:
    """A table: `heads` are its header rows (top first), `rows` its body; a row's first `labels` cells name it."""

    heads: list[list[Cell]]
    rows: list[list[Cell]]
    labels: int = 1
    first: int = 0  # index of the first and last line used, in the list given
    last: int = 0
    doubt: str | None = None
    kind: str = ""
    titles: list[str] = field(default_factory=list)


_YEARISH = re.compile(
    r"(?:FY\s?)?(?:19|20)\d\d(?:\s?(?:/--/|[/–-])\s?(?:\d{4}|\d{1,2}))?(?:\s?\(?(?:to date|spend to date|part year|ytd|up to|to|until|as at)\b[^)]{0,30}\)?|/to date)?\*?$|\d\d/\d\d$",
    re.I,
)


_NUMERIC = re.compile(
    r"[-–]?£?\s?\(?\d[\d,]*(?:\.\d+)?\)?\s?%?\*{0,2}(?:\s?\([^()]{1,40}\))?$|[-–*]$|(?:<|≤|fewer than|less than)\s?=?\s?£?\w+\s?\*?$|nil$|none$|n/?a$|zero$|not (?:yet )?(?:held|applicable|recorded|available|known)$|unknown$|\[?[cxz]\]?$|#+$",
    re.I,
)


TOTAL = re.compile(
    r"^(?:grand |overall |sub-?)?totals?\b(?!.{0,4}(?:no|number|paid|claims|payments|cost|amount|value|spend))|^(?:all|overall)$|\bin total$|^sum$|^totals?\b.{0,22}$",
    re.I,
)


def yearish(text: str) -> bool:
    return bool(_YEARISH.match(text.strip()))


def numeric(text: str) -> bool:
    text = text.strip()
    return bool(_NUMERIC.match(text)) and not yearish(text)
