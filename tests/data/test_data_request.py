"""request.yaml: what is right is read, and every mistake is one line that says where and what would be right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.errors import FoiError
from foi_lib.period_names import Period, parse_period, spell
from foi_lib.request import load_request, plain_label

ROOT = Path(__file__).resolve().parents[2]


def test_a_request_is_read(folder: Path) -> None:
    request = load_request(folder)
    assert (request.name, request.as_of, request.sent_on, request.regime) == ("breaches", date(2024, 6, 30), date(2024, 1, 15), "FOIA")
    assert [q.label for q in request.questions] == ["1", "1.10", "2"]  # not 1.1: YAML's own reading of numbers would say so
    one, details, money = request.questions
    assert (one.period_kind, one.period_start, one.period_end, one.kind) == ("calendar_year", "2023-01-01", "2023-12-31", "count")
    assert (details.kind, money.kind) == ("details", "money")  # from the measure, as the question does not say
    assert (money.period_kind, money.period_start, money.period_end) == ("range", "2021-04-01", "2023-03-31")
    assert [p.name for p in request.periods["2"]] == ["2021/22", "2022/23"]
    assert [a.code for a in request.own_authorities] == ["X1", "X2", "X3"]


MISTAKES = [
    ("as_of: 2024-06-30", "", ("request.yaml:1", "'as_of' is missing", "as_of: 2018-03-31")),  # the key that reports cannot do without
    ("as_of: 2024-06-30", "as_off: 2024-06-30", ("unknown key 'as_off'", "did you mean 'as_of'?", "request.yaml:2")),  # a slip of the pen
    ("as_of: 2024-06-30", "as_of: 30/06/2024", (":2:", "as_of", "'30/06/2024' is not a date", "2018-01-31")),  # British habit
    ("sent_on: 2024-01-15", "sent_on: 2024-02-30", (":3:", "sent_on", "2024-02-30")),  # no such day
    ("sent_on: 2024-01-15", "sent_on: 2024-07-15", ("sent_on (2024-07-15) is later than as_of (2024-06-30)",)),
    ("sent_on: 2024-01-15", "fictional: perhaps", (":3:", "fictional", "'perhaps' is neither true nor false")),
    ("sent_on: 2024-01-15", "regime: FIOA", (":3:", "regime", "'FIOA'", "'FOIA'")),
    ("    measure: breach_count", "    measure: breach_cuont", (":8:", "'breach_cuont' is not a known measure", "'breach_count'")),
    ("    measure: breach_count", "    mesure: breach_count", (":8:", "unknown key 'questions[1].mesure'", "'measure'")),
    ("    measure: breach_count", "    kind: number", (":8:", "questions[1].kind", "'number' is not allowed", "count")),
    ("period: calendar 2023", "period: FY23", (":9:", "questions[1].period", "'FY23' is not a period", "'2021/22'")),
    ("period: calendar 2023", "period: 2011-12", (":9:", "could be a month or a financial year")),  # twelve times as much, or a twelfth
    ("period: calendar 2023", "period: {start: 2023-12-31, end: 2023-01-01}", (":9:", "ends (2023-01-01) before it begins")),
    ("period: calendar 2023", "period: {from: 2023-12-31}", (":9:", "{start: 2017-01-01, end: 2017-12-31}")),
    ('label: "1.10"', 'label: "Q1"', ("question 'Q1' has the same label as question '1'", ":10:")),  # two ways to write one label
    ("sent_on: 2024-01-15", "checks: {headlines: every}", (":3:", "checks.headlines", "'every' is not allowed", "all, doubtful")),
    ("sent_on: 2024-01-15", "checks: {headline: all}", (":3:", "unknown key 'checks.headline'", "'headlines'")),
    ("title: Breaches of made-up councils", "title:", (":1:", "title")),
    ("title: Breaches of made-up councils", "title: Breaches: of councils", (":1:", "not YAML", "quotation marks")),
    ("title: Breaches of made-up councils", "title: A\ntitle: B", (":2:", "'title' stands twice", "line 1")),
    ("authorities: [Aldermere Borough Council, Wexcombe Council]", "authorities: {a: b}", (":4:", "authorities", "should be a list")),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES, ids=[wrong.strip()[:40] or "no as_of" for _, wrong, _ in MISTAKES])
def test_a_mistake_is_one_line(folder: Path, right: str, wrong: str, told: tuple[str, ...]) -> None:
    path = folder / "request.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(FoiError) as caught:
        load_request(folder)
    line = str(caught.value)
    assert "\n" not in line
    assert all(part in line for part in ("request.yaml", *told)), line


GROWING = b"a: &a [x, x]\n" + b"".join(b"%c: &%c [%s]\n" % (n + 1, n + 1, b", ".join([b"*%c" % n] * 9)) for n in range(97, 105))


@pytest.mark.parametrize(
    ("content", "told"),
    # the last two: an alias that holds itself, and aliases that would become 86 million words
    [(b"", "empty"), (b"- a\n- b\n", "key: value"), (b"title: caf\xe9\n", "UTF-8"), (b"{", "not YAML"), (b"a: &x [*x]\n", "too deep"),
     (GROWING, "too large")],
)
def test_a_file_that_is_no_request(folder: Path, content: bytes, told: str) -> None:
    (folder / "request.yaml").write_bytes(content)
    with pytest.raises(FoiError, match=told):
        load_request(folder)


def test_several_mistakes_are_counted(folder: Path) -> None:
    path = folder / "request.yaml"
    path.write_text(path.read_text().replace("as_of: 2024-06-30", "as_of: soon").replace("calendar 2023", "then"), encoding="utf-8")
    with pytest.raises(FoiError, match=r":2: as_of: .*\(and 2 more: line 9, 13\)"):
        load_request(folder)


def test_no_folder() -> None:
    with pytest.raises(FoiError, match="no such file"):
        load_request("nowhere")


def test_own_measures_and_their_kind(folder: Path) -> None:
    path = folder / "request.yaml"
    own = "measures:\n  - {name: lost_devices, kind: count, unit: count, description: laptops lost}\n"
    path.write_text(path.read_text().replace("measure: breach_count", "measure: lost_devices") + own, encoding="utf-8")
    request = load_request(folder)
    assert request.questions[0].kind == "count"
    assert request.own_measures[0].description == "laptops lost"


@pytest.mark.parametrize("name", sorted(path.parent.name for path in (ROOT / "data" / "raw").glob("*/request.yaml")))
def test_the_requests_that_ship_are_read(name: str) -> None:
    request = load_request(ROOT / "data" / "raw" / name)
    assert request.questions and request.title


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.2", "[1.2]"), ("1.2", "Q1.2"), ("1.2", "1(2)"), ("1a", "1a)"), ("1.2", "Question 1.2:"), ("A4", "a4"), ("3.2", "3. 2")],
)
def test_labels_are_the_same_however_written(one: str, other: str) -> None:
    assert plain_label(one) == plain_label(other)


def test_labels_that_differ() -> None:
    assert len({plain_label(label) for label in ("1.2", "12", "1", "1.20", "2", "1a", "q")}) == 7


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2017", Period("calendar_year", "2017-01-01", "2017-12-31", "2017")),
        ("calendar 2017", Period("calendar_year", "2017-01-01", "2017-12-31", "2017")),
        ("financial 2021/22", Period("financial_year", "2021-04-01", "2022-03-31", "2021/22")),
        ("2021/2022", Period("financial_year", "2021-04-01", "2022-03-31", "2021/22")),
        ("financial 2021-22", Period("financial_year", "2021-04-01", "2022-03-31", "2021/22")),  # said, so not a month
        ("1999/00", Period("financial_year", "1999-04-01", "2000-03-31", "1999/00")),
        ("2021/22-2023/24", Period("range", "2021-04-01", "2024-03-31", "2021/22-2023/24")),
        ("2021/22-2021/22", Period("financial_year", "2021-04-01", "2022-03-31", "2021/22-2021/22")),
        ("2015-2017", Period("range", "2015-01-01", "2017-12-31", "2015-2017")),
        ("2016-02", Period("month", "2016-02-01", "2016-02-29", "2016-02")),  # a leap year
        ("2011-04/2014-04", Period("range", "2011-04-01", "2014-04-30", "2011-04-01/2014-04-30")),
        ("2024-01-01/", Period("open", "2024-01-01", None, "2024-01-01")),
        ("2024-01-05", Period("day", "2024-01-05", "2024-01-05", "2024-01-05/2024-01-05")),
        ("", Period()),
    ],
)  # fmt: skip
def test_periods(text: str, period: Period) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text", ["FY21", "21/22", "2021/23", "2021/21", "2011-12", "financial 2017", "2017-13", "2017-02-30", "last year", "2022/23-2021/22"]
)
def test_what_is_not_plainly_a_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_period(text)


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.dates(date(1990, 1, 1), date(2050, 1, 1)))
def test_a_period_comes_back_from_its_name(one: date, other: date) -> None:
    period = spell(min(one, other).isoformat(), max(one, other).isoformat())
    assert parse_period(period.name) == period
