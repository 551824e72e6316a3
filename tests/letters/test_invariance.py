"""What is read must not depend on a letter's surface: each change that a human reader would not notice, held against the letter as it was.

Without labels nothing could be said of what is right; here the letter's own reading is the measure, figure by figure: question,
outcome, value or bounds, unit, measure, period, breakdown and provisions. Where there are labels too, no error may be new and unflagged.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from factory import make_letter
from factory.judge import judge, plain

from foi_lib.documents.build import clean
from foi_lib.letters import Letter as Read
from foi_lib.letters import read_letter

from .changes import CHANGES, Held
from .said import document, evidence_holds
from .surface import Letter

Row = dict[str, Any]
QUICK, MORE = range(0, 30), range(30, 80)  # the factory's seeds
MANNERS = Path(__file__).parent / "golden" / "manners"

ROMAN = """Moorlea County Council
12 June 2024

Dear Ms Elm,

1. Of the data breaches in the council’s “People” department in 2023:
i) how many were lost papers?
ii) how many were e-mails to the wrong person?
Answer:
i) Three
ii) 4
2. How many claims for compensation were made in 2023?
Answer: Nil
"""
OWN = [
    ("sub-questions in Roman numbers", Letter(text, ({"question": "1"}, {"question": "2"})), {"answers": []})
    for text in (ROMAN, ROMAN.replace("i) ", "i. "))
]


@dataclass
class Sum:
    """How a group of letters came through a change."""

    letters: int = 0
    figures: int = 0
    kept: int = 0
    silent: int = 0  # errors by the labels that are new and unflagged
    lost: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.kept / self.figures if self.figures else 1.0


@cache
def of_factory(seed: int) -> tuple[str, Letter, Row]:
    text, gold = make_letter(seed)
    return f"seed {seed}", Letter(text, tuple(gold["answers"])), gold


@cache
def of_folder(folder: Path) -> list[tuple[str, Letter, Row]]:
    found = []
    for path in sorted(folder.glob("*.labels.json")):
        gold = json.loads(path.read_text("utf-8"))
        for label in gold["answers"]:
            label |= {"how": "", "value_text": label.get("value_text") or ""}
        found.append((path.stem, Letter(clean((folder / gold["letter"]).read_text("utf-8")), tuple(gold["answers"])), gold))
    return found


def figures(read: Read) -> Counter[tuple[Any, ...]]:
    """The figures of a letter, without the words that a change of surface changes."""
    return Counter(
        (plain(a.question), a.outcome, a.value, a.low, a.high, a.unit, a.measure, a.period_start, a.period_end,
         re.sub(r"\W", "", a.breakdown or "").lower(), tuple(a.provisions))
        for a in read.answers
        if a.value is not None or a.low is not None
    )  # fmt: skip


@cache
def read(text: str) -> Read:
    return read_letter(document(text))


def silent(gold: Row, letter: Read) -> int:
    return judge(gold, letter.to_dict()).counts["silent"]


def hold(held: Held, letters: list[tuple[str, Letter, Row]]) -> Sum:
    out = Sum()
    for name, letter, gold in letters:
        text = held.make(letter)
        if text == letter.text:
            continue
        before, now = read(letter.text), read_letter(document(text))
        assert evidence_holds(now), name
        was, has = figures(before), figures(now)
        out.letters += 1
        out.figures += was.total()
        out.kept += (was & has).total()
        worse = silent(gold, now) - silent(gold, before)
        out.silent += max(0, worse)
        if was - has or worse > 0:
            out.lost.append(f"{name}: lost {[k[:3] for k in was - has]}, new {[k[:3] for k in has - was]}, silent {worse:+}")
    return out


def check(held: Held, letters: list[tuple[str, Letter, Row]]) -> None:
    found = hold(held, letters)
    told = f"{found.kept} of {found.figures} figures kept, {found.silent} silent errors\n" + "\n".join(found.lost)
    assert found.share >= held.least, told
    assert found.silent <= held.silent, told


@pytest.mark.parametrize("name", CHANGES)
def test_factory_letters(name: str) -> None:
    check(CHANGES[name], [of_factory(seed) for seed in QUICK])


@pytest.mark.parametrize("name", CHANGES)
def test_golden_letters(name: str) -> None:
    check(CHANGES[name], [*OWN, *of_folder(MANNERS)])


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
def test_more_factory_letters(name: str) -> None:
    check(CHANGES[name], [of_factory(seed) for seed in MORE])


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
def test_labelled_letters(name: str, shared: Path) -> None:
    check(CHANGES[name], of_folder(shared / "letters" / "dev"))


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_made(name: str) -> None:
    """Each change fits some letter; else it would hold nothing."""
    assert any(CHANGES[name].make(letter) != letter.text for _, letter, _ in [*OWN, *of_folder(MANNERS), *map(of_factory, [*QUICK, *MORE])])


def test_what_is_noticed_is_told() -> None:
    """A change of a figure is no change of surface."""
    noticed = Held(lambda letter: re.sub(r"(?<=: )(\d)(?=\n)", lambda m: str(int(m[0]) + 1), letter.text), "one more")
    with pytest.raises(AssertionError, match="figures kept"):
        check(noticed, [of_factory(seed) for seed in QUICK])
