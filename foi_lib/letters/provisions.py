"""Which provisions an outcome relies on, out of those that its words cite; with the public interest test, where one is owed and found."""

from __future__ import annotations

import re

from foi_lib import quick
from foi_lib.letters.lines import Line
from foi_lib.letters.model import Citation

_PIT_WEIGHED = quick.compile(
    r"\bpublic interest\b[^.]{0,120}\b(?:outweigh|favour|balance|maintain|weigh|test)|\b(?:balance|outweigh\w*|weigh\w*|favours?)\b[^.]{0,120}\bpublic interest\b|\bpublic interest (?:test|arguments|factors|in (?:disclosure|favour|maintaining|withholding))",
    re.I,
)
_COST = re.compile(r"^(?:s12|r12\(4\)\(b\)|r10\(4\)\(b\))")
_VEXATIOUS = re.compile(r"^s14")
_ELSEWHERE = {"FOIA": re.compile(r"^s21"), "FOISA": re.compile(r"^s25"), "EIR": re.compile(r"^r6"), "EISR": re.compile(r"^r6")}
_NOT_HELD = {
    "FOIA": re.compile(r"(?!)"),
    "FOISA": re.compile(r"^s17"),
    "EIR": re.compile(r"^r12\(4\)\(a\)"),
    "EISR": re.compile(r"^r10\(4\)\(a\)"),
}
_NEGATED = re.compile(
    r"\b(?:not|no longer|never) (?:rely|relying|relied|apply|applied|applies|exempt|claim|engage)\w*(?:(?!\bbut\b|\bby virtue\b|\bpursuant\b)[^.]){0,60}$|\b(?:whether|decide if|consider(?:ed)? whether)\b[^.]{0,60}$",
    re.I,
)


def cites_unknown(text: str, lines: list[Line], regime: str) -> bool:
    """Whether these lines cite a provision that its Act does not have."""
    from foi_lib.reference import find_provisions

    if not lines:
        return False
    cited = find_provisions(text, regime, begin=lines[0].start, end=lines[-1].end)
    return any(not c.exists and any(ln.start <= c.start < ln.end for ln in lines) for c in cited)


def relied_on(text: str, lines: list[Line], outcome: str, regime: str) -> list[Citation]:
    """Citations for one outcome, the more precise where one section is cited twice; FOIA s.1, s.10, s.16 and s.17 are none."""
    from foi_lib.reference import find_provisions

    if not lines:
        return []
    begin, stop = lines[0].start, lines[-1].end
    spans = [(ln.start, ln.end) for ln in lines]
    # read in the whole letter, for the Act may be named a line before; an answer's lines need not be one stretch of it
    found = [c for c in find_provisions(text, regime, begin=begin, end=stop) if any(a <= c.start < b for a, b in spans)]
    fits = _fits(outcome)
    whole = text[begin:stop]
    weighed = _PIT_WEIGHED.search(whole)
    out: dict[str, Citation] = {}
    for c in found:
        section, law = c.section, c.regime
        if not fits(section, law, c.kind) or (c.kind == "procedure" and not _NOT_HELD.get(law, _COST).match(section)):
            continue
        if not c.exists and not c.malformed:
            continue
        if _NEGATED.search(text[max(begin, c.start - 80) : c.start]):
            continue
        if section in out:
            continue
        info = c.info
        qualified = info is not None and not info.absolute and c.kind in ("exemption", "exception")
        out[section] = Citation(
            section, c.as_cited, c.start, c.end, law, c.malformed, c.ncnd, bool(weighed) if qualified else None
        )
        if weighed and qualified:
            out[section].pit_start, out[section].pit_end = begin + weighed.start(), begin + weighed.end()
    return _precise(list(out.values()))


def _precise(citations: list[Citation]) -> list[Citation]:
    """ "s31" says no more than "s31(1)(a)" where both stand: the precise one is kept."""
    keep = []
    for c in citations:
        longer = [o for o in citations if o is not c and o.provision.startswith(c.provision + "(")]
        if not longer or ("(" in c.provision and c.ncnd):
            keep.append(c)
    return keep


def _fits(outcome: str):  # type: ignore[no-untyped-def]
    def cost(section: str, law: str, kind: str) -> bool:
        return bool(_COST.match(section))

    def vexatious(section: str, law: str, kind: str) -> bool:
        return bool(_VEXATIOUS.match(section)) or (law in ("EIR", "EISR") and bool(_COST.match(section)))

    def elsewhere(section: str, law: str, kind: str) -> bool:
        return bool(_ELSEWHERE.get(law, _ELSEWHERE["FOIA"]).match(section))

    def not_held(section: str, law: str, kind: str) -> bool:
        return bool(_NOT_HELD.get(law, _NOT_HELD["FOIA"]).match(section))

    def exempt(section: str, law: str, kind: str) -> bool:
        return (kind in ("exemption", "exception", "ncnd") and not elsewhere(section, law, kind) and not cost(section, law, kind)) or (
            law == "FOISA" and section.startswith("s18")
        )

    return {"cost_limit": cost, "vexatious_or_repeated": vexatious, "already_accessible": elsewhere, "not_held": not_held}.get(
        outcome, exempt
    )
