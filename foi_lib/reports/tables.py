"""`show(df, …)`: how a notebook displays a table, so that every figure in the rendered report leads to its words.

What a notebook's output holds is the same in JupyterLab, under nbval and in a build: figures carry the name of their row
(`data-answer`), and the words stand in a fold below the table. When the notebook is rendered, `foi_lib.reports.clean` makes each
of those a link into the letter view, and refuses a name that no row of the data has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from foi_lib.errors import FoiError
from foi_lib.reports import words
from foi_lib.reports.behind import names, row_name
from foi_lib.reports.masks import masked
from foi_lib.reports.words import esc, is_missing

# Columns that help to make the others, and are not shown unless asked for by name.
HELPERS = frozenset(
    """answer_id answer_ids incident_id request slug sha256 start end authority_code unit low high qualifier period_kind period_start
    period_end partial_period file page links source_url population_year joint""".split()  # noqa: SIM905
)
FIGURES = ("value", "keyed_value", "total", "figure", "amount")
_NOT_FIGURES = frozenset("question period year years reference section provision page low high file text".split())  # noqa: SIM905
_FIGURE = re.compile(r"(?:(?:at least|at most|up to) )?[+−-]?£?\d[\d,.]*%?(?: (?:to|of) £?\d[\d,.]*%?)?(?: or more)?(?: \(.*\))?|[–-]")
_FIGURE_KINDS = frozenset({"number", "GBP", "percent", "share", "count", "figures", "long figures"})
MANY_OUTCOMES = 4  # columns of outcomes that make a table a grid: small type, heads that stay
_FOLD_LIMIT = 400
_SHORT = 22  # characters that stay on one line


def show(df: pd.DataFrame, caption: str | None = None, **options: Any) -> None:
    """Display `df` as an accessible table (see `table_html` for the options); nothing is returned, so it works anywhere in a cell."""
    from IPython.display import display

    display({"text/html": table_html(df, caption, **options), "text/plain": _as_text(df, caption)}, raw=True)


def table_html(
    df: pd.DataFrame,
    caption: str | None = None,
    *,
    columns: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    missing: str | Mapping[str, str] | None = None,
    evidence: Mapping[str, str] | None = None,
    row_header: str | None = None,
    note: str | None = None,
    fold: bool = True,
) -> str:
    """`df` as HTML.

    In: `columns` to show, in order (else all but helpers such as answer_id); `labels` column → heading; `units` column → "GBP",
    "percent" (12.5 is 12.5%), "share" (0.125 is 12.5%), "count", "date", "text" or "outcome"; `missing` the words for a missing cell,
    for all columns or by column; `evidence` column → the column that names the rows behind it (by themselves, `answer_id`, `answer_ids`
    or `incident_id` name those of the figure and the outcome, and `<column>_answer_id` those of `<column>`; `<column>_slugs` names the
    councils that are counted in it); `row_header` the column
    whose cells head the rows (else the first); `note` a line below; `fold` whether the words are put in a fold below, where `df` has them.
    A figure in a row whose evidence is missing, though the table names evidence, raises `FoiError` naming the row; where the table names
    none, JupyterLab shows it, and a report with it is not made.
    """
    if not isinstance(df.index, pd.RangeIndex) and any(name is not None for name in df.index.names):
        df = df.reset_index()
    df = _with_period(df)
    known = [str(c) for c in df.columns]
    df = df.set_axis(known, axis=1)
    shown = list(columns) if columns is not None else [c for c in known if c not in HELPERS and not re.search(r"_(answer_ids?|slugs)$", c)]
    if lost := [c for c in shown if c not in known]:
        raise FoiError(f"show: no column {lost[0]!r} in the table; its columns are {', '.join(known)}")
    if columns is None and "value" not in known and {"low", "high"} <= set(known):
        shown += ["low", "high"]
    ids = _evidence(known, shown, evidence)
    title = f"<caption>{esc(caption)}</caption>" if caption else ""
    tail = f'<p class="foi-note">{esc(note)}</p>' if note else ""
    if df.empty or not shown:
        return f'<p class="foi-empty">{esc(caption) + ": " if caption else ""}nothing to list.</p>{tail}'
    head_of_row = row_header or (shown[0] if shown[0] not in ids and len(shown) > 1 else None)
    records = df.to_dict("records")
    kinds = {c: _kind(c, df[c], units or {}) for c in shown}
    kinds |= {c: "long figures" for c in shown if kinds[c] == "figures" and any(len(str(v)) > _SHORT for v in df[c])}
    kinds |= {c: "long" for c in shown if kinds[c] == "text" and any(len(str(v)) > 2 * _SHORT for v in df[c])}
    kinds |= {c: "short" for c in shown if kinds[c] == "text" and all(is_missing(v) or len(str(v)) <= _SHORT for v in df[c])}
    heads = "".join(f'<th scope="col"{_class(kinds[c])}>{esc(words.capital((labels or {}).get(c) or words.label(c)))}</th>' for c in shown)
    body = []
    for row in records:
        cells = []
        for c in shown:
            inner = _cell(c, row, kinds[c], missing, ids.get(c), caption)
            tag = 'th scope="row"' if c == head_of_row else "td"
            cells.append(f"<{tag}{_class(kinds[c])}>{inner}</{tag[:2]}>")
        body.append(f"<tr{_bare(row, shown, kinds, ids, caption)}>" + "".join(cells) + "</tr>")
    words_fold = _fold(records, known, shown) if fold else ""
    name = esc(caption or "Table")
    wide = " foi-wide" if sum(kind == "outcome" for kind in kinds.values()) >= MANY_OUTCOMES else ""
    return (
        f'<div class="foi-table{wide}" role="group" tabindex="0" aria-label="{name}"><table>{title}<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n" + "\n".join(body) + f"\n</tbody></table></div>{tail}{words_fold}"
    )


def _with_period(df: pd.DataFrame) -> pd.DataFrame:
    """With a `period` in words where the table has the period's dates and no such column."""
    if "period" in df.columns or not {"period_start", "period_end"} <= set(df.columns):
        return df
    at = list(df.columns).index("period_start")
    out = df.copy()
    out.insert(at, "period", [words.period(row) or None for row in df.to_dict("records")])
    return out


def _evidence(names: Sequence[str], shown: Sequence[str], given: Mapping[str, str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    default = next((c for c in ("answer_id", "answer_ids", "incident_id") if c in names), None)
    for c in shown:
        own = next((f"{c}_{tail}" for tail in ("answer_id", "answer_ids", "slugs") if f"{c}_{tail}" in names), None)
        if own:
            found[c] = own
        elif default and (c in FIGURES or c == "outcome"):
            found[c] = default
    if default and default not in found.values() and shown:
        found[shown[-1] if len(shown) == 1 else next((c for c in shown[1:] if c not in found), shown[0])] = default
    found.update(given or {})
    if lost := [v for v in found.values() if v not in names]:
        raise FoiError(f"show: no column {lost[0]!r} to take the evidence from; the columns are {', '.join(names)}")
    return found


def _kind(column: str, values: pd.Series, units: Mapping[str, str]) -> str:
    if column in units:
        return units[column]
    if column == "outcome" or column.endswith("_outcome"):
        return "outcome"
    if column.endswith("_gbp"):
        return "GBP"
    if pd.api.types.is_bool_dtype(values.dtype):
        return "yes_no"
    if pd.api.types.is_numeric_dtype(values.dtype):
        if re.search(r"(^|_)(share|rate|proportion)(_|$)", column):
            return "share"
        return "percent" if re.search(r"(^|_)(percent|pct)(_|$)", column) else "number"
    if column.endswith("_on") or column in ("date", "period_start", "period_end", "as_of"):
        return "date"
    if column == "source_url":
        return "link"
    return "figures" if column not in _NOT_FIGURES and _all_figures(values) else "text"


def _all_figures(values: pd.Series) -> bool:
    """Whether a column of words holds figures already written out ("1,234", "£300", "1 to 4", "3 of 9 (33.3%)", "–")."""
    said = [str(v) for v in values if not is_missing(v)]
    return any(re.search(r"\d", v) for v in said) and all(_FIGURE.fullmatch(v) for v in said)


def _class(kind: str) -> str:
    if kind == "long figures":
        return ' class="foi-num foi-long"'
    if kind in ("short", "date"):
        return ' class="foi-short"'
    if kind == "long":
        return ' class="foi-text"'
    return ' class="foi-num"' if kind in ("number", "GBP", "percent", "share", "count", "figures") else ""


def _cell(
    column: str, row: Mapping[str, Any], kind: str, missing: str | Mapping[str, str] | None, id_column: str | None, caption: str | None
) -> str:
    value = row.get(column)
    text = _text(column, value, kind, row)
    if text is None:
        return f'<span class="foi-missing">{esc(_missing(column, row, missing))}</span>'
    inner = words.outcome_html(value) if kind == "outcome" else text
    if column == "authority" and not is_missing(row.get("slug")):
        return f'<span data-council="{esc(row["slug"])}">{inner}</span>'
    if id_column is None:
        return inner
    ids = names(row.get(id_column))
    if not ids and row.get(id_column) == "":  # empty text, unlike a missing value, says that by nature nothing lies behind it: no reply
        return inner
    if not ids:
        raise FoiError(f"show: a figure with no evidence in {caption or 'a table'}: {row_name(row)}, {column} = {value}")
    if id_column.endswith("slugs"):
        return f'<span class="foi-fig" data-councils="{esc(" ".join(ids))}">{inner}</span>'
    quote = row.get("quote")
    title = f' title="“{esc(_short(masked(str(quote))))}”"' if not is_missing(quote) else ""
    attribute = f'data-answer="{esc(ids[0])}"' if len(ids) == 1 else f'data-answers="{esc(" ".join(ids))}"'
    return f'<span class="foi-fig" {attribute}{title}>{inner}</span>'


def _bare(row: Mapping[str, Any], shown: Sequence[str], kinds: Mapping[str, str], ids: Mapping[str, str], caption: str | None) -> str:
    """The mark of a row that has a figure and leads nowhere: to no answer, no council, no source. A report with such a row is not made."""
    figures = [c for c in shown if kinds[c] in _FIGURE_KINDS and c not in _NOT_FIGURES and not is_missing(row.get(c))]
    led = any(c in ids and (row.get(ids[c]) == "" or not is_missing(row.get(ids[c]))) for c in shown)
    sources = (("authority", "slug"), ("source_url", "source_url"))  # shown, and where it leads
    led = led or any(c in shown and not is_missing(row.get(source)) for c, source in sources)
    if led or not figures:
        return ""
    return f' data-bare="{esc(caption or "a table")}: {esc(row_name(row))}, {esc(figures[0])} = {esc(row[figures[0]])}"'


def _text(column: str, value: Any, kind: str, row: Mapping[str, Any]) -> str | None:
    """The cell's text, escaped; None where there is nothing to show."""
    if column == "value" and {"low", "high"} & set(row):
        return esc(words.figure(row)) or None
    if is_missing(value):
        return None
    if isinstance(value, (list, tuple)):
        return esc("; ".join(map(str, value))) or None
    if kind == "yes_no" or value is True or value is False:
        return "yes" if value else "no"
    if kind == "share":
        return f"{float(value) * 100:.1f}%"
    if kind in ("number", "count", "percent", "GBP"):
        unit = kind if kind in ("percent", "GBP") else (row.get("unit") if column in (*FIGURES, "low", "high") else None)
        return esc(words.number(value, unit))
    if kind == "date":
        return esc(words.day(value))
    if kind == "link" and (url := words.web_link(value)):
        return f'<a href="{esc(url)}">{esc(url)}</a>'
    if column in ("quote", "question_text", "description", "as_cited", "reason", "source_note"):
        return esc(masked(str(value)))
    return esc(value)


def _missing(column: str, row: Mapping[str, Any], missing: str | Mapping[str, str] | None) -> str:
    """Words for a cell that holds nothing: never a bare blank."""
    if isinstance(missing, str):
        return missing
    if missing and column in missing:
        return missing[column]
    if column in ("value", "outcome"):
        for key in ("outcome", "status"):
            if key != column and not is_missing(row.get(key)) and row[key] not in ("answered", "keyed", "disclosed"):
                return words.outcome_words(row[key])
        return "no figure" if column == "value" else "not asked"
    if column.endswith("_on") or column in ("working_days", "on_time", "date", "reference", "population", "nation", "region"):
        return "not known"
    if column in ("provisions", "review_reasons", "problems", "as_cited", "files"):
        return "none"
    return "–"


def _short(text: str, most: int = 200) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _fold(records: Iterable[Mapping[str, Any]], names: Sequence[str], shown: Sequence[str]) -> str:
    """The words behind the table's figures, folded: for JupyterLab, where there is no letter view, and for paper."""
    if "quote" not in names or "answer_id" not in names or "quote" in shown:
        return ""
    items = []
    for row in records:
        if is_missing(row.get("answer_id")) or (is_missing(row.get("quote")) and is_missing(row.get("source_note"))):
            continue
        place = [str(row[c]) for c in ("file",) if not is_missing(row.get(c))]
        place += [f"page {int(row['page'])}"] if not is_missing(row.get("page")) else []
        place += [masked(str(row["source_note"]))] if not is_missing(row.get("source_note")) else []
        who = ", ".join(str(row[c]) for c in ("authority",) if not is_missing(row.get(c)))
        what = f" question {row['question']}" if not is_missing(row.get("question")) else ""
        said = f": <q>{esc(_short(masked(str(row['quote']))))}</q>" if not is_missing(row.get("quote")) else ""
        items.append(f'<li><span data-answer="{esc(row["answer_id"])}">{esc(who + what)}</span>{said} ({esc(", ".join(place))})</li>')
    if not items:
        return ""
    more = f"<li>and {len(items) - _FOLD_LIMIT:,} more</li>" if len(items) > _FOLD_LIMIT else ""
    listed = "".join(items[:_FOLD_LIMIT]) + more
    return f'<details class="foi-words"><summary>The words behind these figures ({len(items):,})</summary><ul>{listed}</ul></details>'


def _as_text(df: pd.DataFrame, caption: str | None) -> str:
    rows = f"{len(df):,} row" + ("" if len(df) == 1 else "s")
    return f"{words.plain(caption) + ': ' if caption else ''}table of {rows}"
