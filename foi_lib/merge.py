"""The letter's answers and the hand-keyed ones for the same thing, side by side in one row.

The letter's row stays as it was read; the keyed figure stands beside it, and where they disagree a person is asked. A keyed figure
that the letter does not give stays a row of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from foi_lib.request import plain_label

Row = dict[str, Any]
TOLERANCE = 0.005  # half a penny: figures are counts or pounds and pence


def merge(letter_rows: list[Row], keyed_rows: list[Row], letter_was_read: bool) -> list[Row]:
    """Rows of one authority: the letter's in their order, then the keyed ones that have no row there.

    `letter_was_read`: then a keyed row without a letter's row is something that the program missed, and says so.
    """
    keyed_questions = {plain_label(row["question"]) for row in keyed_rows}
    # a letter's "no answer found" is not an answer to set beside a keyed one: the keyed row speaks, and is flagged
    rows = [r for r in letter_rows if not (r["outcome"] == "unanswered" and plain_label(r["question"]) in keyed_questions)]
    pairs = pair(rows, keyed_rows)
    spoken = {id(keyed) for keyed, _ in pairs}
    for keyed, taken in pairs:
        for row in taken:
            _beside(row, keyed)
    alone = [keyed for keyed in keyed_rows if id(keyed) not in spoken]
    for keyed in alone if letter_was_read else ():
        doubt(keyed, "keyed_not_in_letter")
    return rows + alone


def pair(rows: list[Row], keyed_rows: list[Row]) -> list[tuple[Row, list[Row]]]:
    """Which of one authority's rows each keyed row speaks of; a keyed row that is about none of them is left out."""
    free = list(rows)
    pairs: list[tuple[Row, list[Row]]] = []
    waiting = list(keyed_rows)
    for same in (_same, _only_one(rows, keyed_rows), _same_but_for_period, _same_question_without_figure):
        for keyed in list(waiting):
            alike = [row for row in free if same(row, keyed)]
            # the letter may say a thing twice: the keyed figure goes beside the one that agrees
            found = [row for row in alike if agree(row, keyed)] + [row for row in alike if not agree(row, keyed)]
            if not found:
                continue
            # one keyed "refused" may speak for several rows of the letter, one for each year; a figure for one only
            taken = found if not _figures(keyed) else found[:1]
            pairs.append((keyed, taken))
            free = [row for row in free if not any(row is one for one in taken)]
            waiting = [row for row in waiting if row is not keyed]
    return pairs


def doubt(row: Row, reason: str) -> None:
    """Ask for a person's look."""
    row["needs_review"] = True
    if reason not in row["review_reasons"]:
        row["review_reasons"].append(reason)


def _beside(row: Row, keyed: Row) -> None:
    row["keyed_outcome"] = keyed["outcome"]
    row["keyed_value"] = keyed["value"]
    for name in ("source_note", "source_url", "note"):
        row[name] = keyed.get(name)
    if not agree(row, keyed):
        doubt(row, "differs_from_keyed")


def agree(row: Row, keyed: Row) -> bool:
    """The same outcome, the same figure or interval, and (where both cite any) the same provisions."""
    if row["outcome"] != keyed["outcome"]:
        return False
    if any(not _equal(row.get(name), keyed.get(name)) for name in ("value", "low", "high")):
        return False
    return not (row["provisions"] and keyed["provisions"]) or set(row["provisions"]) == set(keyed["provisions"])


def _equal(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else abs(one - other) <= TOLERANCE


def _figures(row: Row) -> bool:
    return any(row.get(name) is not None for name in ("value", "low", "high"))


def _part(row: Row) -> tuple[str, str]:
    return plain_label(row["question"]), (row.get("breakdown") or "").casefold().strip()


def _same(row: Row, keyed: Row) -> bool:
    return _part(row) == _part(keyed) and row["measure"] == keyed["measure"] and _period(row) == _period(keyed)


def _only_one(letter_rows: list[Row], keyed_rows: list[Row]) -> Callable[[Row, Row], bool]:
    """Question, measure and period have one row on either side: whoever keyed it need not have copied the letter's row label."""

    def key(row: Row) -> tuple[Any, ...]:
        return plain_label(row["question"]), row["measure"], _period(row)

    letter, hand = Counter(map(key, letter_rows)), Counter(map(key, keyed_rows))

    def same(row: Row, keyed: Row) -> bool:
        unlabelled = not row.get("breakdown") or not keyed.get("breakdown")
        return unlabelled and key(row) == key(keyed) and letter[key(row)] == hand[key(keyed)] == 1

    return same


def _same_but_for_period(row: Row, keyed: Row) -> bool:
    """One of the two does not say which period, or leaves its end open."""
    if _part(row) != _part(keyed) or row["measure"] != keyed["measure"]:
        return False
    one, other = _period(row), _period(keyed)
    return None in (one[0], other[0]) or (one[0] == other[0] and None in (one[1], other[1]))


def _same_question_without_figure(row: Row, keyed: Row) -> bool:
    """A refusal, "not held", "N/A" and their like: the question is what they are about, whatever its period."""
    return _part(row) == _part(keyed) and not _figures(row) and not _figures(keyed)


def _period(row: Row) -> tuple[str | None, str | None]:
    return row.get("period_start"), row.get("period_end")
