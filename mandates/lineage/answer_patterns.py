"""How texts say that something was done, is still to be done, or was asked: the patterns behind `answers`."""

from __future__ import annotations

import re

from resolutions.structure.ordinals import ORDINAL

DONE_VERB = (
    r"(?:submitted|prepared|presented|issued|provided|established|convened|held|conducted|undertaken|undertook|drafted|"
    r"circulated|made|carried\s+out|organi[sz]ed|appointed|completed|produced|published|adopted|concluded|transmitted|"
    r"developed|delivered|compiled|elaborated|considered|reviewed|examined|discussed|consulted|focused|finalized|"
    r"begun|began|engaged|set\s+up|put\s+in\s+place|implemented|initiated|launched|briefed|reported)"
)
# What is still to be done comes first, so that "to be submitted" and "not submitted" are no report of a deed.
_FUTURE = (
    r"\b(?:to|shall|will|should|must|may|can|could|would|might|cannot)\s+(?:\w+ly\s+|also\s+|not\s+|yet\s+)*(?:be|have)\s+"
    rf"(?:\w+ly\s+|not\s+|been\s+)*{DONE_VERB}\b|\b(?:not|never|yet)\s+(?:\w+ly\s+|been\s+)*{DONE_VERB}\b|\b(?:shall|should|must)\b"
)
_ASKED = (
    r"\b(?:recall(?:s|ed|ing)?|request(?:s|ed|ing)|urg(?:es|ed|ing)|invit(?:es|ed|ing)|call(?:s|ed|ing)\s+(?:up)?on|"
    r"decid(?:es|ed)|encourag(?:es|ed|ing)|recommend(?:s|ed|ing)?|mandat(?:es|ed)|reiterat(?:es|ed|ing)|propos(?:es|ed)|"
    r"intend(?:s|ed)?|plan(?:s|ned)\s+to|agree[sd]?\s+to)\b(?!\s+(?:by|in\s+paragraph)\b)"
)
# "the updated report", "its submitted views" are things, no deeds.
_DONE = (
    rf"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bits )(?<!\band )\b{DONE_VERB}\b|"
    r"\b(?:is|are|hereby)\s+(?:hereby\s+)?(?:submitted|presented)\b|"
    r"\b(?:submits|presents|transmits)\b"
)
EVENT = re.compile(rf"(?P<future>{_FUTURE})|(?P<asked>{_ASKED})|(?P<done>{_DONE})", re.IGNORECASE)
# "submitted pursuant to paragraph 37 of resolution ICC-ASP/19/Res.2" (ICC-ASP/20/Res.2, preamble)
UNDER = re.compile(
    r"\b(?:pursuant\s+to|in\s+accordance\s+with|in\s+(?:response|reply|answer)\s+to|in\s+compliance\s+with|in\s+fulfilment\s+of|"
    r"in\s+implementation\s+of|in\s+line\s+with\s+the\s+(?:request|mandate)|further\s+to|as\s+(?:\w+ly\s+)?(?:requested|mandated|called\s+for|"
    r"required|decided|foreseen)|at\s+the\s+request|(?<=submitted\s)under|(?<=prepared\s)under)\b"
    r"(?:\s+(?:the\s+)?(?:mandates?|requests?|calls?|invitations?)\b)?",
    re.IGNORECASE,
)
# "Recalls the request to the Court ... to submit an updated report" (ICC-ASP/11/Res.5, para. 25) tells of no deed.
RECALLED = re.compile(
    r"\brecall\w*\s+(?:also\s+|further\s+)?(?:the|its|that|their)\s+(?:\w+\s+)?(?:requests?|invitations?|calls?|mandates?)\b",
    re.IGNORECASE,
)
OTHER_SOURCE = re.compile(r"\b(?:articles?|rules?|regulations?|Statute)\b")
CLAUSE = re.compile(r"[;:](?=\s|$)|\.(?=\s+[A-Z“(]|\s*$)")
WELCOME = re.compile(
    r"\b(?:(?:also|further)\s+)?(?:welcom(?:es|ing)|tak(?:es|ing)\s+(?:(?:also|further)\s+)?note(?:\s+(?:also|further))?(?:\s+with\s+\w+)?\s+of|"
    r"not(?:es|ing)(?:\s+with\s+\w+)?|commend(?:s|ing)|appreciat(?:es|ing)|expressing\s+(?:its\s+)?appreciation\s+(?:for|of)|"
    r"acknowledg(?:es|ing)(?:\s+receipt\s+of)?|having\s+(?:considered|received|examined))"
    r"(?:\s+(?:also|further|again))?(?:\s+with\s+\w+)?\s+",
    re.IGNORECASE,
)
# "paragraph 3 of annex I mandates the Bureau": what a paragraph says may be told in the present.
_ASKING = (
    r"(?:(?:had|has|have|was|were)\s+)?(?:(?:also|further|again|inter\s+alia,?)\s+)?(?:request(?:ed|s)|invite[ds]|urge[ds]|"
    r"encourage[ds]|mandate[ds]|asked|tasked|instructed|entrusted|call(?:ed|s)\s+(?:up)?on|decide[ds]\s+that)"
)
# "Operative paragraph 30 of resolution ICC-ASP/15/Res.3 ... requested the Bureau to" (ICC-ASP/16/17, para. 1)
# "At its fifteenth session the Assembly had invited the Bureau ... to report to" (ICC-ASP/16/17, para. 13)
RECITED = re.compile(rf"\b(?P<asked>{_ASKING})\s+[“\"]?", re.IGNORECASE)
ASKED_AT = re.compile(rf"\bat\s+its\s+({ORDINAL})\s+session\b", re.IGNORECASE)
SUBJECT = re.compile(
    r"\b(?:the\s+Assembly|ASP|States\s+Parties|(?:operative\s+)?paragraphs?\s+\d|resolution|omnibus)\b", re.IGNORECASE
)
ARTICLE = re.compile(r"\b(?:the|an?|its|this)\s", re.IGNORECASE)
PINPOINT = re.compile(
    r"\)?(?:,?\s*annex(?:\s+[IVX]+)?)?,?\s*(?:operative\s+)?para(?:graph)?s?\.?\s*\d+(?:\s?\([a-z]+\))*", re.IGNORECASE
)
FARTHEST = 220
