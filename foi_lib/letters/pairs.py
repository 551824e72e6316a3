"""Questions paired with their answers: what alignment gives and later steps use."""

from __future__ import annotations

from dataclasses import dataclass, field

from foi_lib.letters.labels import Parts
from foi_lib.letters.model import Question
from foi_lib.letters.split import Lines


@dataclass(slots=True)
class Pair:
    """A question and the lines that answer it."""

    question: Question
    path: Parts
    section: int
    lines: Lines = field(default_factory=list)
    how: str = "none"  # own, named, block, parent, assumed, none
    intro: bool = False  # a heading over sub-questions rather than a question
    sub_labels: tuple[str, ...] = ()  # "(a) officers and (b) staff" inside the question
    group: int | None = None  # questions that share one block of answer
    heading: str = ""
    context: str = ""  # the heading over this sub-question
    wants: str = ""  # the measure it asks for
    unasked: bool = False  # the letter answers it, and the request does not hold it

    @property
    def begin(self) -> int:
        return self.lines[0].start if self.lines else (self.question.start or 0)


@dataclass(slots=True)
class Aligned:
    """The questions in order with their answers, and what stands round them."""

    pairs: list[Pair]
    request_context: str  # preamble and questions: where periods are named for all
    contexts: dict[int, str]
    response_opening: dict[int, Lines]
    annex: Lines
    header: Lines
    loose: Lines  # lines of the response that no question claims
