"""Texts that would do harm in a page that does not escape, and a look at a page that finds what they did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
from selectolax.lexbor import LexborHTMLParser

HARM = (
    "<script>window.harmed=1</script>",
    '"><img src=x onerror="window.harmed=1">',
    "javascript:window.harmed=1",
    '<a href="javascript:window.harmed=1">link</a>',
    "'><svg/onload=window.harmed=1>",
    "</style><style>body{display:none}</style>",
    '<iframe src="https://example.org/"></iframe>',
    "\u202egnp.exe\u2066x\u2069",
    "[x](javascript:window.harmed=1) `a` **b** <b onmouseover=window.harmed=1>c</b>",
    '=HYPERLINK("https://example.org","x")',
    "{{ 7*7 }}{% raw %}",
    "</textarea></title><base href=https://example.org/>",
)
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OUR_SCRIPTS = 1  # at most one a page, and it is in the page's policy by hash


def poison(frame: pd.DataFrame, keep: frozenset[str]) -> pd.DataFrame:
    """The frame with a harmful text in every text cell but those of `keep`, all texts in turn."""
    out = frame.copy()
    n = 0
    for column in out.columns:
        if column in keep or not pd.api.types.is_string_dtype(out[column].dtype):
            continue
        values = []
        for _ in range(len(out)):
            values.append(HARM[n % len(HARM)])
            n += 1
        out[column] = pd.Series(values, dtype="str", index=out.index)
    return out


def faults(html: str) -> list[str]:
    """What in a page could act, fetch, or turn the reading order about."""
    return list(_faults(html))


def _faults(html: str) -> Iterator[str]:
    if m := BIDI.search(html):
        yield f"a bidirectional control U+{ord(m[0]):04X}"
    tree: Any = LexborHTMLParser(html)
    scripts = tree.css("script")
    if len(scripts) > OUR_SCRIPTS or any("harmed" in (s.text() or "") or s.attributes.get("src") for s in scripts):
        yield "a script"
    for tag in ("iframe", "object", "embed", "base", "svg", "form[action]", "link", "video", "audio"):
        if tree.css(tag):
            yield f"an element {tag}"
    if len(tree.css("style")) > 1 or len(tree.css("meta[http-equiv]")) > 1:
        yield "a style or a meta element that is not ours"
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "background", "ping", "srcset"):
                yield f"an attribute {name} on {node.tag}"
            if name in ("href", "src", "xlink:href") and not re.match(r"(https?://|#|data:image/|[\w./-]*(#|$))", value or ""):
                yield f"{name}={value!r} on {node.tag}"
            if name == "src" and not (value or "").startswith("data:image/"):
                yield f"a file that would be fetched: {value!r}"
