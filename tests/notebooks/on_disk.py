"""Synthetic requests on disk: processed tables in the columns of the schema, ready for `foi_lib.load`."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import yaml
from analysis.synthetic import QUESTIONS

from foi_lib.frames import make_frame
from foi_lib.schema import TABLES
from foi_lib.storage import write_tables


def with_texts(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with letters that hold the answers' quotes, each at its place: what a report needs."""
    answers, texts = tables["answers"].copy(), []
    for slug, part in answers.groupby("slug", sort=True):
        text = "Dear applicant\n\n"
        for n in part.index:
            lead = f"{answers.at[n, 'question']}. Answer, {answers.at[n, 'period_start']}: "
            start = len(text) + len(lead)
            text += f"{lead}{answers.at[n, 'quote']}\n"
            answers.loc[n, ["start", "end"]] = start, start + len(answers.at[n, "quote"])
        texts.append({"file": f"{slug}.txt", "sha256": "0" * 64, "slug": slug, "authority": part["authority"].iloc[0],
                      "media_type": "text/plain", "text": text, "pages": json.dumps([[1, 0, len(text), None]])})  # fmt: skip
    return {**tables, "answers": answers, "texts": make_frame("texts", texts)}


def write(data_dir: Path, name: str, tables: dict[str, pd.DataFrame]) -> Path:
    """A request without raw files, as a colleague may have sent it."""
    folder = data_dir / "processed" / name
    asked = {"title": f"Synthetic <{name}>", "as_of": "2018-03-31", "fictional": True,
             "questions": [{"label": q.label, "text": q.text, "measure": q.measure, "kind": q.kind} for q in QUESTIONS]}  # fmt: skip
    frames = {table: tables.get(table, make_frame(table, [])) for table in (*TABLES, "texts")}
    told = {
        "title": asked["title"],
        "request": name,
        "fictional": True,
        "as_of": "2018-03-31",
        "inputs": "",
        "code": "",
        "sources": [],
        "notes": [],
    }
    write_tables(folder, frames, told, {"request.yaml": yaml.safe_dump(asked, allow_unicode=True).encode()})
    return folder
