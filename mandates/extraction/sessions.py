"""Numbers of sessions at which a mandate is due: whose sessions they are, and whether they lie ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mandates.extraction.findings import Finding, Timing
from mandates.extraction.vocabulary import DeadlineReading, Speaker
from resolutions.structure.ordinals import ORDINAL, ordinal_number

OWNER = re.compile(
    r"\s+of\s+(?:the\s+|its\s+)?(?P<owner>[A-Z][\w’-]*(?:\s+(?:(?:of|on|for|and|the)\s+)*[A-Z][\w’-]*)*)"
)

# The body whose session it is may stand before it: "the Committee on Budget and Finance, at its thirty-second session".
_HOLDER = (
    r"(?P<through>(?:through|via|with)\s+)?(?P<article>(?:the|its)\s+)?"
    r"(?P<holder>[A-Z][\w’-]*(?:\s+(?:(?:of|on|for|and|the)\s+)*[A-Z][\w’-]*)*)"
)

# The name next before it holds the session, whatever body an inserted phrase named before: "taking into account the
# comments of the Committee on Budget and Finance, to present to the Assembly at its sixth session".
_HOLDER_NEXT = re.compile(_HOLDER + r",?\s*$")

# An inserted phrase may stand between: "the Committee, in its report, at its session"; what is asked may not.
_HOLDER_BEFORE = re.compile(_HOLDER + r",\s+(?!\s|(?:and\s+)?(?:also\s+|then\s+)?to\b)[^,;]{0,60},?\s*$")

# A committee that is asked holds sessions of its own: "requests the Committee to consider it at its tenth session".
_COMMITTEE_ASKED = re.compile(
    r"\s*(?:that\s+)?(?:the\s+)?(?:[A-Z][\w’-]*\s+)*(?:Committee|Commission|Council)\b(?=\s+(?:to|on|of|shall)\b|,)"
)

_HOLDS_SESSIONS = re.compile(
    r"\b(?:Committee|Commission|Council|Conference|Assembly|Board|Forum|Congress|Panel|Working Group|Parties|Union|"
    r"Organization|Parliament)\b(?! Secretariat)"
)

# "judges to be elected at the session", "a meeting to be held at", "on the panel discussion held at": the session dates
# the noun.
TO_BE_HELD = re.compile(
    r"(?<!\bbe)(?<!\bbeen)(?<!\bbeing)(?<!\bis)(?<!\bare)(?<!ly)(?<!\band)(?<!,)\sheld\s*$|(?<!\bis)(?<!\bare)\s(?:to\s+be|being|was|were)\s+(?:held|convened|organi[sz]ed|hosted|established|elected|conducted)\s*$"
)

_ABOUT_A_SESSION = re.compile(
    r"\b(?:dates?|venue|location|agenda|preparations?|arrangements?|programme|options|candidates?|budgets?|documents?|"
    r"documentation|elections?|host|hosting|scheduling|schedule|nominations?|period|held|hold|adopted|organi[sz]ation|"
    r"expenses|costs|logistics|Presidents?|year|resumption)(?:\s+and\s+\w+)?\s*$"
)

_SESSION_NAMED = re.compile(rf"({ORDINAL})\s+(?:(?:regular|annual|resumed|ordinary)\s+)*session\b")


def sessions_meant(finding: Finding, timing: Timing) -> Iterator[int]:
    """Read the numbers of sessions of the body that speaks, where they lie ahead."""
    words = finding.match[0]
    if "special" in words or TO_BE_HELD.search(finding.before):
        return
    owner = OWNER.match(finding.after)
    holder = _HOLDER_NEXT.search(finding.before) or _HOLDER_BEFORE.search(finding.before)
    explicit = False
    if owner is not None and not _is_speaker(owner["owner"], timing.speaker):
        return
    if owner is not None:
        explicit = True
    elif holder is not None and not holder["through"]:
        explicit = _is_speaker(holder["holder"], timing.speaker)
        if (
            not explicit
            and _HOLDS_SESSIONS.search(holder["holder"])
            and not words.startswith(("to", "before", "in advance"))
        ):
            return
    elif holder is None and " its " in words and _COMMITTEE_ASKED.match(finding.before):
        named = timing.speaker.sessions if timing.speaker else ("Assembly",)
        if not any(name in finding.before for name in named):
            return
    if words.startswith("for") and _ABOUT_A_SESSION.search(finding.before):
        return
    if finding.pattern.reading is DeadlineReading.NEXT_SESSION:
        if timing.session is not None and not (words.startswith("for") and _ABOUT_A_SESSION.search(finding.before)):
            yield timing.session + 1
        return
    resumed = "resumed" in words
    ordinals = finding.match.groupdict().get("ordinals") or ""
    if finding.pattern.reading is DeadlineReading.THAT_SESSION:
        *_, ordinals = ["", *(match[1] for match in _SESSION_NAMED.finditer(finding.said))]
        if not ordinals and finding.match.groupdict().get("days") and timing.session is not None:
            yield timing.session + 1
    for match in re.finditer(ORDINAL, ordinals):
        number = ordinal_number(match[0])
        if number is None:
            continue
        if timing.session is None:
            yield number
            continue
        ahead = number - timing.session
        reach = 99 if explicit else (timing.speaker.reach if timing.speaker else 4)
        if 0 < ahead <= reach or (ahead == 0 and resumed):
            yield number


def _is_speaker(name: str, speaker: Speaker | None) -> bool:
    """Say whether a session is one of the body that speaks; "the Committee of the Assembly" is not it."""
    name = " ".join(name.split())
    if speaker is None:
        return "Assembly" in name
    return any(re.fullmatch(rf"(?:{re.escape(own)})(?:\s+of\s+the\s+.*)?", name) for own in speaker.sessions)
