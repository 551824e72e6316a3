"""Money by council and year."""

from __future__ import annotations

from analysis import synthetic as t
from foi_lib.analysis import compensation as m
from foi_lib.analysis import grid as g

PAID = "compensation_paid_gbp"


def years(who: str, *values: float | None) -> list[dict]:
    return [t.answer(who, v, PAID, fy=2021 + i) for i, v in enumerate(values) if v is not None]


ROWS = [*years("Ashby", 10750, 0, 81250), *years("Beech", 0, 0, 0), *years("Cedar", 100, 200, None), *years("Dale", 1, 2, 3)]


def test_councils_are_added_over_the_same_years() -> None:
    found = m.payments(t.answers(*ROWS), asked=6)
    assert found.years == ("2021/22", "2022/23", "2023/24")
    assert list(zip(found.by_council["rank"], found.by_council["authority"], found.by_council["paid"], strict=True)) == [
        ("1", "Ashby", "£92,000"),
        ("2", "Dale", "£6"),
        ("3", "Beech", "£0"),
        ("–", "Cedar", "£300"),
    ]
    assert found.by_council["note"].iloc[-1] == "gave 2021/22 and 2022/23, not 2023/24; not ranked"
    assert (found.total.text, found.total.n, found.total.asked) == ("£92,006", 3, 6)
    assert len(found.total.answer_ids) == 9


def test_each_year_counts_those_who_gave_it_and_their_nils() -> None:
    found = m.payments(t.answers(*ROWS), asked=6).by_year
    assert list(zip(found["period"], found["councils"], found["paid nil"], found["total"], strict=True)) == [
        ("2021/22", 4, 1, "£10,851"),
        ("2022/23", 4, 2, "£202"),
        ("2023/24", 3, 1, "£81,253"),
    ]


def test_a_total_of_three_years_is_not_added_to_sums_of_three() -> None:
    stated = t.answer("Elm", 5000, PAID, period_kind="range", period_start="2021-04-01", period_end="2024-03-31")
    found = m.payments(t.answers(*ROWS, stated), asked=6)
    assert "Elm" not in set(found.by_council["authority"])
    assert list(found.comparison.left_out["reason"]) == ["covers a stretch of 36 months (2021/22 to 2023/24), not a financial year"]


def test_a_sum_that_cannot_be_compared_is_not_silence() -> None:
    stated = t.answer("Elm", 5000, PAID, period_kind="range", period_start="2021-04-01", period_end="2024-03-31")
    answers = t.answers(*ROWS, stated)
    grid = g.grid(t.responses(*(t.response(p) for p in ("Ashby", "Elm"))), answers, t.QUESTIONS)
    found = m.payments(answers, 2)
    assert m.who_paid(grid, found)["answer"].tolist() == ["paid something", m.APART]
    assert m.by_council_and_year(found, grid).set_index("authority").loc["Elm", "instead"] == m.APART


def test_suppressed_sums_are_ranges() -> None:
    few = t.answer("Elm", None, PAID, fy=2023, outcome="suppressed", low=1, high=999)
    found = m.payments(t.answers(*ROWS, *years("Elm", 5, 5), few), asked=6)
    assert found.by_council.set_index("authority").loc["Elm", "paid"] == "£11 to £1,009"
    assert found.total.text == "£92,017 to £93,015"


def test_nil_is_told_from_not_answered() -> None:
    answers = t.answers(*ROWS, t.refusal("Elm", PAID))
    asked = t.responses(*(t.response(p) for p in ("Ashby", "Beech", "Cedar", "Dale", "Elm")), t.response("Fern", "no_reply"))
    grid = g.grid(asked, answers, t.QUESTIONS)
    found = m.who_paid(grid, m.payments(answers, 6))
    assert list(zip(found["answer"], found["councils"], found["which"], strict=True)) == [
        ("paid something", 3, "Ashby, Cedar and Dale"),
        ("nil, as stated", 1, "Beech"),
        ("no reply", 1, "Fern"),
        ("withheld", 1, "Elm"),
    ]
    wide = m.by_council_and_year(m.payments(answers, 6), grid).set_index("authority")
    assert wide.loc["Beech", ["2021/22", "2022/23", "2023/24"]].tolist() == ["£0"] * 3
    assert wide.loc[["Elm", "Fern"], "instead"].tolist() == ["withheld", "no reply"]
    assert wide["instead"].isna().sum() == 4


def test_per_claim_only_where_both_are_known_and_there_was_a_claim() -> None:
    claims = [t.answer("Ashby", n, "compensation_claim_count", fy=2021 + i) for i, n in enumerate((5, 0, 4))]
    few = t.answer("Dale", None, "compensation_claim_count", fy=2021, outcome="suppressed", low=1, high=4)
    found = m.per_claim(t.answers(*ROWS, *claims, few), asked=6)
    assert list(zip(found["authority"], found["period"], found["each"], strict=True)) == [
        ("Ashby", "2023/24", 81250 / 4),
        ("Ashby", "2021/22", 10750 / 5),
    ]


def test_cumulative_share_ends_at_the_whole_and_leaves_nil_out() -> None:
    found = m.cumulative(m.payments(t.answers(*ROWS), asked=6))
    assert list(found["authority"]) == ["Ashby", "Dale"]
    assert list(found["share"]) == [92000 / 92006, 1.0]


def test_nothing_paid_and_nothing_said() -> None:
    empty = m.payments(t.answers(), asked=3)
    assert (empty.years, len(empty.by_council), empty.total.text) == ((), 0, "–")
    assert not len(m.cumulative(m.payments(t.answers(*years("Beech", 0, 0, 0)), asked=1)))
