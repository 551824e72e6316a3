# ruff: noqa: E501
"""Letters of no real council, as blocks that every writer can write: ("p", words), ("n", words) for a numbered question,
("t", rows) for a table."""

from __future__ import annotations

Block = tuple[str, object]

LETTERS: dict[str, list[Block]] = {
    "northmoor": [
        ("p", "Northmoor Borough Council"),
        ("p", "Our reference: FOI 2018/0417"),
        ("p", "Dear Ms Example,"),
        ("p", "Thank you for your request for information about data breaches, which we received on 4 January 2018 and have dealt with under "
              "the Freedom of Information Act 2000. Our answers stand below each of your questions."),
        ("n", "How many data breaches did the council record in each of the last three calendar years?"),
        ("t", [["Year", "Breaches", "Reported"], ["2015", "12", "3"], ["2016", "", "1,020"], ["2017", "<5", "0"]]),
        ("n", "How much compensation has been paid?"),
        ("p", "A total of £4,350.50 was paid in 2017."),
        ("p", "Yours sincerely,"),
        ("p", "Information Governance Team"),
    ],
    "eastvale": [
        ("p", "Eastvale District Council"),
        ("p", "24 January 2018"),
        ("n", "Please say how many incidents were reported to the Information Commissioner."),
        ("p", "None known."),
        ("n", "Please give the number of cyber attacks in the financial year 2016/17."),
        ("p", "The council neither confirms nor denies that it holds this information, in reliance on section 31(3) of the Act. To say whether "
              "the information is held would help those who would attack the council's systems, and the public interest in stating it does "
              "not outweigh that harm."),
        ("n", "And the cost?"),
        ("p", "Please see the answer to question 2."),
    ],
    "stonebeck": [
        ("p", "Stonebeck County Council"),
        ("p", "Request 57/18"),
        ("n", "How many accidents at work were recorded in each directorate in 2019/20, 2020/21 and 2021/22?"),
        ("t", [["Directorate", "2019/20", "2020/21", "2021/22"], ["Adult services", "14", "9", "21"], ["Children's services", "31", "27", "40"],
               ["Highways", "2", "", "1"], ["Total", "47", "36", "62"]]),
        ("p", "Figures for Highways in 2020/21 are not held."),
    ],
    "harrowmere": [
        ("p", "Harrowmere Council"),
        ("p", "Dear Sir or Madam,"),
        ("n", "How many staff are employed?"),
        ("p", "1,204 (headcount) as of 31 March 2021."),
        ("n", "How many of them were trained in the year?"),
        ("p", "Between 75% and 80%."),
        ("n", "What did the training cost?"),
        ("p", "This information is exempt from disclosure under section 43(2) of the Freedom of Information Act 2000."),
    ],
    "quillford": [
        ("p", "Quillford Town Council"),
        ("p", "Ref: Q-0092"),
        ("n", "How many complaints about noise did you receive in 2020?"),
        ("p", "We do not hold the information that you have asked for. You may wish to ask the county council, which keeps records of this "
              "kind for all the parishes in its area and publishes a summary of them every spring."),
        ("p", "If you are not content with this reply you may ask for an internal review within forty working days of the date of this letter."),
    ],
}  # fmt: skip


def lines_of(blocks: list[Block]) -> list[str]:
    """The lines that every reader should give."""
    lines, number = [], 0
    for kind, content in blocks:
        if kind == "n":
            number += 1
            lines.append(f"{number}. {content}")
        elif kind == "p":
            lines.append(str(content))
        else:
            lines += ["\t".join(row) for row in content]  # type: ignore[attr-defined]
    return lines
