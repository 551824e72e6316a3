# ruff: noqa: E501  (patterns and letters are read sideways)
"""What stands round the answers: covering words, salutation, closing, feet of pages, mails and web pages; the questions said again."""

from __future__ import annotations

import re

from .surface import Change, Letter, tabled


def heads(first: str, second: str) -> Change:
    """The two headings over all questions and over all answers."""

    def change(letter: Letter) -> str:
        pattern = r"^[ \t]*(?:{})[ \t]*:?[ \t]*$"
        ask = re.compile(pattern.format(r"request|your request|you asked|your questions|information requested"), re.M | re.I)
        tell = re.compile(pattern.format(r"response|our response|we answered|our answers|answer|decision"), re.M | re.I)
        if len(ask.findall(letter.text)) != 1 or len(tell.findall(letter.text)) != 1:
            return letter.text
        if ask.search(letter.text).start() > tell.search(letter.text).start():  # type: ignore[union-attr]
            return letter.text
        return tell.sub(second, ask.sub(first, letter.text))

    return change


def shouted(letter: Letter) -> str:
    """Headings in capitals."""
    return re.sub(
        r"^[ \t]*(?:your |our |the )?(?:request|response|questions|answers|decision|you asked|we answered|information requested)[ \t]*:?[ \t]*$",
        lambda m: m[0].upper(), letter.text, flags=re.M | re.I,
    )  # fmt: skip


DISCLAIMER = (
    "\n\n________________________________\nThis e-mail and any files sent with it are confidential and meant only for the person they are "
    "addressed to. If you have received it in error, please delete it and tell the sender. E-mails may be monitored. The Council takes no "
    "responsibility for loss caused by viruses.\n"
)
FOOTER = (
    "\n\nHow we use your information: www.moorlea.example/privacy\nRead more about your council at www.moorlea.example or follow us "
    "@moorleacouncil\nSwitchboard: 01632 960123\nPlease consider the environment before printing this e-mail. 24 trees were saved in 2021.\n"
)
STUDENT = (
    "Good afternoon\n\nI am a student at a university and hand in my thesis in 2026. My supervisor's book of 2014 is out of date, which is "
    "why I write to all 333 councils.\n\n"
)
CITED = (
    "Hello,\n\nIn March 2019 a councillor said in public that letters had gone astray. Since the General Data Protection Regulation of 2018 "
    "bodies must tell the Commissioner within 72 hours. I pay council tax of £1,900.\n\n"
)
SURVEY = "To the FOI officer\n\nOur 2016 survey of 30 forces was quoted in Parliament. We are now doing it again, for 2 programmes.\n\n"
BILINGUAL = (
    "Cyngor Sir Moorlea / Moorlea County Council\nGwasanaethau Cyfreithiol / Legal Services\nFfôn / Tel: 01632 960123\n\n"
)
COVER = (
    "Good morning,\n\nI write for a newspaper and am looking into how councils look after personal data. I asked 40 councils in 2019 and 36 "
    "of them replied.\n\n"
)


def after(words: str) -> Change:
    return lambda letter: letter.text.rstrip("\n") + words


def before(words: str) -> Change:
    return lambda letter: words + letter.text


def paged(letter: Letter) -> str:
    """A page's foot after about every 30 lines, between two paragraphs."""
    out: list[str] = []
    since, page = 0, 1
    lines = letter.text.split("\n")
    total = len(lines) // 30 + 1
    for i, line in enumerate(lines):
        out.append(line)
        since += 1
        if since >= 25 and not line.strip() and i + 1 < len(lines) and not (i and tabled(lines[i - 1])) and not tabled(lines[i + 1]):
            out += [f"Page {page} of {max(total, page)}", ""]
            since, page = 0, page + 1
    return "\n".join(out)


def no_dear(letter: Letter) -> str:
    return re.sub(r"^Dear [^\n]{1,60}\n+", "", letter.text, count=1, flags=re.M)


def greeted(word: str) -> Change:
    return lambda letter: re.sub(r"^Dear ([^\n]{1,60})$", word, letter.text, count=1, flags=re.M)


def closed(words: str) -> Change:
    return lambda letter: re.sub(r"^(?:Yours (?:sincerely|faithfully)|Kind regards|Regards|Best wishes)[,.]?$", words, letter.text, flags=re.M)


def restated(letter: Letter) -> str:
    """Each question said again over its answer, where the answers stand in a list by number."""
    lines = letter.text.split("\n")
    heads_at = [i for i, line in enumerate(lines) if re.fullmatch(r"\s*(?:our )?(?:response|answers?|reply|decision)\s*:?\s*", line, re.I)]
    if len(heads_at) != 1:
        return letter.text
    asked: dict[str, str] = {}
    label = re.compile(r"\s*(\d{1,2})[.)] +(\S.*)")
    for line in lines[: heads_at[0]]:
        if m := label.fullmatch(line):
            if m[1] in asked or not m[2].rstrip().endswith(("?", ".")):
                return letter.text
            asked[m[1]] = m[2]
    if not asked or set(asked) != letter.numbers:
        return letter.text
    out = lines[: heads_at[0] + 1]
    for line in lines[heads_at[0] + 1 :]:
        m = label.fullmatch(line)
        if m and m[1] in asked:
            out += ["", f"{m[1]}. {asked.pop(m[1])}", "", m[2]]
        else:
            out.append(line)
    return letter.text if asked else "\n".join(out)
