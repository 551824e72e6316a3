"""Words that open the parts of a letter, as councils write them: the request, the response, the back matter, the page's furniture."""

from __future__ import annotations

import re

from foi_lib import quick

THING = r"(?:foi\s|freedom of information\s|information\s|eir\s)?"
REQUEST = quick.compile(
    rf"^(?:[-–]\s*)?(?:(?:details of|text of|re|subject)\s(?:the\s|your\s)?)?(?:(?:your|the|original|initial|full|this)\s)?{THING}(?:requests?|enquiry|query|question\(?s?\)?)"
    r"(?:\s(?:details?|text|for information|was|is|as follows|summary|reads?|made|wording|received|description|information))?\s*[:\-–.]?$"
    r"|^(?:the\s)?information (?:you have |you |being |that was )?requested\s*[:\-–]?$|^you (?:have |had )?(?:asked|requested|wrote|said)(?: us)?(?: for)?(?: the following)?(?: information)?\s*[:\-–]?$"
    r"|^i note (?:that )?you (?:seek|are seeking|have (?:asked|requested)|request(?:ed)?|ask(?:ed)?)\b.{0,60}[:.]$"
    r"|^what (?:you|was) (?:asked|requested)(?: for)?\s*:?$|^your questions?\s*:?$|^questions? asked\s*:?$|^information request\s*:?$|^request details\s*:?$|^you asked (?:us )?for:?$",
    re.I,
)
RESPONSE = quick.compile(
    r"^(?:[-–]\s*)?(?:details of (?:the |our )?)?(?:(?:our|the|my|full|final|initial|council|council's|trust|force|[A-Z][\w&'’ ]{2,40}?)\s)?(?:foi\s)?(?:response|reply|answers?|decision|outcome|request refused|information supplied|information released|outcome / documents|documents released|(?:response|answer|reply|information) (?:provided|given|disclosed))"
    r"(?:\s(?:to|of) (?:your |the )?(?:request|questions?|foi request|enquiry))?(?:\s(?:is )?as follows|\sis set out below|\sis below|\sdetails?|\ssent|\stext)?\s*(?:[:\-–.]|\s?\(?\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\)?|\s\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ \d{4})?\s*$"
    r"|^in (?:response|reply|answer)(?: to your (?:request|questions?))?\s*[:,\-–]?$|^we (?:answered|said|responded)\s*:?$|^(?:here (?:is|are|follows) (?:our|the|what)\b.{0,60}|our answers? (?:are|is).{0,30}|please (?:find|see) (?:below )?our (?:response|answers?).{0,30})[:.]$"
    r"|^(?:notice of refusal|refusal notice|request refused)\s*:?$"
    r"|^(?:our\s)?(?:response|answer|reply) (?:to|for) (?:both|all|each|these|the|your)(?: of)?(?: the| these| your| those| above)? (?:questions?|parts?|points?|requests?)\W*$"
    r"|^(?!thank|please)[^?]{0,90}\b(?:answers?|respon(?:ses?|ds)|repl(?:y|ies)) (?:is |are )?(?:set out )?(?:as )?(?:below|follows?)\W{0,2}$",
    re.I,
)
DECIDED = quick.compile(r"^(?:I|We) (?:have|can) (?:today |now )?(?:decided|determined) (?:to|that)\b[^?]{0,60}\b(?:disclos|releas|refus|withh|exempt|suppl|provid)", re.I)
REFUSED = quick.compile(r"refus|withh", re.I)  # a heading that says what the answer is
NOT_RESPONSE = quick.compile(r"^(?:date|time)\b", re.I)
BOTH = quick.compile(
    r"^(?:your\s|the\s)?(?:questions?|requests?)\s*(?:and|&|/)\s*(?:our\s|the\s)?(?:responses?|answers?|repl(?:y|ies))\s*(?:\([^)]{0,30}\))?\s*:?$|^q\s?(?:and|&)\s?a:?$|^request\s*/\s*response",
    re.I,
)
LEAD_IN = quick.compile(
    r"\b(?:kindly|please|tell me|provide|let me (?:know|have)|i (?:would|want|ask|request|am requesting)|may i|for the last|supply)\b", re.I
)
ASKED = quick.compile(
    r"\b(?:ask(?:ed|s|ing)?|request(?:ed|ing|s)?|wanted|wish(?:ed)? to know|like to know|seeking|sought|kindly|please)\b[^.?]{0,90}:$", re.I
)
BACK = quick.compile(
    r"^(?:if you(?:'re| are| were| feel| have| remain| wish| would| disagree| think| want)\b.{0,60}?\b(?:unhappy|dissatisf|not satisf|not happy|not content|complain|disagree|any (?:further )?(?:quer|question|enquir)|internal review|appeal|wish to (?:complain|discuss|re-?use)|further (?:quer|question|information|assistance)|wrong|unsatisf)"
    r"|your (?:further )?right(?:s)? (?:to|of) (?:seek|ask|request|complain|appeal|review|an? )|right (?:to|of) (?:review|appeal|complain)|(?:your )?(?:right to|rights of) (?:request|appeal|complain)"
    r"|(?:internal review|complaints?|appeals?|review procedure|appeals? procedure|complaint rights|complaints procedure|copyright|re-?use(?: of information)?|disclaimer|contact(?: us| details)?|about foi|further information|feedback|rights? of appeal|next steps|your rights?)\s*:?$"
    r"|yours (?:sincerely|faithfully|truly)|kind regards|regards,?$|with (?:kind|best) (?:regards|wishes)|best wishes|(?:i|we) (?:hope|trust) (?:that )?(?:this|you|the)|please (?:do not hesitate|quote|remember|note that (?:all|your) (?:request|personal)|contact (?:me|us) if)"
    r"|should you (?:have|be|wish|require|remain)|you (?:can|may|have the right to|also have|are entitled to|should) (?:also )?(?:complain|appeal|ask (?:us |for )(?:to|an?|a) (?:review|internal)|request an? (?:internal )?review|write to the information|contact the information|seek)"
    r"|you (?:may|can|are free to|are welcome to) (?:re-?use|use) (?:this|the|any)|the (?:supply of|information (?:supplied|provided|contained)|documents? (?:supplied|provided))\b.{0,80}\b(?:re-?use|copyright|licen[cs]e|right to)|most of the information (?:that )?we provide|this (?:information )?is (?:provided|supplied|licensed|released) (?:under|subject to|for)"
    r"|what is supplied\b|(?:tel|telephone|phone|fax|e-?mail)\s?:|please let (?:us|me) know if you (?:need|require|want|would like|have)\b|rate this page|attachment \d+$|this response is (?:under|provided|made)|back to top|was this page|is this page|share this|print this page|cookies?\b|skip to|published (?:on|by)|thank you for your (?:interest|enquiry)|an? (?:internal )?review (?:request|of)|requests? for (?:an )?(?:internal )?review|the information commissioner(?:'s office)?(?: can be|\s*$|,| is| at)|information commissioner's office$|getting papers under|this sets no precedent|we try to make figures right|these figures are|every effort"
    r"|(?:(?:foi |case |our )?reference(?: number| no)?|response date|date (?:request )?(?:received|responded|completed|of (?:decision|response|request))|request received|topic|directorate|category|status|department)\s*:?$|you should (?:contact|write|send|be aware)|any (?:request for|re-?use|complaint)|to (?:appeal|complain|request an internal|ask for an? (?:internal )?review)|(?:enquiries|complaints) (?:about|should)|for (?:further|more) (?:information|help|advice)\b.{0,60}(?:contact|visit|commissioner|website)|we are (?:committed|always)\b|(?:the )?right to (?:complain|review)"
    # the foot of an e-mail or of a web page
    r"|th(?:is|e (?:content|information|attachment)s? (?:of|in|contained in|transmitted in) this) (?:e-?mail|message|communication|transmission) (?:and|is|are|may|contains?|has been)\b|e-?mails? (?:may be|are)\b.{0,30}\bmonitored|(?:confidentiality|privacy|legal|e-?mail) (?:notice|policy|statement|disclaimer|warning)\s*(?:$|[:–-])|how we (?:use|handle|process) your (?:personal )?(?:information|data)\b|for (?:more )?information (?:about|on) how we (?:use|handle|process)|(?:read|find out|learn) more about\b|follow us\b|switchboard\s?:|(?:please )?(?:consider the environment|think before you print|do(?: not|n't) print this)|sent from (?:my|outlook|mail)\b|get outlook for)",
    re.I,
)
FURNITURE = quick.compile(
    r"^(?:skip to (?:main )?content|accept (?:all )?cookies|cookies?\b.{0,80}|home(?:\s*[|>/].*)?|menu|search|a-z|log ?in|sign in|forgotten password\??|create (?:a )?new account|you are here.*|back to top|rate this page|print|share|contact us|page \d+(?: of \d+)?|\d{1,2} of \d{1,2}"
    r"|my council|freedom of information|other foi['’]?s?|looking for (?:other|more|another)\b.{0,60}\?.{0,60}|requests and responses by date|privacy(?: policy)?|accessibility|site ?map|follow us.*|cymraeg|english|help|jobs|next|previous|official(?:[- ]sensitive)?|not protectively marked|unclassified|protective marking.*)$",
    re.I,
)
ANNEX = quick.compile(
    r"^(?:explanatory\s)?annexe?(?:\s[a-z\d])?\b.{0,50}$|^exemptions? (?:applied|engaged|cited|used)\W*$|^exemptions?\s\d+\b.{0,60}$|^(?:explanation of|reasons? for|application of) (?:the )?(?:exemptions?|refusal)\b.{0,40}$",
    re.I,
)
SECTION = quick.compile(
    r"^(?:details\s*:?|(?:our\s|foi\s)?ref(?:erence)?(?:\s?(?:number|no\.?))?\s?:\s?\S+.{0,20}|request (?:number|ref)\b.{0,30})$", re.I
)
GLUED_DATE = quick.compile(
    r"^(?:responded|response date|date responded|replied|answered|completed)\b.{0,24}?\b(?:19|20)\d\d(?:-\d\d-\d\d)?(?=[A-Z“\"'(]|I\b)", re.I
)
NEXT_ASKED = quick.compile(r"(?<=\d)\s+(?=[-–]\s(?:How (?:many|much)|What|Which|The (?:total )?number)\s)")  # after a table on one line
MARK_ENDS = ("Decision", "Response", "Request", "Reply", "Answer", "Outcome", ":")
TAIL_MARK = quick.compile(rf"\s[-–]\s(?P<mark>{'|'.join(MARK_ENDS[:-1])})\s*:?$")
LEAD_MARK = quick.compile(
    r"^(?P<mark>(?:(?:your|our|the|full|information)\s)?(?:request|response|reply|decision|outcome|request refused|notice of refusal|refusal notice))\s*(?:[:]\s*|\s(?=(?:Request Refused|Notice of Refusal)))(?=\S)",
    re.I,
)
MAY_CUT = re.compile(r"[).:](?<![i-zI-Z]\.)")  # one of these stands in every cut ("a)", "1.", "A:"), and something after it
INLINE = re.compile(
    r"(?<=[\d%.?:;)\]\"” ])(?:"  # what stands before any of them: most places are passed over here
    r"(?<=[\d%])\s+(?=[b-h]\)\s?=?\s?£?\d)|(?<=\bof \d)\s+(?=A:\s)|(?<=[a-z]\?)(?=\d{1,2}\.\s[A-Z])|(?<=^and )(?=\((?:[b-h]|i{2,3}|iv|v)\)\s)|(?<=[.?:)\]])\s+(?=(?:A|Answer|Response|Reply)\s?:\s)|(?<=[.?:;)\"”])\s+(?=(?:Q(?:uestion)?\s?)?[1-9]\d?\s?[a-h]?[.)]{1,2}\s[A-Z“\"][A-Za-z]|[1-9]\d?\.\s(?:(?:19|20)\d\d\b|\d+ [a-z]|Nil\b|None\b|N/A|£))|(?<=[.?:;])\s+(?=[1-9]\d?\s?[a-h]\)\s)|(?<=[a-z][.?:])\s+(?=Question\s[1-9]\d?\s?[-–:]\s?[A-Z])"
    r"|(?<=[.?:;])\s{0,2}(?=[a-h]\)\s?[A-Z][a-z])|(?<=[.?])\s{1,3}(?=\([a-h]\)\s[A-Z][a-z]))"
)
QUESTION_START = quick.compile(
    r"^[\"“'‘(]?(?:and\s|also,?\s|if (?:so|yes|not|it has|they),?\s|of (?:these|those|them),?\s|for (?:each|every|all) .{3,60}?,?\s|in (?:each|total|what)\b|over\s|during\s|in the .{3,40}?,\s|since\s.{3,30}?,\s|on how many|has\b|how\b|what|which|who|whom|whose|when|where|why|please|could|can\b|may i|kindly|do\b|does\b|did\b|is\b|are\b|have\b|was\b|were\b|would\b|will\b"
    r"|(?:the\s)?(?:total\s|overall\s|annual\s|average\s|largest\s|highest\s|smallest\s|lowest\s|biggest\s)?(?:number|amounts?|sum|cost|value|percentage|proportion|names?|dates?|details?|breakdown|list|copy|copies|total|figures?|rate)\b|a (?:list|copy|breakdown|summary)\b|any\b|confirm|provide|list\b|give\b|tell|state\b|details\b|copies\b|i (?:would|am|want|ask|wish|request|should))",
    re.I,
)
