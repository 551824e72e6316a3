"""Every reason for review: a letter in which it fires, and the nearest one in which it does not.

A reason that is not in the table fails `test_every_reason_has_its_case`; those that other floors raise are tested there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from foi_lib.documents.model import Document, Doubtful
from foi_lib.letters import Letter, Question, read_letter
from foi_lib.letters.verify import REASONS
from foi_lib.reference import Authority

from .said import document

ELSEWHERE = {"differs_from_keyed": "tests/data: figures keyed by hand are held against the letters' where the tables are made",
             "read_from_attachment": "tests/data/test_data_together.py: several files of one response are read together where replies are",
             "attachment_not_read": "tests/data/test_data_together.py", "hidden_in_file": "tests/data/test_data_together.py"}  # fmt: skip


@dataclass(frozen=True)
class Case:
    fires: str
    quiet: str
    questions: tuple[Question, ...] | None = None
    bodies: tuple[Authority, ...] = ()
    doubtful: tuple[str, float, float] | None = None  # words, and their confidence in each of the two letters
    also: tuple[str, ...] = field(default=())  # reasons that may well stand beside it


BREACHES = "1. How many data breaches were there in each year?\nAnswer:\n"
ONE_YEAR = "1. How many data breaches were there in 2021?\n"
DETAILS = "2. List the details of these breaches, with dates.\nDate\tDetails\tDepartment\n"
ROWS = "03/02/2021\tLetter sent to a former address\tHousing\n11/05/2021\tPayslip sent to the wrong person\tPayroll\n"
MARSH, MARSHES = (
    Authority("X1", "Marshwick Borough Council", nation="England"),
    Authority("X2", "Marshwold District Council", nation="England"),
)
BURGH = Authority("X3", "Inverharrow Council", nation="Scotland")
ACT = "Thank you for your request under the Freedom of Information Act 2000.\n"
SCOTS = "Thank you for your request under the Freedom of Information (Scotland) Act 2002.\n"
BLOCK = "1. How many laptops were lost in 2021?\n2. How many claims for compensation were made in 2021?\nResponse to questions 1 and 2:\n"

CASES = {
    "total_differs": Case(
        BREACHES + "\t2021\t2022\nPost\t3\t5\nE-mail\t11\t8\nTotal\t15\t13\n",
        BREACHES + "\t2021\t2022\nPost\t3\t5\nE-mail\t11\t8\nTotal\t14\t13\n",
    ),
    "rows_differ": Case(ONE_YEAR + "3\n" + DETAILS + ROWS, ONE_YEAR + "2\n" + DETAILS + ROWS),
    "table_cells_run_together": Case(
        BREACHES + "2019/202020/212021/22\nLost46871\nStolen25219\nTotal713290\n",
        BREACHES + "\t2019/20\t2020/21\t2021/22\nLost\t46\t8\t71\nStolen\t25\t2\t19\nTotal\t71\t10\t90\n",
    ),
    "column_heads_uncertain": Case(BREACHES + "2021\n12\n2022\n", BREACHES + "2021\t12\n2022\t15\n"),
    "row_without_period": Case(BREACHES + "Lost Stolen\n4 9\n3 7\n", BREACHES + "Year\tLost\tStolen\n2021\t4\t9\n2022\t3\t7\n"),
    "period_assumed": Case(
        "1. How many data breaches were there in 2019, 2020 and 2021?\n2019: 3\n2020: 5\n2021: 8\n"
        "2. How many of these went to the ICO?\n1\n0\n2\n",
        "1. How many data breaches were there in 2019, 2020 and 2021?\n2019: 3\n2020: 5\n2021: 8\n"
        "2. How many of these went to the ICO?\n2019: 1\n2020: 0\n2021: 2\n",
    ),
    "period_missing": Case(
        ONE_YEAR + "4\n2. How many claims for compensation were settled?\n3\n",
        ONE_YEAR + "4\n2. How many claims for compensation were settled in 2021?\n3\n",
    ),
    "same_slot": Case(
        ONE_YEAR + "There were 14 breaches in 2021. There were 17 breaches in 2021.\n", ONE_YEAR + "There were 14 breaches in 2021.\n"
    ),
    "open_period_assumed": Case(
        "1. How many data breaches were there in each of the years 2019, 2020 and 2021?\nThere were 14 breaches.\n",
        "1. How many data breaches were there in each of the years 2019, 2020 and 2021?\nIn total there were 14 breaches.\n",
    ),
    "provision_malformed": Case(
        ONE_YEAR + "The information is exempt under Section 31(a), as the prevention of crime would be harmed.\n",
        ONE_YEAR + "The information is exempt under Section 31(1)(a), as the prevention of crime would be harmed.\n",
    ),
    "provision_unknown": Case(
        ONE_YEAR + "The information is exempt from disclosure under section 98(2) of the Act.\n",
        ONE_YEAR + "The information is exempt from disclosure under section 40(2) of the Act.\n",
    ),
    "ncnd_hint": Case(
        ONE_YEAR + "This is exempt under section 31(1)(a). To confirm or deny that it is held would help criminals.\n",
        ONE_YEAR + "This is exempt under section 31(1)(a). To release it would help criminals.\n",
    ),
    "outcomes_conflict": Case(
        ONE_YEAR + "None. The information is exempt under section 31(1)(a) of the Act.\n",
        ONE_YEAR + "The information is exempt under section 31(1)(a) of the Act.\n",
    ),
    "no_figure_found": Case(ONE_YEAR + "The council takes the care of data very seriously.\n", ONE_YEAR + "The council had 3.\n"),
    "figure_in_prose": Case(
        ONE_YEAR + "The council, with its 300 breaches, is not alone in this.\n",
        ONE_YEAR + "There were 14 data breaches.\n",
    ),
    "nil_far_from_start": Case(
        ONE_YEAR + "The council keeps a log of such matters.\nIt is kept by one officer.\nIt is open to audit.\nThere were no breaches.\n",
        ONE_YEAR + "There were no breaches.\n",
    ),
    "count_not_read": Case(
        "1. What was paid in claims in 2021?\nThere were 39 payments in the year. Each payment is exempt under section 40(2) of the Act.\n",
        "1. What was paid in claims in 2021?\nEach payment is exempt under section 40(2) of the Act.\n",
    ),
    "text_breaks_off": Case(
        ONE_YEAR + "4\n2. What was done to keep it from happening again?\nAll had to sit through the training once more and were te",
        ONE_YEAR + "4\n2. What was done to keep it from happening again?\nAll had to sit through the training once more.\n",
    ),
    "unexplained_mark": Case(
        BREACHES + "Year\tBreaches\n2021\t31\n2022\t*\n",
        BREACHES + "Year\tBreaches\n2021\t31\n2022\t*\n* Fewer than 5, not shown so that nobody can be known.\n",
    ),
    "value_unusual": Case(BREACHES + "2019: 14\n2020: 12\n2021: 15\n2022: 1,400\n", BREACHES + "2019: 14\n2020: 12\n2021: 15\n2022: 22\n"),
    "measure_differs": Case(
        ONE_YEAR + "4\n2. How many cyber attacks were there in 2021?\nSame as question 1\n",
        ONE_YEAR + "4\n2. How many personal data breaches were logged in 2021?\nSame as question 1\n",
    ),
    "block_answer": Case(BLOCK + "There were 3 claims for compensation.\n", BLOCK + "3 laptops were lost. There were 2 claims.\n"),
    "parent_answer": Case(
        "1. In 2021:\na) how many data breaches were there?\nb) how many claims were made?\nAnswer 1: None\n",
        "1. In 2021:\na) how many data breaches were there?\nb) how many claims were made?\nAnswer 1a: None\nAnswer 1b: None\n",
    ),
    "figure_from_other_answer": Case(
        ONE_YEAR + "4\n2. How many personal data breaches were logged in 2021?\nSame as question 1\n",
        ONE_YEAR + "4\n2. How many personal data breaches were logged in 2021?\n4\n",
    ),
    "line_of_many_figures": Case(
        ONE_YEAR + "4\n" + " ".join(f"{n} files" for n in range(400)) + "\n",
        ONE_YEAR + "4\n" + " ".join(f"{n} files" for n in range(40)) + "\n",
    ),
    "question_assumed": Case(
        "Ref: 1203\n\nPersonal data breaches recorded by the council, by year.\n\n2021 14\n2022 19\n",
        "Ref: 1203\n\nHow many personal data breaches were recorded by the council, by year?\n\n2021 14\n2022 19\n",
    ),
    "reference_unresolved": Case(ONE_YEAR + "See question 8\n", ONE_YEAR + "4\n2. How many were logged in 2021?\nSee question 1\n"),
    "no_answer_found": Case(
        ONE_YEAR + "Answer: 4\n2. How many claims were made in 2021?\nAnswer:\n3. How many people were affected in 2021?\nAnswer: 9\n",
        ONE_YEAR + "Answer: 4\n2. How many claims were made in 2021?\nAnswer: 1\n3. How many people were affected in 2021?\nAnswer: 9\n",
    ),
    "low_confidence_text": Case(
        ONE_YEAR + "There were 14 breaches.\n", ONE_YEAR + "There were 14 breaches.\n", doubtful=("14", 0.97, 1.0)
    ),
    "question_not_in_request": Case(
        ONE_YEAR + "4\n2. How many bins were stolen in 2021?\n31\n",
        ONE_YEAR + "4\n",
        questions=(Question("1", "How many data breaches were there in 2021?", "breach_count", "count"),),
    ),
    "regime_against_nation": Case(
        "Marshwick Borough Council\n\n" + SCOTS + ONE_YEAR + "4\n",
        "Marshwick Borough Council\n\n" + ACT + ONE_YEAR + "4\n",
        bodies=(MARSH,),
    ),
    "authority_uncertain": Case(
        "Dear Sir\n" + ACT + ONE_YEAR + "4\n\nYours sincerely\n\nMarshwick Borough Council\nMarshwold District Council\n",
        "Dear Sir\n" + ACT + ONE_YEAR + "4\n\nYours sincerely\n\nMarshwick Borough Council\n",
        bodies=(MARSH, MARSHES),
    ),
    "reply_before_receipt": Case(
        "3 May 2022\n\nDear Sir\nThank you for your request received on 9 May 2022.\n" + ONE_YEAR + "4\n",
        "3 May 2022\n\nDear Sir\nThank you for your request received on 9 April 2022.\n" + ONE_YEAR + "4\n",
    ),
}


def reasons(letter: Letter) -> set[str]:
    return {reason for answer in letter.answers for reason in answer.review_reasons} | set(letter.review_reasons)


def paper(case: Case, text: str, confidence: int) -> Document:
    if case.doubtful is None:
        return document(text)
    at = text.rindex(case.doubtful[0])
    return document(text, doubtful=[Doubtful(at, at + len(case.doubtful[0]), case.doubtful[confidence])])


def test_every_reason_has_its_case() -> None:
    assert CASES.keys() | ELSEWHERE.keys() == REASONS.keys()


@pytest.mark.parametrize("reason", CASES)
def test_fires(reason: str) -> None:
    case = CASES[reason]
    letter = read_letter(paper(case, case.fires, 1), case.questions, extra_authorities=case.bodies)
    assert reason in reasons(letter)
    assert all(answer.needs_review == bool(answer.review_reasons) for answer in letter.answers)


@pytest.mark.parametrize("reason", CASES)
def test_does_not_fire(reason: str) -> None:
    case = CASES[reason]
    letter = read_letter(paper(case, case.quiet, 2), case.questions, extra_authorities=case.bodies)
    assert reason not in reasons(letter)
    assert letter.answers
