"""What the reader remembers of the lines that it met, so that its steps need not work a line out again; good for one letter and the next few."""

from __future__ import annotations


def forget_lines() -> None:
    """Empty the memories of lines and words. Each is bounded, but large enough for a long document: in a process that reads thousands of
    short letters they would fill up with lines that never come back."""
    from foi_lib.letters import amounts, labels, lines, periods, upright
    from foi_lib.reference import names

    for remembered in (amounts._of_line, labels._of_line, periods._of_line, upright._cell, lines._words_of, names.word):
        remembered.cache_clear()
