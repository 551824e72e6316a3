"""An executed notebook to one HTML file: nbconvert makes the cells' HTML with a template of ours, `page.html.j2` the page around them."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from foi_lib.errors import FoiError
from foi_lib.reports.clean import Links, clean
from foi_lib.reports.page import TEMPLATES, Site, render_page
from foi_lib.reports.quick import import_jsonschema
from foi_lib.reports.words import esc, plain

# parameters that say where files lie on one machine: they are not part of a report
PLACES = frozenset({"data_dir", "reports_dir"})
# no cell's HTML holds these: comments are taken out of it
BEGIN, END = "<!-- cells -->", "<!-- end of cells -->"


@dataclass(frozen=True, slots=True)
class About:
    """What a notebook's page says beside its cells: the notebook's file name, the page's own (`here`), a title where the cells have no
    heading, the parameters it was run with, and ways to other pages (address, words)."""

    name: str
    here: str
    title: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    council_links: Sequence[tuple[str, str]] = ()


def render_notebook(notebook: Any, site: Site, links: Links, about: About) -> str:
    """The page of an executed notebook, as HTML text.

    In: the notebook (nbformat), what the site says, the links to evidence (with the way from this page), and what it says beside its cells.
    Raises `FoiError` where a figure's evidence is named and is not in the data.
    """
    notebook = _normal(notebook)
    from nbconvert.exporters.templateexporter import TemplateExporter

    # not HTMLExporter's own: it parses the whole page again to add text alternatives, which ours have, at more than half of all the time
    body, _ = TemplateExporter.from_notebook_node(_exporter(links), notebook)
    return around(body, site, links.prefix, about)


def around(body: str, site: Site, prefix: str, about: About) -> str:
    """The page around what a notebook's cells became. `prefix` leads to `reports/<request>/`."""
    from markupsafe import Markup

    heading = _first_heading(body)
    title = about.title or heading or about.name.removesuffix(".ipynb")
    shown = [(key, value) for key, value in about.parameters.items() if key not in PLACES]
    body = "\n".join((BEGIN, body.strip(), END))
    return render_page(
        "notebook.html.j2", site, title, prefix, own_title=heading is None, body=Markup(body), notebook=about.name, here=about.here,
        parameters=shown, council_links=list(about.council_links),
    )  # fmt: skip


def body_of(page: str) -> str:
    """What the notebook's cells became, out of a page: the inverse of `around`."""
    return page[page.index(BEGIN) + len(BEGIN) : page.index(END)]


def _normal(notebook: Any) -> Any:
    """A copy with cell ids numbered, and without the run's times, counts and machine: two runs give the same bytes."""
    notebook = copy.deepcopy(notebook)
    # the language by hand: a kernel tells its Python's version here, and our own engine tells nothing
    notebook.metadata = type(notebook.metadata)({"language_info": {"name": "python", "pygments_lexer": "ipython3"}})
    for n, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{n}"
        tags = cell.metadata.get("tags", [])
        cell["metadata"] = type(notebook.metadata)({"tags": tags} if tags else {})
        for output in cell.get("outputs", ()):
            if "text" in output:
                output["text"] = _steady(output["text"])
            for kind, value in output.get("data", {}).items():
                if kind.startswith("text/") and isinstance(value, str):
                    output["data"][kind] = _steady(value)
    return notebook


def _steady(text: str) -> str:
    """Without the addresses in memory that a bare repr shows."""
    return re.sub(r" at 0x[0-9a-fA-F]+", "", text)


def _first_heading(body: str) -> str | None:
    m = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    if not m:
        return None
    from html import unescape

    return unescape(re.sub(r"<[^>]+>", "", m[1])).strip() or None


@cache
def _base_exporter() -> Any:
    import_jsonschema()
    from nbconvert import HTMLExporter
    from nbconvert.filters.highlight import Highlight2HTML

    exporter = HTMLExporter(
        template_name="foi_body", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True,
        default_preprocessors=[],
    )  # fmt: skip
    highlighted = lru_cache(512)(Highlight2HTML(pygments_lexer="ipython3", parent=exporter))  # the same code stands on many pages
    exporter.register_filter("highlight_code", lambda source, metadata=None: highlighted(source))
    return exporter


def _exporter(links: Links) -> Any:
    """The one exporter of the process (making it costs a third of a second), with this page's links."""
    exporter = _base_exporter()
    exporter.environment.filters["foi_clean"] = lambda html: clean(html, links)
    to_html = exporter.environment.filters["ansi2html"]
    exporter.environment.filters["foi_stream"] = lambda text: plain(to_html(links.mask(text) if links.mask else text))
    exporter.environment.filters["foi_output"] = lambda output, cell: _output(output, cell, links, exporter)
    return exporter


def _output(output: Any, cell: Any, links: Links, exporter: Any) -> str:
    """One output, from the best of its kinds."""
    data, metadata = output.get("data", {}), output.get("metadata", {})
    if "text/html" in data:
        return clean(_led(data["text/html"]), links)
    for kind in ("image/svg+xml", "image/png", "image/jpeg"):
        if kind in data:
            said = data.get("text/plain", "")  # our charts say their data here
            links.check(metadata.get(kind, {}).get("foi_behind"))
            alt = metadata.get(kind, {}).get("alt") or ("" if said.startswith("<") else said) or "Chart; its data is in the table beside it"
            return _image(kind, data[kind], alt)
    if "text/markdown" in data:
        context = exporter.environment.from_string("").new_context({"cell": cell})
        return clean(_led(exporter.environment.filters["markdown2html"](context, data["text/markdown"])), links)
    said = str(data.get("text/plain", ""))
    said = links.mask(said) if links.mask else said
    return f"<pre>{esc(said)}</pre>" if "\n" in said else f'<p class="foi-note">{esc(said)}</p>'


def _led(html: str) -> str:
    """The output as it is, where no table with figures stands in it that `foi.show` did not make: that would lead to no words."""
    for table in re.finditer(r"<table\b(.*?)</table\s*>", html, re.DOTALL | re.IGNORECASE):
        cells = re.findall(r"<td\b[^>]*>([^<]*)", table[1], re.IGNORECASE)
        figure = next((cell.strip() for cell in cells if re.search(r"\d", cell)), None)
        if figure and not re.search(r'<div class="foi-table[^>]*>$', html[: table.start()]):
            raise FoiError(f"a figure with no evidence: {figure!r} in a table of the notebook's own; show the table by foi.show(…)")
    return html


def _image(kind: str, value: str, alt: str) -> str:
    import base64

    encoded = base64.b64encode(value.encode()).decode() if kind == "image/svg+xml" else re.sub(r"\s", "", value)
    return f'<img class="foi-chart" src="data:{kind};base64,{encoded}" alt="{esc(alt)}">'
