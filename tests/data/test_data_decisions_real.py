"""Decisions on the example's letters, read by the real reader: they outlive what happens to files on a desk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from foi_lib.dataset import load
from foi_lib.review import open_review

ROOT = Path(__file__).resolve().parents[2]
LETTERS = ("marlowick-county-council.pdf", "wexcombe-council.txt")


@pytest.mark.slow
def test_decisions_outlive_what_happens_to_files(tmp_path: Path) -> None:
    example, folder = ROOT / "data" / "raw" / "example-round-robin", tmp_path / "raw" / "example"
    (folder / "letters").mkdir(parents=True)
    for name in ("request.yaml", "authorities.csv"):
        shutil.copy(example / name, folder)
    for name in LETTERS:
        shutil.copy(example / "letters" / name, folder / "letters")
    opened = open_review("example", tmp_path)
    figures = opened.answers[opened.answers["value"].notna() & opened.answers["start"].notna()]
    names = [name for _, rows in figures.groupby("slug") for name in rows["answer_id"].tolist()[:6]]
    assert len(names) == 12
    for n, name in enumerate(names):
        stands = opened.row(name)["value"]
        what, said = ("correct", {"value": stands + 1000}) if n % 2 else ("confirm", {})
        opened.record(opened.decision(name, what, "AB", "2026-01-02", **said))

    def kept() -> dict[str, float]:
        data = load("example", tmp_path)
        assert data.decisions["state"].tolist() == ["applied"] * len(names)
        return data.answers.set_index("answer_id")["value"].reindex(names).to_dict()

    first = kept()
    assert [first[name] - opened.row(name)["value"] for name in names] == [1000 * (n % 2) for n in range(len(names))]
    pdf, text = (folder / "letters" / name for name in LETTERS)
    pdf.rename(pdf.with_name("2 Marlowick.pdf"))  # another name
    # saved again by an editor of another system, with a line more: every line's end is another, and so is the hash
    text.write_bytes(text.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + b"\r\nThis is a copy for your records.\r\n")
    assert kept() == first
