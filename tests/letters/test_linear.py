"""Reading stays linear: four times the text takes at most about four times as long, whatever the text is."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from foi_lib.letters import Question

from .said import answer_to, document, read

SMALL = 4_000  # characters; the large text is four times as long
RATIO = 8.0  # twice what linear reading needs: room for a busy machine
FLOOR = 0.02  # seconds below which a ratio says nothing


def of(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


QUESTION = "1. How many data breaches were there in each year?\n"
TEXTS = {
    "one long run of digits": of("7"),
    "digits and commas": of("1,234,567,"),
    "digits and points": of("1.2."),
    "digits and slashes": of("12/"),
    "numbers in brackets": of("(1)(a)"),
    "nested brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "square brackets": of("["),
    "blank lines": of("\n"),
    "blank lines of spaces": of("   \n"),
    "spaces": of(" "),
    "labels on one line": of("1."),
    "labels on lines": of("1. \n"),
    "labels that count up": lambda size: "".join(f"{n}. \n" for n in range(size // 6)),
    "questions": of("1. How many?\n"),
    "questions on one line": of("How many? "),
    "question and answer": of("Q1. How many breaches?\nA1. 6\n"),
    "pipes": of("|"),
    "pipes and spaces": of("| "),
    "rows of pipes": of("| 1 | 2 |\n"),
    "tabs": of("\t"),
    "rows of tabs": of("2019/20\t4\t7\n"),
    "a row of tabs without an end": of("4\t"),
    "sections that never close": of("section 31(1)(a)("),
    "sections in a row": of("section 31(1)(a) and "),
    "s.": of("s."),
    "between": of("between "),
    "fewer than": of("fewer than "),
    "words on one line": of("the council holds records "),
    "words without a stop": of("breach "),
    "sentences": of("There were 6 breaches in 2019. "),
    "years": of("2019 "),
    "years and dashes": of("2019-"),
    "financial years run together": of("2019/20"),
    "months": of("March "),
    "days": of("1 April "),
    "days without a gap": of("1st"),
    "from and to": of("from 1 April 2019 to "),
    "sums": of("£1,"),
    "pound signs": of("£"),
    "percentages": of("5% "),
    "less-than signs": of("<"),
    "stars": of("*"),
    "dashes": of("-"),
    "bullets": of("• "),
    "capitals": of("A "),
    "capitals without a gap": of("A"),
    "capitals and hyphens": of("AB-"),
    "one word": of("a"),
    "addresses": of("a@b.example "),
    "at signs": of("@"),
    "links": of("https://a.example/b?c=1 "),
    "refusals": of("exempt under section 31 "),
    "neither nor": of("neither confirm "),
    "public interest": of("public interest "),
    "same as": of("same as point 1 "),
    "councils": of("Marsh Borough Council "),
    "spelled numbers": of("twenty-"),
    "hundreds": of("a hundred and "),
    "a glued table": of("20192020"),
    "one cell a line": of("2019\n4\n"),
    "lists of incidents": of("01/02/17\tLetter sent to the wrong house\tHousing\n"),
}


def seconds(text: str) -> float:
    """Processor time of the best of three readings: other work is not counted, nor the collector's way through the suite's heap."""
    best = float("inf")
    gc.collect()
    gc.freeze()
    try:
        for _ in range(3):
            begin = time.process_time()
            read(text)
            best = min(best, time.process_time() - begin)
            if best > 0.5:
                break  # long enough to be sure of
    finally:
        gc.unfreeze()
    return best


LONG = (
    "one long run of digits",
    "nested brackets",
    "blank lines",
    "labels on lines",
    "pipes",
    "tabs",
    "sections that never close",
    "words on one line",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_200_kilobytes(name: str) -> None:
    grows(lambda size: QUESTION + TEXTS[name](size), 50_000)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_inside_an_answer(name: str) -> None:
    grows(lambda size: QUESTION + TEXTS[name](size))


def grows(text: Callable[[int], str], size: int = SMALL) -> None:
    """Four times the text takes not much more than four times as long; measured again where other work may have disturbed it."""
    tries = []
    for _ in range(3):
        small, large = seconds(text(size)), seconds(text(4 * size))
        tries.append(f"{small:.2f} s for {size} characters, {large:.2f} s for four times as many")
        if large < FLOOR or large / max(small, FLOOR / 4) < RATIO:
            return
    raise AssertionError("; ".join(tries))


def test_four_times_is_four_times() -> None:
    assert all(3.9 * len(make(1000)) <= len(make(4000)) for make in TEXTS.values())


def test_a_tracker_cell_of_any_length_is_read() -> None:
    assert answer_to("How many data breaches were there in 2021?", "14 " * 5000)
    assert read("", (Question("1", "How many?"),)).problems
    assert document("").pages[0].end == 0
