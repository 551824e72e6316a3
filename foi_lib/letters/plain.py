"""The text that is read: the letter's own, place for place, without what a reader's eye passes over.

Every character stands where it stood, so that places found here are places in the letter.
"""

from __future__ import annotations

import re

from foi_lib import quick
from foi_lib.documents.model import Document
from foi_lib.letters.paired import pair_years
from foi_lib.letters.unwrap import unwrap

_SAME = str.maketrans(
    dict.fromkeys("\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff", " ")
    | dict.fromkeys("\u2010\u2011", "-")  # hyphens
    | dict.fromkeys("\u2012\u2014\u2015\u2212", "–")  # dashes, and the sign of subtraction
    | {"\u2044": "/", "\u2215": "/"}
)
_ODD = re.compile(f"[{''.join(map(chr, _SAME))}]")
_THIN = quick.compile(r"(?<![\d,.])(\d{1,3})((?:[\u2009\u202f]\d{3})+)(?!\d)")  # "1 234" with thin blanks is one number
_BOLD = re.compile(r"(?<![*\w])(\*\*|__)(?=[^\s*_])([^*_\n]*[^\W\d_][^*_\n]*)(?<=\S)\1(?![*\w])")
_ACT = quick.compile(r"\b(?:Act|Regulations)[ \t]*\n(?=[ \t]*(?:1[89]|20)\d\d\b)")  # "the Freedom of Information Act / 2000", "Regulations / 2004"
# a tab that sets a list's mark from its words, in a line with no other: "•\tHow many", "1.\tFour"
_TABBED = re.compile(r"^([ \t]*(?:[-–—•●▪◦‣·*\uf0b7o]|Q?[\[(]?\d{1,2}[.):\]]{1,2}|[\[(]?[a-z]{1,4}[.)\]]))\t+(?=[^\W\d_£(\"“'‘][^\t\n|]*$)", re.M | re.I)


def plain(text: str) -> str:
    """The same text with one kind of blank, of hyphen and of dash, and without marks of bold print ("**Question 1**").

    A tab after a list's mark is read as a blank, and so is the end of a line that the page's width broke.
    """
    if not text.isascii() and _ODD.search(text):  # which is sooner seen than put in order
        text = _THIN.sub(lambda m: m[1] + re.sub(r"[^\d]", ",", m[2]), text).translate(_SAME)
    if "\t" in text:
        text = _TABBED.sub(lambda m: m[0].replace("\t", " "), text)
    if "**" in text or "__" in text:
        text = _BOLD.sub(r"  \2  ", text)
    text = _ACT.sub(lambda m: m[0].replace("\n", " "), text)
    return pair_years(unwrap(text))


def without_furniture(document: Document, keep: str = "") -> str:
    """The text with running heads, page numbers and quoted messages blanked, place for place: what is left is read."""
    text, at, parts = document.text, 0, []
    for piece in sorted((piece for piece in document.furniture if piece.kind != keep), key=lambda piece: piece.start):
        begin, end = max(piece.start, at), max(piece.end, at)  # pieces may lie one in another
        parts += [text[at:begin], re.sub(r"[^\n]", " ", text[begin:end])]
        at = end
    return plain("".join((*parts, text[at:])))
