"""Official statistics: shares recomputed from a table of counts, by the same definitions as those from letters.

A table of counts has one row a body and period and these columns, each optional but `body`: received, answered, resolvable, granted_full,
granted_part, refused (in full), not_held, advice (or clarification), lapsed, on_hold, withheld (in full or in part), cost_limit,
vexatious, in_time. What is not given is never guessed: its shares are blank.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from foi_lib.analysis.refusals import Share
from foi_lib.errors import FoiError

COUNTS = (
    "received",
    "answered",
    "resolvable",
    "granted_full",
    "granted_part",
    "refused",
    "not_held",
    "advice",
    "lapsed",
    "on_hold",
    "withheld",
    "cost_limit",
    "vexatious",
    "in_time",
)
# what → (numerator, base); the base is part of the name, since one bulletin can use three
SHARES = {
    "resolvable, of received": ("resolvable", "received"),
    "resolvable, of answered": ("resolvable", "answered"),
    "granted in full, of resolvable": ("granted_full", "resolvable"),
    "granted in part, of resolvable": ("granted_part", "resolvable"),
    "refused, of resolvable": ("refused", "resolvable"),
    "withheld in full or in part, of resolvable": ("withheld", "resolvable"),
    "cost limit, of withheld in full or in part": ("cost_limit", "withheld"),
    "vexatious or repeated, of withheld in full or in part": ("vexatious", "withheld"),
    "in time, of answered": ("in_time", "answered"),
    "in time, of received": ("in_time", "received"),
}


def load_counts(path: str | Path) -> pd.DataFrame:
    """A CSV table of counts (`foi.load_counts`), for `table` or `shares`.

    Raises FoiError for an unknown column, or a cell that is neither blank nor a count.
    """
    try:
        text = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise FoiError(f"{path}: no table of counts could be read here ({error})") from None
    known = ["body", "period", "source", *COUNTS]
    for column in text.columns:
        if column not in known:
            raise FoiError(f"{path}: unknown column {column!r}; a table of counts has {', '.join(known)}")
    if "body" not in text.columns:
        raise FoiError(f"{path}: the column 'body' is missing")
    for column in COUNTS:
        if column in text.columns:
            cells = text[column].str.strip().str.replace(",", "")
            for line, cell in enumerate(cells, start=2):
                if cell and not cell.isdecimal():
                    raise FoiError(f"{path}, line {line}, column {column}: {cell!r} is no count; leave it blank if it is not published")
            text[column] = pd.array([int(c) if c else None for c in cells], dtype="Int64")
    return text


def complete(counts: dict[str, int]) -> dict[str, int]:
    """The counts with those added that follow from the others: answered = resolvable + advice + not held;
    resolvable = granted in full + in part + refused. Raises FoiError where given and computed disagree."""
    out = dict(counts)
    for whole, parts in (("resolvable", ("granted_full", "granted_part", "refused")), ("answered", ("resolvable", "advice", "not_held"))):
        if not all(p in out for p in parts):
            continue
        added = sum(out[p] for p in parts)
        if whole in out and out[whole] != added:
            raise FoiError(f"{' + '.join(f'{p} {out[p]}' for p in parts)} = {added}, but {whole} is given as {out[whole]}")
        out[whole] = added
    return out


def shares(counts: dict[str, int]) -> dict[str, Share]:
    """Every share whose two counts are known, named by its base. A part larger than its whole raises FoiError."""
    full = complete(counts)
    out = {}
    for what, (part, whole) in SHARES.items():
        if part in full and whole in full:
            if full[part] > full[whole]:
                raise FoiError(f"{part} {full[part]} is more than {whole} {full[whole]}")
            out[what] = Share(what, full[part], full[whole], (), 0)
    return out


def table(counts: pd.DataFrame) -> pd.DataFrame:
    """The shares of each row of a table of counts, long: body, period, share, n, of, rate, low, high, text."""
    rows = []
    for record in counts.to_dict("records"):
        known = {c: int(record[c]) for c in COUNTS if c in record and not pd.isna(record[c])}
        for what, share in shares(known).items():
            rows.append(
                {
                    "body": record["body"],
                    "period": record.get("period"),
                    "share": what,
                    "n": share.n,
                    "of": share.of,
                    "rate": share.rate,
                    "low": share.low,
                    "high": share.high,
                    "text": share.text,
                }
            )
    return pd.DataFrame(rows, columns=["body", "period", "share", "n", "of", "rate", "low", "high", "text"])


def implied(percentage: float, of: int, decimals: int = 0) -> tuple[int, int]:
    """The counts that a published percentage, rounded half up, allows: 37% of 6,648 is any of 2,427 to 2,492."""
    steps = 10**decimals
    middle = round(2 * percentage * steps)  # in half steps, so that the ends are whole numbers
    low, high = (middle - 1) * of, (middle + 1) * of  # low <= 200 * steps * count < high
    whole = 200 * steps
    return max(0, -(-low // whole)), min(of, -(-high // whole) - 1)
