"""The heart: reading a letter. `read_letter` is the whole of it; each step has a file of its own."""

from foi_lib.letters.model import Answer, Citation, Incident, Letter, Question, Unread
from foi_lib.letters.read import read_answer, read_letter

__all__ = ["Answer", "Citation", "Incident", "Letter", "Question", "Unread", "read_answer", "read_letter"]
