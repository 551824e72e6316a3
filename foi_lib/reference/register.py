"""UK principal councils, current and abolished since 2009, and a user's own further bodies."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from foi_lib.errors import FoiError
from foi_lib.reference.tables import cells, table

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
# What a user's own list of bodies may hold; only `code` and `name` must be there.
COLUMNS = ("code", "name", "short_name", "aliases", "tier", "nation", "region", "population", "population_year", "start", "end",
           "successors", "domains", "source")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Authority:
    """A public authority. `code` is its GSS code; one that never had a GSS code here has a code that starts with `LOCAL-`.

    `start` and `end` are its first and last day (None: before 2009 or not known, and still in being). `successors` are codes.
    `population` is residents by the mid-year estimate of `population_year`.
    """

    code: str
    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    tier: str = ""
    nation: str = ""
    region: str = ""
    population: int | None = None
    population_year: int | None = None
    start: date | None = None
    end: date | None = None
    successors: tuple[str, ...] = ()
    source: str = ""
    kind: str = ""
    domains: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.code)  # look-ups are cached by tuples of bodies: hashing every field of each would cost more than the look-up

    def existed(self, on: date) -> bool:
        """Whether the body was in being on that day, as far as is known."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@cache
def authorities() -> tuple[Authority, ...]:
    """The register, in order of code. Facts after mySociety's table (CC BY 4.0); GSS codes: ONS (OGL v3)."""
    return tuple(_authority(row) for row in table("authorities"))


@cache
def _by_code() -> dict[str, Authority]:
    """By code; former GSS codes too, so that older statistics find their council."""
    former = {old: body for body in authorities() for old in body.former_codes}
    return former | {body.code: body for body in authorities()}


def authority(code: str) -> Authority:
    """The authority with this GSS code, a former GSS code of it, or its `LOCAL-` code. Raises FoiError for any other."""
    try:
        return _by_code()[code.strip().upper()]
    except KeyError:
        raise FoiError(f"no authority has the code {code!r}: write a GSS code such as E07000086, "
                       "or add the body to the request's authorities.csv") from None  # fmt: skip


def load_authorities(path: str | Path) -> tuple[Authority, ...]:
    """A user's own bodies (police, health, …) from a CSV file in UTF-8.

    Columns: code and name, which must be filled; short_name, aliases and domains (values separated by ";"), tier, nation, region,
    population (people), population_year, start, end (ISO dates), successors (codes), source. Raises FoiError with file and line.
    """
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise FoiError(f"{path}: cannot be read ({error.strerror}): give a CSV file with the columns code,name,…") from None
    except UnicodeDecodeError:
        raise FoiError(f"{path}: is not UTF-8: save it as 'CSV UTF-8'") from None
    reader = csv.DictReader(lines)
    header = [name.strip() for name in reader.fieldnames or []]
    _check_header(path, header)
    reader.fieldnames = header
    found: list[Authority] = []
    seen: dict[str, int] = {}
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        if None in row:
            raise FoiError(f"{where}: more cells than the header has columns: put a name that holds a comma in quotation marks")
        values = {key: (value or "").strip() for key, value in row.items()}
        if not any(values.values()):
            continue
        body = _own_authority(values, where)
        if body.code in seen:
            raise FoiError(f"{where}: code {body.code!r} stands on line {seen[body.code]} too: give each body a code of its own")
        seen[body.code] = reader.line_num
        found.append(body)
    return tuple(found)


def _check_header(path: Path, header: list[str]) -> None:
    for name in ("code", "name"):
        if name not in header:
            raise FoiError(f"{path}, line 1: no column {name!r}: the columns may be {','.join(COLUMNS)}")
    for name in header:
        if name not in COLUMNS:
            raise FoiError(f"{path}, line 1: column {name!r} is not known: the columns may be {','.join(COLUMNS)}")
        if header.count(name) > 1:
            raise FoiError(f"{path}, line 1: column {name!r} stands there twice: keep one of them")


def _own_authority(row: dict[str, str], where: str) -> Authority:
    for name in ("code", "name"):
        if not row[name]:
            raise FoiError(f"{where}: {name} is empty: every body needs a code and a name")
    if row.get("nation") and row["nation"] not in NATIONS:
        raise FoiError(f"{where}: nation {row['nation']!r} is not one of {', '.join(NATIONS)}")
    if _by_code().get(row["code"].upper()):
        raise FoiError(f"{where}: code {row['code']!r} is already {authority(row['code']).name}'s: choose another")
    for name in ("population", "population_year"):
        if row.get(name) and not re.fullmatch(r"[0-9]+", row[name]):
            raise FoiError(f"{where}: {name} {row[name]!r} is not a whole number such as 125000")
    for name in ("start", "end"):
        if row.get(name):
            _day(row[name], f"{where}: {name}")
    return _authority(row)


def _authority(row: dict[str, str]) -> Authority:
    def get(name: str) -> str:
        return row.get(name) or ""

    return Authority(
        code=get("code"), name=get("name"), short_name=get("short_name") or get("name"), aliases=cells(get("aliases")), tier=get("tier"),
        nation=get("nation"), region=get("region"), population=int(get("population")) if get("population") else None,
        population_year=int(get("population_year")) if get("population_year") else None,
        start=_day(get("start"), "start") if get("start") else None, end=_day(get("end"), "end") if get("end") else None,
        successors=cells(get("successors")), source=get("source"), kind=get("kind"), domains=cells(get("domains")),
        former_codes=cells(get("former_codes")),
    )  # fmt: skip


def _day(value: str, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise FoiError(f"{where}: {value!r} is not a date such as 2019-04-01") from None


def slug(name: str) -> str:
    """The name in small letters, digits and hyphens, for file names and links: "St. Helens Council" → "st-helens-council"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().replace("&", " and ")
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’.]", "", plain)).strip("-") or "unnamed"


def codes_of(bodies: Iterable[Authority]) -> tuple[str, ...]:
    """Their codes, sorted, each once."""
    return tuple(sorted({body.code for body in bodies}))
