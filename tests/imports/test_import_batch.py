# ruff: noqa: E501
"""A batch of WhatDoTheyKnow Pro becomes a request folder; a newer one adds what is new; a harmful one costs one line."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from documents.writers import zipped

from foi_lib.correspondence import read_correspondence
from foi_lib.dataset import ingest, load
from foi_lib.documents import Limits
from foi_lib.errors import FoiError
from foi_lib.imports.batch import read_batch
from foi_lib.imports.whatdotheyknow import import_batch
from foi_lib.request import load_request
from imports.batches import ASKED, AUTHORITIES, dashboard, first, put_batch, second

NAME = "data-breaches"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "raw"
    (folder / NAME).mkdir(parents=True)
    (folder / NAME / "authorities.csv").write_text(AUTHORITIES, encoding="utf-8")
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_batch_becomes_a_request(tmp_path: Path, raw: Path) -> None:
    done = import_batch(put_batch(tmp_path / "export.zip", first()), raw)
    assert (done.folder, done.made, done.requests, done.replied, done.new, done.problems) == (raw / NAME, True, 4, 2, 8, [])
    request = load_request(done.folder)
    assert (request.title, str(request.as_of), str(request.sent_on)) == ("Data breaches", "2025-02-12", "2025-01-14")
    assert [(q.label, q.measure, q.kind) for q in request.questions] == [("1", "breach_count", "count"), ("2", "compensation_paid_gbp", "money")]
    assert request.questions[0].text.startswith("How many personal data breaches did you record in each of the financial years 2021/22")
    assert [p.name for p in request.periods["1"]] == ["2021/22", "2022/23"]
    assert {one.name_on_site: (one.authority_code, one.status, one.replies) for one in request.correspondence} == {
        "Aldermere Borough Council": ("X1", "Awaiting classification", "2"), "Wexcombe Council": ("X2", "Awaiting response", "1"),
        "Glenarrow Council": ("X3", "Delayed", "0"), "Northmoor Police": ("LOCAL-northmoor-police", "Awaiting response", "0"),
    }  # fmt: skip
    assert any("Northmoor Police" in note for note in done.notes)  # in no register: said, and given a code, so that it has a row


@pytest.mark.slow
def test_its_replies_dates_and_status_are_in_the_tables(tmp_path: Path, raw: Path) -> None:
    """From the first download's acknowledgements to the second's answers: dates by the messages, status by the letters and by the site."""

    def tables() -> tuple[dict[str, tuple], dict[tuple, tuple], list]:
        ingest(raw / NAME)
        data = load(NAME, raw.parent, refresh=False)
        columns = ["received_on", "responded_on", "status", "status_on_site"]
        responses = {row["authority"]: tuple(None if value != value else value for value in row[columns]) for _, row in data.responses.iterrows()}
        answers = {(row.slug.split("-")[0], row.question, row.period_start[:4]): (row.outcome, row.value) for row in data.answers.itertuples()}
        return responses, answers, data.problems[["what", "authority"]].values.tolist()

    import_batch(put_batch(tmp_path / "first.zip", first()), raw)
    responses, answers, problems = tables()
    assert responses == {
        "Aldermere Borough Council": ("2025-01-14", "2025-02-11", "answered", "Awaiting classification"),  # the letter itself is of 10 February
        "Glenarrow Council": ("2025-01-14", None, "no_reply", "Delayed"),
        "Northmoor Police": ("2025-01-14", None, "no_reply", "Awaiting response"),
        "Wexcombe Council": ("2025-01-14", None, "acknowledged", "Awaiting response"),
    }
    expected = {("aldermere", "1", "2021"): ("disclosed", 14), ("aldermere", "1", "2022"): ("disclosed", 9), ("aldermere", "2", "2022"): ("disclosed", 2500)}
    assert answers == expected and problems == []  # the attachment's, and nothing of the acknowledgement or of the request quoted under the reply

    import_batch(put_batch(tmp_path / "second.zip", second()), raw)
    responses, answers, problems = tables()
    assert responses["Wexcombe Council"] == ("2025-01-14", "2025-02-19", "answered", "Partially successful")
    assert responses["Glenarrow Council"] == ("2025-01-14", "2025-02-13", "answered", "Awaiting response")
    assert answers["wexcombe", "2", "2022"][0] == answers["glenarrow", "2", "2022"][0] == "withheld"
    assert answers["glenarrow", "1", "2022"] == ("disclosed", 5)  # of the Outlook message attached to the message
    assert problems == [["site_differs", "Glenarrow Council"], ["site_differs", "Northmoor Police"]]
    assert load(NAME, raw.parent, refresh=False).council("Wexcombe")["request_url"].endswith("/data_breaches_12")


def test_a_newer_download_adds_what_is_new_and_touches_nothing_else(tmp_path: Path, raw: Path) -> None:
    older, newer = put_batch(tmp_path / "first.zip", first()), put_batch(tmp_path / "second.zip", second())
    folder = import_batch(older, raw).folder
    mine = (folder / "request.yaml").read_text("utf-8").replace('"Data breaches"', "My own title")
    (folder / "request.yaml").write_text(mine, encoding="utf-8")
    acknowledged = "letters/aldermere-borough-council/2025-01-15-091500/incoming_111.txt"
    (folder / acknowledged).write_text("as I have blacked it out", encoding="utf-8")
    (folder / "answers.csv").write_text("authority,question\n", encoding="utf-8")
    before = everything(folder)
    done = import_batch(newer, raw)
    after = everything(folder)
    assert (done.made, done.new, done.same) == (False, 3, 7)
    assert len(done.problems) == 1 and "incoming_111.txt: not the same as in the download; yours was kept" in done.problems[0]
    added = set(after) - set(before)
    assert {path.split("/")[2] for path in added} == {"2025-02-19-101500", "2025-02-13-101500"} and set(before) < set(after)
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {"correspondence.csv"} and after["correspondence.csv"].startswith(before["correspondence.csv"])
    assert {one.name_on_site: one.status for one in read_correspondence(folder)[0]}["Wexcombe Council"] == "Partially successful"
    assert (import_batch(newer, raw).new, import_batch(older, raw).new, everything(folder)) == (0, 0, after)  # and again, and the older one after it


def test_what_a_person_settled_stays_settled(tmp_path: Path, raw: Path) -> None:
    """A name that is not certain is asked about; once a person has said whose it is, and moved the folder, later downloads follow."""
    site = {"Wexcomb Council": (1, "Awaiting response")}
    place = "Wexcomb Council - data_breaches_12/2025-01-14-103000"
    import_batch_of = lambda seen, more: put_batch(tmp_path / "b.zip", board(seen) | {f"{place}/outgoing_1.txt": ASKED.encode()} | more)  # noqa: E731

    def board(seen: str) -> dict[str, bytes]:
        csv = next(iter(dashboard(seen, {"Wexcombe Council": site["Wexcomb Council"]}).items()))
        return {csv[0]: csv[1].replace(b"Wexcombe", b"Wexcomb")}

    done = import_batch(import_batch_of("2025-02-01-090000", {}), raw)
    assert any("'Wexcomb Council' is not certain (Wexcombe Council?)" in note for note in done.notes)
    path = done.folder / "correspondence.csv"
    path.write_text(path.read_text("utf-8").replace("wexcomb-council,,", "wexcombe-council,Wexcombe Council,X2"), encoding="utf-8")
    (done.folder / "letters" / "wexcomb-council").rename(done.folder / "letters" / "wexcombe-council")
    newer = {"Wexcomb Council - data_breaches_12/2025-02-02-103000/incoming_2.txt": b"We are looking into it."}
    site["Wexcomb Council"] = (2, "Refused")
    done = import_batch(import_batch_of("2025-02-03-090000", newer), raw)
    assert [path.name for path in (done.folder / "letters").iterdir()] == ["wexcombe-council"] and done.new == 1
    (one,) = load_request(done.folder).correspondence
    assert (one.authority_code, one.status, one.folder) == ("X2", "Refused", "wexcombe-council")


def test_whom_it_was_sent_to_outweighs_a_letterhead(tmp_path: Path, raw: Path) -> None:
    """Councils answer for one another; the site knows whose answer it is."""
    members = {name: data for name, data in first().items() if "incoming_121" not in name}
    place = "Wexcombe Council - data_breaches_12/2025-02-12-101500/incoming_122.txt"
    members[place] = b"Aldermere Borough Council\n\n1. How many personal data breaches did you record?\n\nIn 2021/22 we recorded 3 data breaches.\n"
    import_batch(put_batch(tmp_path / "b.zip", members), raw)
    ingest(raw / NAME)
    data = load(NAME, raw.parent, refresh=False)
    assert data.council("Wexcombe")["status"] == "answered"
    assert "it was sent to Wexcombe Council, its text says Aldermere Borough Council" in " ".join(data.problems["reason"])


def test_an_unpacked_batch_is_as_good_as_its_zip(tmp_path: Path, raw: Path) -> None:
    """Some browsers unpack what they download."""
    with zipfile.ZipFile(put_batch(tmp_path / "b.zip", first())) as archive:
        archive.extractall(tmp_path / "unpacked" / "batch export")
    (tmp_path / "unpacked" / "batch export" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "other").mkdir()
    from_folder = everything(import_batch(tmp_path / "unpacked", raw).folder)
    shutil.copytree(raw, tmp_path / "other" / "raw")
    for name in ("request.yaml", "correspondence.csv"):
        (tmp_path / "other" / "raw" / NAME / name).unlink()
    shutil.rmtree(tmp_path / "other" / "raw" / NAME / "letters")
    assert everything(import_batch(tmp_path / "b.zip", tmp_path / "other" / "raw").folder) == from_folder


PLACE = "Wexcombe Council - data_breaches_12/2025-02-12-101500"
BAD_NAMES = [
    (f"{PLACE}/attachments-1/../../../../../evil.txt", None, "belong to no message"),
    (f"../../{PLACE}/incoming_7.txt", None, "belong to no message"),
    ("/etc/cron.d/x - y/2025-02-12-101500/evil.sh", None, "belong to no message"),
    ("C:\\Windows\\x - y\\2025-02-12-101500\\evil.exe", None, "belong to no message"),
    (f"{PLACE}/evil.txt", None, "belong to no message"),
    ("readme.txt", None, "belong to no message"),
    ("../.. - x/2025-02-12-101500/incoming_7.txt", None, "belong to no message"),
    (f"{PLACE}/attachments-1/..\\..\\evil.txt", None, "belong to no message"),
    (f"{PLACE}/attachments-1/CON", "attachments-1/_CON", ""),
    (f"{PLACE}/attachments-1/.bashrc", "attachments-1/bashrc", ""),
    (f"{PLACE}/attachments-1/a:b?.pdf", "attachments-1/a_b_.pdf", ""),
    (f"{PLACE}/attachments-1/{'x' * 300}.pdf", f"attachments-1/{'x' * 100}.pdf", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "wanted", "told"), BAD_NAMES, ids=range(len(BAD_NAMES)))
def test_no_name_in_a_batch_leads_anywhere(tmp_path: Path, raw: Path, name: str, wanted: str | None, told: str) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(zipped(first() | {name: b"harm"}))
    before = set(tmp_path.rglob("*"))
    done = import_batch(path, raw)
    new = [p for p in set(tmp_path.rglob("*")) - before if p.is_file() and p.read_bytes() == b"harm"]
    assert all(p.is_relative_to(raw / NAME / "letters" / "wexcombe-council") for p in new)
    assert [p.relative_to(p.parents[1]).as_posix() for p in new] == ([wanted] if wanted else [])
    assert told in " ".join(done.problems) and len(done.problems) == bool(told)


def test_bodies_and_titles_become_no_paths_and_no_formulas(tmp_path: Path, raw: Path) -> None:
    members = dashboard("2025-02-12-090000", {})
    members["batch-17-data_breaches-dashboard-2025-02-12-090000.csv"] = (
        b'request_url,authority_name,number_of_replies,request_status\nhttps://x.example/a_1,"=HYPERLINK(""http://x"")",1,=1+1\n'
    )
    members['=HYPERLINK("http:/x") - a_1/2025-01-14-103000/outgoing_1.txt'] = ASKED.encode()
    done = import_batch(put_batch(tmp_path / "b.zip", members), raw)
    text = (done.folder / "correspondence.csv").read_text("utf-8")
    assert "'=HYPERLINK" in text and "'=1+1" in text and ",=" not in text and ',"=' not in text
    (one,) = load_request(done.folder).correspondence
    assert (one.name_on_site, one.status, one.folder) == ('=HYPERLINK("http://x")', "=1+1", "hyperlink-http-x")


def locked() -> bytes:
    data = bytearray(zipped(first()))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{PLACE}/attachments-1/{number}.txt", bytes(50_000_000))
    return file.getvalue()


HARMFUL: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty file", lambda: b"", "not a zip"),
    ("no zip", lambda: b"Dear all", "not a zip"),
    ("cut off", lambda: zipped(first())[:-40], "not a zip, damaged or cut off"),
    ("empty zip", lambda: zipped({}), "not a batch"),
    ("some other zip", lambda: zipped({"letter.txt": b"x"}), "not a batch"),
    ("encrypted", locked, "password"),
    ("a bomb", bomb, "zip bomb"),
]


@pytest.mark.parametrize(("data", "told"), [(data, told) for _, data, told in HARMFUL], ids=[name for name, *_ in HARMFUL])
def test_a_batch_that_cannot_be_used_is_one_line_and_leaves_nothing(tmp_path: Path, data: Callable[[], bytes], told: str) -> None:
    (tmp_path / "b.zip").write_bytes(data())
    with pytest.raises(FoiError, match=told) as error:
        import_batch(tmp_path / "b.zip", tmp_path / "raw", NAME)
    assert "\n" not in str(error.value) and not (tmp_path / "raw").exists()


def test_a_damaged_member_costs_itself(tmp_path: Path, raw: Path) -> None:
    data = bytearray(zipped(first()))
    at = data.index(b"incoming_121.txt") + len("incoming_121.txt") + 20
    data[at : at + 10] = bytes(10)
    (tmp_path / "b.zip").write_bytes(bytes(data))
    done = import_batch(tmp_path / "b.zip", raw)
    assert done.new == 7 and len(done.problems) == 1 and "incoming_121.txt' could not be unpacked" in done.problems[0]


def test_a_member_larger_than_any_letter_is_left_out(tmp_path: Path) -> None:
    path = put_batch(tmp_path / "b.zip", first() | {f"{PLACE}/attachments-1/large.bin": bytes(3_000_000)})
    batch = read_batch(path, Limits(file_bytes=2_000_000))
    assert len(batch.problems) == 1 and "large.bin': 3,000,000 bytes is more than the limit of 2,000,000" in batch.problems[0]
    assert "attachments-1/large.bin" not in [file.name for one in batch.requests for files in one.messages.values() for file in files]


@pytest.mark.parametrize(
    ("csv", "told"),
    [
        (None, "no batch-…-dashboard"),
        (b"address,name\nx,y\n", "no column 'request_url'"),
        (b"request_url,authority_name,number_of_replies,request_status\n,,,\n", "without an address or a name"),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_a_dashboard_that_is_missing_or_wrong(tmp_path: Path, raw: Path, csv: bytes | None, told: str) -> None:
    members = first()
    del members["batch-17-data_breaches-dashboard-2025-02-12-090000.csv"]
    if csv is not None:
        members["batch-17-data_breaches-dashboard-2025-02-12-090000.csv"] = csv
    done = import_batch(put_batch(tmp_path / "b.zip", members), raw, NAME)
    assert done.new == 8 and told in " ".join(done.problems)
    assert {one.status for one in load_request(done.folder).correspondence} == {""}
    assert str(load_request(done.folder).as_of) == ("2025-02-12" if csv is not None else "2025-02-11")


def test_without_a_name_it_asks_for_one(tmp_path: Path, raw: Path) -> None:
    members = {name: data for name, data in first().items() if "dashboard" not in name}
    with pytest.raises(FoiError, match="give --request NAME"):
        import_batch(put_batch(tmp_path / "b.zip", members), raw)


def test_two_names_that_become_one_are_two_files(tmp_path: Path, raw: Path) -> None:
    done = import_batch(put_batch(tmp_path / "b.zip", first() | {f"{PLACE}/attachments-1/a:b.txt": b"1", f"{PLACE}/attachments-1/A_b.txt": b"2"}), raw)
    folder = raw / NAME / "letters" / "wexcombe-council" / "2025-02-12-101500" / "attachments-1"
    assert sorted((p.name, p.read_bytes()) for p in folder.iterdir()) == [("A_b.txt", b"2"), ("a_b (2).txt", b"1")]
    assert not done.problems


def test_a_killed_import_is_made_good_by_the_next(tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At whatever file it stops, running it again gives what an undisturbed run gives."""
    from foi_lib.imports import folder as folders
    from foi_lib.imports import whatdotheyknow

    path = put_batch(tmp_path / "b.zip", first())
    whole = everything(import_batch(path, raw).folder)
    put = folders.put
    for most in (0, 1, 5, 8, 9, 10):
        other = tmp_path / f"other {most}" / "raw"
        (other / NAME).mkdir(parents=True)
        (other / NAME / "authorities.csv").write_text(AUTHORITIES, encoding="utf-8")
        left = [most]

        def dying(place: Path, data: bytes, left: list[int] = left) -> None:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            put(place, data)

        monkeypatch.setattr(folders, "put", dying)
        monkeypatch.setattr(whatdotheyknow, "put", dying)
        with pytest.raises(KeyboardInterrupt):
            import_batch(path, other)
        monkeypatch.undo()
        assert everything(import_batch(path, other).folder) == whole
