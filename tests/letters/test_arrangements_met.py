# ruff: noqa: E501  (letters are read sideways)
"""Arrangements met in replies, each in words of our own: what stands where, and what must come of it. A row a case, with its why."""

from __future__ import annotations

import pytest

from .said import read

Row = tuple[str, str | None, str, float | None]  # question, first day, outcome, value

ASKS = "Request\n1. How many data breaches were there in each year?\n2. How many claims for compensation were made?\nResponse\n"
YEARS = "1. How many data breaches were there in 2021/22, 2022/23 and 2023/24?\n"
FY21, FY22, FY23 = "2021-04-01", "2022-04-01", "2023-04-01"

CASES: dict[str, tuple[str, list[Row]]] = {
    "a range after 'from' has its end": (
        "1. How many data breaches were there from April 2021 to March 2022?\n7\n", [("1", FY21, "disclosed", 7)]
    ),
    "a dash is nil where a note says so": (
        YEARS + "2021/22 2022/23 2023/24\nLibraries 4 - 2\nA dash means nil.\n",
        [("1", FY21, "disclosed", 4), ("1", FY22, "nil", 0), ("1", FY23, "disclosed", 2)],
    ),
    "a dash with no note is no figure": (
        YEARS + "2021/22 2022/23 2023/24\nLibraries 4 - 2\n", [("1", FY21, "disclosed", 4), ("1", FY23, "disclosed", 2)]
    ),
    "a day is not what follows an equals sign": (
        "1. How many data breaches were there each month?\nJanuary 2021 = 14 February 2021 = 9 March 2021 = 17\n",
        [("1", "2021-01-01", "disclosed", 14), ("1", "2021-02-01", "disclosed", 9), ("1", "2021-03-01", "disclosed", 17)],
    ),
    "quarters of a financial year as heads of columns": (
        "1. How many data breaches were there in each quarter?\nYear | Q1 | Q2 | Q3 | Q4 |\n2021/22 | 8 | 9 | 10 | 7 |\n",
        [("1", "2021-04-01", "disclosed", 8), ("1", "2021-07-01", "disclosed", 9), ("1", "2021-10-01", "disclosed", 10),
         ("1", "2022-01-01", "disclosed", 7)],
    ),
    "a quarter beside its year": (
        "1. How many data breaches were there in each quarter?\nQ1 2021/22 - 8\nQuarter 2 2021/22 - 9\n",
        [("1", "2021-04-01", "disclosed", 8), ("1", "2021-07-01", "disclosed", 9)],
    ),
    "years run into their figures": (
        YEARS + "Financial YearData breaches\n2021/22456\n2022/2389\n2023/2412\n",
        [("1", FY21, "disclosed", 456), ("1", FY22, "disclosed", 89), ("1", FY23, "disclosed", 12)],
    ),
    "a percentage is no second half of a year": (
        "1. What share of requests was late?\n2019 - 20%, 2020 - 25%\n",
        [("1", "2019-01-01", "disclosed", 20), ("1", "2020-01-01", "disclosed", 25)],
    ),
    "a head with no corner over rows whose label is cut off": (
        "Request\n1. How many claims were made in each year?\n2. How many were paid?\nResponse\n2021/22 | 2022/23 | 2023/24 | |\n"
        "Question 1 | 30 | 20 | 51 |\nQuestion 2 | 3 | 2 | 5 |\n",
        [("1", FY21, "disclosed", 30), ("1", FY22, "disclosed", 20), ("1", FY23, "disclosed", 51),
         ("2", FY21, "disclosed", 3), ("2", FY22, "disclosed", 2), ("2", FY23, "disclosed", 5)],
    ),
    "a list that the page numbers 1. 1. 1.": (
        "Information Requested\n  1. How many data breaches were there in 2021?\n  1. How many claims were made in 2021?\n"
        "  1. How many people were affected in 2021?\nResponse\n1. 4\n2. 5\n3. 6\n",
        [("1", "2021-01-01", "disclosed", 4), ("2", "2021-01-01", "disclosed", 5), ("3", "2021-01-01", "disclosed", 6)],
    ),
    "the reply's own numbers, where it counts a sub-question": (
        "Your questions\n1) How many data breaches were there in 2021?\n1.1) Please describe each breach recorded in that year.\n"
        "2) How many claims for compensation were made in 2021?\nOur answers\n1) How many data breaches were there in 2021?\nA1. 4\n"
        "2) Please describe each breach recorded in that year.\nA2. Not held\n3) How many claims for compensation were made in 2021?\nA3. 9\n",
        [("1", "2021-01-01", "disclosed", 4), ("1.1", "2021-01-01", "not_held", None), ("2", "2021-01-01", "disclosed", 9)],
    ),
    "two parts, each numbered from 1": (
        "Request\nDATA BREACHES\n1. How many were recorded in 2021?\n2. How many went to the ICO?\nCOMPLAINTS\n"
        "1. How many came in in 2021?\n2. How many were upheld?\nResponse\nDATA BREACHES\n1. 14\n2. 3\nCOMPLAINTS\n1. 90\n2. 12\n",
        [("1", "2021-01-01", "disclosed", 14), ("2", None, "disclosed", 3), ("1", "2021-01-01", "disclosed", 90), ("2", None, "disclosed", 12)],
    ),
    "a refusal notice that names its questions": (
        "Request\n1. How many officers are trained?\n2. How many teams are there?\n3. What was spent on overtime in 2021?\nResponse\n"
        "This is a refusal notice for questions 1 and 2, under section 24(1) of the Act.\nQuestion 3: £0 in 2021.\n",
        [("1", None, "withheld", None), ("2", None, "withheld", None), ("3", "2021-01-01", "nil", 0)],
    ),
    "figures in the order of the years before": (
        YEARS + "2021/22 - 412\n2022/23 - 388\n2023/24 - 297\n2. How many of those went to the ICO?\nOf those, 6, 5 and 2.\n",
        [("1", FY21, "disclosed", 412), ("1", FY22, "disclosed", 388), ("1", FY23, "disclosed", 297),
         ("2", FY21, "disclosed", 6), ("2", FY22, "disclosed", 5), ("2", FY23, "disclosed", 2)],
    ),
    "a question, then A: with its parts": (
        "Dear Sir\n\nHow many cyber attacks were there in 2021?\n\nA: None known\n\nHow many of them were a) malware b) hacking\n\nA: a) 3 b) 4\n",
        [("1", "2021-01-01", "nil", 0), ("2a", "2021-01-01", "disclosed", 3), ("2b", "2021-01-01", "disclosed", 4)],
    ),
    "answers to choose from are not answers": (
        "1) Did you lose data in 2021?\n\na. Yes\n\nb. No\n\nc. Not sure\n\nb. No\n\n2) If so, how much of it?\n\n● 1-10%\n\n● 11-20%\n\n● 21-50%\n\nN/A\n\n"
        "3) How many attacks were there in 2021?\n\n14\n",
        [("1", "2021-01-01", "disclosed", None), ("2", None, "not_applicable", None), ("3", "2021-01-01", "disclosed", 14)],
    ),
    "cells that do not keep to the lines": (
        "1. How many claims were made in each year?\nSum of claims\nYear\nGrand\nOffice\nY2019 Y2020\nY2021\nTotal\nNORTH ROAD OFFICE\n41 1993\n5\n2039\n"
        "DEPOT - EAST\n3\n7\n8\n18\nGrand Total\n44 2000\n13\n2057\n",
        [("1", f"{y}-01-01", "disclosed", v) for row in ((41, 1993, 5, 2039), (3, 7, 8, 18), (44, 2000, 13, 2057))
         for y, v in zip((2019, 2020, 2021, 2019), row, strict=True)],
    ),
    "rows named by spans of minutes, a cell a line": (
        "1. How many calls were there in each year?\n|\n2022 |\n2023 |\nUnder 10 mins |\n1993 |\n236 |\n10-30 mins |\n155 |\n401 |\nOver 4 hrs |\n6 |\n11 |\n",
        [("1", f"{y}-01-01", "disclosed", v) for row in ((1993, 236), (155, 401), (6, 11)) for y, v in zip((2022, 2023), row, strict=True)],
    ),
    "a whole table on one line, with the next question": (
        "You asked for:\n- How many sick days clerks took, by year.\n- How many claims there were, by year.\nOur Response:\n- How many sick days clerks took, by year.\n"
        "Answer: - What came before is on an old system.\nSick Days 2020 2021 2022 Sum: Full time 61 73.5 71 205.5 Part time 59 12 2006 2077 Total 120 85.5 2077 2282.5"
        " - How many claims there were, by year.\nAnswer: - None\n",
        [("1", f"{y}-01-01", "disclosed", v) for row in ((61, 73.5, 71, 205.5), (59, 12, 2006, 2077), (120, 85.5, 2077, 2282.5))
         for y, v in zip((2020, 2021, 2022, 2020), row, strict=True)] + [("2", None, "nil", 0)],
    ),
    "cells parted by strokes": (
        YEARS + "2021/22 / 2022/23 / 2023/24 (to date) / TOTALS\nLibraries / 4 / 0 / 2 / 6\nTOTALS / 4 / 0 / 2 / 6\n",
        [("1", y, "nil" if v == 0 else "disclosed", v) for _ in range(2) for y, v in zip((FY21, FY22, FY23, FY21), (4, 0, 2, 6), strict=True)],
    ),
    "years at the foot of their rows, in the total": (
        "FOI Request\nDisclosure ID\nMarch 13, 2020\nHow many incidents were there each year?\nYear Cause Total Referred\nCounter 23\nPostal 19\n2021-22 Total 42 12\n"
        "Cause Total Referred\nCounter 11\nPostal 22\n2022-23 Total 33 13\n",
        [("1", y, "disclosed", v) for y, row in ((FY21, (23, 19, 42, 12)), (FY22, (11, 22, 33, 13))) for v in row],
    ),
    "rows that do not add up to the total with a year are not of that year": (
        "1. How many incidents were there?\nCounter 23\nPostal 18\n2021-22 Total 42\n",
        [("1", None, "disclosed", 23), ("1", None, "disclosed", 18), ("1", FY21, "disclosed", 42)],
    ),
    "cells that say what they count, under a name that spans rows": (
        "1. How many reports were there, and by whom?\nData | Count |\n---|---|\nWho reported | 37 Clerks |\n0 Managers | |\nWhere | 4 Depots |\n30 Offices | |\n3 Not known | |\n",
        [("1", None, "disclosed", 37), ("1", None, "nil", 0), ("1", None, "disclosed", 4), ("1", None, "disclosed", 30), ("1", None, "disclosed", 3)],
    ),
    "a last year to date, with a stroke": (
        YEARS + "2021/22 2022/23 2023/to date Total\nClaims 4 2 1 7\n",
        [("1", FY21, "disclosed", 4), ("1", FY22, "disclosed", 2), ("1", FY23, "disclosed", 1), ("1", FY21, "disclosed", 7)],
    ),
    "blank cells told by the blanks they leave": (
        "1. How many incidents were there in each year?\nReason 2020 2021 2022 Total\nLost post 3 4 1 8\nE-mail   2   2\nStolen 5 1   6\nTotal 8 7 1 16\n",
        [("1", f"{y}-01-01", "disclosed", v) for y, v in ((2020, 3), (2021, 4), (2022, 1), (2020, 8), (2021, 2), (2020, 2), (2020, 5), (2021, 1), (2020, 6),
         (2020, 8), (2021, 7), (2022, 1), (2020, 16))],
    ),
    "a row with blank cells told by what the totals lack": (
        "1. How many incidents were there in each year?\nReason 2020 2021 2022\nLost post 3 4 1\nE-mail 2\nTotal 3 6 1\n",
        [("1", f"{y}-01-01", "disclosed", v) for y, v in ((2020, 3), (2021, 4), (2022, 1), (2021, 2), (2020, 3), (2021, 6), (2022, 1))],
    ),
    "a row with blank cells that nothing tells": (
        "1. How many incidents were there in each year?\nReason 2020 2021 2022\nLost post 3 4 1\nE-mail 2\nStolen 5 6 7\n",
        [("1", f"{y}-01-01", "disclosed", v) for y, v in ((2020, 3), (2021, 4), (2022, 1), (2020, 5), (2021, 6), (2022, 7))],
    ),
    "a year that stands only in the first row of its group": (
        "1. How many operations were cancelled in each year, and why?\nYear Reason Number\n2021/22 Too few beds 1\nNo theatre 9\nTotal 10\n2022/23 Too few beds 8\nNo theatre 10\nTotal 18\n",
        [("1", y, "disclosed", v) for y, row in ((FY21, (1, 9, 10)), (FY22, (8, 10, 18))) for v in row],
    ),
    "months with two figures of a year, after their figures": (
        "1. How many tenants were in arrears in each month?\nTenants in arrears End of (Month)\n1444 Dec-20\n1,391 Jan-21\n1402 Feb-21\n",
        [("1", "2020-12-01", "disclosed", 1444), ("1", "2021-01-01", "disclosed", 1391), ("1", "2021-02-01", "disclosed", 1402)],
    ),
    "a month and its number are no year": (
        "1. How many claims were made in each month of 2021?\nApr-14 May-11 Jun-16\n",
        [("1", "2021-01-01", "disclosed", None)],
    ),
    "letters over years are no questions of their own": (
        "Request\n1. How many summonses did you issue in:\n\na) 2021/22\nb 2022/23\n\n2. How many orders followed in:\n\na) 2021/22\nb 2022/23\n\nOur response\n"
        "  2021-22 2022-23\nSummonses 3,106 2,218\nOrders 742 655\n",
        [("1", FY21, "disclosed", 3106), ("1", FY22, "disclosed", 2218), ("2", FY21, "disclosed", 742), ("2", FY22, "disclosed", 655)],
    ),
    "parts of one question, each repeated over its own table": (
        "Question\n1. For January 2021 to February 2021: a) how many tenants fell into arrears b) how much these tenants owe\nAnswer\n1. For January 2021 to February 2021:\n"
        "a) how many tenants fell into arrears\n1391 Jan-21\n1402 Feb-21\n\nb) how much these tenants owe\nArrears Amount (£)\n281,904.30 Jan-21\n290,611.75 Feb-21\n",
        [("1a", "2021-01-01", "disclosed", 1391), ("1a", "2021-02-01", "disclosed", 1402), ("1b", "2021-01-01", "disclosed", 281904.3),
         ("1b", "2021-02-01", "disclosed", 290611.75)],
    ),
    "the day of the reply below the answer is not the figures' time": (
        "Request\n1. What did lights cost?\nOur response\n1. £560\nResponse date\n4 December 2021\n", [("1", None, "disclosed", 560)]
    ),
    "the first question on its heading's line, one response for both": (
        "Questions and our response: Question 1 – How many complaints were made in 2021 and 2022.\nQuestion 2 – What was done about them.\nResponse For Both Questions\n"
        "Year Complaints\n2021 29\n2022 9\n",
        [("1", "2021-01-01", "disclosed", 29), ("1", "2022-01-01", "disclosed", 9), ("2", "2021-01-01", "disclosed", None)],
    ),
    "lines that name the parts of the question by their words": (
        "1. In 2021 how many (a) officers and (b) clerks were dismissed?\nOfficers – 7\nClerks – 11\n2. How many claims were made in 2021?\n5\n",
        [("1a", "2021-01-01", "disclosed", 7), ("1b", "2021-01-01", "disclosed", 11), ("2", "2021-01-01", "disclosed", 5)],
    ),
    "sums with no sign, told by their pence": (
        "You asked\n• What was paid in compensation in 2021/22 and 2022/23\n• How many claims that was in each year\nWe answered\n2021-2022 41,208.66  62\n2022-2023 90,114.23  55\n",
        [("1", FY21, "disclosed", 41208.66), ("1", FY22, "disclosed", 90114.23), ("2", FY21, "disclosed", 62), ("2", FY22, "disclosed", 55)],
    ),
    "an answer to one question, then one to the others": (
        "You asked\n  1. How many malicious emails did you block in 2021?\n  2. What share did staff open in 2021?\n  3. How many attacks succeeded in 2021?\nWe said\n"
        "Malicious emails are dropped as they come. We do not hold information on how many.\n\nWe are unable to answer the other questions. They are exempt under section 31(1)(a).\n",
        [("1", "2021-01-01", "not_held", None), ("2", "2021-01-01", "withheld", None), ("3", "2021-01-01", "withheld", None)],
    ),
    "two parts lettered A and B, each numbered from 1": (
        "A. By year from 2021 to 2022, please let me know:\n1. How many reports came in.\n2. The split between Benefits, Planning and Other.\n3. How many data breaches there were.\n"
        "B. And, from the council:\n1. Any strategy.\nResponse\nA1. Reports\n2021 - 19,412\n2022 - 20,175\nA2. Split: Benefits, Planning, Other\n2021 - 25%, 15%, 60%\n2022 - 20%, 15%, 65%\n"
        "A3. Data Breaches\nRequest Refused\nNotice of Refusal\nThis is exempt under Section 31(1)(a).\nB1. None.\n",
        [("A1", "2021-01-01", "disclosed", 19412), ("A1", "2022-01-01", "disclosed", 20175),
         *[("A2", f"{y}-01-01", "disclosed", v) for y, row in ((2021, (25, 15, 60)), (2022, (20, 15, 65))) for v in row],
         ("A3", "2021-01-01", "withheld", None), ("B1", None, "nil", None)],
    ),
    "heads told by their capitals": (
        "1. How many reports were there, and how many were referred to the ICO?\nYear Reports to the DPO Referred to ICO\n2021 288 5\n2022 319 0\n",
        [("1", "2021-01-01", "disclosed", 288), ("1", "2021-01-01", "disclosed", 5), ("1", "2022-01-01", "disclosed", 319), ("1", "2022-01-01", "nil", 0)],
    ),
    "a total under the rows with no name": (
        "1. How many notices were there in each year?\n2021/22 2022/23\nNo ticket 1,310 998\nOutside the bay 34 86\n1,344 1,084\n",
        [("1", y, "disclosed", v) for row in ((1310, 998), (34, 86), (1344, 1084)) for y, v in zip((FY21, FY22), row, strict=True)],
    ),
    "a preamble that opens a period by an event": (
        "It asked, since the two districts were joined (1 April 2015):\n(a) how many claims for injury have been made;\n(b) how many of them succeeded;\n"
        "The Council holds this.\n(a) 84.\n(b) 19.\n",
        [("a", "2015-04-01", "disclosed", 84), ("b", "2015-04-01", "disclosed", 19)],
    ),
    "parts in one line, a share before the next letter": (
        "Request: 1) year by year a) how many staff took part?\nResponse:\n1. a) 2021/22 = 4 2022/23 = 11 b) 2021/22 = 1.27% 2022/23 = 3.14% c) 2021/22 = £ 525 2022/23 = £1,109\n",
        [("1a", FY21, "disclosed", 4), ("1a", FY22, "disclosed", 11), ("1b", FY21, "disclosed", 1.27), ("1b", FY22, "disclosed", 3.14),
         ("1c", FY21, "disclosed", 525), ("1c", FY22, "disclosed", 1109)],
    ),
    "names and figures in one chain": (
        "Please send the figures from 01/03/16 - present day (09/05/17) by:\n1 Sex 2 Faith 3 Country\nResponse to your Request\n"
        "Q1 Sex Number of Stops Female 5130 Male 18264 Not Recorded 97 Unspecified 3 Grand Total 23494\nQ2 A person's faith is not recorded.\n"
        "Q3 Country Number of Stops Austria 7 Brazil 31 China (People's Rep. Of) 12 Ghana 15\nIceland 22 Japan 6 Kenya 8 Not Recorded 10418\n",
        [*[("1", "2016-03-01", "disclosed", v) for v in (5130, 18264, 97, 3, 23494)], ("2", None, "not_held", None),
         *[("3", None, "disclosed", v) for v in (7, 31, 12, 15, 22, 6, 8, 10418)]],
    ),
    "a row named Unknown, a cell a line": (
        "1. How many arrests were there in each year?\nGroup |\n2022 |\n2023 |\nWhite |\n70 |\n63 |\nUnknown |\n38 |\n32 |\nGrand Total |\n108 |\n95 |\n",
        [("1", f"{y}-01-01", "disclosed", v) for row in ((70, 63), (38, 32), (108, 95)) for y, v in zip((2022, 2023), row, strict=True)],
    ),
    "one row named Total, on one line with its years": (
        "1. How many beds were there in each year?\nThe table gives the beds.\nYear 2006/07 2007/08 2008/09 Total 612 577 540\n",
        [("1", f"{y}-04-01", "disclosed", v) for y, v in ((2006, 612), (2007, 577), (2008, 540))],
    ),
    "rows that begin with their years, all on one line, sums told by their pence": (
        "1) How many funerals were there each year? 2) How much money was spent on funerals each year? Financial Year Number of funerals Total Cost (£) "
        "2020/2021 18 12,306.42 2021/2022 36 31,977.05 2022/2023 16 19,400 Nb. We cannot say more.\n",
        [*[("1", f"{y}-04-01", "disclosed", v) for y, v in ((2020, 18), (2021, 36), (2022, 16))],
         *[("2", f"{y}-04-01", "disclosed", v) for y, v in ((2020, 12306.42), (2021, 31977.05), (2022, 19400))]],
    ),
    "two years on one line, the others on their own": (
        "1. How many stations were there in 2015 to 2018?\nTenure\n2015*\n2016\n2017  2018\nOwned\n10\n10\n10\n10\nTotal\n17\n17\n17\n17\n",
        [("1", f"{y}-01-01", "disclosed", v) for v in (10, 17) for y in (2015, 2016, 2017, 2018)],
    ),
    "bands of age are names": (
        "1. What were their ages in 2021?\n18 - 64: 16\nOver 65: 36\n", [("1", "2021-01-01", "disclosed", 16), ("1", "2021-01-01", "disclosed", 36)]
    ),
    "a request's number is no figure": (
        "1. Please send the leaflet.\nPreviously released under FOI 90174.\n2. How many claims were made in 2021?\nRef: FOI 224 08 23\n3\n",
        [("1", None, "disclosed", None), ("2", "2021-01-01", "disclosed", 3)],
    ),
    "a request in prose, and a reply that says so": (
        "Northmoor Borough Council\nFixed Penalty Notices\n\nI ask how many times the Council has issued a notice for littering on private land.\n\n"
        "In reply to your request received on 4th April 2021 the Council has issued 9 notices.\n",
        [("1", None, "disclosed", 9)],
    ),
    "sizes of homes are names": (
        "1. How many applicants were there on 1 November 2021, by property?\n- 1-bed property – 732 households in need of 1 bedroom homes\n"
        "- 5+ bed property – 14 households in need of 5+ bedroom homes\n",
        [("1", "2021-11-01", "disclosed", 732), ("1", "2021-11-01", "disclosed", 14)],
    ),
    "as many bullets of answer as of question, one of them long": (
        "Request:\n- In 2021, how many requests came in?\n- How many of them were late in 2021?\n- Who holds the budget?\nInformation disclosed:\nBear in mind that we merged in 2020.\n"
        "- The Trust received 3,917 requests in 2021.\n- 141\n- As a rule we do not publish who works for us, what they do, where they sit or how to reach them by telephone. "
        "They are therefore exempt under section 40(2).\n",
        [("1", "2021-01-01", "disclosed", 3917), ("2", "2021-01-01", "disclosed", 141), ("3", None, "withheld", None)],
    ),
    "one claim in a year is no second half of it": (
        "1. How many claims were made in each year?\n2019 – 0\n\n2020 - 1\n\n2021 - 1\n\n2022 – 2\n",
        [("1", "2019-01-01", "nil", 0), ("1", "2020-01-01", "disclosed", 1), ("1", "2021-01-01", "disclosed", 1), ("1", "2022-01-01", "disclosed", 2)],
    ),
    "a log's field at the page's foot is no answer": (
        "Request detail:\n1) How many fires were there in 2021?\n2) What did they cost in 2021?\nResponse detail:\n1) 7\n2) N/A\nInformation Released:\nYes\nReceived:\nMonday, 3 February, 2022\n",
        [("1", "2021-01-01", "disclosed", 7), ("2", "2021-01-01", "not_applicable", None)],
    ),
    "falls beside rises": (
        "1. By how many did the staff grow or shrink in each year?\n2020: 180 FTE\n2021: - 61.5 FTE\n2022: + 7.25 FTE\n",
        [("1", "2020-01-01", "disclosed", 180), ("1", "2021-01-01", "disclosed", -61.5), ("1", "2022-01-01", "disclosed", 7.25)],
    ),
    "months with two figures of a year as heads, a cell a line": (
        "1. Why were claims stopped, by month?\nReason\nFeb-23\nMar-23\nDeath\n4,210\n4,650\nNo form\n1,980\n2,740\n",
        [("1", f"2023-{m:02}-01", "disclosed", v) for row in ((4210, 4650), (1980, 2740)) for m, v in zip((2, 3), row, strict=True)],
    ),
    "a decimal is not cut at its point": (
        "1. How much land is there, in hectares? 6.75\n2. Please give the area of all new ground in hectares 6.75\n3. How many sites?\n6\n",
        [("1", None, "disclosed", 6.75), ("2", None, "unanswered", None), ("3", None, "disclosed", 6)],
    ),
    "a section of the Act quoted under a refusal": (
        "You asked for:\n- How many breaches there were in 2021.\n- How many claims were made in 2021.\nOur Response:\n- How many breaches there were in 2021.\n7\n"
        "- How many claims were made in 2021.\nThis is exempt under section 21(1).\n21. Information that the applicant can get by other means.\n- For the purposes of subsection (1)\n",
        [("1", "2021-01-01", "disclosed", 7), ("2", "2021-01-01", "already_accessible", None)],
    ),
    "parts of a question answered in one line": (
        "Request\n1. How many cases went to court in a) 2021/22 and b) 2022/23?\n2. How many claims were made in 2021?\nResponse\n"
        "1. a) 1,204 b) = 1,391\n2. 6\n",
        [("1a", FY21, "disclosed", 1204), ("1b", FY22, "disclosed", 1391), ("2", "2021-01-01", "disclosed", 6)],
    ),
    "one answer for both parts, in a list that the page numbers 1. 1. 1.": (
        "Our response\n  1. How many data breaches were there in 2021?\nThere were 22 breaches.\n"
        "  1. In 2021, how many a) clerks and b) agents were dismissed for them?\na)& b) None\n",
        [("1", "2021-01-01", "disclosed", 22), ("2a", "2021-01-01", "nil", 0), ("2b", "2021-01-01", "nil", 0)],
    ),
    "an answer after the question's full stop": (
        "1. Please state the number of data breaches recorded in 2021 and 2022. 2021 = 3, 2022 = 41\n",
        [("1", "2021-01-01", "disclosed", 3), ("1", "2022-01-01", "disclosed", 41)],
    ),
    "lettered years under one question": (
        "1. What did repairs cost in:\na) 2018/19: No information available\nb) 2019/20: £312,400\n",
        [("1a", "2018-04-01", "not_held", None), ("1b", "2019-04-01", "disclosed", 312400)],
    ),
    "as many bullets of answer as of question": (
        "You asked:\n- How many officers were dismissed in 2021.\n- How many officers retired in 2021.\n- How many officers left in 2021.\n"
        "In Response:\nWhat was found is as follows.\n- None\n- 940\n- 61\n",
        [("1", "2021-01-01", "nil", 0), ("2", "2021-01-01", "disclosed", 940), ("3", "2021-01-01", "disclosed", 61)],
    ),
    "what stands between the last question and its answer is for the others": (
        "You asked for:\n1. How many potholes were recorded in each year.\n2. What repairs cost in each year.\n3. What drivers were paid.\n\n"
        "The table answers 1 and 2:\n\n\t2020\t2021\nPotholes recorded\t14,206\t15,118\nRepairs cost\t£1,310,400\t£1,255,300\n\n3. 2021: £38,500\n",
        [("1", "2020-01-01", "disclosed", 14206), ("1", "2021-01-01", "disclosed", 15118), ("2", "2020-01-01", "disclosed", 1310400),
         ("2", "2021-01-01", "disclosed", 1255300), ("3", "2021-01-01", "disclosed", 38500)],
    ),
    "no breaches, in the question's own words": (
        ASKS + "1. No data breaches were recorded in any of the years.\n2. 3\n", [("1", None, "nil", 0), ("2", None, "disclosed", 3)]
    ),
    "arithmetic of a cost limit": (
        "1. How many files are there on claims?\nTo count them would take 240 files x 15 minutes = 60 hours, above the appropriate limit "
        "under section 12 of the Act.\n", [("1", None, "cost_limit", None)]
    ),
    "the question's own threshold": (
        "1. How much was paid in compensation in 2021? List each payment over £20,000.\nIn 2021 £64,000 was paid, with two payments over £20,000.\n",
        [("1", "2021-01-01", "disclosed", 64000), ("1", "2021-01-01", "disclosed", 2)],
    ),
    "a town's people and staff are no answer": (
        "1. How many data breaches were there in 2021?\nThe council sends 85,000 letters a month and employs 3,400 people.\n2021: 4\n",
        [("1", "2021-01-01", "disclosed", 4)],
    ),
    "a time limit is not the cost limit": (
        "1. How many data breaches were there in 2021?\nThis was taken with your earlier request and shares one time limit.\nThere were 4.\n",
        [("1", "2021-01-01", "disclosed", 4)],
    ),
    "a lone word that heads a table, and not a page's foot": (
        YEARS + "Category\n2021/22\n2022/23\n2023/24\nPost\n4\n5\n6\nE-mail\n1\n2\n3\n",
        [("1", FY21, "disclosed", 4), ("1", FY22, "disclosed", 5), ("1", FY23, "disclosed", 6),
         ("1", FY21, "disclosed", 1), ("1", FY22, "disclosed", 2), ("1", FY23, "disclosed", 3)],
    ),
    "one answer to questions told by their topics": (
        "Question 1 - insurance claims\nNone\nQuestions 2 to 3 - people affected and compensation paid\nn/a\n",
        [("1", None, "nil", 0), ("2", None, "not_applicable", None), ("3", None, "not_applicable", None)],
    ),
    "a reply's own span closes an open one": (
        "Request\n1. How many officers were dismissed from 1 March 2015 to date?\n2. How many resigned from 1 March 2015 to date?\nResponse\n"
        "Between 1 March 2015 and 9 August 2020:\n1. 4\n2. 7\n",
        [("1", "2015-03-01", "disclosed", 4), ("2", "2015-03-01", "disclosed", 7)],
    ),
    "spelled figures after equals signs": (
        YEARS + "2021/22 = Six 2022/23 = Eleven 2023/24 = Two\n",
        [("1", FY21, "disclosed", 6), ("1", FY22, "disclosed", 11), ("1", FY23, "disclosed", 2)],
    ),
    "a sum in words": (
        "1. What was paid in compensation in 2021?\nA sum of two thousand five hundred pounds was paid.\n", [("1", "2021-01-01", "disclosed", 2500)]
    ),
    "not held, and so exempt under section 17 of the Scottish Act": (
        "1. How many data breaches were there in 2021?\nWe do not hold this and it is therefore exempt under Section 17 of the Freedom of "
        "Information (Scotland) Act 2002.\n", [("1", "2021-01-01", "not_held", None)]
    ),
    "you have no internet access": (
        "1. How many data breaches were there in 2021?\nThe figure is on our website. If you have no internet access, we can post it.\n",
        [("1", "2021-01-01", "already_accessible", None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("why", CASES)
def test_arrangement(why: str) -> None:
    text, rows = CASES[why]
    assert [(a.question, a.period_start if first else None, a.outcome, a.value) for a, (_, first, _, _) in zip(read(text).answers, rows, strict=True)] == rows


def test_near_misses_do_not_recurse() -> None:
    """measure_of asked itself for the same words without end."""
    assert read("1. Do you know how many near-misses there were in 2021?\nNo\n").answers


@pytest.mark.parametrize(
    ("asked", "measure"),
    [
        ("3a. Do you know how many data incidents were reported to the ICO?\nYes\n3b. How many in each year?\n2021: 4\n", "ico_reported_count"),
        ("1. What was paid to motorists for damage by potholes in 2021?\n£4\n2. And for damage to trees?\n2021: £5\n", "compensation_paid_gbp"),
        ("1. How many data breaches were there in 2021?\n4\n2. By kind, please\nPost: 1\nE-mail: 3\n", "breach_count"),
    ],
    ids=["below a question about the ICO", "and for", "by kind"],
)
def test_a_question_that_leans_on_the_one_before(asked: str, measure: str) -> None:
    assert {a.measure for a in read(asked).answers if a.question not in ("1", "3a")} == {measure}
