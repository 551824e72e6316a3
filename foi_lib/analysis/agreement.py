"""Two readings of the same letters: how far they agree, by chance-corrected measures too, and what there is to settle.

A reading is the program's, or a person's who keyed answers without having seen another's. What is compared is an *item*: one answer to
one question for one period. Items that only one of two readings has are no agreement and no disagreement of outcome: they are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from foi_lib.analysis import words
from foi_lib.analysis.refusals import Share
from foi_lib.coding import FIRST, PROGRAM
from foi_lib.merge import TOLERANCE

FEW = 5  # below this many, no share in per cent, no interval and no kappa
FIELDS = ("outcome", "figure", "period", "provisions")
_SAID = [
    "question", "measure", "breakdown", "period_kind", "period_start", "period_end", "outcome", "value", "low", "high", "unit",
    "provisions",
]  # fmt: skip
_WHO = ["item", "answer_id", "slug", "authority", "coder"]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of two readers' categories. `value` is None where it is not defined, and `why` says so."""

    n: int
    observed: float | None  # share of items put into the same category
    expected: float | None  # the share that chance alone would give, from each reader's own shares
    value: float | None
    why: str = ""


def kappa(one: Sequence[str], other: Sequence[str]) -> Kappa:
    """Cohen's kappa: (observed − expected) / (1 − expected). The sequences are categories of the same items, in the same order.

    Not defined without items, nor where both readers put every item into one and the same category: chance alone would then agree.
    Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960), 37–46.
    """
    if len(one) != len(other):
        raise ValueError(f"{len(one)} and {len(other)} categories are not of the same items")
    n = len(one)
    if not n:
        return Kappa(0, None, None, None, "nothing was read by both")
    same = sum(a == b for a, b in zip(one, other, strict=True))
    shares, others = Counter(one), Counter(other)
    by_chance = sum(count * others[category] for category, count in shares.items())  # whole numbers: no rounding where it is n²
    if by_chance == n * n:
        return Kappa(n, same / n, 1.0, None, "both gave one and the same outcome throughout")
    expected = by_chance / (n * n)
    return Kappa(n, same / n, expected, (same / n - expected) / (1 - expected))


def readings(answers: pd.DataFrame, coding: pd.DataFrame) -> pd.DataFrame:
    """All readings, one row for each item and reader: item, answer_id, slug, authority, coder, and what was said.

    The program's reading is what it read itself, before anybody corrected it.
    """
    machine = program(answers).assign(coder=PROGRAM)
    machine = machine.assign(item=machine["answer_id"])
    both = [frame[[*_WHO, *_SAID]] for frame in (machine, coding) if len(frame)]
    if not both:
        return pd.DataFrame(columns=[*_WHO, *_SAID])
    # a person who keyed one thing twice has said it once: the later line counts, as the program has but one row for it
    return pd.concat(both, ignore_index=True).drop_duplicates(["item", "coder"], keep="last").reset_index(drop=True)


def program(answers: pd.DataFrame) -> pd.DataFrame:
    """The rows of answers that the program read in a letter, as it read them: a correction beside them is taken off again."""
    if "machine_outcome" not in answers.columns:
        return answers[answers["source"] == "letter"]
    changed = answers["machine_outcome"].notna()
    rows = answers[changed | (answers["source"] == "letter")].copy()
    changed = rows["machine_outcome"].notna()
    differs = changed & ~_alike(rows["machine_value"], rows["value"])
    rows.loc[changed, "outcome"] = rows.loc[changed, "machine_outcome"]
    for name in ("value", "low", "high"):
        rows.loc[differs, name] = rows.loc[differs, "machine_value"]
    return rows


def _alike(one: pd.Series, other: pd.Series) -> pd.Series:
    return (one.isna() & other.isna()) | ((one - other).abs() <= TOLERANCE)


def pairs(found: pd.DataFrame) -> list[tuple[str, str]]:
    """Every two readers with an item in common: the program first, then answers.csv, then coders by name."""
    items = {str(coder): set(rows["item"]) for coder, rows in found.groupby("coder")}
    order = sorted(items, key=lambda c: (c != PROGRAM, c != FIRST, c))
    return [(one, other) for one, other in combinations(order, 2) if items[one] & items[other]]


def _side_by_side(found: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """A row for each item that either has, of councils that both have read: columns of the first, and of the second with `_2`."""
    first, second = found[found["coder"] == one], found[found["coder"] == other]
    joined = first.merge(second, on="item", how="outer", suffixes=("", "_2"), indicator="held")
    for name in ("slug", "authority", "answer_id", "question", "breakdown"):
        joined[name] = joined[name].where(joined[name].notna(), joined[f"{name}_2"])
    known = _read_by(first, joined) & _read_by(second, joined)
    return joined[known].sort_values(["slug", "question", "period_start", "item"], na_position="last").reset_index(drop=True)


def _read_by(reading: pd.DataFrame, joined: pd.DataFrame) -> pd.Series:
    """Whether a reader read the letter of each row: the program reads whole letters, a person may have been given some questions only."""
    by = ["slug"] if set(reading["coder"]) == {PROGRAM} else ["slug", "question"]
    return pd.Series(pd.MultiIndex.from_frame(joined[by]).isin(pd.MultiIndex.from_frame(reading[by])), index=joined.index)


def same(row: dict, field: str) -> bool | None:
    """Whether two readings side by side agree in a field; None where neither says anything of it."""
    if field == "outcome":
        return bool(row["outcome"] == row["outcome_2"])
    if field == "figure":
        ends = [(row[name], row[f"{name}_2"]) for name in ("value", "low", "high")]
        if all(pd.isna(value) for two in ends for value in two):
            return None
        return all(bool(pd.isna(a) and pd.isna(b)) or (not pd.isna(a) and not pd.isna(b) and abs(a - b) <= TOLERANCE) for a, b in ends)
    if field == "period":
        if same(row, "figure") is None:  # a refusal is of a question, whatever its period
            return None
        days = [(row[name], row[f"{name}_2"]) for name in ("period_start", "period_end")]
        return None if all(pd.isna(day) for two in days for day in two) else all(_text(a) == _text(b) for a, b in days)
    cited = [set(_text(row[name]).split("; ")) - {""} for name in ("provisions", "provisions_2")]
    return None if not any(cited) else cited[0] == cited[1]


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)


def agreement(answers: pd.DataFrame, coding: pd.DataFrame) -> pd.DataFrame:
    """Agreement of every two readers, a row for each field.

    Columns: first, second, field, n, of, agree ("18 of 20 (90.0%)"), interval (95%, Wilson), kappa (of outcomes; None elsewhere), note
    (why there is no kappa, or how many answers only one of the two has), answer_ids. Shares rest on items where either says anything of
    the field; below `FEW` of them only the counts are given.
    """
    found, rows = readings(answers, coding), []
    for one, other in pairs(found):
        joined = _side_by_side(found, one, other)
        both = joined[joined["held"] == "both"]
        alone = Counter(joined["held"].astype("str"))
        records = both.to_dict("records")
        for field in FIELDS:
            held = [(row, verdict) for row in records if (verdict := same(row, field)) is not None]
            share = Share(field, sum(verdict for _, verdict in held), len(held))
            enough = share.of >= FEW
            said = ([str(r[name]) for r, _ in held] for name in ("outcome", "outcome_2"))
            of_outcomes = kappa(*said) if field == "outcome" else None
            note = _note(of_outcomes, alone, one, other) if of_outcomes else ""
            rows.append(
                {
                    "first": one, "second": other, "field": field, "n": share.n, "of": share.of,
                    "agree": share.text if enough else words.of(share.n, share.of) if share.of else words.NONE,
                    "interval": share.interval if enough else words.NONE,
                    "kappa": of_outcomes.value if of_outcomes and enough else None, "note": note or None,
                    "answer_ids": "; ".join(sorted({str(r["answer_id"]) for r, _ in held if not pd.isna(r["answer_id"])})),
                }
            )  # fmt: skip
    columns = ["first", "second", "field", "n", "of", "agree", "interval", "kappa", "note", "answer_ids"]
    return pd.DataFrame(rows, columns=columns).astype({"kappa": "float64"})


def _note(found: Kappa, alone: Counter[str], one: str, other: str) -> str:
    told = []
    if found.n and found.value is None:
        told.append(f"no kappa: {found.why}")
    elif 0 < found.n < FEW:
        told.append(f"no kappa: fewer than {FEW} answers")
    for side, who in (("left_only", one), ("right_only", other)):
        told += [f"{words.plural(alone[side], 'answer')} only of {who}"] if alone[side] else []
    return "; ".join(told)


def disagreements(answers: pd.DataFrame, coding: pd.DataFrame) -> pd.DataFrame:
    """What is to be settled: authority, slug, question, period, differ (the fields), first, said, second, also_said, readings
    (both in one cell), answer_id.

    A row for each item on which two readers differ in any field, or that only one of them has.
    """
    found, rows = readings(answers, coding), []
    for one, other in pairs(found):
        for row in _side_by_side(found, one, other).to_dict("records"):
            held = row["held"]
            differ = [field for field in FIELDS if same(row, field) is False] if held == "both" else ["only one has it"]
            if not differ:
                continue
            side = "_2" if held == "right_only" else ""
            rows.append(
                {
                    "authority": row["authority"], "slug": row["slug"], "question": row["question"],
                    "period": words.period(*(row[f"{name}{side}"] for name in ("period_kind", "period_start", "period_end"))),
                    "breakdown": row["breakdown"], "differ": ", ".join(differ),
                    "first": one, "said": "nothing" if held == "right_only" else _said(row, "", differ),
                    "second": other, "also_said": "nothing" if held == "left_only" else _said(row, "_2", differ),
                    "answer_id": "" if pd.isna(row["answer_id"]) else row["answer_id"],
                }
            )  # fmt: skip
            rows[-1]["readings"] = "{first}: {said}; {second}: {also_said}".format(**rows[-1])
    columns = ["authority", "slug", "question", "period", "breakdown", "differ", "first", "said", "second", "also_said", "readings"]
    return pd.DataFrame(rows, columns=[*columns, "answer_id"])


def _said(row: dict, side: str, differ: Sequence[str]) -> str:
    """A reading in words: its figure or outcome, and the period and provisions where they are in question."""
    unit = None if pd.isna(row[f"unit{side}"]) else row[f"unit{side}"]
    value = row[f"value{side}"]
    figure = words.interval(row[f"low{side}"], row[f"high{side}"], unit) if pd.isna(value) else words.amount(value, unit)
    said = words.outcome(row[f"outcome{side}"]) if figure == words.NONE else figure
    if "outcome" in differ and figure != words.NONE:
        said = f"{words.outcome(row[f'outcome{side}'])}: {figure}"
    if "period" in differ:
        said += f", {words.period(*(row[f'{name}{side}'] for name in ('period_kind', 'period_start', 'period_end')))}"
    if "provisions" in differ:
        said += f" ({_text(row[f'provisions{side}']) or 'no provision'})"
    return said


def findings(answers: pd.DataFrame, coding: pd.DataFrame) -> list[str]:
    """How far two readings agree, in words: a sentence for each pair of readers, nothing claimed below `FEW`."""
    table = agreement(answers, coding)
    outcomes = table[table["field"] == "outcome"]
    if not len(outcomes):
        return ["No answer was read twice: nobody keyed what another, or the program, read."]
    out = []
    for row in outcomes.to_dict("records"):
        who = f"{_name(row['first'])} and {_name(row['second'])}"
        if row["of"] < FEW:
            read = f"{words.plural(row['of'], 'answer')} {words.verb(row['of'], 'was', 'were')}"
            out.append(f"Only {read} read by {who}: too few for a share.")
            continue
        of_two = table[(table["first"] == row["first"]) & (table["second"] == row["second"])]
        figures = of_two[of_two["field"] == "figure"].iloc[0]
        chance = "" if pd.isna(row["kappa"]) else f" (Cohen’s kappa {row['kappa']:.2f})".replace("-", words.MINUS)
        given = f" and {figures['agree']} figures" if figures["of"] else ""
        out.append(f"{who[:1].upper() + who[1:]} agree on {row['agree']} outcomes{chance}{given}.")
    return out


def _name(coder: str) -> str:
    return {PROGRAM: PROGRAM, FIRST: f"whoever keyed {FIRST}"}.get(coder, f"the coder {coder}")
