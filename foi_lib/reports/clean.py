"""HTML out of a notebook, made harmless and led to its evidence.

The HTML is parsed and written anew from a list of known elements and attributes: whatever is not on the list is left out, so no
script, style, event handler, frame, form or odd scheme passes, wherever a letter's words may have put one. On the way, each
`data-answer` becomes a link into the letter view (`Links`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from foi_lib.errors import FoiError
from foi_lib.reports.words import esc, web_link

TAGS = frozenset(
    """a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i
    img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul
    var wbr""".split()  # noqa: SIM905
)
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
# left out with all that they hold; any other unknown element is left out, and what it holds is kept
WHOLE = frozenset(
    """script style template noscript iframe frame frameset object embed applet svg math head title textarea select option button input form
    xmp plaintext noembed noframes audio video source track canvas map area link meta base portal dialog marquee""".split()  # noqa: SIM905
)
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"class", "title", "lang", "dir", "role", "aria-label", "aria-hidden", "aria-describedby"}),
    "th": frozenset({"scope", "colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan"}),
    "details": frozenset({"open"}),
    "ol": frozenset({"start"}),
    "time": frozenset({"datetime"}),
    "div": frozenset({"tabindex"}),
    "img": frozenset({"alt", "width", "height"}),
}  # fmt: skip
MOST = 60  # rows that a figure's fold lists
_IMAGE = re.compile(r"data:image/(?:png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=\s]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one row's words are: the page of the letter view, and what to say of it."""

    slug: str
    label: str  # "Rutland County Council, question 1: 6"
    title: str  # "“6”, rutland.txt, page 1"
    beside: str = ""  # the other reading, where a person and the program differ: "program: 4"
    same_outcome: bool = False  # the two differ in the figure alone


@dataclass(slots=True)
class Links:
    """Turns row names into links; `prefix` leads from the page to `reports/<request>/`."""

    evidence: Mapping[str, Evidence]
    prefix: str = ""
    reports: frozenset[str] = frozenset()  # slugs that have a council report
    mask: Callable[[str], str] | None = None  # for all text that a notebook puts out
    names: Mapping[str, str] = field(default_factory=dict)  # councils by slug
    ids: set[str] = field(default_factory=set)  # figures that have their anchor on this page already

    def one(self, answer: str, inner: str, title: bool = True) -> str:
        """A link to one row's words; the first on a page also bears the anchor that the letter view leads back to."""
        found = self._find(answer)
        anchor = "" if answer in self.ids else f' id="f-{esc(answer)}"'
        self.ids.add(answer)
        href = f"{self.prefix}letters/{esc(found.slug)}.html#{esc(answer)}"
        hint = f' title="{esc(found.title)}"' if title else ""
        alike = found.same_outcome and "foi-outcome" in inner  # an outcome is shown, and both readings have that one
        other = f' <small class="foi-beside">({esc(found.beside)})</small>' if found.beside and not alike else ""
        return f'<a class="foi-fig"{anchor} href="{href}"{hint}>{inner}</a>{other}'

    def many(self, answers: list[str], inner: str) -> str:
        """A figure made of several rows: a fold that lists them, the first MOST of very many."""
        if len(answers) == 1:
            return self.one(answers[0], inner)
        for answer in answers[MOST:]:
            self._known(answer)
        items = [self.one(a, esc(self._find(a).label), title=False) for a in answers[:MOST]]
        other = sum(bool(self._find(a).beside) for a in answers)
        mark = f' <small class="foi-beside">({other:,} with two readings)</small>' if other else ""
        return self._fold(items, len(answers), "answers", inner + mark)

    def councils(self, slugs: list[str], inner: str) -> str:
        """A figure that counts councils: it leads to their letters."""
        items = [f'<a href="{self.prefix}letters/{esc(slug)}.html">{esc(self._named(slug))}</a>' for slug in slugs[:MOST]]
        if len(slugs) == 1:
            return f'<a class="foi-fig" href="{self.prefix}letters/{esc(slugs[0])}.html" title="{esc(self._named(slugs[0]))}">{inner}</a>'
        return self._fold(items, len(slugs), "councils", inner)

    def check(self, behind: Mapping[str, Any] | None) -> None:
        """Raise `FoiError` for a picture whose data names no rows, or rows that there are not (see `foi_lib.reports.behind`)."""
        if behind is None:
            raise FoiError("a picture with no evidence: its data names no rows; make it by foi_lib.charts, or as a Chart with such data")
        if behind["bare"]:
            raise FoiError(f"a figure with no evidence in the chart {behind['title']!r}: {behind['bare'][0]}")
        for answer in behind["ids"]:
            self._known(answer)
        for slug in behind["slugs"]:
            self._named(slug)

    def _fold(self, items: list[str], n: int, what: str, inner: str) -> str:
        rest = f'<li><a href="{self.prefix}index.html">and {n - MOST:,} more, among all councils</a></li>' if n > MOST else ""
        listed = "".join(f"<li>{item}</li>" for item in items) + rest
        return f'<details class="foi-from"><summary title="from {n:,} {what}">{inner}</summary><ul>{listed}</ul></details>'

    def _named(self, slug: str) -> str:
        if slug not in self.names:
            raise FoiError(f"a figure with no evidence: {slug!r} names no council of the data")
        return self.names[slug]

    def council(self, slug: str, inner: str) -> str:
        """A council's name, leading to its report where it has one."""
        if slug not in self.reports:
            return inner
        return f'<a class="foi-council" href="{self.prefix}councils/{esc(slug)}.html">{inner}</a>'

    def _find(self, answer: str) -> Evidence:
        self._known(answer)
        return self.evidence[answer]

    def _known(self, answer: str) -> None:
        if answer not in self.evidence:
            raise FoiError(f"a figure with no evidence: {answer!r} names no row of the data")


def clean(html: str, links: Links | None = None) -> str:
    """`html` (a fragment) with known elements and attributes only, and its row names as links."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(f"<!DOCTYPE html><html><body>{html}</body></html>").body
    if body is None:
        return ""
    out: list[str] = []
    # a stack, not recursion: a letter could nest as deep as it likes
    work: list[tuple[str, Any]] = [("node", child) for child in reversed(_children(body))]
    frames: list[tuple[Any, list[str]]] = []  # elements that become links hold back what is inside them
    current = out
    while work:
        kind, node = work.pop()
        if kind == "text":
            current.append(node)
        elif kind == "close":
            wrap, outer = frames.pop()
            outer.append(wrap("".join(current)))
            current = outer
        elif node.tag == "-text":
            said = node.text_content or ""
            current.append(esc(links.mask(said) if links and links.mask and len(said) > 5 else said))
        elif links is not None and node.attributes.get("data-bare") is not None:
            raise FoiError(f"a figure with no evidence in {node.attributes['data-bare']}")
        elif node.tag in WHOLE or node.tag.startswith(("-", "_", "!")):
            continue
        else:
            children = [("node", child) for child in reversed(_children(node))]
            wrap = _wrap(node, links)
            if wrap is not None:
                frames.append((wrap, current))
                current = []
                work += [("close", None), *children]
            elif node.tag not in TAGS or (node.tag == "img" and not _IMAGE.fullmatch(node.attributes.get("src") or "")):
                work += children
            else:
                current.append(f"<{node.tag}{_attributes(node)}>")
                if node.tag not in VOID:
                    work += [("text", f"</{node.tag}>"), *children]
    return "".join(out)


def _children(node: Any) -> list[Any]:
    out, child = [], node.child
    while child is not None:
        out.append(child)
        child = child.next
    return out


def _wrap(node: Any, links: Links | None) -> Any:
    if links is None or node.tag != "span":
        return None
    have = node.attributes
    if answer := have.get("data-answer"):
        return lambda inner: links.one(answer, inner)
    if answers := (have.get("data-answers") or "").split():
        return lambda inner: links.many(answers, inner)
    if slugs := (have.get("data-councils") or "").split():
        return lambda inner: links.councils(slugs, inner)
    if council := have.get("data-council"):
        return lambda inner: links.council(council, inner)
    return None


def _attributes(node: Any) -> str:
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(node.tag, frozenset())
    out = []
    for name, value in node.attributes.items():
        value = value or ""
        if name in allowed:
            out.append(f' {name}="{esc(value)}"')
        elif node.tag == "a" and name == "href" and (href := _href(value)):
            out.append(f' href="{esc(href)}"' + (' rel="noopener noreferrer"' if href.lower().startswith("http") else ""))
        elif node.tag == "img" and name == "src":
            out.append(f' src="{esc(value)}"')
    return "".join(out)


def _href(value: str) -> str | None:
    """An http(s) address, a place on the page, or a plain path below or beside it."""
    beside = re.fullmatch(r"(?:\.\./)*[A-Za-z0-9_\-./]*(?:#[A-Za-z0-9_\-.]*)?", value) and not value.startswith("/")
    return web_link(value) or (value if beside else None)
