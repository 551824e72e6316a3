"""What is asked, as data: each measure's ways of being asked about."""

from __future__ import annotations

# what is asked: measure → (kind, ways of asking, gist for a heading, what is counted: one, many); {when} is the period's words
ASKED: dict[str, tuple[str, tuple[str, ...], str, tuple[str, str]]] = {
    "breach_count": (
        "count",
        (
            "How many personal data breaches did the council record {when}?",
            "Please state the number of data breaches that your organisation recorded {when}.",
            "The number of breaches of data protection logged by the authority {when}.",
            "How many data breaches took place at the council {when}?",
        ),
        "personal data breaches",
        ("data breach", "data breaches"),
    ),
    "incident_count": (
        "count",
        (
            "How many data incidents, as distinct from breaches, were recorded {when}?",
            "Please give the number of information security incidents logged {when}.",
            "If you keep a separate count of data incidents, how many were there {when}?",
        ),
        "data incidents",
        ("incident", "incidents"),
    ),
    "cyber_incident_count": (
        "count",
        (
            "How many cyber security incidents affected the council {when}?",
            "The number of cyber incidents that the authority experienced {when}.",
            "How many cyber-security incidents were logged {when}?",
        ),
        "cyber security incidents",
        ("cyber incident", "cyber incidents"),
    ),
    "cyber_attack_count": (
        "count",
        (
            "How many attempted cyber-attacks on your systems were there {when}?",
            "Please state how many cyber attacks were made on the council {when}.",
        ),
        "cyber attacks",
        ("attack", "attacks"),
    ),
    "ico_reported_count": (
        "count",
        (
            "How many breaches did you report to the Information Commissioner's Office (ICO) {when}?",
            "Of these, how many were reported to the ICO {when}?",
            "The number of data breaches notified to the Information Commissioner {when}.",
        ),
        "reports to the ICO",
        ("report", "reports"),
    ),
    "people_affected": (
        "count",
        (
            "How many people were affected by data breaches {when}?",
            "The number of individuals whose data was affected by the breaches {when}.",
        ),
        "people affected",
        ("person", "people"),
    ),
    "compensation_claim_count": (
        "count",
        (
            "How many claims for compensation for data breaches did the council receive {when}?",
            "Please state the number of compensation claims made against the council over data breaches {when}.",
        ),
        "compensation claims",
        ("claim", "claims"),
    ),
    "compensation_paid_gbp": (
        "money",
        (
            "How much did the council pay in compensation for data breaches {when}?",
            "What was the total amount of compensation paid over data breaches {when}?",
            "Please state the total compensation paid out, in pounds, for breaches of data protection {when}.",
        ),
        "compensation paid",
        ("", ""),
    ),
    "cost_gbp": (
        "money",
        (
            "How much did the council spend on cyber security {when}?",
            "What was the cost to the authority of cyber incidents {when}?",
            "What did you spend on legal fees over data breaches {when}?",
        ),
        "spending",
        ("", ""),
    ),
    "claims_count": (
        "count",
        (
            "How many insurance claims did the council make over cyber incidents {when}?",
            "The number of claims on your cyber insurance {when}.",
        ),
        "insurance claims",
        ("claim", "claims"),
    ),
    "breach_details": (
        "details",
        (
            "Please give a brief description of each breach recorded {when}, with its date and department.",
            "For each data breach {when}, what happened and when?",
        ),
        "details of the breaches",
        ("", ""),
    ),
    "cyber_incident_details": (
        "details",
        (
            "Please describe each cyber security incident {when} and how it was handled.",
            "What kind of cyber incident was each one {when}, and was the police informed?",
        ),
        "details of the cyber incidents",
        ("", ""),
    ),
    "other_yes_no": (
        "yes_no",
        (
            "Does the council have a policy on reporting data breaches?",
            "Do you hold cyber insurance?",
            "Has the council trained its staff in data protection in the past year?",
        ),
        "policy",
        ("", ""),
    ),
    "other_count": (
        "count",
        (
            "How many subject access requests did you receive {when}?",
            "How many Freedom of Information requests did the council receive {when}?",
            "How many laptops were lost or stolen {when}?",
        ),
        "requests and devices",
        ("item", "items"),
    ),
    "other_percentage": (
        "percentage",
        (
            "What percentage of Freedom of Information requests were answered on time {when}?",
            "Please state the percentage of staff who had completed data protection training {when}.",
        ),
        "percentages",
        ("", ""),
    ),
    "other_text": (
        "text",
        ("Which department keeps the breach register?", "What is the job title of the person responsible for data protection?"),
        "who is responsible",
        ("", ""),
    ),
}
# what may be asked after what, as its sub-question
FOLLOWS = {
    "breach_count": ("ico_reported_count", "breach_details", "people_affected"),
    "cyber_incident_count": ("cyber_incident_details", "cost_gbp"),
    "compensation_claim_count": ("compensation_paid_gbp",),
}
# environmental requests, answered under the Regulations
ASKED_EIR: dict[str, tuple[str, tuple[str, ...], str, tuple[str, str]]] = {
    "other_count": (
        "count",
        (
            "How many reports of fly-tipping did the council receive {when}?",
            "How many flooding incidents on roads were logged {when}?",
            "How many trees were felled on council land {when}?",
        ),
        "reports",
        ("report", "reports"),
    ),
    "cost_gbp": (
        "money",
        ("How much did the council spend on clearing fly-tipped waste {when}?", "What did the council spend on gritting roads {when}?"),
        "spending",
        ("", ""),
    ),
}
