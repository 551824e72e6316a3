"""The words that speak of an outcome, sentence by sentence: "exempt", "not held", "none", and what only sounds like them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from foi_lib import quick
from foi_lib.letters.lines import Line


@cache
def cues() -> dict[str, quick.Guarded]:
    """The words of each outcome; a sentence may hold those of several."""
    s = r"(?:s\.?|section|sec\.?|ss\.?)\s?"
    sources = {
        "neither_confirmed_nor_denied": r"\bneither confirm(?:s|ed|ing|ation)?\s+(?:n?or)\s+den(?:y|ies|ied|ying|ial)|\bNCND\b|\b(?:cannot|can not|unable to|not able to|refus\w+ to|will not|not obliged to|not required to|declines? to)\s+(?:either\s+)?(?:confirm\s+n?or\s+deny|confirm or not|confirm whether)|\b(?:can|we) neither confirm",
        "vexatious_or_repeated": rf"\bvexatious|\brepeated request|\b{s}14\s?\(?[12]?\)?\b(?!\d)",
        "cost_limit": rf"\bappropriate\s(?:costs?\s|time\s|fees?\s)?['‘’\"]?(?:limit|level)|\b(?:costs?|fees?|statutory|hour)\s(?:threshold|limit|ceiling)|(?:exceed|beyond|over|above)\w*\s(?:the\s)?(?:appropriate\s)?time\s(?:threshold|limit)|exceed\w*\s(?:the\s)?(?:\d+|eighteen|twenty[- ]four)[\s-]hours?|\b{s}12\s?(?:\(\d\))?(?![\d(])|\bregulation 12\(4\)\(b\)|\bexcessive cost|\bcosts? (?:is|are) (?:therefore )?above|\bminutes (?:per|for each|each|on each)\b|over the (?:cost|18|24)|in excess of (?:the )?(?:18|24|eighteen)\b|\(cost\) limit|\bunreasonabl[ey] (?:cost|burden)|more than 18 hours",
        "clarification_sought": r"\brequest will (?:then )?be (?:taken|treated|considered|regarded) as (?:having been )?(?:withdrawn|lapsed)\b|\bon receipt of (?:your )?clarification|\b(?:could|can|would) you (?:please )?(?:clarify|explain|tell us (?:what|which))|\b(?:unable|not able|cannot) to (?:tell|identify|determine|establish)[^.]{0,60}\b(?:information|you (?:require|want|are))|\bplease let us know (?:whether|which|what) you (?:mean|want|require)|\b(?:please|could you|can you|need you to|ask(?:ed)? you to|require you to|kindly)\s(?:\w+\s)?clarif|\bclarification (?:is|of|about|on|from you)\b.{0,40}(?:need|requir|sought|request)|\b(?:need|require|seek|seeking|sought|requested) (?:further |some |more )?clarification|\bclarify (?:what|which|your|the)",
        "withheld": r"^\W*refused\b|\b(?:s\.?|ss\.?|sections?|regulations?)\s?(?:2[2-9]|3\d|4[0-4]|12\s?\([45]\)|13)(?:\s?\(\w{1,2}\))*\s(?:\w+\s){0,2}?(?:appl(?:y|ies)|exempts?|is engaged|prevents?|forbids?)\b|\b(?:is|are) (?:engaged|(?:being )?relied (?:up)?on)\b|\brel(?:y|ies|ying) on (?:section|s\.|regulation|the exemption|exemption)|\bexempt(?:ions?|ed|s)?\b|\bwith?h?eld\b|\bwithhold\w*|\brefus(?:al|e|es|ed|ing)\b|\bexception\b|\b(?:cannot|will not|not able to|unable to|not be able to|decline to|not) (?:be )?(?:disclos|releas|provid\w* (?:this|the)|answer|giv)\w*|\bnot be (?:disclosed|released|provided)|\bnot (?:for|in the public interest to) (?:disclos|release)|\(\s?(?:section|exemption|s\.)\s?(?:2[2-9]|3\d|4[0-4])[\s\d()a-z]*\)",
        "already_accessible": rf"\b(?:available|accessible|published|publishes|publish|found|viewed|view|access(?:ed)?|seen|online|is|are)\b[^.\n]{{0,60}}\b(?:web\s?sites?|online|web ?pages?|links?|publication scheme|open data|transparency|disclosure log|public domain|at:|here:)|\bavailable (?:from|under|via|through)\b(?! (?:me|us|request|the court))|\bon (?:our|the council's|the trust's|its|the [\w ]{{2,24}}) web\s?site|\b(?:see|find|in|refer to|provided in|set out in|contained (?:with)?in|per)\s(?:the\s|an?\s|our\s)?(?:attached|attachment|enclosed|accompanying|links?|spreadsheet|appendix|annex(?:e)?|table attached|document|separate)|\battached\b|\b(?:attachment|enclosure|spreadsheet)s?\b (?:contains?|shows?|provides?)|\balready (?:been )?(?:published|accessible|available|in the public)|\breasonably accessible|\b{s}21\b|\b{s}25\b(?=.{{0,60}}(?:accessible|available))|https?://|\bwww\.|\bfollow(?:ing)? (?:the )?link|\blinks? (?:below|above|provided)|\bat the (?:following )?link",
        "not_held": r"\bnot something (?:that |which )?(?:[\w'’-]+ ){1,4}?(?:holds?|records?|collects?|keeps?|collates?|captures?|logs?)\b|\bnothing (?:is|was) (?:collated|recorded|kept|retained|collected|logged)\b|^\W*(?!(?:the|this|our) \w+ (?:is|are)\b)(?:[\w'’-]+ ){1,5}(?:council|police|trust|ministry|department|agency|board|government|authority) (?:is|are) responsible for (?:this|that|these|them|it)\b|\bthere (?:are|were|is) (?:therefore |thus |hence )?no (?:[\w/-]+ ){0,3}(?:figures|statistics)\b|\bno records? (?:has been|have been|was|were|can be) found\b|\bnot (?:currently |centrally |routinely |actually )?(?:held|recorded|collected|kept|captured|collated|retained)\b|\b(?:do|does|did) (?:not|n't) (?:currently |centrally |routinely |specifically |actually |separately )?(?:hold|record(?! (?:alike|in the same))|collect|keep|capture|collate|retain|have (?:a |any |this |the |such )?(?:information|record|data|breakdown|figures|central))|\bdon[’']t (?:hold|record|keep)|(?<!\byou )\b(?:hold|holds|have|has|held|keeps?) no\b(?! (?:claims|breaches|incidents|internet|access|objection|doubt|further|wish|plans?|obligation|power))|\bno (?:recorded |relevant |such )?(?:information|data|records?|figures) (?:is |are |was |were )?(?:held|recorded|available|kept|exists?)|\bno (?:[\w'’-]+ ){1,6}(?:is|are) (?:kept|held|maintained|collected)\b|\bno (?:central|full|single) (?:record|list|register|database)|\bnothing (?:\w+ )?(?:is|was) held|\bnothing held|\bthere is no (?:full |central |single )?(?:list|record|register)|\binformation not (?:held|available|recorded)|\bno longer (?:held|hold|available)|\b(?:held by|would hold|responsibility of|responsib\w+ (?:lies|rests|sits) with)\b|\bnot (?:this|the|our|a) (?:council|authority|trust|district|borough|force|department)(?:'s|’s)? (?:business|responsibility|function)|\bnot (?:responsible for|a function)|\bdoes not (?:come|fall) under our|\bwould (?:have had|hold) (?:that|this|it)\b|\bno (?:data|information|records) (?:for|before|prior)|\bunable to (?:report|provide (?:this|a breakdown|figures) as)|\b(?:we|it) (?:could|can) not (?:find|locate|identify) any",
        "not_applicable": r"^\W*(?:n\s?[/.]?\s?a\b\.?|not applicable|not relevant|does not apply)\W*(?:$|[-–.,;(])",
        "nil": r"^\W*(?:none|nil|no|zero|nothing|never)\b|,\s(?:none|nil|zero)\W*$|\bthere (?:were|was|are|is|have been|has been|had been) (?:currently )?(?:no\b|none|not any|zero|nil)|\b(?:have|has|had|did|do|does|was|were) not (?:\w+ ){0,3}(?:any|made any|paid any|paid out|received any|recorded any|reported any|had any|suffered|experienced)|\bnone (?:of|have|has|were|was|are|in|known|recorded|reported|received|paid)\b|\bno (?:[\w'’/-]+ ){1,6}(?:were|was|have|has|had|been|made|paid|received|recorded|reported|lost|affected|compromised|took|came|occurred)\b|\b(?:saw|found|received|recorded|made|paid|had|reported|identified) (?:no|none|nil|zero)\b|\bnot (?:paid|received|made|had|suffered|experienced|recorded) any\b|\bnobody\b|\bwe have nobody|\ba nil return\b|\b(?:is|are|was|were|been|total(?:s|led)?) (?:nil|zero|none)\b",
    }  # fmt: skip
    return {k: quick.compile(v, re.I) for k, v in sources.items()}


_LEGAL_TALK = quick.compile(
    r"\b(?:duty to confirm (?:or|nor|and) deny|section 1\s?\(1\)|a qualified exemption means|requires? (?:us|that|a|the|public)|makes? it give|gives? (?:a|the) general|the act (?:gives|says|provides|allows|requires)|lays two duties|public bod(?:y|ies) must|may include cases|exemption in part ii|refuse a request|right of access|general right|no exemption|not exempt|exempt from (?:tax|charges|payment|fees)|now and then)\b",
    re.I,
)


@dataclass(slots=True)
class Hit:
    """A sentence that speaks of an outcome: its place in the letter, and its line's number among the answer's."""

    outcome: str
    begin: int
    stop: int
    line: int


# the mark first, for it is what most places lack
_BREAK = re.compile(r"(?<=[.;!?])(?<!\b[A-Z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bs\.)[\"”')]*\s+(?=[A-Z\"“(\d£])")


def sentences(line: Line) -> list[tuple[int, int]]:
    """Places of a line's sentences, in the letter."""
    spans, at = [], 0
    for m in _BREAK.finditer(line.text):
        spans.append((line.start + at, line.start + m.start()))
        at = m.end()
    spans.append((line.start + at, line.end))
    return spans


def evened(text: str, lines: list[Line]) -> str:
    """The text with one blank between the words of these lines' sentences, each filled up to its own length: no place moves but inside them."""
    parts, at = [], 0
    for line in sorted(lines, key=lambda ln: ln.start):
        said = text[line.start : line.end]
        if line.start < at or "\t" in said or "|" in said or not ("  " in said or "\n" in said):
            continue
        for begin, stop in sentences(line):
            parts += [text[at:begin], " ".join(text[begin:stop].split()).ljust(stop - begin)]
            at = stop
    return "".join((*parts, text[at:])) if parts else text


def find_cues(text: str, lines: list[Line]) -> list[Hit]:
    """Every sentence of an answer's lines that speaks of an outcome, in order."""
    hits: list[Hit] = []
    for n, line in enumerate(lines):
        for begin, stop in sentences(line):
            said = text[begin:stop]
            for outcome, m in _cued(said) if len(said) < _LONG else _cued.__wrapped__(said):
                if outcome == "not_applicable" and (n or begin != line.start) and len(line.text) > 18:
                    continue
                if outcome != "nil" or _nil_stands(said, m, n):
                    hits.append(Hit(outcome, begin, stop, n))
    return hits


_LONG = 2_000  # characters; a longer sentence does not come back


@lru_cache(maxsize=1024)  # the sentences of a refusal come back for each question that it answers, and in other letters
def _cued(said: str) -> tuple[tuple[str, re.Match[str]], ...]:
    """The outcomes that a sentence's words speak of, and the words."""
    if _LEGAL_TALK.search(said) and not quick.search(
        r"\b(?:neither|refusal notice|we (?:rely|are relying)|is exempt|exempt under|appropriate (?:costs? )?limit|set aside)\b",
        said,
        re.I,
    ):
        return ()
    found = ((outcome, pattern.search(said)) for outcome, pattern in cues().items())
    return tuple((outcome, m) for outcome, m in found if m and not (outcome == "withheld" and (_not_refused(said) or _nothing_to_refuse(said))))


def _nothing_to_refuse(said: str) -> bool:
    """ "We do not hold it, and it is therefore exempt under section 17 of FOISA": not held, and no exemption."""
    return bool(_NO_EXEMPTION.search(said)) and bool(cues()["not_held"].search(said)) and not other_section(said)


_NO_EXEMPTION = quick.compile(r"\bexempt\w*\s(?:\w+\s){0,2}(?:section|s\.?)\s?(?:1|17)\b(?!\d)", re.I)


def _not_refused(said: str) -> bool:
    return bool(
        quick.search(
            r"\bno (?:exemptions?|information (?:has been|was|is) withheld)|\bnot (?:withheld|exempt|refus)|\brefusals\s?[:=]|\brefusals?\s?(?:[:=]\s?)?\d|exemptions? (?:may|might|could) apply|\bfunding\b",
            said,
            re.I,
        )
    )


def _nil_stands(said: str, m: re.Match[str], n: int) -> bool:
    """Is "no …" the answer, and not the start of another thought ("No information is held", "no later than")?"""
    rest = said[m.start() :]
    if quick.search(r"\b(?:because|as|since|where|when|if|unless|lets?)\s*$", said[: m.start()], re.I):
        return False  # "all those issued because no valid badge was shown"
    if quick.match(
        r"\W*nothing\s(?:suggests?|indicates?|further|more|else|to suggest|in this)\b|\W*no(?:ne)?\b[\s,]*(?:(?:[\w'’-]+ ){1,6}(?:is|are) (?:kept|held|maintained|collected)\b|information|data\b(?! (?:breach|incident|protection|security|loss|subject))|record|later|more|less|longer|doubt|one|decision|central|budget|harm|impact|further|way|need|obligation|duty|such (?:information|record)|figures? (?:is|are) (?:held|available)|costs for it)\b",
        rest,
        re.I,
    ):
        return False
    if quick.search(
        r"\bthere (?:is|are) (?:no|not any) (?:\w+ ){0,3}(?:list|record|figures|statistics|requirement|duty|obligation|category|central|register|harm|public interest|reason|legal|way|plan|evidence that|team|need|costs? for|benefit|breakdown|system|information|data\b(?! breach))",
        said,
        re.I,
    ):
        return False
    return n < 4


def other_section(said: str) -> bool:
    """Whether an exemption is cited that is not "accessible by other means" (section 21, or 25 of the Scottish Act)."""
    return bool(quick.search(r"\b(?:s\.?|ss\.?|sections?|exemptions?)\s?(?:2[2-46-9]|3\d|4[0-4])", said, re.I))
