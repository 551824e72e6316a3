"""The desk as ipywidgets: two panes, five buttons and a form. What happens is in `sitting`, what is shown in `view`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import ipywidgets as w
from traitlets import TraitError

from foi_lib.desk.sitting import Sitting
from foi_lib.desk.view import letter_html, reading_html
from foi_lib.errors import FoiError
from foi_lib.letters.model import OUTCOMES
from foi_lib.reports import words
from foi_lib.reports.evidence import Case
from foi_lib.reports.page import asset
from foi_lib.reports.words import esc, is_missing

KEYS = (("Accept", "a"), ("Correct", "c"), ("Reject", "r"), ("Previous", "p"), ("Next", "n"))


class Desk:
    """A desk, to be shown by JupyterLab: buttons and fields work by mouse and by Tab; the single keys by the script beside them."""

    def __init__(self, sitting: Sitting, show_personal_data: bool = False) -> None:
        self.sitting = sitting
        self.case = Case(sitting.opened.book.data, show_personal_data)
        self.where, self.letter, self.reading, self.status = (w.HTML(), *(w.HTML() for _ in range(3)))
        self.who = w.Text(sitting.who, description="Who", placeholder="your name or initials", continuous_update=False)
        outcomes = [("from the figure", ""), *((words.outcome_words(one), one) for one in OUTCOMES)]
        self.outcome = w.Dropdown(options=outcomes, description="Outcome")
        self.figure = w.Text(description="Figure", placeholder="6, or 1 to 4", continuous_update=False)
        self.why = w.Text(description="Why", placeholder="in a few words", continuous_update=False)
        self.buttons = {name: w.Button(description=f"{name} ({key})", tooltip=f"key {key}") for name, key in KEYS}
        self.save, self.cancel = w.Button(description="Save", button_style="primary"), w.Button(description="Cancel (Esc)")
        self.commit, self.heard = w.Text(continuous_update=False), w.HTML()  # the script's message, and that it was dealt with
        self.rejecting = False
        self._wire()
        self.form = self._box(w.VBox, "foi-desk-form", self.outcome, self.figure, self.why, w.HBox([self.save, self.cancel]))
        self.root = self._lay_out()
        self.show()

    def _wire(self) -> None:
        self.acts: dict[str, Callable[[], None]] = {
            "accept": lambda: self._do(self.sitting.accept), "previous": lambda: self._do(lambda: self.sitting.step(-1)),
            "next": lambda: self._do(lambda: self.sitting.step(1)), "correct": lambda: self._open(rejecting=False),
            "reject": lambda: self._open(rejecting=True), "save": lambda: self._do(self._decide), "cancel": self.show,
        }  # fmt: skip
        buttons = {name.lower(): button for name, button in self.buttons.items()} | {"save": self.save, "cancel": self.cancel}
        for name, button in buttons.items():
            button.on_click(lambda _, act=self.acts[name]: act())
        self.who.observe(lambda change: setattr(self.sitting, "who", str(change["new"])), "value")
        self.commit.observe(lambda change: self._hear(str(change["new"])), "value")
        named = {f"foi-act-{name}": button for name, button in buttons.items()}
        named |= {"foi-who": self.who, "foi-outcome": self.outcome, "foi-figure": self.figure, "foi-why": self.why}
        named |= {"foi-commit": self.commit, "foi-heard": self.heard}
        named |= {"foi-desk-status": self.status, "foi-desk-letter": self.letter, "foi-desk-reading": self.reading}
        for name, widget in named.items():
            widget.add_class(name)  # what the script and the style know it by

    @staticmethod
    def _box(kind: Callable[..., Any], name: str, *inside: Any) -> Any:
        box = kind(list(inside))
        box.add_class(name)
        return box

    def _lay_out(self) -> Any:
        style = w.HTML(f"<style>{asset('desk.css')}</style>")
        style.layout.display = "none"
        bar = self._box(w.HBox, "foi-desk-bar", *self.buttons.values())
        right = self._box(w.VBox, "foi-desk-side", self.reading, bar, self.form, self.status, self.commit, self.heard)
        top = self._box(w.HBox, "foi-desk-top", self.where, self.who)
        return self._box(w.VBox, "foi-desk", style, top, self._box(w.HBox, "foi-desk-panes", self.letter, right))

    def show(self, said: str = "", wrong: bool = False) -> None:
        """Show the answer looked at, and one line of what happened."""
        sitting, row = self.sitting, self.sitting.row
        self.form.remove_class("foi-open")
        self.status.value = f'<p class="{"foi-wrong" if wrong else "foi-said"}" role="status">{esc(said)}</p>' if said else ""
        for button in (*self.buttons.values(), self.save):
            button.disabled = row is None
        if row is None:
            self.where.value, self.letter.value, self.reading.value = "<p>There are no answers.</p>", "", ""
            return
        queue = f"{sitting.waiting:,} of {len(sitting.queued):,} wait to be looked at" if sitting.queued else "none waits to be looked at"
        self.where.value = f"<p>Answer {sitting.at + 1:,} of {len(sitting.rows):,}; {queue}.</p>"
        self.letter.value = letter_html(self.case, row)
        name = str(row["answer_id"])
        self.reading.value = reading_html(self.case, row, sitting.hangs.get(name, ""), sitting.done.get(name))

    def _hear(self, message: str) -> None:
        """What the script sends: the act, the answer on the screen, and the fields as they stood. A decision is for what was looked at."""
        try:
            told = json.loads(message)
            answer, act = str(told["answer"]), self.acts[told["act"]]
            self.who.value = str(told["who"])
            if told["act"] == "save":
                self.outcome.index, self.figure.value, self.why.value = int(told["outcome"]), str(told["figure"]), str(told["why"])
        except (ValueError, KeyError, TypeError, TraitError):
            return  # not the script's
        row = self.sitting.row
        if told["act"] in ("accept", "correct", "reject", "save") and (row is None or row["answer_id"] != answer):
            self.show("The desk had gone on to this answer: nothing was decided on it.", wrong=True)
        else:
            act()
        self.heard.value = f"<span>{int(told['n'])}</span>"

    def _open(self, rejecting: bool) -> None:
        """The form, filled with what stands there."""
        row = self.sitting.row
        if row is None:
            return
        self.rejecting = rejecting
        for field in (self.outcome, self.figure):
            field.layout.display = "none" if rejecting else None
        self.outcome.value = "" if rejecting or not is_missing(row["value"]) else str(row["outcome"])
        bare = {name: row[name] for name in ("value", "low", "high")}
        self.figure.value, self.why.value = "" if rejecting else words.figure(bare).replace(",", ""), ""
        self.status.value = ""
        self.form.add_class("foi-open")

    def _decide(self) -> str:
        if self.rejecting:
            return self.sitting.reject(self.why.value)
        return self.sitting.correct(str(self.outcome.value), self.figure.value, self.why.value)

    def _do(self, act: Callable[[], str]) -> None:
        """Do it and show what came of it; an error is one line, and the form stays as it was filled in."""
        try:
            said = act()
        except FoiError as error:
            self.status.value = f'<p class="foi-wrong" role="alert">{esc(error)}</p>'
            return
        self.show(said)

    def __repr__(self) -> str:
        return f"<review desk of {self.sitting.name}: {self.sitting.waiting} of {len(self.sitting.queued)} answers wait>"

    def _ipython_display_(self) -> None:
        from IPython.display import Javascript, display

        display(self.root)
        display(Javascript(asset("desk.js")))
