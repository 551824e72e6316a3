"""What a question wants: the kind of answer, the measure, the periods it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from foi_lib import quick
from foi_lib.letters.periods import academic, find_periods, whole
from foi_lib.letters.spans import Period

_MONEY = quick.compile(
    r"£|\bhow much (?!time|notice|data|land|space|warning)|\b(?:what|which|the|total|overall|annual|average|combined|estimated|rough|largest|smallest|highest|lowest|biggest|any|all)?\s?(?:amounts?|sums?|costs?|spend(?:ing)?|spent|expenditure|budget(?:ed)?|payments? (?:made|to)|value|compensation (?:paid|was|has|went|in)|paid|pa(?:y|id) out|payouts?|pay-outs?|salary|fees?|price|income|revenue|invest(?:ed|ment)?|worth|premium|refunded|brought in)\b|\bin (?:gbp|pounds)\b|\bmoney\b|\bdamages\b|\bfines?\b(?! issued| served)|\bcompensation\b(?! claims?| requests?)",
    re.I,
)
_COUNT = quick.compile(
    r"\bhow many\b|\bnumbers?(?: and \w+)? of\b|\bhow often\b|\btotal (?:number|claims|cases|incidents|breaches)\b|\bcount of\b|\bno\.? of\b|\bheadcount\b|\bhead count\b|\bfte\b|\bin how many\b|\bfigures? for\b|\b(?:claims|breaches|incidents|complaints|requests|cases|attacks|payments|reports) (?:made|received|recorded|paid|that won|upheld|reported|in total|raised)\b|\bhow (?:long is|large|big)\b|\bquantity\b|\bnumbers\b|^\W*(?:\w+ ){0,3}claims? (?:the|that|which|your|won|made|settled)\b|^\W*(?:the |all )?claims (?:for compensation|on which|where|in which|that)\b",
    re.I,
)
_PERCENT = quick.compile(
    r"\bpercentages?\b|\bper ?cent\b|\bproportion\b|%|\b(?:turnover|absence|vacancy|success) rate\b|\brate of\b|\bshare of\b", re.I
)
_THINGS = quick.compile(
    r"^\W*(?:(?:the|all|any|total|council|personal|our|data|foi|subject access|temporary|permanent|staff|new|other)\s){0,3}(?:[\w'’/-]+\s){0,4}?(?:requests|breaches|incidents|claims|complaints|laptops|phones|devices|attacks|orders|notices|cases|ftes?|posts|prosecutions|appeals|payments|fpn'?s?|fpns?|pcn'?s?|pcns?|sars|fois|exclusions|suspensions|visits|vacancies|settlements|penalties|arrests|offences|calls|reports|referrals|vehicles|employees|officers|pupils|applications|enquiries)\b(?!.{0,40}\b(?:policy|procedure|contract|supplier|name))",
    re.I,
)
_YES_NO = quick.compile(
    r"^[\"“'(]?(?:(?:if (?:so|yes),?\s)?(?:do|does|did|is|are|has|have|had|was|were|can|will|would|should)\b(?! not)|(?:please |kindly )?(?:confirm|state|advise|say|indicate|tell (?:me|us)|let (?:me|us) know) (?:whether|if)\b|whether\b)|\byes or no\b|\byes/no\b",
    re.I,
)
_DETAILS = quick.compile(
    r"\b(?:list|details?|describe|description|account of|explain|outline|nature of|what (?:kinds?|types?|causes?|sorts?|happened|was done|were the|information|data|(?:broad )?causes)|(?:broad |main |commonest )?(?:kinds?|types?|causes?|grounds|reasons?) (?:of|for)|breakdown|how they occurred|the same split|which (?:services|departments?|systems))\b",
    re.I,
)
_DATE = quick.compile(r"^[\"“'(]?(?:when\b|(?:on |by )?what dates?\b|on which date|the dates?\b|date (?:of|when|on))", re.I)

_CYBER = quick.compile(
    r"(?<!non-)(?<!non )\bcyber|\bransomware|\bmalware|\bphishing|\bddos|\bdenial of service|\bhack(?:ed|ing|ers?)?\b", re.I
)
_ATTACK = quick.compile(
    r"\bcyber[\s-]?attack|\bransomware|\battempted\b.{0,20}\battack|\bhack|\bdenial of service|\bddos|\bphishing|\battacks?\b", re.I
)
_CYBER_INCIDENT = quick.compile(r"\bcyber[\s-]?(?:security )?(?:incident|breach|event)|\bcyber[\s-]?related", re.I)
_BREACH = quick.compile(
    r"(?<!would )(?<!could )(?<!may )(?<!to )(?:\bbreach\b(?! (?:it|the|this|any)\b)|\bbreach(?:es|ed)\b)(?! of (?:contract|planning|conditions?|copyright|the code|an? \w+ order)\b)",
    re.I,
)
_DATA = quick.compile(r"\bdata\b|\bpersonal\b|\binformation\b|\bgdpr\b|\bdp\b|\bdata protection\b|\bconfidential", re.I)
_INCIDENT = quick.compile(
    r"\b(?:data|information|security|information security|personal data|data protection|data security|information governance|ig)\s(?:\w+\s){0,2}incidents?\b",
    re.I,
)
_ICO = quick.compile(r"\b(?:ICO|information commissioner)", re.I)
_REPORTED = quick.compile(r"\b(?:report|refer|notif|told|went|self-?report|inform|disclos)", re.I)
_PEOPLE = quick.compile(
    r"\bhow many (?:people|individuals|data subjects|persons|residents|customers|patients|service users|staff|employees|records|people's)\b.{0,80}\b(?:affect|impacted|compromis|involved|hit|touched|exposed|concerned)|\bnumber of (?:people|individuals|data subjects|persons|patients|residents|customers)\b.{0,60}\b(?:affected|impacted|compromis|involved|exposed)|\bpeople (?:each )?affected\b|\b(?:individuals|data subjects) affected\b|\bhow many people's",
    re.I,
)
_COMPENSATION = quick.compile(
    r"\bcompensat|\bpay-?outs?\b|\bdamages\b|\bsettle(?:ment|d|s)?\b|\bclaim(?:s|ed)?\b|\bclaimants?\b|\bpa(?:id|yment) (?:out|to one person|to (?:a )?claimant)|\bpayments?\b.{0,40}\b(?:potholes?|injur|claim)|\bpaid (?:in|as) compensation|\bpa(?:id|y|yments?) (?:out )?to (?:\w+ ){0,2}(?:patients|claimants|victims|residents|those affected|individuals|data subjects|drivers|motorists|customers|tenants)\b|\b(?:patients|claimants|victims|residents|drivers|motorists|tenants) (?:were|have been|was) paid\b",
    re.I,
)
_LEGAL = quick.compile(
    r"\blawyers?\b|\blegal (?:costs?|fees?|advice|spend|bills?)|\bsolicitors?\b|\bcosts? (?:awarded|of defending)|\bdefend|\brepair(?:ing)?\b|\bmaintenance\b|\binsurance (?:cost|premium)|\bpremium\b|\bsecurity\b.{0,20}\b(?:spend|spent|cost)|\bspend|\bspent\b|\bcost\b",
    re.I,
)
_INCOME = quick.compile(
    r"\b(?:income|revenue|raised|received|brought in|refunded|recovered|got back|got damages|fines?|penalt(?:y|ies)|collected|charged|earned|generated)\b",
    re.I,
)
_INSURANCE = quick.compile(
    r"\binsurance claims?\b|\bclaims? (?:\w+ ){0,3}(?:on|under) (?:your|its|the|our|any|a|that) (?:\w+ )?(?:insurance|policy|policies)|\bclaimed? on (?:your|its|the|it|one)\b",
    re.I,
)
_CLAIMS = quick.compile(r"\bclaim(?:s|ed)?\b|\bclaimants?\b|\bcompensat|\bsettle(?:ments?|d)\b|\bpay-?outs?\b", re.I)
_BACK = quick.compile(
    r"\b(?:in each(?=,|\s*$)|(?:for|of) each(?! (?:of|year|financial|calendar|month|team|school|site))|of these|these (?!years|financial|calendar)|of those|those (?!years|financial|calendar)|of them|them|they|of which|the above|won|succeeded|successful|accepted|rejected|turned down|repudiated)\b",
    re.I,
)
_ELLIPTIC = quick.compile(
    r"^\W*(?:and |of (?:these|those|them|which),? )?(?:how many|how much|(?:the )?numbers?|what)\s(?:of (?:these|those|them|which)\s)?(?:was|were|went|did|have|has|had|are|is|in all|in total|altogether|each|were reported|won|succeeded|paid|settled|reported)\b"
    r"|^\W*by (?:kind|type|category|department|directorate|year|month)\b"
    r"|^\W*(?:please (?:give|provide|state|supply) )?(?:the |a )?(?:total |same |annual )?(?:numbers?|figures?|totals?|breakdown|split)\s(?:by|per|for each|in each|broken down|split|according)\b",
    re.I,
)
_IN_EACH = quick.compile(  # below "Do you know how many … went to the ICO?"
    r"^\W*(?:and )?how many(?: (?:breaches|incidents|claims|of (?:these|those|them)))? (?:were there )?(?:in|for|per|during) each\b", re.I
)
_RELATIVE = quick.compile(r"\b(?:last|past|previous|preceding)\s(?:\w+\s){0,2}(?:years?|months?|weeks?|quarters?)\b", re.I)
_PER_YEAR = quick.compile(
    r"\b(?:each|every|per|by)\s(?:\w+\s){0,2}(?:years?|months?|financial|calendar|annum|quarters?)\b|\bannually\b|\byear by year\b|\bfor each of\b|\brespectively\b|\byearly\b|\bby year\b",
    re.I,
)


class _Measures(dict[str, str]):
    """The measure of each kind of figure, found out when it is asked for."""

    def __init__(self, text: str, subject: str) -> None:
        super().__init__()
        self.text, self.subject = text, subject

    def __missing__(self, kind: str) -> str:
        self[kind] = measure_of(self.text, kind, self.subject)
        return self[kind]


@dataclass(slots=True)
class Asked:
    """A question, understood."""

    text: str
    kinds: list[str] = field(default_factory=list)  # the first is the main one
    measures: dict[str, str] = field(default_factory=dict)  # by kind of figure: count, money, details, other
    periods: list[Period] = field(default_factory=list)  # as named, in order
    own_period: bool = False  # named by the question itself
    per_year: bool = False
    relative: bool = False
    schooled: bool = False  # the letter speaks of academic years, and of no others
    subject: str = ""  # words in which "them" and "these" are to be understood
    _whole: tuple[list[Period], Period | None] | None = None

    @property
    def academic(self) -> str:
        """The word that makes a year of two numbers an academic one, where the question's years are."""
        return " academic" if self.schooled or any(p.kind == "academic_year" for p in self.periods) else ""

    @property
    def kind(self) -> str:
        return self.kinds[0] if self.kinds else "text"

    @property
    def span(self) -> Period | None:
        if self._whole is None or self._whole[0] is not self.periods:  # each figure of the answer asks
            self._whole = (self.periods, whole(self.periods))
        return self._whole[1]


def kinds_of(text: str) -> list[str]:
    """Kinds of answer that a question's words want, the main one first."""
    return list(_kinds(text) if len(text) < _LONG else _kinds.__wrapped__(text))


@lru_cache(maxsize=4096)
def _kinds(text: str) -> list[str]:
    text = re.sub(r"\([^()]*\)", " ", text).strip() or text.strip()
    found: list[tuple[int, str]] = []
    for kind, pattern in (
        ("percentage", _PERCENT),
        ("count", _COUNT),
        ("money", _MONEY),
        ("date", _DATE),
        ("yes_no", _YES_NO),
        ("details", _DETAILS),
    ):
        m = pattern.search(text)
        if m:
            found.append((m.start(), kind))
    names = [k for _, k in sorted(found)]
    if "percentage" in names:
        names = ["percentage", *(n for n in names if n != "percentage")]
    elif "details" in names and "count" in names and not quick.match(r".{0,60}\b(?:how many|number)\b", text, re.I):
        names = ["details", *(n for n in names if n != "details")]
    elif names and names[0] == "details" and ("count" in names or "money" in names):
        m = _COUNT.search(text) or _MONEY.search(text)
        d = _DETAILS.search(text)
        if m and d and m.start() < d.start() + 25:
            names = [n for n in names if n != "details"] + ["details"]
    if not names and _THINGS.match(text):
        return ["count"]
    return names or ["text"]


_LONG = 2_000  # characters; longer texts are no question that comes back, and a store of them would fill the memory


def measure_of(text: str, kind: str, subject: str = "") -> str:
    """The measure that a figure of this kind has, by the question's words; `subject` are the words that "these" stands for."""
    return (_measure if len(text) + len(subject) < _LONG else _measure.__wrapped__)(text, kind, subject)


@lru_cache(maxsize=4096)  # the same questions come back in the letters of all councils
def _measure(text: str, kind: str, subject: str) -> str:
    own = text
    both = f"{subject} {text}" if subject else text
    about = own if (_BREACH.search(own) or _CYBER.search(own) or _CLAIMS.search(own) or _INCIDENT.search(own)) else both
    if kind == "money":
        if _INCOME.search(re.sub(r"revenue (?:budget|account|spend)", "", own, flags=re.I)) and not quick.search(
            r"\bcompensation (?:paid|went|received)|\bfor compensation\b|\bpaid (?:out )?in compensation|\bdamages (?:paid|were paid)", own, re.I
        ):
            return "other"
        if _LEGAL.search(own) and not quick.search(r"\bcompensat|\bpay-?outs?\b|\bpaid (?:out )?(?:in|as|to)\b|\bdamages\b", own, re.I):
            return "cost_gbp"
        if (
            _LEGAL.search(own)
            and quick.search(r"\blawyers?\b|\blegal (?:costs|fees)|\bsolicitors?", own, re.I)
            and not quick.search(r"\bcompensation paid\b|lawyers (?:apart|excluded)|exclud", own, re.I)
        ):
            return "cost_gbp"
        return (
            "compensation_paid_gbp"
            if _COMPENSATION.search(own)
            or (
                _COMPENSATION.search(both)
                and quick.search(
                    r"\bpaid|\bpay|\bamount|\bpayment|\btotal|\baverage|\bhow much (?:in all|altogether|in total)|^\W*(?:and )?how much\W*$",
                    own,
                    re.I,
                )
            )
            else "cost_gbp"
        )
    if kind == "count":
        if subject and _IN_EACH.match(own) and (lent := measure_of(subject, "count")) != "other":
            return lent
        thing = quick.search(
            r"\b(?:number|total|how many|count|no\.?) (?:of )?(?P<thing>.{4,70}?)(?:\b(?:that|which|who|occurred|between|in the|during|made|were|have)\b|[,?.(]|$)",
            own,
            re.I,
        )
        if thing and quick.search(
            r"\b(?:differentiat|distinguish|rather than|as opposed to|apart from|instead of|distinct from|other than|separate(?:ly)?|tell .{3,60} apart|near[- ]miss)",
            own,
            re.I,
        ):
            narrower = "number of " + thing["thing"].strip()
            narrow = measure_of(narrower, "count") if len(narrower) < len(own) else "other"
            if narrow != "other":
                return narrow
        if _PEOPLE.search(own):
            return (
                "people_affected"
                if _BREACH.search(both) or _INCIDENT.search(both) or _CYBER.search(both) or _DATA.search(both)
                else "other"
            )
        if _ICO.search(own) and _REPORTED.search(own):
            return "ico_reported_count"
        if quick.search(r"\breport(?:ed)? (?:\w+ ){0,4}to\b(?! you| us| the (?:council|authority|trust|force))", own, re.I) and not quick.search(
            r"report(?:ed)? (?:\w+ ){0,4}to (?:you|us|the (?:council|authority|trust))", own, re.I
        ):
            return "other"
        if _INSURANCE.search(own):
            return "claims_count"
        if (
            quick.search(r"\bclaim(?:s|ed)?\b|\bclaimants?\b", own, re.I)
            or (_CLAIMS.search(both) and not _BREACH.search(own) and not _CYBER.search(own) and _BACK.search(own))
            or _CLAIMS.search(own)
        ):
            return "compensation_claim_count"
        if _CYBER.search(own) or (_CYBER.search(both) and _BACK.search(own) and not _BREACH.search(own)):
            return "cyber_attack_count" if _ATTACK.search(about) and not _CYBER_INCIDENT.search(own) else "cyber_incident_count"
        if quick.search(r"\battacks?\b", own, re.I) and _CYBER.search(both):
            return "cyber_attack_count"
        if _BREACH.search(own) and (_DATA.search(both) or True):
            return "breach_count"
        if _INCIDENT.search(own):
            return "incident_count"
        if subject and _ELLIPTIC.match(own):
            lent = measure_of(subject, "count")
            if lent != "other" and not _COMPENSATION.search(own):
                return lent
        if _BACK.search(own) and _BREACH.search(subject):
            return "breach_count" if not quick.search(r"\bemployees?|\bstaff\b|\bdisciplin", own, re.I) else "other"
        return "other"
    if kind in ("details", "text", "date"):
        if _CYBER.search(own) or (_CYBER.search(both) and (_BACK.search(own) or quick.search(r"\battack|\bincident", own, re.I))):
            return (
                "cyber_incident_details"
                if not quick.search(r"\binsur|\btraining\b|\bstrategy|\bpolic(?:y|ies)\b|\bbudget|\bsupplier|\bsoftware\b", own, re.I)
                else "other"
            )
        of_incidents = quick.search(r"\bincidents?\b", own, re.I) and _INCIDENT.search(
            both
        )  # "these incidents", told apart from breaches before
        if _BREACH.search(own) or (_BACK.search(own) and _BREACH.search(subject) and not of_incidents):
            return "breach_details"
        if _INCIDENT.search(own) or quick.search(r"\bincidents?\b", own, re.I):
            return "incident_details"
    return "other"


# a day on which somebody wrote is no period that is asked about
_WROTE = re.compile(r",?\s(?:we|you|I|the \w+)\s(?:\w+\s)?(?:wrote|asked|said|answered|replied|emailed|e-mailed|confirmed|clarified|responded|received)\b", re.I)


def understand(text: str, context: str = "", subject: str = "", kind: str | None = None, measure: str | None = None) -> Asked:
    """Read a question. `context` (the request's preamble, a heading above) lends periods where the question names none."""
    asked = Asked(text, subject=subject)
    asked.kinds = kinds_of(text)
    if not text.strip():
        asked.kinds = ["text", "count", "money"]  # the letter does not repeat what was asked
    if kind and kind != asked.kinds[0]:
        asked.kinds = [kind, *(k for k in asked.kinds if k != kind)]
    asked.measures = _Measures(text, subject)
    if measure:
        slot = {"money": "money", "count": "count", "details": "details", "text": "details", "yes_no": "details", "date": "details"}.get(
            asked.kinds[0], "count"
        )
        asked.measures[slot] = measure
        asked.measures["given"] = measure
    own = [academic(p, text) for p in find_periods(text) if p.start and not (p.kind == "day" and _WROTE.match(text, p.stop))]
    asked.own_period = bool(own)
    asked.relative = bool(_RELATIVE.search(text))
    asked.per_year = bool(_PER_YEAR.search(text)) or len(own) > 1
    if not own and context:
        lent, per_year = _lent(context)
        own = list(lent)
        asked.per_year = asked.per_year or per_year or len(own) > 1
    asked.periods = own
    return asked


@lru_cache(maxsize=16)  # the questions of a letter share theirs
def _lent(context: str) -> tuple[tuple[Period, ...], bool]:
    """The periods that a context lends, and whether it asks year by year."""
    return tuple(academic(p, context) for p in _of_context(context) if p.start), bool(_PER_YEAR.search(context))


# a sentence that asks, or that says what the questions are about; what a requester tells of 2014 sets no period
_SETS = quick.compile(
    r"\b(?:please|provid(?:e|ing)|request(?:s|ing)?|ask(?:s|ing)?|(?:would|should) (?:be|like|appreciate)|wish to|want to|may i|could (?:you|i)|can (?:you|i)|kindly|suppl(?:y|ies)|"
    r"what (?:was|were|is|are|did|do|does|the|has|have|your)|following|information|questions?|figures?|data (?:for|on|from|between|since)|details|breakdown|split|how (?:many|much|often)|number of|total|"
    r"(?:each|every|per|by|financial|calendar|academic|fiscal|tax|school|last|past|these|those|previous|current) (?:\w+ )?(?:years?|months?|periods?)|period|time ?frame|cover(?:s|ing|ed)?|relat(?:es?|ing)|"
    r"(?:between|from) (?:\w+ ){0,3}(?:19|20)\d\d|since (?:\w+ ){0,3}(?:19|20)\d\d)\b|[:?]\s*$",
    re.I,
)
_VERB = quick.compile(r"\b(?:am|is|are|was|were|be|been|has|have|had|will|would|must|may|can|do|does|did|said|says|hand|went|came|became|asked|wrote|found|showed|took|made)\b", re.I)


def _asking_part(line: str) -> str:
    """The sentences of a line that may set a period, and a title."""
    parts = re.split(r"(?<=[a-z\d)][.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bno\.)\s+(?=[A-Z])", line)
    return " ".join(part for part in parts if _SETS.search(part) or not (_VERB.search(part) or part.rstrip().endswith(".")))


_SINCE_THEN = quick.compile(r"\b(?P<since>since) (?:the )?[^.,;:()]{4,70}\((?=[^()]{0,4}\d)", re.I)


def _of_context(context: str) -> list[Period]:
    """Periods that a preamble sets for all questions: not the dates of letters, publications or Acts."""
    out: list[Period] = []
    for line in context.splitlines():
        if quick.search(
            r"\b(?:dated|received|published|publication|responded|responses?\b.{0,12}\d|date of|amended|requested|request date|log|sent|reply|our ref|thank you)\b",
            line,
            re.I,
        ) and not quick.search(
            r"\b(?:for|between|during|since|in) (?:the |each |every )?(?:\w+ )?(?:years?|period|months?|dates?)|:$", line, re.I
        ):
            continue
        line = _asking_part(line)
        if (
            len(line) < 90
            and not quick.search(r"\b(?:for|in|since|from|between|during|over|covering|by|each|last|period)\b", line, re.I)
            and not quick.search(
                r"\b(?:breach|claim|incident|attack|compensation|spend|statistics|exclusion|suspension|payout|loss|lost)", line, re.I
            )
        ):
            continue
        since = _SINCE_THEN.search(line)
        for p in find_periods(line):
            if since and p.start and p.begin >= since.start("since") and p.kind in ("day", "month", "calendar_year"):
                out.append(replace(p, kind="open", end=None))  # "since the two districts were joined (1 April 2015)"
            elif p.kind != "day" or quick.search(r"\bas (?:at|of|on)\b|^\W*(?:\d\W+)?on (?:the )?\d{1,2}(?:st|nd|rd|th)? \w+ (?:19|20)\d\d,? how (?:many|much)\b", line, re.I):
                out.append(p)
    return out


@lru_cache(maxsize=64)  # each figure of an answer asks
def count_measures(text: str) -> tuple[str, ...]:
    """The measures of a question that asks for several counts: "How many breaches …, how many were reported to the ICO and how many …"."""
    parts = [p for p in re.split(r"(?=\bhow many\b)", text, flags=re.I) if quick.match(r"how many\b", p, re.I)]
    found = [measure_of(p, "count", text) for p in parts]
    return tuple(dict.fromkeys(m for m in found if m != "other"))


def main_measure(asked: Asked) -> str:
    """The measure of an answer without a figure."""
    if "given" in asked.measures:
        return asked.measures["given"]
    kind = asked.kind
    if kind in ("count", "money"):
        return asked.measures[kind]
    if kind == "percentage":
        return "other"
    if kind == "yes_no":
        rest = [k for k in asked.kinds if k in ("count", "money")]
        return asked.measures[rest[0]] if rest else "other"
    if kind == "date":
        return "other" if asked.measures["details"] != "breach_details" else "breach_details"
    return asked.measures["details"]
