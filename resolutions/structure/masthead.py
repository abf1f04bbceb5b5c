"""The masthead: the lines of a head that are no title."""

from __future__ import annotations

import re

from resolutions.structure.symbols import find_symbols

# "Adopted at the 8th plenary meeting, on 9 December 2021, by consensus" (ICC-ASP/20/Res.2); "Resolution adopted by the
# General Assembly on 26 October 2018"; "Adopted by the Security Council at its 5158th meeting, on 31 March 2005".
ADOPTION = re.compile(
    r"\[?(?:Resolution\s+|Declaration\s+|Decision\s+)?(?:adopted|adopt[ée]e|adoptada|aprobada)\b", re.IGNORECASE
)
MEETING = re.compile(
    r"\b(?P<meeting>(?:\d{1,4}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)\s+(?:\(?(?:resumed|closed)\)?\s+)?(?:plenary\s+)?meeting)\b",
    re.IGNORECASE,
)
SESSION = re.compile(
    r"(?P<ordinal>[A-Z][a-z]+(?:[- ][a-z]+)?|\d{1,3}(?:st|nd|rd|th))\s+"
    r"(?P<kind>(?:resumed\s+)?(?:emergency\s+)?(?:special\s+)?)session\b.*",
    re.IGNORECASE,
)
_DISTRIBUTION = re.compile(r"(?:.*\s)?Distr\.?:?.*|Original:?.*|ORIGINAL:?.*|Distribution:.*", re.IGNORECASE)
PLACE = re.compile(r"[A-Z][\w .’'-]+,\s*\d{1,2}.{0,40}\d{4}")
_BODY = re.compile(
    r"(?:(?:United\s+)?Nations|United|[ASE]|(?:The\s+)?(?:General\s+Assembly|Security\s+Council|Human\s+Rights\s+Council|Assembly\s+of\s+States\s+Parties"
    r"(?:\s+to\s+the\s+Rome\s+Statute.*)?)|International\s+Criminal\s+Court|Cour\s+p[ée]nale\s+internationale|Review\s+Conference.*|"
    r"Committee\s+on\s+Budget\s+and\s+Finance|The\s+Bureau.*)(?:\s+(?:[ASE]|[A-Z]/[\w/.() -]+))?",
    re.IGNORECASE,
)
_MASTHEAD_REST = re.compile(
    r"(?:Agenda\s+items?\b.*|English|Advance\s+version|Item\s+\d.*|Plenary.*|\*?\s*Reissued.*|\d{1,2}\s+[A-Z][a-z]+\s+\d{4}|"
    r"(?:Note|Submitted|Prepared|Presented|Transmitted)\s+by\b.*|Official\s+Records.*|General|"
    r"(?:\w+\s+){0,2}(?:regular\s+|resumed\s+|(?:emergency\s+)?special\s+)?session)",
    re.IGNORECASE,
)


def is_masthead(text: str) -> bool:
    """Say whether a line of the head is no title: body, session, distribution, place, adoption, or a symbol alone."""
    patterns = (SESSION, _DISTRIBUTION, PLACE, _BODY, _MASTHEAD_REST, MEETING)
    if any(pattern.fullmatch(text) for pattern in patterns) or ADOPTION.match(text):
        return True
    if text.startswith("[") and text.endswith("]"):
        return True
    rest = text
    for mention in reversed(find_symbols(text)):
        rest = rest[: mention.start] + rest[mention.end :]
    if rest == text:
        return False
    rest = re.sub(r"R[eé]solution|Resolución|Decision|Distr\.:?(?:\s*General|\s*Limited)?|[^\w ]|\d", "", rest).strip()
    return not rest or any(pattern.fullmatch(rest) for pattern in patterns)
