"""The index: nobody who was asked is missing from it, and everything leads on."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from foi_lib.reports.evidence import Case
from foi_lib.reports.index import index_page
from foi_lib.reports.page import site_of

from .made import small


def page(**options: object) -> LexborHTMLParser:
    data = small()
    site = site_of(data, "0.1.0", False, (("02_breaches.html", "Breaches"),), "made-up.xlsx")
    return LexborHTMLParser(index_page(Case(data), site, frozenset({"ambleford-council"}), **options))


def row(tree: LexborHTMLParser, slug: str) -> list[str]:
    return [" ".join(c.text().split()) for c in tree.css(f"tr[id={slug}] > *")]


def test_everybody_asked_has_a_row() -> None:
    tree = page()
    assert [r.attributes["id"] for r in tree.css("#councils tbody tr")] == list(small().responses["slug"])
    assert row(tree, "ambleford-council")[1:] == [
        "● 6 2017",
        "● 4 2016/17 ◒ 1 to 4 2017/18 ⚑ look",
        "◆ neither confirmed nor denied",
        "24 January 2018 received 2 January 2018",
        "16 in time",
    ]
    assert row(tree, "crowmere-district-council")[1] == "× no reply"
    assert row(tree, "bexcombe-borough-council")[2] == "not in our source"
    assert row(tree, "dunholt-city-council")[1] == "! reply not readable"


def test_councils_stand_in_order_of_name() -> None:
    data = small()
    data.responses = data.responses.iloc[::-1].reset_index(drop=True)
    tree = LexborHTMLParser(index_page(Case(data), site_of(data, "0", False), frozenset()))
    assert [r.attributes["id"] for r in tree.css("#councils tbody tr")] == list(small().responses["slug"])


def test_n_of_n() -> None:
    tree = page()
    assert "2 of 4 councils answered" in tree.css_first(".facts").text()
    counts = [" ".join(li.text().split()) for li in tree.css(".counts li")]
    assert counts == [
        "2 of 4 councils answered",
        "1 no reply",
        "1 unreadable",
        "1 answer to be looked at",
        "1 number not read",
        "0 of 5 answers checked by a person",
        "1 problem",
    ]


def test_how_many_answers_a_person_has_checked_leads_to_which() -> None:
    data = small()
    data.answers.loc[0, ["decision", "decided_by", "decided_on"]] = ["confirm", "AB", "2018-02-05"]
    site = site_of(data, "0", False, (("05_quality.html", "Quality"),))
    tree = LexborHTMLParser(index_page(Case(data), site, frozenset()))
    (line,) = [li for li in tree.css(".counts li") if "checked" in li.text()]
    assert " ".join(line.text().split()) == "1 of 5 answers checked by a person: which, and by whom"
    assert line.css_first("a").attributes["href"] == "05_quality.html"


def test_every_answer_leads_to_its_words() -> None:
    tree = page()
    answers = small().answers
    wanted = {f"letters/{slug}.html#{name}" for slug, name in zip(answers["slug"], answers["answer_id"], strict=True)}
    assert wanted == {a.attributes["href"] for a in tree.css(".grid .answer a")}
    assert tree.css_first("#f-a0000000001").attributes["title"] == "“6” – ambleford-council.txt, page 1, 24 January 2018"


def test_problems_and_failures_are_listed() -> None:
    tree = page(failed=[("councils/x.html", "KeyError: 'rank'")])
    assert "dunholt.pdf" in tree.css_first("#problems ~ .foi-table").text()
    assert "KeyError: 'rank'" in tree.css_first("#failed ~ ul").text()


def test_it_says_which_build_it_is() -> None:
    banner = page().css_first(".banner").text()
    for word in ("FICTIONAL EXAMPLE", "As of 31 March 2018", "0123456789ab", "foi_lib 0.1.0"):
        assert word in banner
