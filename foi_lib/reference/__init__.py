"""Facts of the world, each with its source: authorities, provisions, the statutory clock, measures. Nothing needs the network."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foi_lib.reference.bodies import find_body_names
    from foi_lib.reference.citations import ProvisionCitation, find_provisions
    from foi_lib.reference.clock import bank_holidays, due_date, is_working_day, working_days
    from foi_lib.reference.counting import IncidentCategory, Measure, categorise, comparable, incident_categories, measure, measures
    from foi_lib.reference.finding import AuthorityMatch, find_authority
    from foi_lib.reference.register import Authority, authorities, authority, load_authorities, slug
    from foi_lib.reference.scanning import find_authorities_in
    from foi_lib.reference.statutes import ProvisionInfo, provision, provisions, section_exists

_WHERE = {
    "register": ("Authority", "authorities", "authority", "load_authorities", "slug"),
    "finding": ("AuthorityMatch", "find_authority"),
    "scanning": ("find_authorities_in",),
    "bodies": ("find_body_names",),
    "statutes": ("ProvisionInfo", "provision", "provisions", "section_exists"),
    "citations": ("ProvisionCitation", "find_provisions"),
    "clock": ("bank_holidays", "due_date", "is_working_day", "working_days"),
    "counting": ("IncidentCategory", "Measure", "categorise", "comparable", "incident_categories", "measure", "measures"),
}
_HOME = {name: room for room, names in _WHERE.items() for name in names}

__all__ = [
    "Authority", "AuthorityMatch", "IncidentCategory", "Measure", "ProvisionCitation", "ProvisionInfo", "authorities", "authority",
    "bank_holidays", "categorise", "comparable", "due_date", "find_authorities_in", "find_authority", "find_body_names",
    "find_provisions", "incident_categories",
    "is_working_day", "load_authorities", "measure", "measures", "provision", "provisions", "section_exists", "slug", "working_days",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    # PEP 562: `import foi_lib.reference` costs nothing. No room has the name of a function: importing it would hide the function.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
