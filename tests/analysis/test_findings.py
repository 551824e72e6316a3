"""Sentences made from numbers: singular and plural right, and nothing claimed from too few."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis import synthetic as t
from analysis.test_refusals import table
from foi_lib.analysis import compensation, counts, quality, refusals, timeliness
from foi_lib.analysis import council as one
from foi_lib.analysis import findings as f
from foi_lib.analysis import grid as g

PEOPLE = ["Ashby", "Beech", "Cedar", "Dale", "Elm", "Fern", "Gale"]


def league(*values: float | None, few: int = 0) -> counts.League:
    rows = [t.answer(p, v) for p, v in zip(PEOPLE, values, strict=False) if v is not None]
    rows += [t.answer(PEOPLE[-1 - i], None, outcome="suppressed", low=1, high=4) for i in range(few)]
    asked = t.responses(*(t.response(p) for p in PEOPLE))
    return counts.league(g.grid(asked, t.answers(*rows), t.QUESTIONS), t.answers(*rows), asked, "breach_count")


def test_league_of_none_one_and_two() -> None:
    assert f.league(league(), "data breaches") == ["No council gave a figure for data breaches that can be compared."]
    assert f.league(league(6), "data breaches") == ["Only Ashby gave a comparable figure for data breaches in 2017: 6."]
    assert f.league(league(6, 2), "data breaches") == [
        "Ashby gave the highest figure for data breaches in 2017: 6.",
        "The 2 councils with comparable figures gave 8 in all; 7 councils were asked.",
    ]


def test_league_tells_equals_nils_and_the_median_of_five() -> None:
    said = f.league(league(0, 9, 9, 0, 3), "data breaches")
    assert said == [
        "Beech and Cedar gave the highest figure for data breaches in 2017: 9 each.",
        "The 5 councils with comparable figures gave 21 in all; 7 councils were asked.",
        "The median was 3; half lay between 0 and 9.",
        "2 councils stated that there were none.",
    ]
    assert f.league(league(0, 9), "data breaches")[-1] == "Ashby stated that there were none."
    assert f.league(league(4, 4, 4), "data breaches")[0] == "All 3 councils gave the same figure for data breaches in 2017: 4."


def test_league_does_not_name_a_highest_that_a_suppressed_figure_hides() -> None:
    said = f.league(league(3, few=1), "data breaches")
    assert said[0] == "Which council gave the highest figure for data breaches in 2017 cannot be told: suppressed figures overlap."
    assert "4 to 7 in all" in said[1]


def test_refusal_in_none_one_few_and_many() -> None:
    assert f.refusal(table(not_held=2)) == ["No question was decided either way, so there is no refusal rate."]
    assert f.refusal(table(disclosed=1)) == ["The one question that could be decided was not refused."]
    assert f.refusal(table(disclosed=3)) == ["Nothing was refused: all 3 questions that could be decided were met in full or in part."]
    assert f.refusal(table(disclosed=2, withheld=1)) == ["1 of 3 questions that could be decided was refused, by 1 council."]
    assert f.refusal(table(disclosed=8, withheld=2)) == [
        "2 of 10 questions that could be decided were refused (20.0%; 95% interval 5.7% to 51.0%), by 2 councils."
    ]
    assert f.refusal(table(disclosed=1, neither_confirmed_nor_denied=1))[1].startswith(
        "1 question was met by neither confirming nor denying"
    )


def pay(*rows: list[dict]) -> compensation.Payments:
    return compensation.payments(t.answers(*(r for part in rows for r in part)), asked=7)


def years(who: str, *values: float) -> list[dict]:
    return [t.answer(who, v, "compensation_paid_gbp", fy=2021 + i) for i, v in enumerate(values)]


def test_money_in_none_one_and_two() -> None:
    assert f.money(pay()) == ["No council gave a sum of compensation that can be compared."]
    assert f.money(pay(years("Ashby", 10750, 0, 81250))) == ["Only Ashby gave what it paid for 2021/22 to 2023/24: £92,000."]
    assert f.money(pay(years("Ashby", 300), years("Beech", 0), years("Cedar", 100))) == [
        "3 councils of 7 asked gave what they paid in 2021/22: £400 in all.",
        "1 council of these stated that it paid nothing.",
        "Ashby paid most: £300, or 75.0% of the whole.",
    ]


def test_concentration_needs_five_payers() -> None:
    assert f.concentration(compensation.cumulative(pay(*(years(p, 10) for p in PEOPLE[:4])))) == []
    assert f.concentration(compensation.cumulative(pay(*(years(p, 10) for p in PEOPLE[:6])))) == [
        "3 of 6 councils that paid made up half of all that was paid."
    ]
    assert f.concentration(compensation.cumulative(pay(years("Ashby", 60), *(years(p, 10) for p in PEOPLE[1:5])))) == [
        "Ashby alone paid 60.0% of all that was paid by 5 councils."
    ]


def change(*rows: list[dict]) -> list[str]:
    found, _ = counts.series(t.answers(*(r for part in rows for r in part)), "compensation_paid_gbp", asked=7)
    return f.change(found, "compensation", "GBP")


def test_change_over_time() -> None:
    assert change(years("Ashby", 5)) == []
    assert change(years("Ashby", 5, 7)) == [
        "In the one council that gave every period, compensation rose from £5 in 2021/22 to £7 in 2022/23."
    ]
    assert change(years("Ashby", 5, 1), years("Beech", 5, 1), years("Cedar", 900)) == [
        "In the 2 councils that gave every period, compensation fell from £10 in 2021/22 to £2 in 2022/23."
    ]
    assert change(years("Ashby", 5, 5)) == [
        "In the one council that gave every period, compensation stood at £5 in 2021/22 and again in 2022/23."
    ]
    assert change(years("Ashby", 5), years("Beech", 5, 7)[1:]) == [
        "No council gave compensation for every period, so nothing can be said of a change."
    ]
    few = t.answer("Ashby", None, "compensation_paid_gbp", fy=2022, outcome="suppressed", low=1, high=4)
    assert change(years("Ashby", 5), [few])[0].endswith("£1 to £4 in 2022/23; suppressed figures leave the change open.")


def clock(*rows: dict) -> pd.DataFrame:
    return timeliness.table(t.responses(*rows), "2018-02-20")


def test_time_taken() -> None:
    on_time, late = {"working_days": 5, "on_time": True}, {"working_days": 21, "on_time": False}
    assert f.time_taken(clock(t.response("Ashby"))) == [
        "For no reply do we know both the date of receipt and the date of the reply, so nothing can be said of time."
    ]
    assert f.time_taken(clock(t.response("Ashby", **on_time))) == ["1 of 1 reply with both dates known was in time."]
    said = f.time_taken(
        clock(
            *(t.response(p, **on_time) for p in PEOPLE[:4]),
            t.response("Elm", **late),
            t.response("Fern"),
            t.response("Gale", "no_reply", due_on="2018-01-30"),
        )
    )
    assert said == [
        "4 of 5 replies with both dates known were in time (80.0%).",
        "The latest was Elm, 1 working day over the statutory time.",
        "For 1 reply a date is not known.",
        "1 council had not answered when the time was over.",
    ]


def test_replies() -> None:
    said = f.replies(
        clock(t.response("Ashby"), t.response("Beech", "keyed"), t.response("Cedar", "acknowledged"), t.response("Dale", "no_reply"))
    )
    assert said == [
        "2 of 4 councils replied.",
        "For 1 council we hold facts keyed by hand from a publication, not the reply itself.",
        "1 council acknowledged the request and sent no answer that we hold.",
        "Nothing came from Dale.",
    ]
    assert f.replies(clock()) == ["No council was asked, or none is known to have been."]


def test_a_council_in_words() -> None:
    asked = t.responses(t.response("Ashby"), t.response("Beech", "no_reply"))
    grid = g.grid(
        asked,
        t.answers(t.answer("Ashby", 3), t.refusal("Ashby", "breach_details"), t.refusal("Ashby", "cyber_incident_count", "not_held")),
        t.QUESTIONS,
    )
    assert f.council(grid[grid["slug"] == "ashby"]) == [
        "Ashby answered 1 of 5 questions and refused 1.",
        "The other 3: not held (1) and question not answered (2).",
    ]
    assert f.council(grid[grid["slug"] == "beech"]) == ["Beech: no reply."]
    assert f.council(grid.iloc[:0]) == []


def test_provisions_and_tests_not_found() -> None:
    columns = ["provision", "regime", "about", "authorities", "test not found in the text we hold"]
    rows = [("s31(3)", "FOIA", "law enforcement", 3, 1), ("s12", "FOIA", "cost", 1, 0)]
    assert f.provisions(pd.DataFrame(rows, columns=columns)) == [
        "The provision relied on most was s31(3) of FOIA (law enforcement), by 3 councils.",
        "For 1 use of a qualified exemption no public interest test was found in the text we hold.",
    ]
    assert f.provisions(pd.DataFrame([("s12", "FOIA", None, 1, 0), ("s14(1)", "FOIA", None, 1, 0)], columns=columns)) == [
        "No provision was relied on by more than one council."
    ]
    assert f.provisions(pd.DataFrame(columns=columns)) == []


def test_most_refused_needs_five_councils() -> None:
    assert f.most_refused(refusals.by(table(disclosed=2, withheld=2), "question")) == []
    assert f.most_refused(refusals.by(table(disclosed=4, withheld=2), "question")) == ["Question 1 was refused most: by 2 of 6 (33.3%)."]


def test_review_and_coverage() -> None:
    rows = t.answers(t.answer("Ashby", 3, needs_review=True, review_reasons="malformed_citation; hedged"), t.answer("Beech", 4))
    assert f.review(rows) == ["1 of 2 answers needs a person's look."]
    assert f.review(t.answers()) == ["There are no answers."]
    assert list(quality.reasons(rows)["doubt"]) == ["hedged", "a section is cited in a way that cannot be right"]
    assert f.coverage(table(disclosed=2, no_reply=1)) == ["1 of 3 questions put has no answer that we hold."]
    assert f.coverage(table(disclosed=2)) == ["Every question put has an answer."]


def test_lists_of_incidents() -> None:
    listed = pd.DataFrame({"slug": ["a", "a", "b"], "category": ["x", None, None]})
    assert f.lists(listed.iloc[:0], 4) == ["No council gave a list of its incidents."]
    assert f.lists(listed, 4) == ["2 of 4 councils listed 3 incidents; the words of 1 say which of the ICO's categories it falls into."]
    assert f.lists(listed.assign(category="x"), 2) == [
        "2 of 2 councils listed 3 incidents; the words of each say which of the ICO's categories it falls into."
    ]


def everything(n: int, seed: int) -> list[str]:
    tables = t.many(n, seed)
    grid = g.grid(tables["responses"], tables["answers"], t.QUESTIONS)
    board = counts.league(grid, tables["answers"], tables["responses"], "breach_count")
    paid = compensation.payments(tables["answers"], n)
    clocks = timeliness.table(tables["responses"], "2018-03-31")
    series, _ = counts.series(tables["answers"], "compensation_paid_gbp", n)
    said = [
        f.replies(clocks),
        f.time_taken(clocks),
        f.league(board, "data breaches"),
        f.left_out(board.comparison),
        f.spread(board, "data breaches"),
        f.money(paid),
        f.concentration(compensation.cumulative(paid)),
        f.change(series, "compensation", "GBP"),
        f.refusal(grid),
        f.most_refused(refusals.by(grid, "question")),
        f.provisions(refusals.provisions_used(tables["provisions"], tables["answers"])),
        f.given_elsewhere(refusals.refused_but_given_elsewhere(grid)),
        f.coverage(grid),
        f.review(tables["answers"]),
        f.answers_given(grid),
        *(f.council(part) for _, part in grid.groupby("slug")),
        *(f.council_time(part) for _, part in clocks.groupby("slug")),
    ]
    return [sentence for part in said for sentence in part]


@pytest.mark.parametrize(("n", "seed"), [(1, 1), (1, 2), (2, 3), (3, 4), (6, 5), (25, 6)])
def test_every_sentence_is_one_in_british_english(n: int, seed: int) -> None:
    for sentence in everything(n, seed):
        assert re.fullmatch(r"[A-Z0-9£“].*\.", sentence), sentence
        assert not re.search(r"nan|NaN|None|<NA>|\binf\b|  |\.\.|\{|\}", sentence), sentence
        assert not re.search(
            r"\b1 (councils|questions|replies|figures|answers|refusals|uses|working days)\b(?! that paid)",
            sentence.replace(" of 1 ", " of one "),
        ), sentence
        assert not re.search(r"(?<![\d,. ])\b(?!1\b)\d+ (council|question|reply|figure|answer|refusal) ", sentence), sentence


def test_peers_are_of_its_kind_and_nearest_in_population() -> None:
    sizes = {"Ashby": 100_000, "Beech": 90_000, "Cedar": 400_000, "Dale": 105_000, "Elm": None}
    people = t.responses(
        *(t.response(p, tier="lower", nation="England", population=n) for p, n in sizes.items()),
        t.response("Fern", tier="upper", nation="England", population=100_000),
        t.response("Gale", tier="lower", nation="Wales", population=100_000),
    )
    assert list(one.peers(people, "ashby", most=2)["authority"]) == ["Dale", "Beech"]
    assert list(one.peers(people, "ashby")["authority"]) == ["Dale", "Beech", "Cedar"]
    assert list(one.peers(people, "elm")["authority"]) == ["Ashby", "Beech", "Cedar", "Dale"]


def test_a_councils_own_figures_stand_beside_the_others() -> None:
    rows = t.answers(
        t.answer("Ashby", 5), t.answer("Beech", 1), t.answer("Cedar", 2), t.answer("Dale", 9), t.answer("Ashby", 3, "cyber_incident_count")
    )
    asked = t.responses(*(t.response(p) for p in PEOPLE))
    found = one.standing(g.grid(asked, rows, t.QUESTIONS), rows, "ashby")
    assert found[["what was counted", "figure", "rank", "of", "median of the others", "others' range"]].values.tolist() == [
        ["data breaches", "5", "2", 4, "2", "1 to 9"],
        ["cyber incidents", "3", "1", 1, "–", "–"],
    ]


def test_what_a_council_answered_has_a_row_for_every_question() -> None:
    rows = t.answers(t.answer("Ashby", 2, qualifier="known", quote="2 known"), t.answer("Ashby", 0, "compensation_paid_gbp", fy=2021))
    asked = t.responses(t.response("Ashby"))
    found = one.answered(rows, g.grid(asked, rows, t.QUESTIONS), "ashby")
    assert list(found["question"]) == ["1", "1.1", "2", "3", "4"]
    assert list(found["figure"].dropna()) == ["2 “known”", "£0"]
    assert list(found["outcome"]) == ["disclosed", "unanswered", "unanswered", "nil", "unanswered"]
