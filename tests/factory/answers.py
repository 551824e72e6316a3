"""Answers that are not a figure a year: one figure, none, a list, a description, yes or no."""

from __future__ import annotations

from datetime import date, timedelta

from .figures import count, draw_count, money
from .model import Asked, Said, Style, figure, label
from .periods import Period
from .series import JOINERS, draw
from .words import CATEGORIES, DEPARTMENTS, DETAILS, EVENTS, TEXTS

HEDGES = ("Approximately", "approximately", "In excess of", "Around", "About", "Approx.", "Over", "More than")
NONE = (
    "Nil",
    "None",
    "None known",
    "0",
    "none.",
    "None known.",
    "Nil.",
    "There have been no {0}.",
    "There were no {0}.",
    "No {0} were recorded.",
)
NO_MONEY = ("Nil", "£0", "£0.00", "None", "£ 0", "No compensation was paid.", "Nothing was paid.")
NONE_AT_ALL = (
    "There were no {0} in any of these years.",
    "None in any of the years asked about.",
    "No {0} were recorded in any of the years.",
)
DATE_STYLES = ("%d/%m/%Y", "%d/%m/%y", "long", "month", "%m/%Y")


def one(style: Style, asked: Asked) -> Said:
    """One figure for the whole of the question's period."""
    rng = style.rng
    value, words = draw(style, asked)
    value, words = (1250.0, "£1,250") if asked.kind == "money" and value == 0 else (value, words)
    if asked.kind == "money":
        form = rng.choice(("{0}", "{0} in total", "The Council paid {0}.", "Total: {0}"))
        if not words.startswith(("£", "GBP")):
            form = "{0}"
    elif asked.kind == "percentage":
        form = "{0}"
    else:
        if value == 0:
            value, words = 3, count(rng, 3, style.count_style)
        form = rng.choice(
            (
                "{0}",
                "{0}",
                "{0}.",
                "{0} {1}",
                "{0} known",
                "There were {0} {1}.",
                "We recorded {0}.",
                "Total: {0} {1}",
                "{0} in total",
                "hedge",
            )
        )
    noun = asked.noun[0] if value == 1 and asked.kind == "count" else asked.noun[1]
    if form == "hedge":
        hedge = rng.choice(HEDGES)
        value = max(20, int(value) // 10 * 10)
        words = count(rng, value, "comma" if style.count_style == "comma" else "plain")
        style.mark("single", "hedge")
        return Said(f"{hedge} {words}", [figure(asked, asked.span(), value, words, qualifier=hedge.lower(), how="single/hedge")])
    words = words.lower() if form.startswith(("There", "We")) else words
    known = "known" if form == "{0} known" else None
    style.mark("single", form)
    return Said(form.format(words, noun).strip(), [figure(asked, asked.span(), value, words, qualifier=known, how=f"single/{form}")])


def none(style: Style, asked: Asked) -> Said:
    """A stated nothing: one for the period, or said of every year."""
    rng = style.rng
    if len(asked.years) > 1 and asked.own_words and asked.kind == "count" and not asked.years[-1].to_date and rng.random() < 0.5:
        text = rng.choice(NONE_AT_ALL).format(asked.noun[1])
        style.mark("nil", "every_year")
        return Said(text, [label(asked, p, "nil", 0, text, how="nil/every_year") for p in asked.years])
    text = rng.choice(NO_MONEY if asked.kind == "money" else NONE).format(asked.noun[1])
    style.mark("nil", text if len(text) < 12 else "sentence")
    span = asked.span() if len(asked.years) == 1 else Period("unstated")
    return Said(text, [label(asked, span, "nil", 0, text, qualifier="known" if "known" in text else None, how="nil")])


def few(style: Style, asked: Asked) -> Said:
    text = style.rng.choice(("Fewer than 5", "<5", "Fewer than 5 (fewer than 5)", "Between 1 and 5", "Less than 5"))
    style.mark("suppressed", "single")
    return Said(text, [label(asked, asked.span(), "suppressed", None, text, how="suppressed")])


def nested(style: Style, asked: Asked) -> Said:
    """Several figures in one sentence: all, those told to the ICO, the people."""
    rng = style.rng
    whole, told, people = draw_count(rng, 0) + 20, rng.randrange(1, 9), rng.randrange(30, 900)
    span = asked.span()
    labels = [figure(asked, span, whole, str(whole), how="nested")]
    told_words = count(rng, told, rng.choice(("plain", "word")))
    text = rng.choice(
        ("There were {0} breaches, of which {1} {2} reported to the ICO.", "{0} breaches. Of those, {1} {2} reported to the ICO.")
    )
    text = text.format(whole, told_words, "was" if told == 1 else "were")
    labels.append(figure(asked, span, told, told_words, how="nested") | {"measure": "ico_reported_count"})
    if rng.random() < 0.4:
        text += f" {people} people were affected."
        labels.append(figure(asked, span, people, str(people), how="nested") | {"measure": "people_affected"})
    style.mark("single", "nested")
    return Said(text, labels)


def kinds(style: Style, asked: Asked) -> Said:
    """Kinds with their figures, one a line, and the total."""
    rng = style.rng
    names = rng.sample(rng.choice(CATEGORIES), 3)
    joiner = rng.choice(("dash", "colon", "equals", "equals_left", "equals_right", "space"))
    values = [draw_count(rng, 0.1) for _ in names]
    span = asked.span()
    lines = [f"{name}{JOINERS[joiner]}{value}" for name, value in zip(names, values, strict=True)]
    labels = [
        figure(asked, span, value, str(value), breakdown=name, how=f"kinds/{joiner}") for name, value in zip(names, values, strict=True)
    ]
    if rng.random() < 0.6:
        lines.append(f"Total{JOINERS[joiner]}{sum(values)}")
        labels.append(figure(asked, span, sum(values), str(sum(values)), how=f"kinds/{joiner}"))
    style.mark("layout", "kinds")
    return Said("\n".join(lines), labels, block=True)


def details(style: Style, asked: Asked) -> Said:
    """What happened, in words, in a list or in a table of dates."""
    rng = style.rng
    form = rng.choice(("prose", "list", "table", "table"))
    style.mark("details", form)
    if form == "prose":
        text = rng.choice(DETAILS)
        return Said(text, [label(asked, asked.span(), "disclosed", None, text, how="details/prose")])
    events = rng.sample(EVENTS, rng.randrange(3, 6))
    if form == "list":
        mark = rng.choice(("• ", "- ", ""))
        return Said(
            "\n".join(mark + event for event in events),
            [label(asked, asked.span(), "disclosed", None, events[0], how="details/list")],
            block=True,
        )
    return _incidents(style, asked, events)


def _incidents(style: Style, asked: Asked, events: list[str]) -> Said:
    rng = style.rng
    first = date.fromisoformat(asked.years[0].start or "2020-01-01")
    days = sorted(first + timedelta(days=rng.randrange(365)) for _ in events)
    shape = rng.choice(("tabbed", "piped"))
    usual = rng.choice(DATE_STYLES[:3])
    incidents, rows = [], [("Date", "What happened", "Department")]
    for day, event in zip(days, events, strict=True):
        department = rng.choice(DEPARTMENTS)
        written = usual if rng.random() < 0.85 else rng.choice(DATE_STYLES[3:])
        rows.append((write_day(day, written), event, department))
        incidents.append(
            {
                "kind": "cyber_incident" if "cyber" in asked.measure else "breach",
                "date": day.isoformat() if written == usual else day.isoformat()[:7],
                "department": department,
            }
        )
    from .tables import lay

    style.mark("details", f"table_{shape}")
    return Said(
        lay(rows, shape),
        [label(asked, asked.span(), "disclosed", None, events[0], how=f"details/{shape}")],
        block=True,
        table=True,
        incidents=incidents,
    )


def write_day(day: date, style: str) -> str:
    if style == "long":
        return f"{day.day} {day:%B %Y}"
    return f"{day:%B %Y}" if style == "month" else day.strftime(style)


def plain(style: Style, asked: Asked) -> Said:
    """Yes, no, or a few words."""
    if asked.kind == "yes_no":
        text = style.rng.choice(("Yes", "Yes.", "No", "No."))
        style.mark("yes_no", text.strip("."))
        outcome = "disclosed" if text.startswith("Yes") else "nil"
        return Said(text, [label(asked, asked.span(), outcome, None, text, accept=["nil", "disclosed"], how="yes_no")])
    text = style.rng.choice(TEXTS)
    return Said(text, [label(asked, asked.span(), "disclosed", None, text, how="text")])


def helped_figure(style: Style, asked: Asked) -> Said:
    """A figure for the last year alone, given as help."""
    value, words = draw(style, asked)
    period = asked.years[-1]
    year = period.write(style.year_style if "April" not in style.year_style else "2021/22")
    value, words = (value, words) if value else (12.0, "£12" if asked.kind == "money" else "12")
    if asked.kind == "money":
        words = money(style.rng, value, "£")
        return Said(f"In {year} the amount was {words}.", [figure(asked, period, value, words, how="help")])
    words = words.lower()
    return Said(f"In {year} there were {words} {asked.noun[1]}.", [figure(asked, period, value, words, how="help")])
