"""Act × section: what each provision of the four regimes is, and whether a section exists.

The tables are `data/provisions.csv` (what a provision means) and `data/acts.csv` (how many sections an Act has).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from foi_lib.errors import FoiError
from foi_lib.reference.tables import cells, table

REGIMES = ("FOIA", "FOISA", "EIR", "EISR")
_SECTION = re.compile(r"[sr](\d{1,3}[A-Z]{0,2})((?:\([0-9a-zA-Z]{1,5}\))*)$")
_PART = re.compile(r"\(([0-9a-zA-Z]{1,5})\)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(frozen=True, slots=True)
class ProvisionInfo:
    """What the law calls a provision.

    `kind`: exemption, exception, cost, vexatious, not_held or procedure (a section that is no ground of refusal by itself).
    `absolute`: True, False (qualified: a public interest test is owed), or None where it is mixed or does not arise.
    `class_or_prejudice`: "class", "prejudice" or "" (mixed, or neither). `ncnd_limb`: the subsections under which an authority
    may neither confirm nor deny; `is_ncnd_limb`: this is such a subsection. `equivalents`: the same ground in other regimes,
    as ("FOISA", "s25"). `since`, `until`: dates of change in the law.
    """

    regime: str
    section: str
    name: str
    kind: str
    absolute: bool | None
    class_or_prejudice: str
    ncnd_limb: tuple[str, ...]
    is_ncnd_limb: bool
    equivalents: tuple[tuple[str, str], ...]
    since: date | None
    until: date | None
    note: str
    source: str

    def in_force(self, on: date) -> bool:
        """Whether the provision stood on that day, so far as the table knows of changes."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@cache
def _rows() -> dict[tuple[str, str], ProvisionInfo]:
    return {(row["regime"], row["section"]): _info(row) for row in table("provisions")}


def _info(row: dict[str, str]) -> ProvisionInfo:
    return ProvisionInfo(
        regime=row["regime"], section=row["section"], name=row["name"], kind=row["kind"],
        absolute={"true": True, "false": False, "": None}[row["absolute"]], class_or_prejudice=row["class_or_prejudice"],
        ncnd_limb=cells(row["ncnd_limb"]), is_ncnd_limb=row["is_ncnd_limb"] == "true",
        equivalents=tuple((e.split()[0], e.split()[1]) for e in cells(row["equivalents"])),
        since=date.fromisoformat(row["since"]) if row["since"] else None,
        until=date.fromisoformat(row["until"]) if row["until"] else None, note=row["note"], source=row["source"],
    )  # fmt: skip


def provisions(regime: str | None = None) -> tuple[ProvisionInfo, ...]:
    """Every row of the table, of one regime or of all, in the order of the Acts."""
    return tuple(info for (act, _), info in _rows().items() if regime in (None, act))


def provision(regime: str, section: str) -> ProvisionInfo:
    """What a provision is: `provision("FOIA", "s31(1)(a)")`. A part without a row of its own takes its parent's.

    Raises FoiError for a regime that is not known, a citation that is not written as `s31(1)(a)` or `r12(4)(b)`, or a section
    that the table does not describe (`find_info` gives None instead).
    """
    if regime not in REGIMES:
        raise FoiError(f"regime {regime!r} is not known: write one of {', '.join(REGIMES)}")
    info = find_info(regime, section)
    if info is None:
        raise FoiError(f"{regime} {section!r} is not in the table of provisions: write s31(1)(a) for a section, r12(4)(b) for a regulation")
    return info


def find_info(regime: str, section: str) -> ProvisionInfo | None:
    """As `provision`, with None where nothing is known."""
    rows, parent = _rows(), section
    while parent:
        info = rows.get((regime, parent))
        if info:
            return info if parent == section else _inherit(info, section)
        parent = parent[: parent.rfind("(")] if "(" in parent else ""
    return None


def _inherit(parent: ProvisionInfo, section: str) -> ProvisionInfo:
    return replace(parent, section=section, equivalents=())  # a part's equivalent is not known from its parent's


@cache
def _sections(regime: str) -> frozenset[str]:
    row = next(row for row in table("acts") if row["regime"] == regime)
    return frozenset(str(n) for n in range(1, int(row["last_section"]) + 1)) | frozenset(cells(row["inserted_sections"]))


@cache
def section_exists(regime: str, section: str) -> bool:
    """Whether the Act has (or had) this section, subsection and paragraph.

    Down to the paragraph for the sections whose parts the table lists; by the number alone for the rest.
    """
    found = _SECTION.match(section)
    if not found or found[1] not in _sections(regime):
        return False
    parts, known = _PART.findall(found[2]), _parts(regime, section[0] + found[1])
    if not parts or known is None:
        return True
    return tuple(parts) in known


@cache
def _parts(regime: str, section: str) -> frozenset[tuple[str, ...]] | None:
    listed = next((row["parts"] for row in table("provisions") if (row["regime"], row["section"]) == (regime, section)), "")
    return frozenset(expand(listed)) if listed else None


def expand(listed: str) -> list[tuple[str, ...]]:
    """Every part that a cell of the column `parts` stands for: "1(a-b) 2" → (1,), (1, a), (1, b), (2,)."""
    found: list[tuple[str, ...]] = []
    stack: list[tuple[str, ...]] = [()]
    last: tuple[str, ...] = ()
    for token in re.findall(r"[()]|[^\s()]+", listed):
        if token == "(":
            stack.append(last)
        elif token == ")":
            stack.pop()
        else:
            for name in _run(token, roman=len(stack) >= 3 or (len(stack) == 2 and stack[-1][0].isalpha())):
                last = (*stack[-1], name)
                found.append(last)
    return found


def _run(token: str, roman: bool) -> list[str]:
    first, dash, end = token.partition("-")
    if not dash:
        return [token]
    if roman:
        return list(_ROMAN[_ROMAN.index(first) : _ROMAN.index(end) + 1])
    return [chr(n) for n in range(ord(first), ord(end) + 1)]
