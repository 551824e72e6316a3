"""What was asked: `request.yaml` and `authorities.csv` of a request folder, checked, as a `Request`.

Every error is one line that names the file, the line, the key, what is wrong and what would be right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from foi_lib.correspondence import Correspondent, read_correspondence
from foi_lib.errors import FoiError
from foi_lib.letters.model import QUESTION_KINDS, Question
from foi_lib.marked_yaml import read_yaml
from foi_lib.paths import nearest
from foi_lib.period_names import Period, join, parse_period, spell
from foi_lib.schema import REGIMES

if TYPE_CHECKING:
    from foi_lib.reference import Authority

# what an answer is, where the question does not say: the kind that goes with each measure's name
_KINDS_BY_ENDING = (("_count", "count"), ("_gbp", "money"), ("_details", "details"), ("_affected", "count"))


@dataclass(frozen=True, slots=True)
class OwnMeasure:
    """A measure that the request defines for itself, beside those of `reference.measures()`."""

    name: str
    kind: str
    unit: str | None
    description: str


@dataclass(frozen=True, slots=True)
class Request:
    """One request: what was asked, of whom, and as of which date its reports speak."""

    name: str
    folder: Path
    title: str
    as_of: date
    description: str = ""
    fictional: bool = False
    requested_by: str | None = None
    sent_on: date | None = None
    regime: str = "FOIA"
    questions: tuple[Question, ...] = ()
    periods: dict[str, tuple[Period, ...]] = field(default_factory=dict)  # by question label, where a question asks for several
    authorities: tuple[str, ...] = ()  # names or codes of those asked
    own_authorities: tuple[Authority, ...] = ()
    own_measures: tuple[OwnMeasure, ...] = ()
    correspondence: tuple[Correspondent, ...] = ()  # requests made by way of a site
    correspondence_problems: tuple[str, ...] = ()
    letters: str | None = None  # where its letters lie, if not in letters/: a folder, or a URL that fsspec opens
    letters_reuse: str | None = None
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    check_headlines: str = ""  # "all" or "doubtful": which answers a person must have checked before reports are no draft any more

    def question(self, label: str) -> Question | None:
        """The question of that label, however its punctuation is written: 1.2, 1(2), Q1.2."""
        wanted = plain_label(label)
        return next((q for q in self.questions if plain_label(q.label) == wanted), None)


def plain_label(label: str) -> str:
    """A label without what people write around it: 'Q1.2', '[1.2]' and '1(2)' are '1.2'; dots stay, as 1.2 is not 12."""
    words = label.strip().lower().removeprefix("question").strip(" .:()[]")
    words = words[1:].strip(" .:()[]") if words[:1] == "q" and words[1:2].strip(" .([").isdigit() else words
    return ".".join(part for part in re.split(r"[\s.()\[\]]+", words) if part)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def _period(value: Any) -> Period:
    """A period as text, or as {start, end}."""
    if isinstance(value, dict):
        unknown = sorted(set(value) - {"start", "end"})
        if unknown or not value.get("start"):
            raise ValueError("a period is text, or {start: 2017-01-01, end: 2017-12-31} (no end where it is open)")
        days = [None if value.get(key) is None else date.fromisoformat(str(value[key])).isoformat() for key in ("start", "end")]
        return spell(*days)
    if not isinstance(value, str):
        raise ValueError("a period is text such as 'calendar 2017' or 'financial 2021/22', or {start: …, end: …}, or a list of these")
    return parse_period(value)


class _Question(_Strict):
    label: str = Field(min_length=1)
    text: str = Field(min_length=1)
    measure: str = "other"
    kind: Literal["count", "money", "yes_no", "text", "details", "percentage", "date"] | None = None
    period: Any = None

    @field_validator("period")
    @classmethod
    def _periods(cls, value: Any) -> tuple[Period, ...]:
        if value is None:
            return ()
        return tuple(_period(one) for one in (value if isinstance(value, list) else [value]))


class _Measure(_Strict):
    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: Literal["count", "money", "yes_no", "text", "details", "percentage", "date"]
    unit: str | None = None
    description: str = Field(min_length=1)


class _Checks(_Strict):
    headlines: Literal["all", "doubtful"] | None = None


class _File(_Strict):
    title: str = Field(min_length=1)
    as_of: date
    description: str = ""
    fictional: bool = False
    requested_by: str | None = None
    sent_on: date | None = None
    regime: Literal["FOIA", "FOISA", "EIR", "EISR"] = "FOIA"
    questions: list[_Question] = Field(min_length=1)
    authorities: list[str] = []
    measures: list[_Measure] = []
    letters: str | None = None
    letters_reuse: str | None = None
    sources: list[str] = []
    notes: list[str] = []
    checks: _Checks = _Checks()

    @field_validator("description", "authorities", "measures", "sources", "notes", mode="before")
    @classmethod
    def _empty(cls, value: Any, info: Any) -> Any:
        """A key with nothing after it is as good as absent; one text stands for a list of one."""
        if info.field_name == "description":
            return "" if value is None else value
        if value is None:
            return []
        return [value] if isinstance(value, str) and info.field_name in ("sources", "notes") else value

    @model_validator(mode="after")
    def _in_order(self) -> _File:
        if self.sent_on and self.sent_on > self.as_of:
            raise ValueError(f"sent_on ({self.sent_on}) is later than as_of ({self.as_of})")
        return self


_MODELS: dict[str, type[BaseModel]] = {"questions": _Question, "measures": _Measure, "checks": _Checks}


def load_request(folder: str | Path) -> Request:
    """Read and check a request folder (its request.yaml, and authorities.csv where there is one)."""
    folder = Path(folder)
    path = folder / "request.yaml"
    if not path.is_file():
        raise FoiError(f"{path}: no such file; a request folder needs one (see data/raw/README.md)")
    raw, lines = read_yaml(path)
    if not isinstance(raw, dict):
        raise FoiError(f"{path}: empty or not a list of 'key: value' lines; it needs at least title, as_of and questions")
    try:
        checked = _File.model_validate(raw)
    except ValidationError as error:
        raise FoiError(_one_line(path, lines, error)) from None
    return _request(folder, path, lines, checked)


def _request(folder: Path, path: Path, lines: dict[Any, int], file: _File) -> Request:
    own = tuple(OwnMeasure(m.name, m.kind, m.unit, m.description) for m in file.measures)
    kinds = {m.name: m.kind for m in own} | {name: kind for name, kind in known_measures().items() if kind}
    seen: dict[str, str] = {}
    questions: list[Question] = []
    for n, asked in enumerate(file.questions):
        place = f"{path}:{lines.get(('questions', n, 'label'), 1)}: question {asked.label!r}"
        if plain_label(asked.label) in seen:
            raise FoiError(f"{place} has the same label as question {seen[plain_label(asked.label)]!r}; every label stands once")
        seen[plain_label(asked.label)] = asked.label
        if kinds and asked.measure != "other" and asked.measure not in kinds:
            line = lines.get(("questions", n, "measure"), 1)
            raise FoiError(
                f"{path}:{line}: questions[{asked.label}].measure: {asked.measure!r} is not a known measure"
                f"{nearest(asked.measure, sorted(kinds))} A measure of your own goes under 'measures:' with name, kind and description."
            )
        whole = join(asked.period or ())
        kind = asked.kind or kinds.get(asked.measure) or _kind_by_name(asked.measure)
        questions.append(Question(asked.label, asked.text, asked.measure, kind, whole.kind, whole.start, whole.end))
    correspondence, problems = read_correspondence(folder)
    return Request(
        name=folder.resolve().name, folder=folder, title=file.title, as_of=file.as_of, description=file.description,
        fictional=file.fictional, requested_by=file.requested_by, sent_on=file.sent_on, regime=file.regime,
        questions=tuple(questions), periods={q.label: tuple(q.period) for q in file.questions if q.period},
        authorities=tuple(file.authorities), own_authorities=_own_authorities(folder), own_measures=own,
        correspondence=correspondence, correspondence_problems=tuple(problems),
        letters=file.letters, letters_reuse=file.letters_reuse, sources=tuple(file.sources), notes=tuple(file.notes),
        check_headlines=file.checks.headlines or "",
    )  # fmt: skip


def known_measures() -> dict[str, str]:
    """Name → kind of the reference table's measures."""
    from foi_lib import reference

    return {m.name: m.kind for m in reference.measures()}


def _kind_by_name(measure: str) -> str:
    return next((kind for ending, kind in _KINDS_BY_ENDING if measure.endswith(ending)), "text")


def _own_authorities(folder: Path) -> tuple[Authority, ...]:
    path = folder / "authorities.csv"
    if not path.is_file():
        return ()
    from foi_lib.reference import load_authorities

    return load_authorities(path)


def _one_line(path: Path, lines: dict[Any, int], error: ValidationError) -> str:
    """The first error (by line; missing keys last, as a misspelt one is the likely cause); how many more there are at its end."""
    found = [(e["type"] == "missing", _line_of(lines, tuple(e["loc"])), n, _told(e)) for n, e in enumerate(error.errors())]
    (_, line, _, message), *others = sorted(found)
    more = f" (and {len(others)} more: line {', '.join(str(other[1]) for other in others[:3])})" if others else ""
    return f"{path}:{line}: {message}{more}"


def _line_of(lines: dict[Any, int], place: tuple[Any, ...]) -> int:
    """The line of the key, or of what it should have stood in."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _told(error: Any) -> str:
    place = tuple(error["loc"])
    name = "".join(f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in place).lstrip(".") or "request.yaml"
    kind, given = error["type"], error.get("input")
    model = _MODELS.get(str(place[0]), _File) if len(place) > 1 else _File
    if kind == "extra_forbidden":
        return f"unknown key {name!r}{nearest(str(place[-1]), sorted(model.model_fields), label='keys')}"
    if kind == "missing":
        example = {"as_of": " (the date that reports speak of, e.g. as_of: 2018-03-31)", "title": " (e.g. title: Data breaches 2017)"}
        return f"key {name!r} is missing{example.get(str(place[-1]), '')}"
    if kind == "literal_error":
        wanted = {"regime": REGIMES, "headlines": ("all", "doubtful")}.get(str(place[-1]), QUESTION_KINDS)
        return f"{name}: {given!r} is not allowed{nearest(str(given), list(wanted), label='allowed')}"
    if kind.startswith("date"):
        return f"{name}: {given!r} is not a date; write it as year-month-day, e.g. 2018-01-31"
    if kind.startswith("bool"):
        return f"{name}: {given!r} is neither true nor false"
    if kind == "string_pattern_mismatch":
        return f"{name}: {given!r} should be lower-case words joined by _, e.g. breach_count"
    if kind in ("list_type", "model_type", "dict_type", "model_attributes_type", "string_type"):
        wanted_shape = {"list_type": "a list (lines that begin with '- ')", "string_type": "text"}.get(kind, "'key: value' lines")
        return f"{name}: should be {wanted_shape}, not {_shape(given)}"
    if kind in ("too_short", "string_too_short"):
        return f"{name}: is empty; it needs at least one {'entry' if kind == 'too_short' else 'word'}"
    return f"{name}: {error['msg'].removeprefix('Value error, ')}"


def _shape(value: Any) -> str:
    return {dict: "'key: value' lines", list: "a list", str: f"the text {value!r}", type(None): "nothing"}.get(type(value), repr(value))
