"""A figure for each year, in running text: one a line, several on a line, the figure first, or in a sentence."""

from __future__ import annotations

from .figures import count, draw_count, draw_money, money
from .model import Asked, Said, Style, figure, label
from .periods import Period

JOINERS = {
    "dash": " - ",
    "en_dash": " – ",
    "colon": ": ",
    "equals": " = ",
    "equals_left": " =",
    "equals_right": "= ",
    "space": " ",
    "tab": "\t",
}
LAYOUTS = ("lines", "bullets", "semicolon", "spaces", "comma", "figure_first", "figure_brackets", "sentence", "sentence_of", "respectively")
FEW = ("<5", "<5*", "Fewer than 5", "fewer than 5", "less than 5")
_SEVERAL = {"semicolon": "; ", "comma": ", ", "spaces": " "}


def draw(style: Style, asked: Asked) -> tuple[float, str]:
    """A figure and its words."""
    rng = style.rng
    if asked.kind == "money":
        value = draw_money(rng)
        sign = "£" if style.money_style == "bare" and rng.random() < 0.5 else style.money_style
        return value, money(rng, value, sign, "Nil" if style.zero[0].isalpha() and style.zero != "zero" else rng.choice(("0", "0.00")))
    if asked.kind == "percentage":
        share = rng.choice((float(rng.randrange(40, 100)), rng.randrange(400, 1000) / 10))
        return share, f"{share:g}%"
    number = draw_count(rng)
    return number, count(rng, number, style.count_style, style.zero)


def series(style: Style, asked: Asked, layout: str) -> Said:
    """The figures of the question's years."""
    style.mark("layout", layout)
    if layout in ("sentence", "sentence_of", "respectively"):
        return _sentence(style, asked, layout)
    rng = style.rng
    joiner = style.joiner
    if (
        joiner in ("dash", "en_dash", "equals_left", "space")
        and "-" in style.year_style.replace("2021-22", "")
        and style.year_style != "2021 -22"
    ):
        joiner = "equals"  # "April 2021 - March 2022 - 5" is nobody's way
    if layout == "spaces":
        joiner = "equals"
    if layout in _SEVERAL and joiner == "tab":
        joiner = "colon"
    style.mark("joiner", layout if layout.startswith("figure") else joiner)
    unit = f" {asked.noun[1]}" if asked.noun[1] and layout in ("lines", "bullets", "semicolon") and rng.random() < 0.2 else ""
    parts, labels, starred = [], [], False
    for period in asked.years:
        year = period.write(style.year_style)
        if asked.kind == "count" and rng.random() < 0.05:
            words, found = _few(style, asked, period)
            starred = starred or words.endswith("*")
        else:
            value, words = draw(style, asked)
            found = figure(asked, period, value, words)
        found["how"] = f"{layout}/{joiner}"
        labels.append(found)
        with_unit = unit if words[0].isdigit() or found["value"] else ""  # nobody writes "None reports"
        parts.append(_joined(style, layout, joiner, year, words, with_unit, period.to_date))
    text = _SEVERAL[layout].join(parts) if layout in _SEVERAL else "\n".join(("• " if layout == "bullets" else "") + part for part in parts)
    if starred:
        text += "\n* Numbers below five are not given, to protect those concerned."
        style.mark("suppressed", "star")
    return Said(text, labels, block=layout not in _SEVERAL)


def _few(style: Style, asked: Asked, period: Period) -> tuple[str, dict]:
    words = style.rng.choice(FEW)
    style.mark("suppressed", "in_series")
    return words, label(asked, period, "suppressed", None, words)


def _joined(style: Style, layout: str, joiner: str, year: str, words: str, unit: str, to_date: bool) -> str:
    late = " (to date)" if to_date else ""
    if to_date:
        style.mark("period", "to_date")
    if layout == "figure_first":
        return f"{words} {year}{late}"
    if layout == "figure_brackets":
        return f"{words} ({year}{' to date' if to_date else ''})"
    if to_date and style.rng.random() < 0.5:
        return f"{year}{late}{JOINERS[joiner]}{words}{unit}"
    return f"{year}{JOINERS[joiner]}{words}{unit}{late}"


def _sentence(style: Style, asked: Asked, layout: str) -> Said:
    short = style.year_style if "April" not in style.year_style else "2021/22"
    years = [p.write(short) + (" (to date)" if p.to_date else "") for p in asked.years]
    drawn = [draw(style, asked) for _ in years]
    words = [w if asked.kind == "money" else w.lower() for _, w in drawn]
    labels = [figure(asked, p, value, w, how=layout) for p, (value, _), w in zip(asked.years, drawn, words, strict=True)]
    if layout == "respectively":
        figures = " and ".join((", ".join(words[:-1]), words[-1]))
        return Said(f"For {', '.join(years[:-1])} and {years[-1]} the figures are {figures} respectively.", labels)
    if layout == "sentence":
        parts = [f"in {y} {'it was' if n else 'the figure was'} {w}" for n, (y, w) in enumerate(zip(years, words, strict=True))]
        text = ", ".join(parts[:-1]) + (" and " if parts[1:] else "") + parts[-1]
        return Said(text[0].upper() + text[1:] + ".", labels)
    parts = [f"{w} in {y}" for y, w in zip(years, words, strict=True)]
    return Said("There were " * (asked.kind == "count") + ", ".join(parts[:-1]) + (" and " if parts[1:] else "") + parts[-1] + ".", labels)


def pairs(style: Style, asked: Asked) -> Said:
    """Two figures a year on one line: claims accepted and turned down, or claims and what was paid."""
    rng = style.rng
    paid = rng.random() < 0.5
    style.mark("layout", "pairs_money" if paid else "pairs")
    lines, labels = [], []
    for period in asked.years:
        year = period.write(style.year_style) + (" (to date)" if period.to_date else "")
        first, second = draw_count(rng, 0), draw_money(rng, 0) if paid else draw_count(rng, 0.1)
        one = f"{first} claims" if paid else f"{first} accepted"
        two = f"{money(rng, second, '£')} paid" if paid else f"{int(second)} repudiated"
        lines.append(f"{year}{rng.choice((': ', ' '))}{one}, {two}")
        labels.append(figure(asked, period, first, one, how="pairs", breakdown=None if paid else "accepted"))
        more = {"measure": "compensation_paid_gbp"} if paid else {}
        labels.append(figure(asked, period, second, two, how="pairs", breakdown=None if paid else "repudiated") | more)
    return Said("\n".join(lines), labels, block=True)
