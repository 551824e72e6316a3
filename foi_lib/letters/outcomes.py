"""Fourth step: what kind of answer the words are — disclosed, nil, withheld, not held, … — each verdict with the words it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from foi_lib import quick
from foi_lib.letters.asked import Asked
from foi_lib.letters.cues import Hit, cues, evened, find_cues, other_section, sentences
from foi_lib.letters.figures import Figure, Reading
from foi_lib.letters.lines import Line, content, words
from foi_lib.letters.periods import find_periods
from foi_lib.letters.spans import Period, calendar_year, financial_year


@dataclass(slots=True)
class Verdict:
    """An outcome and its place; `value` is 0 for a nil that answers a question for a number."""

    outcome: str
    begin: int
    stop: int
    value: float | None = None
    qualifier: str | None = None
    doubts: list[str] = field(default_factory=list)


_ARGUES = quick.compile(r"\b(?:files?|logs?|records|each|holds?|held|search\w*|minutes|hours|opened|read|estimate\w*|manual\w*|limit)\b", re.I)
_LIMIT = quick.compile(r"\bappropriate limit\b|\bcost limit\b|\b(?:18|24|eighteen|twenty-four) hours\b|£\s?(?:450|600)\b", re.I)
_HELP = quick.compile(r"\b(?:section|s\.?)\s?16\b|\badvice and assistance|\boutside (?:of )?the act|\bas a gesture|\bhelp(?:ful)?\b", re.I)
_FUTURE = quick.compile(r"\b(?:section|s\.?)\s?22\b|future publication|intended for publication|\b(?:section|s\.?)\s?27\s?\(1\)", re.I)
_S21 = quick.compile(r"\b(?:section|s\.?)\s?(?:21|25)\b|reasonably accessible|already (?:published|available|accessible|in the public)", re.I)
_NCND_HINT = quick.compile(r"\b(?:confirm(?:ation|ing)?|confirms) (?:or|nor|and) den(?:y|ial|ying|ies)|\bmay or may not\b", re.I)
_EXEMPT = quick.compile(r"\bexempt|\bwith?h?eld\b|\bwithhold|\brefus|\bexemption|\bnot be (?:disclosed|released)|\bexception\b", re.I)
_STRONG = {
    "withheld": quick.compile(
        r"\b(?:is|are|be|been|consider\w*|deemed|therefore|hence|it|this|that|information|data|we|under)\b[^.]{0,60}\b(?:exempt|withheld|witheld|withhold\w*|refus\w+)\b|\b(?:withhold\w*|withheld|exempt)\b|\brefusal notice\b|\bexemption\b[^.]{0,40}\b(?:applies|engaged|applied|under|relied)|\brelying on\b|\brefuse\b|\brel(?:y|ies) on (?:section|s\.|regulation)|\bexemption applies|^\W*refused\b|\bexceptions?\b\W{0,3}(?:under |in )?(?:regulation|reg\.|r\.)\s?\d|\b(?:is|are) engaged\b|\bnotice of refusal|\brequest refused|\b(?:cannot|can not|will not|unable to) (?:disclose|release|provide|answer|give)|\b(?:section|exemption|s\.)\s?(?:2[2-9]|3\d|4[0-4])\b",
        re.I,
    ),
}


@lru_cache(maxsize=4)  # each answer of a letter is judged
def _flat(text: str) -> str:
    """The text with blanks for line breaks, so that a sentence over two lines is read as one; places stay."""
    return text.replace("\n", " ").replace("\r", " ")


def judge(text: str, lines: list[Line], asked: Asked, reading: Reading) -> list[Verdict]:
    """The outcomes of one answer apart from its figures, strongest first; a plain text answer is `disclosed`."""
    if not lines:
        return []
    text = _flat(text)
    prose = [ln for ln in lines if ln in reading.text_lines and not _ENTRY.search(ln.text)] if reading.figures else lines
    if reading.figures and quick.match(r"\W*n\s?[/.]?\s?a\b", lines[0].text, re.I) and len(lines) == 1:
        prose = lines
    text = evened(text, lines)
    hits = find_cues(text, prose)
    by: dict[str, list[Hit]] = {}
    for hit in hits:
        by.setdefault(hit.outcome, []).append(hit)
    if "not_applicable" in by and by["not_applicable"][0].begin == lines[0].start and len(lines) == 1:
        reading.figures.clear()
        return [_verdict("not_applicable", by["not_applicable"][0])]
    if reading.figures and not any(f.how == "table" for f in reading.figures) and "vexatious_or_repeated" in by:
        reading.figures.clear()  # numbers in an argument against answering
    if "cost_limit" in by:  # what the cost argument counts (files, minutes, records) is no answer
        reading.figures[:] = [f for f in reading.figures if f.how != "prose" or not (_ARGUES.search(f.words) or _argued(f, lines))]
    if reading.figures:
        return _beside_figures(text, by, reading, prose) + _nil_beside(text, by, asked)
    whole = text[lines[0].start : lines[-1].end]
    listed = [ln for ln in lines if quick.search(r"\bapplication/[\w.+-]+|\s-\s(?:download|open|view)\b", ln.text, re.I)]
    if listed and len(listed) * 2 >= len(lines):  # a page that only lists its attachments
        return [Verdict("already_accessible", listed[0].start, listed[0].end, doubts=["no_figure_found"])]
    first = text[lines[0].start : sentences(lines[0])[0][1]]
    if "not_applicable" in by:
        return [_verdict("not_applicable", by["not_applicable"][0])]
    lead = next((h.outcome for h in hits if h.begin == lines[0].start), None)
    opens = lead == "not_held" or quick.match(r"\W*(?:information )?(?:not held|not recorded)", first, re.I)
    if opens and ("cost_limit" not in by or quick.match(r"\W*(?:information )?not held\b", first, re.I)):
        return [_verdict("not_held", by["not_held"][0])]
    nil = _nil(text, lines, asked, by, whole)
    if nil:
        return nil
    out: list[Verdict] = []
    if "neither_confirmed_nor_denied" in by:
        ncnd = by["neither_confirmed_nor_denied"][0]
        before = [h for h in by.get("withheld", []) if h.line < ncnd.line and _PLAIN_EXEMPTION.search(text[h.begin : h.stop])]
        return [*(_verdict("withheld", h) for h in before[:1]), _verdict("neither_confirmed_nor_denied", ncnd)]
    if "vexatious_or_repeated" in by:
        return [_verdict("vexatious_or_repeated", by["vexatious_or_repeated"][0])]
    cost, withheld = by.get("cost_limit"), by.get("withheld")
    accessible, not_held = by.get("already_accessible"), by.get("not_held")
    if (
        withheld
        and not_held
        and not any(_EXEMPT.search(text[h.begin : h.stop]) or other_section(text[h.begin : h.stop]) for h in withheld)
    ):
        withheld = None  # "unable to answer … nothing is held"
    if withheld and not accessible and all(_elsewhere(text[h.begin : h.stop]) for h in withheld):
        accessible, withheld = withheld, None  # "exempt under section 25(1)"
    if withheld:
        withheld = [
            h
            for h in withheld
            if not (cost and _about_cost(text[h.begin : h.stop]))
            and not _elsewhere(text[h.begin : h.stop])
        ]
    if accessible and withheld and _S21.search(whole) and not any(other_section(text[h.begin : h.stop]) for h in withheld):
        withheld = None
    if accessible and not_held and not _S21.search(whole) and all(_SEE_ANNEX.search(text[h.begin : h.stop]) for h in accessible):
        accessible = None  # "see Annex A" explains a word of the answer
    if accessible and _FUTURE.search(whole):
        accessible = None
    if (
        accessible
        and withheld
        and not _S21.search(whole)
        and not any(quick.search(r"attached|enclosed|spreadsheet|web\s?site", text[h.begin : h.stop], re.I) for h in accessible)
    ):
        accessible = None  # a link to the regulator's guidance is no answer
    if accessible and all(
        quick.search(r"ico\.org|legislation\.gov|guidance|commissioner|complain|publication scheme (?:is|are)\b", text[h.begin : h.stop], re.I) for h in accessible
    ):
        accessible = None
    if cost:
        out.append(_verdict("cost_limit", cost[0]))
    if withheld and any(_STRONG["withheld"].search(text[h.begin : h.stop]) for h in withheld):
        best = next(h for h in withheld if _STRONG["withheld"].search(text[h.begin : h.stop]))
        verdict = _verdict("withheld", best)
        if not cost and not accessible and _gives_first(text, lines, best):
            verdict.outcome = "partly_withheld"
        if _NCND_HINT.search(whole):
            verdict.doubts.append("ncnd_hint")
        if not cost or quick.search(
            r"\b(?:s\.?|section|sections|regulation)\s?(?:2[2-9]|3\d|4[0-4]|13|12\s?\(5\))", text[best.begin : best.stop + 200], re.I
        ):
            out.append(verdict)
    sent = bool(accessible and withheld) and _SENT.search(text[accessible[0].begin : accessible[0].stop]) if accessible and withheld else None
    if sent and accessible and withheld and accessible[0].begin < withheld[0].begin:
        out.insert(0, _verdict("already_accessible", accessible[0]))  # sent along, but for what is exempt
    elif accessible and not (out and out[0].outcome != "cost_limit" and not _S21.search(whole)):
        out.append(_verdict("already_accessible", accessible[0]))
    if not_held and not out:
        out.append(_verdict("not_held", not_held[0]))
    elif not_held and out and out[0].outcome == "already_accessible" and lead == "not_held":
        out.insert(0, _verdict("not_held", not_held[0]))
    elif not_held and accessible and out and out[0].outcome == "already_accessible" and _SENT.search(text[accessible[0].begin : accessible[0].stop]):
        apart = [h for h in not_held if all(v.begin != h.begin for v in out) and accessible[0].begin < h.begin]
        out += [_verdict("not_held", apart[0])] if apart else []  # "Please see attached … How many it paid for is not held."
    if "clarification_sought" in by and not out:
        out.append(_verdict("clarification_sought", by["clarification_sought"][0]))
    if out:
        return out
    if withheld and any(_STRONG["withheld"].search(text[h.begin : h.stop]) for h in withheld):
        return [_verdict("withheld", withheld[0])]
    verdict = Verdict("disclosed", lines[0].start, _first_stop(text, lines))
    if asked.kind in ("count", "money", "percentage") and not quick.match(r"\W*(?:yes|all|every|both|no)\b", whole, re.I):
        verdict.doubts.append("no_figure_found")
    return [verdict]


_ENTRY = quick.compile(r"\s=\s?£?[\d,.]+\s*\*?$")  # "12 Excessive cost of compliance = 2": a figure's name
_SENT = quick.compile(r"\b(?:see|find|refer to)\b[^.]{0,40}\b(?:attached|enclosed)\b|\b(?:is|are) (?:attached|enclosed)\b|\b(?:attached|enclosed) (?:is|are)\b", re.I)
# an exemption that withholds, apart from the limb by which another part is neither confirmed nor denied
_PLAIN_EXEMPTION = quick.compile(r"(?!.*\b(?:confirm|deny|duty)\b).*\b(?:sections?|s\.?)\s?(?:40\s?\(2\)|38\s?\(1\)\s?\(b\)|4[1-4]\b)[^.]*\b(?:applies|apply|engaged|exempts?|relied)\b", re.I)
_SEE_ANNEX = quick.compile(r"\b(?:see|in|at)\s(?:the\s)?(?:annexe?|appendix)\b", re.I)


def _elsewhere(said: str) -> bool:
    """An exemption that only says where the information is already."""
    return bool(_S21.search(said)) and not other_section(said)


def _nil_beside(text: str, by: dict[str, list[Hit]], asked: Asked) -> list[Verdict]:
    """A nil for a part of what was asked, after figures for the rest: "Two phones were lost. No tablets." """
    if not set(asked.kinds) & {"count", "money"}:
        return []
    for hit in by.get("nil", []):
        said = text[hit.begin : hit.stop]
        if _NIL_PART.match(said) and not quick.search(r"\d", said) and content(said) & content(asked.text):
            return [Verdict("nil", hit.begin, hit.stop, 0.0)]
    return []


_NIL_PART = quick.compile(r"\W*(?:there (?:were|was|have been|has been) )?(?:no(?! (?:further|other|more|longer|such|one|new|information|data|records?)\b)|none)\b", re.I)


def _about_cost(said: str) -> bool:
    return bool(
        quick.search(r"\b(?:cost|limit|hours|s\.?\s?12|section 12|refusal notice|s\.?\s?17|section 17|burden)\b", said, re.I)
    ) and not other_section(said)


def _verdict(outcome: str, hit: Hit) -> Verdict:
    return Verdict(outcome, hit.begin, hit.stop)


def _first_stop(text: str, lines: list[Line]) -> int:
    """The end of the first sentence or two: enough to know the answer again."""
    return min(sentences(lines[0])[0][1], lines[0].start + 240)


def _gives_first(text: str, lines: list[Line], refusal: Hit) -> bool:
    """Something was given before the refusal: "All were laptops. To name the makes … is exempt"."""
    begin, stop = sentences(lines[0])[0]
    said = text[begin:stop]
    return (
        begin < refusal.begin
        and len(words(said)) <= 14
        and not quick.search(
            r"\b(?:hold|holds|held|exempt|consider|request|information|act|section|public interest|disclos|confirm|please|council|law|would|could|harm|risk|response|below|refus)",
            said,
            re.I,
        )
        and not said.rstrip().endswith(":")
        and (len(words(said)) > 3 or said.rstrip()[-1:] in ".!;" or any(c.isdigit() for c in said))  # "Data breaches": a heading
    )


def _nil(text: str, lines: list[Line], asked: Asked, by: dict[str, list[Hit]], whole: str) -> list[Verdict] | None:
    hits = by.get("nil")
    if not hits:
        return None
    hit = hits[0]
    said = text[hit.begin : hit.stop]
    refusing = any(k in by for k in ("neither_confirmed_nor_denied", "cost_limit", "vexatious_or_repeated"))
    if refusing or ("withheld" in by and other_section(whole)):
        return None
    if "not_held" in by and by["not_held"][0].begin <= hit.begin and not quick.match(r"\W*(?:none|nil|zero)\b", said, re.I):
        return None
    yes_no = asked.kind == "yes_no"
    bare_no = quick.match(r"\W*no\b[\s.,;-]*", said, re.I)
    counted = [k for k in asked.kinds if k in ("count", "money", "percentage")]
    if yes_no and bare_no and not quick.match(r"\W*no\s\w+", said, re.I) and not counted:
        return [Verdict("disclosed", hit.begin, hit.stop)]
    if yes_no and not counted:
        if quick.match(r"\W*(?:yes|all|every)\b", whole, re.I) and "none" not in said.lower():
            return None
        return [Verdict("nil", hit.begin, hit.stop)]
    m = cues()["nil"].search(said)
    if m and not counted and not yes_no and m.start() > _OPENING and not m.group().lower().startswith("there"):
        return None  # "a range of makers, and none of them stands out"
    begin = hit.begin + (len(said) - len(said.lstrip()) if m is None else m.start())
    qualifier = (
        "known"
        if quick.search(r"\b(?:none|no|nil|not)\b.{0,40}\b(?:known|aware)", said, re.I)
        else "recorded"
        if quick.search(r"\bnone recorded", said, re.I)
        else None
    )
    bare = bool(bare_no) and not quick.match(r"\W*no\s\w+", said, re.I)
    asks_whether = "yes_no" in asked.kinds and (bare or (yes_no and counted == ["money"]))  # "Whether a firm issues fines, and its name"
    value = 0.0 if counted and not asks_whether else None
    verdict = Verdict("nil", begin if len(said) > 90 else hit.begin, hit.stop, value, qualifier)
    if counted and hit.line > 1:
        verdict.doubts.append("nil_far_from_start")
    return [verdict]


_OPENING = 30  # characters: a sentence that answers with none says so at once


def _argued(figure: Figure, lines: list[Line]) -> bool:
    """A hedged figure in the paragraph that reckons the cost: "in excess of 11,400 cases … at three minutes … 18 hours"."""
    return figure.qualifier is not None and any(ln.start <= figure.begin < ln.end and _LIMIT.search(ln.text) for ln in lines)


def _beside_figures(text: str, by: dict[str, list[Hit]], reading: Reading, prose: list[Line]) -> list[Verdict]:
    """What an answer that gives figures also refuses, or does not hold."""
    out: list[Verdict] = []
    if "neither_confirmed_nor_denied" in by:
        out.append(_verdict("neither_confirmed_nor_denied", by["neither_confirmed_nor_denied"][0]))
    if "cost_limit" in by:
        strong = [h for h in by["cost_limit"] if not _HELP.search(text[h.begin : h.stop])]
        if strong:
            out.append(_verdict("cost_limit", strong[0]))
    if "withheld" in by and not out:
        elsewhere = [h for h in by["withheld"] if _elsewhere(text[h.begin : h.stop])]
        if elsewhere:
            out.append(_verdict("already_accessible", elsewhere[0]))
        strong = [
            h
            for h in by["withheld"]
            if h not in elsewhere
            and _STRONG["withheld"].search(text[h.begin : h.stop])
            and (other_section(text[h.begin : h.stop]) or quick.search(r"withh|exempt", text[h.begin : h.stop], re.I))
        ]
        if strong:
            out.append(_verdict("withheld", strong[0]))
    elif "withheld" in by and out and out[0].outcome == "cost_limit":
        strong = [
            h for h in by["withheld"] if other_section(text[h.begin : h.stop]) and _STRONG["withheld"].search(text[h.begin : h.stop])
        ]
        if strong:
            out.append(_verdict("withheld", strong[0]))
    apart = [h for h in by.get("not_held", []) if not any(v.begin == h.begin for v in out) and not _about_cost(text[h.begin : h.stop].replace("ection 17", ""))]
    if "not_held" in by and not out:
        out.append(_verdict("not_held", by["not_held"][0]))
    elif out and apart and out[0].outcome in ("cost_limit", "withheld"):
        out.append(_verdict("not_held", apart[0]))
    return out


def years_of(period: Period) -> list[Period]:
    """The years of a stretch that is made of whole ones: "April 2021 - March 2024" is three financial years."""
    if not period.start or not period.end:
        return [period]
    first, last = int(period.start[:4]), int(period.end[:4])
    if period.start[5:] == "04-01" and period.end[5:] == "03-31" and last - first > 1:
        return [financial_year(y) for y in range(first, last)]
    if period.start[5:] == "01-01" and period.end[5:] == "12-31" and last > first:
        return [calendar_year(y) for y in range(first, last + 1)]
    return [period]


def spread_nil(verdict: Verdict, asked: Asked, stated: list[Figure], text: str) -> list[Figure]:
    """ "There were none in any of the years": a nil for each year that the question, or the answer before, names."""
    said = " ".join(text[verdict.begin : verdict.stop].split())
    whole_span = quick.search(
        r"\b(?:any|each|all|every|either|both|none) of (?:the|these|those)\s(?:\w+\s){0,2}(?:years?|periods?)\b|\b(?:any|each|every|either|all) (?:\w+ )?years?\b|\bthroughout\b|\bacross (?:all|the)",
        said,
        re.I,
    )
    named = [p for p in find_periods(said) if p.start]
    if len(named) > 1 and verdict.value is not None:
        return [
            Figure("zero", 0.0, 0.0, 0.0, verdict.begin, verdict.stop, verdict.qualifier, period=p, how="prose", words=said) for p in named
        ]
    periods = asked.periods
    if len(periods) == 1 and asked.per_year:
        periods = years_of(periods[0])
    if not whole_span or verdict.value is None or len(periods) < 2:
        return []
    return [
        Figure("zero", 0.0, 0.0, 0.0, verdict.begin, verdict.stop, verdict.qualifier, period=p, how="prose", words=said) for p in periods
    ]
