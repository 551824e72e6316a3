"""Question labels and how they are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

TOPS = ("dot", "paren", "brackets", "square", "Q", "Q.", "Qdot", "Question", "Question:", "colon", "Request")
UNNUMBERED = ("none", "bullet")
SUBS = ("decimal", "letter", "roman")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi")
# where one answer serves several questions: among numbered answers, in words, and as the answer's own label
RANGES = ("Q{0} - Q{1}", "{0} - {1}", "Questions {0} to {1}", "Questions {0}-{1}", "{0}. - {1}.", "{0}) - {1})", "{0}.-{1}.")
TWOS = ("Questions {0} and {1}", "{0}. & {1}.", "Q{0} & Q{1}", "{0} and {1}", "{0}) & {1})")
WORDED = {"question": ("Questions {0} to {1}", "Questions {0} and {1}"), "answer": ("Answers {0} to {1}", "Answers {0} & {1}")}


def labels(nesting: Sequence[int], sub: str) -> list[str]:
    """Labels in order; `nesting` says of each question how many levels down it is (0 or 1)."""
    found: list[str] = []
    top = below = 0
    for level in nesting:
        if level == 0:
            top, below = top + 1, 0
            found.append(str(top))
        else:
            below += 1
            found.append(
                f"{top}.{below}"
                if sub == "decimal"
                else f"{top}{'abcdefgh'[below - 1]}"
                if sub == "letter"
                else f"{top}({ROMAN[below - 1]})"
            )
    return found


def show(label: str, top: str, relative: bool = False) -> str:
    """A label as printed: "1." or "[1.2]"; a relative sub-label loses its parent: "a)", "(i)"."""
    if top in UNNUMBERED:
        return "-" if top == "bullet" else ""
    child = re.fullmatch(r"\d+(?:([a-z])|\((\w+)\))", label)
    if child and relative:
        return f"{child[1]})" if child[1] else f"({child[2]})"
    if top == "dot":
        return label if "." in label or ")" in label else f"{label}."
    return {
        "paren": f"{label})" if ")" not in label else label,
        "brackets": f"({label})" if ")" not in label else label,
        "square": f"[{label}]" if ")" not in label else label,
        "Q": f"Q{label}",
        "Qdot": f"Q{label}.",
        "Q.": f"Q.{label}",
        "Question": f"Question {label}",
        "Question:": f"Question {label}:",
        "colon": f"{label}:",
        "Request": f"Request {label}",
    }[top]


def answer_name(label: str, top: str) -> str:
    """The answer's own label beside the question's: "A1", "Answer 1"."""
    return {
        "Q": f"A{label}",
        "Qdot": f"A{label}.",
        "Q.": f"A.{label}",
        "Question": f"Answer {label}",
        "Question:": f"Answer {label}:",
        "Request": f"Answer {label}",
    }.get(top, f"A{label}.")


def several(rng: Random, found: Sequence[str], worded: str = "") -> str:
    """The labels of questions that share an answer: "Q1 - Q4", "Questions 3 and 4"; in words only, where `worded` says whose."""
    two = len(found) == 2
    form = WORDED[worded][two] if worded else rng.choice(TWOS if two else RANGES)
    if "(" in found[0] + found[-1]:
        form = form.replace("})", "}").replace("}.", "}")
    return form.format(found[0], found[-1])


def named(rng: Random, label: str) -> str:
    """A question as another answer speaks of it."""
    return rng.choice(
        (f"question {label}", f"Question {label}", f"Q{label}" if label[0].isdigit() else f"question {label}", f"point ({label})")
    )
