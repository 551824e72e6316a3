"""The factory's vocabulary, as data: who writes, what is asked, and the stock phrases round the answers. All of it made up."""

from __future__ import annotations

# Names of councils are a stem of two halves; the test holds every possible stem against the register of real councils.
STEM_STARTS = (
    "Alder",
    "Bracken",
    "Calver",
    "Dunmor",
    "Esker",
    "Fenni",
    "Garro",
    "Hollen",
    "Ivel",
    "Kessing",
    "Lorran",
    "Marlo",
    "Nethers",
    "Oaken",
    "Pellan",
    "Quill",
    "Raven",
    "Salte",
    "Tarrow",
    "Ulver",
    "Wexen",
    "Yarrow",
)
STEM_ENDS = (
    "mere",
    "holt",
    "wick",
    "thorpe",
    "combe",
    "hithe",
    "garth",
    "stead",
    "fold",
    "march",
    "shaw",
    "brook",
    "lea",
    "barrow",
    "mouth",
    "den",
    "sett",
    "by",
    "ley",
    "gate",
)
# nation → (name pattern, tier); {0} is the stem, {1} a second one
COUNCILS = {
    "England": (
        ("{0} Borough Council", "lower"),
        ("{0} District Council", "lower"),
        ("{0} County Council", "upper"),
        ("{0} City Council", "single"),
        ("{0} Council", "single"),
        ("London Borough of {0}", "single"),
        ("{0} Metropolitan Borough Council", "single"),
    ),
    "Wales": (("{0} County Borough Council", "single"), ("{0} County Council", "single")),
    "Scotland": (("{0} Council", "single"), ("{0} and {1} Council", "single")),
    "Northern Ireland": (("{0} and {1} District Council", "single"), ("{0} Borough Council", "single")),
}
REGIONS = (
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "South East",
    "South West",
)
FIRST_NAMES = (
    "Rowan",
    "Imelda",
    "Tobias",
    "Delphine",
    "Fergus",
    "Heledd",
    "Sunniva",
    "Barnaby",
    "Hester",
    "Edmund",
    "Philippa",
    "Catriona",
)
LAST_NAMES = (
    "Ashdown",
    "Farthingale",
    "Wren",
    "Marchbanks",
    "MacIlwraith",
    "Prydderch",
    "Thackeray",
    "Stott",
    "Pike",
    "Harcastle",
    "Quayle",
)
JOBS = (
    "Information Governance Officer",
    "Freedom of Information Officer",
    "Access to Information Team",
    "Senior Solicitor",
    "Customer Feedback Team",
    "Data Protection Officer",
    "Corporate Information Unit",
    "Information Rights Manager",
)
STREETS = ("Market Cross", "Staithe Road", "Minster Yard", "Canal Street", "Kirk Wynd", "Foundry Square", "Tanner Street", "Long Row")
HOUSES = ("Guildhall Chambers", "County Buildings", "The Exchange", "Civic Centre", "Council Offices", "Weavers' Hall", "Fellside House")
PHONES = (
    "01632 960{0:03d}",
    "020 7946 0{0:03d}",
    "0141 496 0{0:03d}",
    "029 2018 0{0:03d}",
    "028 9649 6{0:03d}",
)  # kept free for drama by Ofcom
SALUTATIONS = ("Dear Sir/Madam", "Dear Ms Winterbourne,", "Dear Mr Penhallow", "Dear Applicant,", "Dear [name removed],", "Dear Requester")
CLOSINGS = ("Yours sincerely", "Yours faithfully,", "Kind regards", "Regards,")

CATEGORIES = (
    ("E-mail sent in error", "Letter posted to wrong address", "Loss of paperwork", "Lost or stolen device", "Other"),
    ("Adult Social Care", "Children's Services", "Housing", "Revenues and Benefits", "Planning"),
    ("Human error", "System fault", "Theft", "Unauthorised access"),
    ("Disclosed in error", "Lost in transit", "Verbal disclosure", "Failure to redact"),
)
EVENTS = (
    "Benefit letter put in the wrong envelope",
    "E-mail showed the addresses of all who received it",
    "Notebook left on a bus",
    "Council tax bill sent to a former address",
    "Form published with a telephone number left in",
    "Meeting papers sent to the wrong member",
    "File left in a meeting room",
    "Case notes saved to a shared folder",
    "School report handed to the wrong parent",
)
DEPARTMENTS = ("Adult Social Care", "Housing", "Revenues", "Planning", "Libraries", "Human Resources", "Customer Services", "Education")
DETAILS = (
    "Most were e-mails that reached the wrong person. Each was recalled where possible and the sender was given further training.",
    "Letters were sent to old addresses after a change had not been keyed. The records have been corrected.",
    "A member of staff gave a password to a false website. The account was closed the same day and the police were informed.",
    "Papers were mislaid between two offices and were found again. Nothing suggests that anyone else had read them.",
)
TEXTS = (
    "The Governance Team keeps it.",
    "Head of Legal Services",
    "The Data Protection Officer, who reports to the Chief Executive.",
    "Corporate Support",
)
CONTEXT = (
    "The council sends about 85,000 letters a month and employs 3,400 people.",
    "Please note that the Council serves a population of 212,400 and holds some 1.3 million records.",
    "By way of background, more than 6,200 e-mails pass through our gateway every hour.",
    "Please note that staff numbers grew by 4% over the period, which means more entries in the log.",
)
REQUESTER = (
    "I am writing to you under the Freedom of Information Act to ask for the following.",
    "Under the Freedom of Information Act 2000, please provide me with the following information.",
    "Please answer the questions below. In my view s.31(1)(a) cannot apply, as the questions are general.",
    "If you estimate that the cost would exceed the limit in section 12, please tell me how I can narrow the request.",
)
INTROS = (
    "Thank you for your request for information. Our response is set out below.",
    "We have looked at what you asked for; what we can give is set out below.",
    "I can confirm that the Council holds some of the information you asked for.",
    "We have completed our search and reply as follows.",
)
REVIEW = {
    "FOIA": (
        "If you are dissatisfied with this response you may ask for an internal review within 40 working days. You may then complain to "
        "the Information Commissioner's Office, Wycliffe House, Water Lane, Wilmslow, Cheshire, SK9 5AF. Telephone: 0303 123 1113.",
        "Should you be unhappy with how we dealt with this request, please write to the Monitoring Officer. You also have the right under "
        "section 50 of the Act to apply to the Information Commissioner for a decision.",
    ),
    "FOISA": (
        "If you are unhappy with this response you may ask the Council for a review within 40 working days. You may then appeal to the "
        "Scottish Information Commissioner under section 47 of the Act.",
    ),
    "EIR": (
        "You may ask us to reconsider this response within 40 working days, as regulation 11 provides. You may then complain to the "
        "Information Commissioner, Wycliffe House, Water Lane, Wilmslow, SK9 5AF.",
    ),
}
REUSE = (
    "You may re-use this information under the terms of the Re-use of Public Sector Information Regulations 2015.",
    "Most of the information that we provide is subject to copyright protection under the Copyright, Designs and Patents Act 1988.",
    "",
    "",
)
ACTS = {
    "FOIA": ("Freedom of Information Act 2000", "Freedom of Information Act 2000 (FOIA)", "FREEDOM OF INFORMATION ACT 2000"),
    "FOISA": ("Freedom of Information (Scotland) Act 2002", "Freedom of Information (Scotland) Act 2002 (FOISA)"),
    "EIR": ("Environmental Information Regulations 2004", "Environmental Information Regulations 2004 (EIR)"),
}
WEB_TOP = ("Skip to main content", "Cookies on this site\nAccept all cookies", "Home | A to Z | Contact us", "FOI disclosure log")
WEB_END = ("Rate this page", "Back to top", "Last updated by the web team", "Share this page")
WELSH_TOP = "Rydym yn croesawu gohebiaeth yn Gymraeg.\nWe welcome correspondence in Welsh."
