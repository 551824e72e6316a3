"""The tidy tables, column by column: the one place that says what `data/processed/<request>/` holds.

Plain data: the writer makes pandera schemas, the data dictionary (`datapackage.json`) and empty tables from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from foi_lib.letters.model import OUTCOMES, PERIOD_KINDS, QUESTION_KINDS

STATUSES = ("answered", "acknowledged", "unreadable", "no_reply", "keyed")
SOURCES = ("letter", "keyed", "correction")
REGIMES = ("FOIA", "FOISA", "EIR", "EISR")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type` is one of string, integer, number, boolean, date (Frictionless names); dates are ISO strings in
    CSV and Parquet alike, so that nothing shifts between tools."""

    name: str
    type: str
    description: str
    unit: str | None = None
    enum: tuple[str, ...] | None = None
    required: bool = False
    unique: bool = False


TABLES: dict[str, tuple[Column, ...]] = {
    "responses": (
        Column("request", "string", "folder name of the request", required=True),
        Column("authority", "string", "the public authority's official name; blank where a file's sender is not known"),
        Column("authority_code", "string", "GSS code, or the code that the request's own authorities.csv gives"),
        Column("slug", "string", "the authority's name as reports and files use it", required=True),
        Column("nation", "string", "England, Wales, Scotland or Northern Ireland"),
        Column("region", "string", "region of England, else the nation"),
        Column("tier", "string", "kind of authority: county, unitary, lower, …"),
        Column("population", "integer", "residents, mid-year estimate", unit="people"),
        Column("population_year", "integer", "the estimate's year"),
        Column("reference", "string", "the authority's reference for the request"),
        Column("received_on", "date", "when the authority received the request, where it or the request says so"),
        Column("responded_on", "date", "date of the reply"),
        Column("working_days", "integer", "working days from the day after receipt to the reply", unit="days"),
        Column("due_on", "date", "the last day of the statutory time"),
        Column("on_time", "boolean", "reply within the statutory time; blank where a date is not known"),
        Column("regime", "string", "the Act or Regulations that the reply was made under", enum=REGIMES),
        Column("status", "string", "what became of the request", enum=STATUSES, required=True),
        Column("files", "string", "the response's files, separated by '; '"),
        Column("sha256", "string", "SHA-256 of each file, in the same order, separated by '; '"),
        Column("problems", "string", "what could not be read or is doubtful about the response as a whole, separated by '; '"),
        Column("status_on_site", "string", "what the site that the request was made on says of it (Refused, Successful, …)"),
        Column("request_url", "string", "the request's address on that site"),
    ),
    "answers": (
        Column("answer_id", "string", "stable name of the row, used in links", required=True, unique=True),
        Column("request", "string", "folder name of the request", required=True),
        Column("authority", "string", "the public authority", required=True),
        Column("authority_code", "string", "its code"),
        Column("slug", "string", "its name as reports and files use it", required=True),
        Column("question", "string", "label of the question, as asked", required=True),
        Column("question_text", "string", "the question's words"),
        Column("kind", "string", "what kind of answer the question wants", enum=QUESTION_KINDS),
        Column("measure", "string", "what is counted, out of the table of measures or the request's own"),
        Column("breakdown", "string", "the part of the whole that the figure is for (row or column label)"),
        Column("period_kind", "string", "kind of period", enum=PERIOD_KINDS),
        Column("period_start", "date", "first day of the period"),
        Column("period_end", "date", "last day of the period; blank where open"),
        Column("partial_period", "boolean", "the period had not ended"),
        Column("outcome", "string", "what kind of answer it is", enum=OUTCOMES, required=True),
        Column("value", "number", "the figure"),
        Column("low", "number", "least value that the words allow"),
        Column("high", "number", "greatest value that the words allow"),
        Column("unit", "string", "count, GBP, percent, …"),
        Column("qualifier", "string", "the hedge in the words: known, approximately, …"),
        Column("derived_by", "string", "rule by which a figure was derived rather than quoted"),
        Column("provisions", "string", "provisions relied on, separated by '; '"),
        Column("as_cited", "string", "the same as the letter writes them, in the same order"),
        Column("refers_to", "string", "label of the question whose answer this one takes"),
        Column("quote", "string", "the words it came from"),
        Column("links", "string", "addresses that the answer points to, separated by '; '"),
        Column("file", "string", "the file that holds the words"),
        Column("sha256", "string", "SHA-256 of that file"),
        Column("page", "integer", "page or sheet, from 1"),
        Column("start", "integer", "offset of the quote in the file's text", unit="characters"),
        Column("end", "integer", "offset of its end", unit="characters"),
        Column("source", "string", "who read it: the program (letter) or a person (keyed, correction)", enum=SOURCES, required=True),
        Column("source_note", "string", "for keyed rows: where the figure was found"),
        Column("source_url", "string", "for keyed rows: address of the publication"),
        Column("note", "string", "for keyed rows: what the person who keyed it remarks"),
        Column("keyed_value", "number", "the hand-keyed figure for the same answer, where there is one beside the letter"),
        Column("keyed_outcome", "string", "the hand-keyed outcome for the same answer"),
        Column("needs_review", "boolean", "a person should look", required=True),
        Column("review_reasons", "string", "why, separated by '; '"),
    ),
    "provisions": (
        Column("answer_id", "string", "the answer that relies on it", required=True),
        Column("request", "string", "folder name of the request", required=True),
        Column("authority", "string", "the public authority", required=True),
        Column("authority_code", "string", "its code"),
        Column("slug", "string", "its name as reports and files use it", required=True),
        Column("question", "string", "label of the question", required=True),
        Column("regime", "string", "the Act or Regulations", enum=REGIMES),
        Column("section", "string", "the provision as resolved: s31(1)(a)", required=True),
        Column("as_cited", "string", "as the letter writes it"),
        Column("name", "string", "what the provision is about"),
        Column("kind", "string", "exemption, exception, cost, vexatious, not_held, procedure"),
        Column("ncnd", "boolean", "cited for neither confirming nor denying"),
        Column("absolute", "boolean", "an absolute exemption: no public interest test owed"),
        Column("pit_found", "boolean", "a public interest test stands in the text we hold; blank where none is owed"),
        Column("malformed", "boolean", "the citation as written cannot be right"),
        Column("start", "integer", "offset of the citation", unit="characters"),
        Column("end", "integer", "offset of its end", unit="characters"),
    ),
    "incidents": (
        Column("incident_id", "string", "stable name of the row", required=True, unique=True),
        Column("request", "string", "folder name of the request", required=True),
        Column("authority", "string", "the public authority", required=True),
        Column("authority_code", "string", "its code"),
        Column("slug", "string", "its name as reports and files use it", required=True),
        Column("question", "string", "label of the question that the list answers"),
        Column("kind", "string", "breach, incident, cyber_incident"),
        Column("date", "string", "as precise as the letter: 2017-08-01, 2017-08 or 2017"),
        Column("date_precision", "string", "day, month or year", enum=("day", "month", "year")),
        Column("description", "string", "what happened, in the letter's words"),
        Column("department", "string", "the authority's department"),
        Column("category", "string", "the ICO's incident category"),
        Column("file", "string", "the file that holds the words"),
        Column("page", "integer", "page, from 1"),
        Column("start", "integer", "offset of the row", unit="characters"),
        Column("end", "integer", "offset of its end", unit="characters"),
        Column("source", "string", "who read it: the program (letter) or a person (keyed)", enum=SOURCES, required=True),
        Column("source_note", "string", "for keyed rows: where it was found"),
    ),
    "unread": (
        Column("request", "string", "folder name of the request", required=True),
        Column("authority", "string", "the public authority"),
        Column("slug", "string", "its name as reports and files use it", required=True),
        Column("question", "string", "label of the question in whose answer it stands"),
        Column("text", "string", "the number as written", required=True),
        Column("kind", "string", "number or money", enum=("number", "money")),
        Column("file", "string", "the file that holds it"),
        Column("page", "integer", "page, from 1"),
        Column("start", "integer", "offset", unit="characters"),
        Column("end", "integer", "offset of its end", unit="characters"),
    ),
    "coding": (
        Column("item", "string", "what was coded: the answer's name, or one of its own where no answer is about it", required=True),
        Column("answer_id", "string", "the row of answers that it speaks of, where there is one"),
        Column("coder", "string", "who keyed it: answers.csv, or the name of a file in coding/", required=True),
        Column("line", "integer", "the line of that file", required=True),
        Column("request", "string", "folder name of the request", required=True),
        Column("authority", "string", "the public authority", required=True),
        Column("authority_code", "string", "its code"),
        Column("slug", "string", "its name as reports and files use it", required=True),
        Column("question", "string", "label of the question", required=True),
        Column("question_text", "string", "the question's words"),
        Column("measure", "string", "what is counted"),
        Column("breakdown", "string", "the part of the whole that the figure is for"),
        Column("period_kind", "string", "kind of period", enum=PERIOD_KINDS),
        Column("period_start", "date", "first day of the period"),
        Column("period_end", "date", "last day of the period; blank where open"),
        Column("outcome", "string", "what kind of answer it is", enum=OUTCOMES, required=True),
        Column("value", "number", "the figure"),
        Column("low", "number", "least value that the words allow"),
        Column("high", "number", "greatest value that the words allow"),
        Column("unit", "string", "count, GBP, percent, …"),
        Column("qualifier", "string", "the hedge in the words"),
        Column("provisions", "string", "provisions relied on, separated by '; '"),
        Column("quote", "string", "the words it came from, where the coder wrote them down"),
        Column("note", "string", "what the coder remarks"),
    ),
    "published": (
        Column("request", "string", "folder name of the request", required=True),
        Column("investigation", "string", "the survey or story that published the figure", required=True),
        Column("authority", "string", "the body as published; group figures stand in round brackets", required=True),
        Column("authority_code", "string", "its code, where it is one authority"),
        Column("nation", "string", "as published"),
        Column("measure", "string", "what is counted, as the publication calls it", required=True),
        Column("period_kind", "string", "kind of period", enum=PERIOD_KINDS),
        Column("period_start", "date", "first day of the period"),
        Column("period_end", "date", "last day of the period"),
        Column("value", "number", "the figure", required=True),
        Column("unit", "string", "count, GBP, …"),
        Column("source_url", "string", "address of the publication", required=True),
        Column("note", "string", "what to know about the figure"),
    ),
    "problems": (
        Column("request", "string", "folder name of the request", required=True),
        Column("file", "string", "the file, below the request's letters folder", required=True),
        Column("authority", "string", "the public authority, where known"),
        Column("what", "string", "short name of the problem", required=True),
        Column("reason", "string", "one line: what was tried, and why it failed", required=True),
    ),
}


# The letters' whole texts, for the letter view: Parquet only, as a letter can be longer than a spreadsheet's cell may be
TEXTS: tuple[Column, ...] = (
    Column("file", "string", "the file, below the request's letters folder", required=True, unique=True),
    Column("sha256", "string", "SHA-256 of the file", required=True),
    Column("slug", "string", "the authority's name as reports and files use it", required=True),
    Column("authority", "string", "the public authority, where known"),
    Column("media_type", "string", "what kind of file it is"),
    Column("text", "string", "the text as read, which every offset points into"),
    Column("pages", "string", "its pages as JSON: [[number, start, end, name], …]"),
)
