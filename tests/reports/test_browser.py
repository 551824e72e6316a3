"""Reports in a real browser: from a figure to its words and back, by keyboard, on a phone, on paper, offline; nothing axe objects to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foi_lib.reports import build

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EXAMPLE, REAL = "example-round-robin", "data-breaches-2018"
RUTLAND = "rutland-county-council"
PAGES = (
    "index.html",
    "02_breaches.html",
    "04_refusals.html",
    "councils/{council}.html",
    "letters/{council}.html",
    "right-of-reply/{council}.html",
)
PHONE = {"width": 360, "height": 780}


@pytest.fixture(scope="session")
def reports(root: Path, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example and one real request, built from a copy of data/raw."""
    folder = tmp_path_factory.mktemp("built")
    for name in (EXAMPLE, REAL):
        shutil.copytree(
            root / "data" / "raw" / name, folder / "data" / "raw" / name, ignore=shutil.ignore_patterns("letters") if name == REAL else None
        )
        result = build(name, folder / "data", folder / "reports")
        assert result.failed == []
    return folder / "reports"


@pytest.fixture(scope="module")
def browser(driver: Any, chromium: str) -> Iterator[Any]:
    running = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield running
    running.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page on which no console error, no script error and no request to anywhere else may happen."""
    yield from _page(browser)


@pytest.fixture
def scriptless(browser: Any) -> Iterator[Any]:
    yield from _page(browser, java_script_enabled=False)


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    yield from _page(browser, viewport=PHONE, has_touch=True)


def _page(browser: Any, **options: Any) -> Iterator[Any]:
    context = browser.new_context(**options)
    bad: list[str] = []
    context.on("request", lambda r: bad.append(f"request to {r.url}") if not r.url.startswith(("file://", "data:")) else None)
    page = context.new_page()
    page.on("console", lambda m: bad.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: bad.append(f"script: {e}"))
    yield page
    context.close()
    assert bad == []


def a_council(reports: Path) -> str:
    """A council of the example whose letter has several answers read from it, a table among them."""
    letters = sorted(
        (reports / EXAMPLE / "letters").glob("*.html"), key=lambda p: (-p.read_text(encoding="utf-8").count('rel="next"'), p.name)
    )
    return letters[0].stem


def addresses(reports: Path) -> list[str]:
    council = a_council(reports)
    pages = [reports / EXAMPLE / name.format(council=council) for name in PAGES]
    pages += [reports / REAL / "letters" / f"{RUTLAND}.html", reports / "index.html"]
    return [path.as_uri() for path in pages]


def test_from_rutlands_six_to_its_source_and_back(reports: Path, page: Any) -> None:
    page.goto((reports / REAL / "index.html").as_uri())
    six = page.locator(f"tr[id={RUTLAND}] a[id^=f-]").filter(has_text="6").first
    name = six.get_attribute("id").removeprefix("f-")
    six.click()
    assert page.url.endswith(f"letters/{RUTLAND}.html#{name}")
    fact = page.locator(f"[id={name}]")
    assert fact.is_visible()
    assert "Question 1" in fact.inner_text()
    assert "Keyed by hand from" in fact.inner_text()
    fact.get_by_role("link", name="all councils").click()
    assert page.url.endswith(f"index.html#f-{name}")
    assert six.is_visible()


def test_from_rutlands_six_to_the_word_in_its_letter(root: Path, shared: Path, page: Any, tmp_path: Path) -> None:
    """With the real letter in the request's folder, the same figure leads to the word in the letter."""
    raw = tmp_path / "data" / "raw" / REAL
    shutil.copytree(root / "data" / "raw" / REAL, raw, ignore=shutil.ignore_patterns("letters"))
    (raw / "letters").mkdir()
    shutil.copy(shared / "letters" / "2018-data-breaches" / "rutland.txt", raw / "letters" / "rutland.txt")
    result = build(REAL, tmp_path / "data", tmp_path / "reports", councils=[RUTLAND])
    assert result.failed == []
    page.goto((tmp_path / "reports" / REAL / "index.html").as_uri())
    six = page.locator(f"tr[id={RUTLAND}] a[id^=f-]").filter(has_text="6").first
    name = six.get_attribute("id").removeprefix("f-")
    six.click()
    from playwright.sync_api import expect

    mark = page.locator(f"mark:has(> [id={name}])")
    assert mark.inner_text() == "6"
    expect(mark).to_be_in_viewport()
    assert mark.evaluate("m => getComputedStyle(m).outlineStyle") == "solid", "the target is shown"
    page.locator(f".note[data-for={name}]").get_by_role("link", name="its report").click()
    assert page.url.endswith(f"councils/{RUTLAND}.html#f-{name}")
    page.locator(f"[id=f-{name}]").click()
    assert page.url.endswith(f"#{name}")


def test_from_a_comparison_to_the_letter(reports: Path, page: Any) -> None:
    page.goto((reports / EXAMPLE / "02_breaches.html").as_uri())
    figure = page.locator("td a.foi-fig:visible").first
    href = figure.get_attribute("href")
    figure.click()
    name = href.partition("#")[2]
    assert page.locator(f"mark:has(> [id={name}])").is_visible()


def test_the_letter_by_keyboard(reports: Path, page: Any) -> None:
    page.goto((reports / EXAMPLE / "letters" / f"{a_council(reports)}.html").as_uri())
    order = page.evaluate("Array.from(document.querySelectorAll('.step, .fact')).map(p => p.id)")
    assert len(order) > 5
    walked = []
    for key in ["n", "j", "n"]:
        page.keyboard.press(key)
        walked.append(page.evaluate("location.hash.slice(1)"))
    assert walked == order[:3]
    page.keyboard.press("p")
    page.keyboard.press("k")
    assert page.evaluate("location.hash.slice(1)") == order[0]
    page.keyboard.press("p")
    assert page.evaluate("location.hash.slice(1)") == order[0], "nothing before the first"
    page.locator(f".note[data-for='{order[0]}'] a[rel=next]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash.slice(1)") == order[1]


def test_skip_link(reports: Path, page: Any) -> None:
    page.goto((reports / EXAMPLE / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_filter_and_sort(reports: Path, page: Any) -> None:
    page.goto((reports / EXAMPLE / "index.html").as_uri())
    rows = page.locator("#councils tbody tr")
    every = rows.count()
    page.locator("#find").fill("county")
    shown = page.locator("#councils tbody tr:visible")
    assert 0 < shown.count() < every
    assert all("county" in name.lower() for name in shown.locator("th a").first.all_inner_texts())
    assert page.locator("#shown").inner_text() == f"{shown.count()} of {every} shown"
    page.locator("#find").fill("")
    page.get_by_role("button", name="Working days").click()
    days = [d.split("\n")[0] for d in page.locator("#councils tbody td.foi-num").all_inner_texts()]
    known = [int(d) for d in days if d.isdigit()]
    assert known == sorted(known)
    assert days[len(known) :] == ["not known"] * (len(days) - len(known)), "what is missing comes last"
    page.get_by_role("button", name="Working days").click()
    days = [d.split("\n")[0] for d in page.locator("#councils tbody td.foi-num").all_inner_texts()]
    known = [int(d) for d in days if d.isdigit()]
    assert known == sorted(known, reverse=True)


def test_without_script(reports: Path, scriptless: Any) -> None:
    scriptless.goto((reports / EXAMPLE / "index.html").as_uri())
    assert not scriptless.locator(".tools").is_visible()
    assert scriptless.locator("#councils tbody tr").count() == 15
    scriptless.goto((reports / EXAMPLE / "letters" / f"{a_council(reports)}.html").as_uri())
    scriptless.locator("a[rel=next]").first.click()
    assert "#" in scriptless.url


def test_the_index_of_nine_questions_fits_its_window(reports: Path, browser: Any) -> None:
    """At 1,280 pixels nothing scrolls sideways; the heads of rows and columns stay in sight where the frame scrolls."""
    for page in _page(browser, viewport={"width": 1280, "height": 800}):
        page.goto((reports / EXAMPLE / "index.html").as_uri())
        frame = page.locator(".foi-wide")
        assert frame.evaluate("f => f.scrollWidth - f.clientWidth") <= 0
        frame.evaluate("f => f.scrollTop = 500")
        gap = frame.evaluate("f => f.querySelector('thead th').getBoundingClientRect().top - f.getBoundingClientRect().top")
        assert abs(gap) < 2, "the line of questions stays"
    for page in _page(browser, viewport=PHONE):
        page.goto((reports / EXAMPLE / "index.html").as_uri())
        frame = page.locator(".foi-wide")
        frame.evaluate("f => f.scrollLeft = 300")
        gap = frame.evaluate("f => f.querySelector('tbody th').getBoundingClientRect().left - f.getBoundingClientRect().left")
        assert abs(gap) < 2, "the councils' names stay"


def test_phone_width(reports: Path, phone: Any) -> None:
    """Tables scroll in their own frame; the page itself never scrolls sideways."""
    for address in addresses(reports):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe(reports: Path, browser: Any, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    found: list[str] = []
    for address in addresses(reports):
        for page in _page(browser, color_scheme=scheme):
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            for violation in axe.run(page).response["violations"]:
                nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
                found.append(f"{address.rpartition('/reports/')[2]}: {violation['id']}: {violation['help']}: {nodes}")
    assert found == []


def test_on_paper(reports: Path, page: Any, tmp_path: Path) -> None:
    import pypdfium2

    for address in addresses(reports)[: len(PAGES)]:
        page.goto(address)
        paper = tmp_path / "page.pdf"
        page.pdf(path=str(paper), format="A4")
        document = pypdfium2.PdfDocument(paper)
        text = document[0].get_textpage().get_text_range()
        assert "FICTIONAL EXAMPLE" in text, address
        assert "Workbook (XLSX)" not in text, "the way about is not for paper"
        document.close()


def test_pictures_for_the_readme(reports: Path, browser: Any, root: Path, tmp_path: Path) -> None:
    """Pictures of a real index, a council's report and a letter; with FOI_PICTURES=1 they are put where the README shows them from."""
    made = []
    for name, path, height in (
        ("real-report", f"{REAL}/index.html", 900),
        ("council-report", f"{EXAMPLE}/councils/marlowick-county-council.html", 820),
        ("letter-view", f"{EXAMPLE}/letters/eskerby-city-council.html", 820),
    ):
        for page in _page(browser, viewport={"width": 1120, "height": height}):
            page.goto((reports / path).as_uri())
            if name == "letter-view":
                page.locator("mark.read").nth(3).evaluate("m => m.scrollIntoView({block: 'start'})")
                page.mouse.wheel(0, -60)
                page.wait_for_timeout(300)
            picture = tmp_path / f"{name}.png"
            page.screenshot(path=str(picture))
            assert picture.stat().st_size < 300_000
            made.append(picture)
    if os.environ.get("FOI_PICTURES") == "1":
        for picture in made:
            shutil.copy(picture, root / "docs" / "images" / picture.name)


def test_axe_sees_a_fault_and_the_policy_stops_a_script(reports: Path, browser: Any) -> None:
    """The two watchmen themselves: a faint text and a picture without words are found, and a script put into the page does not run."""
    from axe_playwright_python.sync_playwright import Axe

    bad = '<p style="color:#ddd">faint</p><img src=x onerror="window.harmed=1"><a id="bad" href="javascript:window.harmed=1">x</a>'
    for without_policy in (True, False):
        context = browser.new_context(bypass_csp=without_policy)
        page = context.new_page()
        page.goto((reports / REAL / "index.html").as_uri())
        page.locator("main").evaluate("(main, bad) => main.insertAdjacentHTML('beforeend', bad)", bad)
        page.locator("#bad").click()
        page.wait_for_timeout(200)
        assert page.evaluate("window.harmed") == (1 if without_policy else None)
        if not without_policy:
            assert {"color-contrast", "image-alt"} <= {v["id"] for v in Axe().run(page).response["violations"]}
        context.close()
