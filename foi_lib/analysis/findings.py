"""Findings in words, made from numbers. Singular and plural are right, and where there are too few answers nothing is claimed.

Every function returns a list of sentences, the headline first; an empty list says that there is nothing to say.
"""

from __future__ import annotations

import pandas as pd

from foi_lib.analysis import comparability, counts, refusals, timeliness, words
from foi_lib.analysis.compensation import Payments
from foi_lib.analysis.counts import League
from foi_lib.analysis.grid import GIVEN, REFUSED, SILENT

FEW = 5  # below this many, no share in per cent, no median and no ranking is put into words


def title(sentences: list[str]) -> str:
    """The headline of a chart: the first finding, without its full stop."""
    return sentences[0].removesuffix(".") if sentences else "There is too little to tell"


def replies(found: pd.DataFrame) -> list[str]:
    """Who replied. `found` is a `timeliness.table`."""
    asked = len(found)
    if not asked:
        return ["No council was asked, or none is known to have been."]
    silent = found[~found["status"].isin(timeliness.REPLIED)]
    replied = asked - len(silent)
    keyed = int((found["status"] == "keyed").sum())
    out = [f"{words.of(replied, asked)} {words.verb(asked, 'council', 'councils')} replied."]
    if keyed:
        out.append(f"For {words.plural(keyed, 'council')} we hold facts keyed by hand from a publication, not the reply itself.")
    if acknowledged := int((silent["status"] == "acknowledged").sum()):
        out.append(f"{words.plural(acknowledged, 'council')} acknowledged the request and sent no answer that we hold.")
    nothing = silent[silent["status"] == "no_reply"]
    if len(nothing):
        out.append(f"Nothing came from {words.some(sorted(nothing['authority']))}.")
    return out


def league(table: League, what: str) -> list[str]:
    """The highest figure, the median and the sum of a league table. `what` is plural: "data breaches", "compensation"."""
    found, ranked = table.comparison, table.ranked
    if not len(ranked) or found.basis is None:
        return [f"No council gave a figure for {what} that can be compared."]
    when = found.basis.period
    if len(ranked) == 1:
        only = ranked.iloc[0]
        return [f"Only {only['authority']} gave a comparable figure for {what} in {when}: {only['figure']}."]
    out = [_highest(ranked, what, when)]
    whole = counts.grand_total(table)
    out.append(
        f"The {words.plural(found.n, 'council')} with comparable figures gave {whole.text} in all; "
        f"{words.plural(found.asked, 'council')} {words.verb(found.asked, 'was', 'were')} asked."
    )
    middle = counts.spread(ranked)
    if middle.n >= FEW:
        unit = found.rows["unit"].iloc[0]
        half = f"half lay between {words.amount(middle.lower, unit)} and {words.amount(middle.upper, unit)}"
        out.append(f"The median was {words.amount(middle.median, unit)}; {half}.")
    nil = int((ranked["high"] == 0).sum())
    if nil:
        out.append(
            f"{words.plural(nil, 'council')} stated that there {words.verb(nil, 'was', 'were')} none."
            if nil > 1
            else f"{ranked[ranked['high'] == 0]['authority'].iloc[0]} stated that there were none."
        )
    return out


def left_out(found: comparability.Comparison) -> list[str]:
    """How many figures could not be compared."""
    n = len(found.to_explain)
    if not n:
        return []
    return [f"{words.plural(n, 'figure')} {words.verb(n, 'is', 'are')} not in this comparison; the reasons are listed."]


def change(series: pd.DataFrame, what: str, unit: str | None = None) -> list[str]:
    """The change over time, told only from councils that gave every period, and only in exact sums."""
    if len(series) < 2:
        return []
    first, last = series.iloc[0], series.iloc[-1]
    n = int(last["matched_n"])
    if not n:
        return [f"No council gave {what} for every period, so nothing can be said of a change."]
    low, high = (words.interval(row["matched_low"], row["matched_high"], unit) for row in (first, last))
    start = (
        f"In the {words.plural(n, 'council')} that gave every period, {what}"
        if n > 1
        else f"In the one council that gave every period, {what}"
    )
    if first["matched_low"] != first["matched_high"] or last["matched_low"] != last["matched_high"]:
        return [f"{start} went from {low} in {first['period']} to {high} in {last['period']}; suppressed figures leave the change open."]
    if first["matched_low"] == last["matched_low"]:
        return [f"{start} stood at {low} in {first['period']} and again in {last['period']}."]
    rose = "rose" if last["matched_low"] > first["matched_low"] else "fell"
    return [f"{start} {rose} from {low} in {first['period']} to {high} in {last['period']}."]


def refusal(grid: pd.DataFrame) -> list[str]:
    """The refusal rate, with its interval, and what stands beside it."""
    share = refusals.rate(grid)
    if not share.of:
        return ["No question was decided either way, so there is no refusal rate."]
    councils = grid[grid["outcome"].isin(REFUSED)]["slug"].nunique()
    if not share.n:
        return [
            f"Nothing was refused: all {words.plural(share.of, 'question')} that could be decided were met in full or in part."
            if share.of > 1
            else "The one question that could be decided was not refused."
        ]
    asked = words.verb(share.of, "question", "questions")
    head = f"{words.of(share.n, share.of)} {asked} that could be decided {words.verb(share.n, 'was', 'were')} refused"
    tail = f" ({words.percent(share.n, share.of)}; 95% interval {share.interval})" if share.of >= FEW else ""
    out = [f"{head}{tail}, by {words.plural(councils, 'council')}."]
    ncnd = grid[grid["outcome"] == "neither_confirmed_nor_denied"]
    if len(ncnd):
        out.append(
            f"{words.plural(len(ncnd), 'question')} {words.verb(len(ncnd), 'was', 'were')} met by neither confirming nor denying "
            f"that the information is held: neither a zero nor an incident."
        )
    return out


def given_elsewhere(table: pd.DataFrame) -> list[str]:
    """What some refused and others gave. `table` comes from `refusals.refused_but_given_elsewhere`."""
    gave = table[table["gave it"] > 0]
    if not len(gave):
        return []
    top = gave.iloc[0]
    return [
        f"{words.of(len(gave), len(table))} {words.verb(len(table), 'refusal', 'refusals')} "
        f"{words.verb(len(gave), 'was', 'were')} of something "
        f"that at least one other council gave.",
        f"{top['authority']} refused question {top['question']} ({top['what was asked']}), which {words.of(top['gave it'], top['of'])} "
        f"{words.verb(int(top['of']), 'other council', 'other councils')} gave.",
    ]


def provisions(table: pd.DataFrame) -> list[str]:
    """Which provision was relied on most. `table` comes from `refusals.provisions_used`."""
    if not len(table):
        return []
    most = int(table["authorities"].max())
    top = table[table["authorities"] == most].to_dict("records")
    names = [f"{r['provision']} of {r['regime']}" + (f" ({r['about']})" if isinstance(r["about"], str) else "") for r in top]
    by = words.plural(most, "council")
    if len(table) > 1 and most == 1:
        out = ["No provision was relied on by more than one council."]
    elif len(top) == 1:
        out = [f"The provision relied on most was {names[0]}, by {by}."]
    else:
        out = [f"The provisions relied on most were {words.some(names)}, each by {by}."]
    if missing := int(table["test not found in the text we hold"].sum()):
        out.append(f"For {words.plural(missing, 'use')} of a qualified exemption no public interest test was found in the text we hold.")
    return out


def money(found: Payments) -> list[str]:
    """What was paid, over the years that most councils gave."""
    rows = found.full
    if not len(rows):
        return ["No council gave a sum of compensation that can be compared."]
    years = words.join(found.years) if len(found.years) < 3 else f"{found.years[0]} to {found.years[-1]}"
    total, asked = found.total, words.number(found.comparison.asked)
    if len(rows) == 1:
        return [f"Only {rows.iloc[0]['authority']} gave what it paid for {years}: {rows.iloc[0]['paid']}."]
    out = [f"{words.plural(total.n, 'council')} of {asked} asked gave what they paid in {years}: {total.text} in all."]
    nil = int((rows["high"] == 0).sum())
    if nil:
        out.append(f"{words.plural(nil, 'council')} of these stated that {words.verb(nil, 'it', 'they')} paid nothing.")
    top = rows.iloc[0]
    if top["low"] > 0 and top["low"] == top["high"] and total.low == total.high:
        out.append(f"{top['authority']} paid most: {top['paid']}, or {words.percent(top['low'], total.low)} of the whole.")
    return out


def time_taken(found: pd.DataFrame) -> list[str]:
    """How many replied in time, of those with both dates."""
    share = timeliness.in_time(found)
    if not share.of:
        return ["For no reply do we know both the date of receipt and the date of the reply, so nothing can be said of time."]
    rate = f" ({words.percent(share.n, share.of)})" if share.of >= FEW else ""
    out = [
        f"{words.of(share.n, share.of)} {words.verb(share.of, 'reply', 'replies')} with both dates known "
        f"{words.verb(share.n, 'was', 'were')} in time{rate}."
    ]
    late = found[found["state"] == "late"].dropna(subset=["days_late"]).sort_values(["days_late", "authority"], ascending=[False, True])
    if len(late):
        over = words.plural(int(late.iloc[0]["days_late"]), "working day")
        out.append(f"The latest was {late.iloc[0]['authority']}, {over} over the statutory time.")
    unknown = int((found["state"] == "dates not known").sum())
    if unknown:
        out.append(f"For {words.plural(unknown, 'reply', 'replies')} a date is not known.")
    overdue = int((found["state"] == "overdue").sum())
    if overdue:
        out.append(f"{words.plural(overdue, 'council')} had not answered when the time was over.")
    return out


def council(mine: pd.DataFrame) -> list[str]:
    """What one council did with the questions: `mine` is its part of the grid."""
    asked = len(mine)
    if not asked:
        return []
    name = str(mine["authority"].iloc[0])
    silent = mine["outcome"].isin(SILENT)
    if silent.all():
        return [f"{name}: {words.outcome(mine['outcome'].iloc[0])}."]
    given, refused = int(mine["outcome"].isin(GIVEN).sum()), int(mine["outcome"].isin(REFUSED).sum())
    part = int((mine["outcome"] == "partly_withheld").sum())
    known = int((mine["outcome"] != "not_recorded").sum())
    pieces = [f"answered {words.of(given, known)} {words.verb(known, 'question', 'questions')}"]
    if part:
        pieces.append(f"gave part of {words.number(part)}")
    if refused:
        pieces.append(f"refused {words.number(refused)}")
    rest = known - given - refused - part
    out = [f"{name} {words.join(pieces)}."]
    if rest:
        other = mine[~mine["outcome"].isin([*GIVEN, *REFUSED, "partly_withheld", "not_recorded"])]
        tally = other["outcome"].value_counts().sort_index()
        out.append(
            f"The other {words.number(rest)}: {words.join([f'{words.outcome(o)} ({n})' for o, n in tally.items()])}."
            if rest > 1
            else f"The other one: {words.outcome(other['outcome'].iloc[0])}."
        )
    return out


def _highest(ranked: pd.DataFrame, what: str, when: str) -> str:
    """The highest, only where it is surely the highest."""
    first = ranked[ranked["rank"].isin(["1", "1="])]
    if not len(first):
        return f"Which council gave the highest figure for {what} in {when} cannot be told: suppressed figures overlap."
    figure = first.iloc[0]["figure"]
    if len(first) == 1:
        return f"{first.iloc[0]['authority']} gave the highest figure for {what} in {when}: {figure}."
    if len(first) == len(ranked):
        return f"All {len(ranked)} councils gave the same figure for {what} in {when}: {figure}."
    return f"{words.some(sorted(first['authority']))} gave the highest figure for {what} in {when}: {figure} each."


def council_time(mine: pd.DataFrame) -> list[str]:
    """One council's clock: its row of `timeliness.table`."""
    row = mine.iloc[0]
    if row["state"] in ("in time", "late"):
        taken = f"{row['authority']} took {words.plural(int(row['working_days']), 'working day')}"
        over = "" if pd.isna(row["days_late"]) else f", {words.plural(int(row['days_late']), 'working day')} over the statutory time"
        return [f"{taken}: {row['state']}{over}."]
    if row["state"] == "dates not known":
        return [f"For the reply of {row['authority']} a date is not known, so the days cannot be counted."]
    return [f"{row['authority']}: {row['state']}."]


def answers_given(grid: pd.DataFrame) -> list[str]:
    """How many of all questions put were answered."""
    known = grid[grid["outcome"] != "not_recorded"]
    if not len(known):
        return ["No question is known to have been put."]
    given = int(known["outcome"].isin(GIVEN).sum())
    asked = words.verb(len(known), "question", "questions")
    return [f"{words.of(given, len(known))} {asked} put to councils {words.verb(given, 'was', 'were')} answered."]


def spread(table: League, what: str) -> list[str]:
    """The middle of the figures; nothing below FEW."""
    middle = counts.spread(table.ranked)
    if middle.n < FEW or table.comparison.basis is None:
        return []
    low, high = words.number(middle.lower), words.number(middle.upper)
    return [f"Half of {middle.n} figures for {what} lay between {low} and {high}; the median was {words.number(middle.median)}."]


def concentration(table: pd.DataFrame) -> list[str]:
    """How much of the money the highest payers made up; nothing below FEW payers. `table` comes from `compensation.cumulative`."""
    n = len(table)
    if n < FEW:
        return []
    top = next(i + 1 for i, share in enumerate(table["share"]) if share >= 0.5)
    if top == 1:
        first = table.iloc[0]
        return [f"{first['authority']} alone paid {words.percent(first['share'], 1)} of all that was paid by {words.plural(n, 'council')}."]
    return [f"{words.of(top, n)} councils that paid made up half of all that was paid."]


def most_refused(table: pd.DataFrame) -> list[str]:
    """The question refused most, where enough councils decided on it. `table` comes from `refusals.by(grid, "question")`."""
    enough = table[(table["of"] >= FEW) & (table["n"] > 0)]
    if not len(enough):
        return []
    top = enough[enough["rate"] == enough["rate"].max()]
    names = words.some([str(q) for q in top["question"]])
    noun = words.verb(len(top), "Question", "Questions")
    out = [
        f"{noun} {names} {words.verb(len(top), 'was', 'were')} refused most: by {top.iloc[0]['text']}" + (" each." if len(top) > 1 else ".")
    ]
    rest = enough[enough["rate"] < enough["rate"].max()]
    if len(rest) and rest["high"].max() >= top.iloc[0]["low"]:
        out.append("The intervals overlap with others’: the order may be chance.")
    return out


def coverage(grid: pd.DataFrame) -> list[str]:
    """How many questions have no answer that we hold."""
    known = grid[grid["outcome"] != "not_recorded"]
    silent = known[known["outcome"].isin([*SILENT, "unanswered"])]
    if not len(known):
        return ["No question is known to have been put."]
    if not len(silent):
        return ["Every question put has an answer."]
    asked = words.verb(len(known), "question", "questions")
    return [f"{words.of(len(silent), len(known))} {asked} put {words.verb(len(silent), 'has', 'have')} no answer that we hold."]


def review(answers: pd.DataFrame) -> list[str]:
    """How many answers a person should look at."""
    n, doubt = len(answers), int(answers["needs_review"].sum())
    if not n:
        return ["There are no answers."]
    if not doubt:
        return [f"No doubt is named for any of {words.plural(n, 'answer')}." if n > 1 else "No doubt is named for the one answer."]
    return [f"{words.of(doubt, n)} {words.verb(n, 'answer', 'answers')} {words.verb(doubt, 'needs', 'need')} a person's look."]


def lists(incidents: pd.DataFrame, asked: int) -> list[str]:
    """How many councils listed their incidents, and how many of these have a category."""
    n = len(incidents)
    if not n:
        return ["No council gave a list of its incidents."]
    councils, told = incidents["slug"].nunique(), int(incidents["category"].notna().sum())
    head = f"{words.of(councils, asked)} {words.verb(asked, 'council', 'councils')} listed {words.plural(n, 'incident')}"
    who = "each" if told == n else words.number(told) if told else "none"
    return [f"{head}; the words of {who} say which of the ICO's categories it falls into."]
