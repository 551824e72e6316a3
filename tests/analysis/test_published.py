"""Official figures, recomputed from their counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import foi_lib as foi
from foi_lib.analysis import published as p
from foi_lib.errors import FoiError

# Bank of England, FOI statistics, first quarter of 2023: 79 answered; 17 advice, 9 not held; 18 in full, 14 in part, 21 refused.
BANK = {"answered": 79, "advice": 17, "not_held": 9, "granted_full": 18, "granted_part": 14, "refused": 21}
# Cabinet Office, Freedom of Information Statistics in Central Government for Q2 2020 (16 September 2020), page 1.
CABINET = {"received": 9205, "resolvable": 6648, "withheld": 3273}


def test_bank_of_england_2023_q1() -> None:
    full = p.complete(BANK)
    assert (full["resolvable"], full["answered"]) == (53, 79)
    shares = p.shares(BANK)
    assert shares["refused, of resolvable"].text == "21 of 53 (39.6%)"
    assert shares["granted in full, of resolvable"].text == "18 of 53 (34.0%)"
    assert shares["granted in part, of resolvable"].text == "14 of 53 (26.4%)"
    assert sum(shares[k].n for k in shares if k.endswith("of resolvable")) == 53


def test_cabinet_office_2020_q2_from_its_counts() -> None:
    shares = p.shares(CABINET)
    assert shares["resolvable, of received"].text == "6,648 of 9,205 (72.2%)"
    assert shares["withheld in full or in part, of resolvable"].text == "3,273 of 6,648 (49.2%)"


# What the bulletin gives as whole per cent (37% granted in full, 36% withheld in full, 33% cost limit, 84% in time) stands for a range of
# counts. Every count in it gives the published percentage again, and none outside does; and the parts fit the wholes.
ROUNDED = [("granted_full", 37, "resolvable"), ("refused", 36, "resolvable"), ("cost_limit", 33, "withheld"), ("in_time", 84, "received")]


@pytest.mark.parametrize(("part", "percentage", "whole"), ROUNDED)
def test_cabinet_office_2020_q2_rounded_shares_come_back_from_counts(part: str, percentage: int, whole: str) -> None:
    low, high = p.implied(percentage, CABINET[whole])
    for count, same in ((low, True), (high, True), (low - 1, False), (high + 1, False)):
        rate = next(s.rate for s in p.shares({**CABINET, part: count}).values() if (s.n, s.of) == (count, CABINET[whole]))
        assert ((200 * count + CABINET[whole]) // (2 * CABINET[whole]) == percentage) is same, (count, rate)  # rounded half up


def test_cabinet_office_2020_q2_parts_fit_the_wholes() -> None:
    refused = p.implied(36, CABINET["resolvable"])
    in_part = [CABINET["withheld"] - refused[1], CABINET["withheld"] - refused[0]]  # withheld in full or in part, less those in full
    granted = p.implied(37, CABINET["resolvable"])
    unprocessed = CABINET["resolvable"] - CABINET["withheld"] - granted[0], CABINET["resolvable"] - CABINET["withheld"] - granted[1]
    assert 0 < in_part[0] < in_part[1] < CABINET["withheld"]
    assert unprocessed[0] > unprocessed[1] > 0  # "the remaining resolvable requests were not yet processed or were partially withheld"


def test_a_total_that_does_not_add_up_is_told() -> None:
    with pytest.raises(FoiError, match=r"granted_full 18 \+ granted_part 14 \+ refused 21 = 53, but resolvable is given as 54"):
        p.complete({**BANK, "resolvable": 54})


def test_a_part_larger_than_its_whole_is_told() -> None:
    with pytest.raises(FoiError, match="withheld 9 is more than resolvable 5"):
        p.shares({"withheld": 9, "resolvable": 5})


def test_published_figures_from_a_table_of_statistics() -> None:
    """The counts as published, loaded from a table, give the published shares."""
    table = p.table(foi.load_counts(Path(__file__).with_name("official_counts.csv")))
    told = {(row["body"][:7], row["share"]): row["text"] for row in table.to_dict("records")}
    assert told["Bank of", "resolvable, of answered"] == "53 of 79 (67.1%)"
    assert told["Bank of", "refused, of resolvable"] == "21 of 53 (39.6%)"
    assert told["Bank of", "in time, of answered"] == "72 of 79 (91.1%)"
    assert told["Cabinet", "resolvable, of received"] == "6,648 of 9,205 (72.2%)"
    assert told["Cabinet", "withheld in full or in part, of resolvable"] == "3,273 of 6,648 (49.2%)"
    assert ("Cabinet", "granted in full, of resolvable") not in told, "what is not published as a count is not guessed"


def test_counts_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_text('body,period,received,resolvable,refused\nCabinet Office,2020 Q2,"9,205",6648,\n', encoding="utf-8")
    table = p.table(p.load_counts(file))
    assert list(table["share"]) == ["resolvable, of received"]
    assert list(table["n"]) == [6648]


BAD = [
    ("an unknown column", "body,recieved\nX,1\n", "unknown column 'recieved'"),
    ("a percentage where a count belongs", "body,refused\nX,36%\n", "line 2, column refused: '36%' is no count"),
    ("no body", "period,refused\n2020,1\n", "column 'body' is missing"),
    ("an empty file", "", "no table of counts"),
]


@pytest.mark.parametrize(("why", "text", "message"), BAD, ids=[b[0] for b in BAD])
def test_a_table_that_is_none_says_so_in_one_line(tmp_path: Path, why: str, text: str, message: str) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FoiError, match=message) as error:
        p.load_counts(file)
    assert "\n" not in str(error.value)


def test_counts_of_letters_and_official_counts_are_measured_alike() -> None:
    """A refusal rate from letters and one from counts are the same thing: the same numbers give the same text."""
    from foi_lib.analysis import refusals

    outcomes = ["disclosed"] * 18 + ["partly_withheld"] * 14 + ["withheld"] * 21 + ["not_held"] * 9 + ["clarification_sought"] * 17
    grid = pd.DataFrame({"outcome": outcomes, "answer_ids": ""})
    assert refusals.rate(grid).text == p.shares(BANK)["refused, of resolvable"].text
    assert refusals.rate(grid).left_out == BANK["advice"] + BANK["not_held"]
