"""What every page has: its head with the style in it, the banner (request, date, data, program, n of N), the way about, the foot."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from foi_lib.reports import words

TEMPLATES = Path(__file__).parent / "templates"
REPLIED = ("answered", "keyed")


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same on every page of a request."""

    request: str
    title: str
    as_of: str
    data_hash: str
    version: str
    replied: int
    asked: int
    fictional: bool
    personal_data: bool  # shown
    comparative: tuple[tuple[str, str], ...] = ()  # (file name, title)
    workbook: str | None = None
    draft: str = ""  # why the reports are a draft still; "" where they are none

    @property
    def n_of_n(self) -> str:
        """ "9 of 12 councils answered"."""
        return f"{self.replied:,} of {self.asked:,} council{'' if self.asked == 1 else 's'} answered"


def site_of(
    data: Any,
    version: str,
    personal_data: bool,
    comparative: tuple[tuple[str, str], ...] = (),
    workbook: str | None = None,
    draft: str = "",
) -> Site:
    """The `Site` of a dataset: n counts the councils with a reply that answers, N all that were asked."""
    councils = data.responses[data.responses["authority"].notna()]
    replied = councils[councils["status"].isin(REPLIED)]
    return Site(
        request=str(data.request.name), title=str(data.request.title), as_of=str(data.as_of), data_hash=str(data.hash), version=version,
        replied=int(replied["slug"].nunique()), asked=int(councils["slug"].nunique()), fictional=bool(data.fictional),
        personal_data=personal_data, comparative=comparative, workbook=workbook, draft=draft,
    )  # fmt: skip


@cache
def environment() -> Any:
    """Jinja with escaping on, whose escape makes control characters visible as well."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def outcome(name: Any, said: str | None = None) -> Markup:
        return Markup(words.outcome_html(name, said))

    env = Environment(
        loader=FileSystemLoader(TEMPLATES / "foi"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) or not isinstance(value, str) else words.plain(value),
    )  # fmt: skip
    env.filters |= {
        "day": words.day, "figure": words.figure, "period": words.period, "outcome": outcome, "outcome_words": words.outcome_words,
        "number": words.number, "weblink": words.web_link, "missing": words.is_missing, "label": words.label,
        "measure": words.measure,
    }  # fmt: skip
    return env


@cache
def asset(name: str) -> str:
    """A style or script of ours."""
    return (TEMPLATES / "foi" / name).read_text(encoding="utf-8").strip()


def policy(script: str | None) -> str:
    """A Content-Security-Policy under which the page can fetch nothing, and runs no script but ours: a second wall behind escaping."""
    run = "'none'"
    if script:
        run = f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {run}; base-uri 'none'; form-action 'none'"


def render_page(template: str, site: Site, title: str, prefix: str = "", script: str | None = None, **context: Any) -> str:
    """A page from one of our templates, as HTML text that ends with a newline. `prefix` leads to `reports/<request>/`."""
    from markupsafe import Markup

    code = asset(script) if script else None
    html = environment().get_template(template).render(
        site=site, title=title, prefix=prefix, style=Markup(asset("style.css")), script=Markup(code) if code else None,
        policy=policy(code), **context,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in html.splitlines()).strip() + "\n"
