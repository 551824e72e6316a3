"""Years as letters write them, with the days that a label gives them."""

from __future__ import annotations

from calendar import month_name, monthrange
from dataclasses import dataclass, replace
from random import Random

FINANCIAL_STYLES = (
    "2021/22",
    "2021-22",
    "2021/2022",
    "2021-2022",
    "2021 -22",
    "FY 2021/22",
    "21/22",
    "April 2021 - March 2022",
    "April 2021- March 2022",
    "1 April 2021 to 31 March 2022",
)
CALENDAR_STYLES = ("2021", "Jan 2021 - Dec 2021", "Calendar year 2021", "Year 2021")


@dataclass(frozen=True)
class Period:
    """A year, a month, a stretch of years or the part of a year that has passed. `end` is None where it is open, both where not stated."""

    kind: str  # "financial", "calendar", "month", "range", "unstated"
    year: int = 0
    month: int = 0
    last: int = 0  # the last year of a range
    calendar: bool = False  # of a range
    to_date: bool = False

    @property
    def start(self) -> str | None:
        if self.kind == "unstated":
            return None
        month = self.month or (1 if self.kind == "calendar" or self.calendar else 4)
        return f"{self.year}-{month:02d}-01"

    @property
    def end(self) -> str | None:
        if self.kind == "unstated" or self.to_date:
            return None
        if self.kind == "month":
            return f"{self.year}-{self.month:02d}-{monthrange(self.year, self.month)[1]:02d}"
        last = self.last or self.year
        return f"{last}-12-31" if self.kind == "calendar" or self.calendar else f"{last + 1}-03-31"

    def write(self, style: str) -> str:
        """The period in the style of an example of it."""
        if self.kind == "month":
            return f"{month_name[self.month]} {self.year}"
        first, second = str(self.year), str(self.year + 1)
        if self.kind == "calendar":
            return style.replace("2021", first)
        words = style.replace("2022", "\x01").replace("2021", first).replace("\x01", second)
        if "22" in style.replace("2022", ""):
            at = words.rindex("22")
            words = words[:at] + second[2:] + words[at + 2 :]
        return first[2:] + words[2:] if style.startswith("21/") else words


UNSTATED = Period("unstated")


def years(rng: Random, sent_year: int) -> tuple[Period, ...]:
    """One to five years that follow each other, over before the letter; now and then the last is only begun."""
    kind = "financial" if rng.random() < 0.65 else "calendar"
    many = rng.choices((1, 2, 3, 4, 5), (3, 2, 6, 1, 2))[0]
    last = sent_year - 1
    found = [Period(kind, last - many + n + 1) for n in range(many)]
    if many > 1 and rng.random() < 0.1:
        found[-1] = replace(found[-1], to_date=True)
    return tuple(found)


def whole(periods: tuple[Period, ...]) -> Period:
    """From the first to the last."""
    if len(periods) == 1:
        return periods[0]
    first, last = periods[0], periods[-1]
    return Period("range", first.year, last=last.year, calendar=first.kind == "calendar", to_date=last.to_date)


def question_style(rng: Random, periods: tuple[Period, ...]) -> str:
    return rng.choice(("2021",) if periods[0].kind == "calendar" else ("2021/22", "2021-22", "2021/2022", "April 2021 - March 2022"))


def when(rng: Random, periods: tuple[Period, ...], style: str) -> str:
    """The question's words for the years: "in each of the financial years 2021/22 and 2022/23"."""
    names = [p.write(style) + (" to date" if p.to_date else "") for p in periods]
    kind = "financial" if periods[0].kind == "financial" else "calendar"
    if len(names) == 1:
        return rng.choice((f"in the {kind} year {names[0]}", f"in {names[0]}", f"during the {kind} year {names[0]}"))
    listed = ", ".join(names[:-1]) + " and " + names[-1]
    return rng.choice((f"in each of the {kind} years {listed}", f"in {listed}", f"during each of the following {kind} years: {listed}"))
