"""`evidence`: one answer's place, in a notebook."""

from __future__ import annotations

import pytest

from foi_lib.errors import FoiError
from foi_lib.reports import show_evidence as evidence

from .harm import faults
from .made import small


def test_the_words_are_marked_in_their_context() -> None:
    html = evidence(small(), "a0000000001", around=60)._repr_html_()
    assert '<mark class="read" title="read">6</mark>' in html
    assert "How many data breaches were there in 2017?" in html
    assert "Ambleford Council, question 1, 2017: 6" in html
    assert [f for f in faults(html) if "style on blockquote" not in f] == []


def test_a_row_does_as_well_as_a_name() -> None:
    data = small()
    assert evidence(data, data.answers.iloc[0]).html == evidence(data, "a0000000001").html


def test_personal_data_is_masked() -> None:
    assert "Robin Example" not in evidence(small(), "a0000000001").html
    assert "Robin Example" in evidence(small(), "a0000000001", show_personal_data=True).html


def test_a_keyed_fact_names_its_source() -> None:
    place = evidence(small(), "a0000000005")
    assert "a published survey, table 2" in repr(place)
    assert 'href="https://example.org/survey?a=1&amp;b=2"' in place.html


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(FoiError, match="no answer 'a9' in request 'made-up'"):
        evidence(small(), "a9")
