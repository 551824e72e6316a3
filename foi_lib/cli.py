"""The command `foi`. Thin: each command brings what it needs when it is called, so that `foi --help` is quick."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foi_lib import cli_import, cli_review, cli_work
from foi_lib.cli_work import OK, SOME_FAILED, USAGE
from foi_lib.errors import FoiError
from foi_lib.terminal import complain, progress

if TYPE_CHECKING:
    from foi_lib.letters.model import Letter

app = typer.Typer(
    name="foi",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="""Read public bodies' replies to Freedom of Information requests; make tables and reports whose every figure leads back
to its words.

\b
  foi parse letter.txt                  what one letter says
  foi ingest data-breaches-2018         a request's letters into tables, in data/processed
  foi report                            every request in data/raw into reports, in reports/
  foi review list data-breaches-2018    what a person should look at first, and decide
  foi new data-breaches-2024            start a request; foi import brings in what others kept

\b
Exit codes: 0 all done; 1 something could not be read or rendered (the rest was); 2 the command or a file of the
request (request.yaml, authorities.csv) is not right: one line on standard error says what, where, and what would be.""",
)

def _version(wanted: bool) -> None:
    if wanted:
        from foi_lib import __version__

        print(f"foi {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


@app.command()
def parse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Letters, in any format that foi reads.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output, a line for each file, in order.")] = False,
    request: Annotated[Path | None, typer.Option("--request", metavar="DIR", help="The request folder whose questions were asked.")] = None,
) -> None:
    """Read letters, and print what they say.

    \b
    foi parse rutland.txt
    foi parse --json letters/*.txt > letters.jsonl
    foi parse --json --request data/raw/data-breaches-2018 rutland.txt

    Without --request the questions are found in the letter. What is attached to a message, or lies in an archive, follows as letters of
    its own, under "message.eml/reply.docx"; with --json they stand in the file's own object, under "attachments". Exits 1 where a file
    could not be read: its object has "problems" and no answers, and the other files are read all the same.
    """
    from foi_lib.one_file import read_file

    asked = None
    if request is not None:
        from foi_lib.request import load_request

        asked = load_request(request)
    code = OK
    with progress("Reading", off=sys.stdout.isatty()) as step:
        for n, file in enumerate(files):
            step(file.name, n, len(files))
            letters = list(read_file(file, asked))
            for number, letter in enumerate(letters):
                if letter.problems and not letter.answers:
                    code = SOME_FAILED
                    print(f"foi: {letter.file if number else file}: {'; '.join(letter.problems)}", file=sys.stderr)
                if not as_json:
                    print(_summary(letter), flush=True)
            if as_json:  # one object a file
                whole, *attached = [letter.to_dict() for letter in letters]
                print(json.dumps({**whole, "attachments": attached} if attached else whole, allow_nan=False), flush=True)
    raise typer.Exit(code)


def _summary(letter: Letter) -> str:
    """The letter for a person at a terminal."""
    head = [letter.authority or "authority not found", letter.regime, letter.reference and f"ref. {letter.reference}"]
    dates = [letter.received_on and f"received {letter.received_on}", letter.responded_on and f"replied {letter.responded_on}"]
    lines = [letter.file, "  " + ", ".join(part for part in head + dates if part)]
    lines += [f"  problem: {problem}" for problem in letter.problems]
    for answer in letter.answers:
        figure = "" if answer.value is None else f" {answer.value:,.15g}"
        if answer.value is None and answer.high is not None:
            figure = f" {answer.low or 0:,.15g} to {answer.high:,.15g}"
        period = "/".join(day for day in (answer.period_start, answer.period_end) if day)
        law = f" ({', '.join(answer.provisions)})" if answer.provisions else ""
        doubt = f"   [look: {', '.join(answer.review_reasons)}]" if answer.needs_review else ""
        quote = " ".join(answer.quote.split())
        words = f'   "{quote[:60]}{"…" if len(quote) > 60 else ""}"' if quote else ""
        about = " ".join(part for part in (answer.measure, answer.breakdown, period) if part)
        lines.append(f"  {answer.question:<6} {about:<48} {answer.outcome}{figure}{law}{words}{doubt}")
    if letter.incidents:
        lines.append(f"  {len(letter.incidents)} incidents listed")
    if letter.unread:
        lines.append("  not read: " + ", ".join(one.text for one in letter.unread))
    return "\n".join(lines)


cli_import.register(app)
cli_review.register(app)
cli_work.register(app)


def main() -> None:
    """The door of the command; a FoiError is one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show £ must not stop the run
    try:
        app(prog_name="foi")
    except FoiError as error:
        complain(error)
        raise SystemExit(USAGE) from None
    except BrokenPipeError:
        # `foi parse … | head`: whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(OK) from None


if __name__ == "__main__":
    main()
