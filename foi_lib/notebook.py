"""What every notebook begins with: its parameters checked, its request opened, and how it speaks.

`start(...)` takes the notebook's parameters and gives a `Book`: the request's tables, cut to the authorities that are known, and what the
cells share. A mistake in a parameter is a `FoiError`: one line, no traceback, and the run stops (papermill then exits with an error).
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from foi_lib.analysis import joint, slices, words
from foi_lib.analysis.grid import grid
from foi_lib.dataset import Dataset, load
from foi_lib.errors import FoiError
from foi_lib.paths import nearest, request_names


@dataclass(frozen=True)
class Book:
    """One request, open: `data` holds all its tables; the frames here are cut to known authorities, one row of responses each.

    A council's notebook has its own rows and those of the councils most like it, and no others (`foi_lib.analysis.slices`).
    """

    data: Dataset
    as_of: str  # ISO date that the notebook speaks of; never the clock
    council: pd.Series | None = None  # council.ipynb: its row of responses

    @cached_property
    def responses(self) -> pd.DataFrame:
        """One row an authority, in order of name; the kind of council in words."""
        rows = self.data.authority_rows
        return rows.assign(tier=rows["tier"].map(words.tier, na_action="ignore").astype("str"))

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The answers of known authorities; those of councils that one letter answers for together say so in `joint`."""
        answers = self.data.answers[self.data.answers["slug"].isin(self.responses["slug"])].reset_index(drop=True)
        return joint.mark(answers, self.data.texts, self.responses)

    @cached_property
    def provisions(self) -> pd.DataFrame:
        """The provisions that those answers rely on."""
        return self.data.provisions[self.data.provisions["answer_id"].isin(self.answers["answer_id"])].reset_index(drop=True)

    @cached_property
    def grid(self) -> pd.DataFrame:
        """Every question put to every authority, with what became of it."""
        return grid(self.responses, self.answers, self.data.request.questions)

    @property
    def asked(self) -> int:
        """How many authorities were asked."""
        return len(self.responses)

    @property
    def replied(self) -> int:
        """How many of them answered, or are known from a publication."""
        return int(self.responses["status"].isin(["answered", "keyed"]).sum())

    @property
    def source(self) -> str:
        """The source line of charts."""
        made_up = "Fictional example. " if self.data.fictional else ""
        told = f"replies to “{self.data.request.title}”; {words.of(self.replied, self.asked)} councils; as of {words.day(self.as_of)}"
        return f"{made_up}Source: {told}"

    def banner(self) -> None:
        """Which request, as of when, n of N, and, for an example, that it is made up."""
        if self.council is not None:
            say([f"# {_plain(str(self.council['authority']))}"])
        lines = []
        if self.data.fictional:
            lines.append("**Fictional example.** No such council exists, and nothing here was said by a public body.")
        lines.append(f"Request: **{_plain(self.data.request.title)}**. As of {words.day(self.as_of)}.")
        if self.council is not None:
            say([*lines, self._beside()])
            return
        lines.append(f"{words.of(self.replied, self.asked)} {words.verb(self.asked, 'council', 'councils')} answered.")
        if unknown := int(self.data.responses["authority_code"].isna().sum()):
            senders = words.plural(unknown, "reply", "replies")
            lines.append(f"{senders} of a sender that is not known {words.verb(unknown, 'is', 'are')} not counted here.")
        if problems := len(self.data.problems):
            files = words.plural(problems, "problem")
            lines.append(f"{files} with files {words.verb(problems, 'is', 'are')} listed under quality.")
        say(lines)

    def _beside(self) -> str:
        """Which councils this one is set beside."""
        if self.asked < 2:
            return "No other council of its kind and nation was asked, so it is set beside none."
        alike = words.plural(self.asked - 1, "council")
        return f"It is set beside the {alike} most like it: of the same kind and nation, nearest in population."

    def questions(self) -> pd.DataFrame:
        """The questions as they were put: question, question_text, what was asked for."""
        rows = self.grid.drop_duplicates("question")
        return pd.DataFrame(
            {
                "question": rows["question"],
                "question_text": rows["question_text"],
                "what was asked for": [words.measure_name(m) for m in rows["measure"]],
            }
        ).reset_index(drop=True)

    def matrix(self) -> pd.DataFrame:
        """What each council did with each question: authority, slug, then a column of outcomes a question, each with its evidence."""
        rows = []
        for (slug, authority), part in self.grid.groupby(["slug", "authority"], sort=True):
            row = {"authority": authority, "slug": slug}
            for label, outcome, answer_id in zip(part["question"], part["outcome"], part["answer_id"], strict=True):
                row |= {label: outcome, f"{label}_answer_id": answer_id}
            rows.append(row)
        return pd.DataFrame(rows)


def start(*, request: str = "", data_dir: str = "data", as_of: str = "", council: str | None = None, who: str | None = None) -> Book:
    """Open a notebook's request. With `council` and no `request`, the request that has the council is looked for. `who`: see review.ipynb.

    Raises FoiError, in one line with the nearest known ones, for an unknown council, request or parameter, a date that is none, or a
    council that several requests have.
    """
    own = {"council": council, "who": who}  # parameters that only some notebooks have
    known = ["request", "data_dir", "as_of", *(name for name, value in own.items() if value is not None)]
    _check_injected(known)
    for name, value in (("request", request), ("data_dir", data_dir), ("as_of", as_of), *own.items()):
        if value is not None and not isinstance(value, str):
            raise FoiError(f'parameter {name} = {value!r}: text was expected; write {name} = "{value}" (with papermill: -r {name} {value})')
    if council is not None and not request:
        return _with_council(council, data_dir, as_of)
    if not request:
        raise FoiError(f"parameter request is empty{nearest('', request_names(data_dir))}")
    data = load(request, data_dir)
    return Book(data, _date(as_of, data)) if council is None else _of_council(data, data.council(council), as_of)


def say(sentences: Sequence[str]) -> None:
    """Show sentences as one paragraph of text; an empty list shows nothing."""
    from IPython.display import Markdown, display

    if sentences:
        display(Markdown(" ".join(sentences)))


def _with_council(council: str, data_dir: str, as_of: str) -> Book:
    """The request that has the council: the only one, or an error that names them all."""
    if not council.strip():
        raise FoiError("parameter council is empty: give a council's name, slug or GSS code")
    found, names, broken = [], set(), []
    for name in request_names(data_dir):
        try:
            data = load(name, data_dir)
        except FoiError as error:  # a request that cannot be read must not hide the others
            broken.append(str(error))
            continue
        names |= set(data.authority_rows["authority"])
        try:
            found.append((data, data.council(council)))
        except FoiError:
            continue
    if not found:
        told = f"; not searched: {broken[0]}" if broken else ""
        raise FoiError(f"no council {council!r} in any request of {data_dir}/raw{nearest(council, sorted(names))}{told}")
    if len(found) > 1:
        raise FoiError(f"council {council!r} is in {words.join([d.name for d, _ in found])}: say which, as the parameter request")
    return _of_council(*found[0], as_of)


def _of_council(data: Dataset, row: pd.Series, as_of: str) -> Book:
    return Book(slices.cut(data, str(row["slug"])), _date(as_of, data), row)


def _date(as_of: str, data: Dataset) -> str:
    if not as_of:
        return data.as_of.isoformat()
    try:
        return date.fromisoformat(as_of).isoformat()
    except ValueError:
        raise FoiError(f"parameter as_of = {as_of!r} is no date; write it as {data.as_of.isoformat()}") from None


def _check_injected(known: list[str]) -> None:
    """Papermill warns of an unknown parameter and goes on with the defaults: a report of the wrong council. We stop."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:  # pragma: no cover - IPython is a dependency
        return
    shell = get_ipython()
    cells = [] if shell is None else shell.user_ns.get("In", [])
    for cell in cells:
        if not str(cell).startswith("# Parameters\n"):  # how papermill begins the cell that it puts in
            continue
        for name in _assigned(str(cell)):
            if name not in known:
                raise FoiError(f"unknown parameter {name!r}{nearest(name, known)}")


def _assigned(cell: str) -> list[str]:
    try:
        tree = ast.parse(cell)
    except SyntaxError:
        return []
    return [t.id for node in tree.body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name)]


def _plain(text: str) -> str:
    """Text of a request's own, with Markdown's and HTML's signs made harmless."""
    return "".join("\\" + c if c in "\\`*_{}[]<>#|~$" else c for c in " ".join(text.split()))
