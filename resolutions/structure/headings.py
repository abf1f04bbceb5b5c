"""Lines that stand over paragraphs: enacting lines, titles of parts, numbered section headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resolutions.structure.grammar import ends_clause, ends_sentence, opens_operative, opens_preambular
from resolutions.structure.labels import read_marker, roman_number
from resolutions.structure.lines import Line

# "The Assembly of States Parties,", "The Review Conference,", "The States Parties to the Rome Statute of the
# International Criminal Court (ICC)," (ICC-ASP/16/17, annex I, appendix), "The Security Council,".
_ENACTING = re.compile(
    r"(?:The|We,\s+the)\s+(?=[A-Z])(?:(?:[A-Z][\w’'-]*|of|to|the|and|on|for|in|at|its|\([\w\s“”\"-]+\)),?\s+)*"
    r"(?:[A-Z][\w’'-]*|\([\w\s“”\"-]+\)),"
)
# "The General Assembly, recalling its resolution 78/28, decides" (A/C.1/80/L.39): a decision in one sentence.
_RUN_IN = re.compile(rf"(?:{_ENACTING.pattern})\s+(?:[a-z]+,?\s+){{0,3}}?[a-z]+(?:ing|s)\b")
# "The Economic and Social Council takes note of the following reports" (E/2025/L.11), "With regard to the meeting on
# the transition from relief to development, the Economic and Social Council decides that" (E/2025/L.5).
_ACTS = re.compile(
    r"(?:With regard to [^;]{1,200}, the|The)\s+(?:[A-Z][\w’'-]*\s+|(?:and|of)\s+){0,5}"
    r"(?:Assembly|Council|Commission|Committee|Board|Conference)(?=\s)"
)
_BODY_ALONE = re.compile(r"The\s+(?:[A-Z][\w’'-]*\s+|of\s+){0,5}(?:Assembly|Council|Conference|Congress|Parties)")
_PART = re.compile(
    r"(?P<kind>Annex|ANNEX|Appendix|APPENDIX|Attachment|ATTACHMENT|Enclosure|ENCLOSURE)"
    r"(?:\s+(?P<number>[IVXL]+|[A-H]|\d{1,2}))?(?:\s*[:.–—-]\s*(?P<title>\S.*)|\s+(?P<owner>to\s+\S.*)|[:.]?)"
)
_SECTION = re.compile(r"(?:(?P<roman>[IVXLC]+)|(?P<letter>[A-Z]))\.\s*(?=[^\W_])(?P<title>\S.*)")
_BARE = re.compile(r"(?:(?P<roman>[IVX]+)|(?P<letter>[A-Z]))\.?")
_PREFIXED_SECTION = re.compile(
    r"(?:Part|PART|Chapter|CHAPTER|Section|SECTION)\s+(?:[IVXL]+|[A-Z]|\d{1,2})\b[.:]?(?:\s+\S.*)?"
)

LONGEST_HEADING = 300
_LONGEST_HEAD = 30  # lines from the subject of the agenda item to the enacting line


def is_enacting(text: str) -> bool:
    """Say whether a line names the body that acts, as the line over preamble and operative part does."""
    return len(text) < 160 and _ENACTING.fullmatch(text) is not None


def opens_decision(text: str) -> bool:
    """Say whether a text names the body that acts and says in the same sentence what it does."""
    acts = _ACTS.match(text)
    return _RUN_IN.match(text) is not None or (acts is not None and opens_operative(text[acts.end() :].lstrip()))


def enacting_lines(lines: Sequence[Line], index: int) -> int:
    """Count the lines of the enacting line that starts here: 0, 1, or 2 where a narrow page breaks it.

    A line without its comma ("The General Assembly" / "1. Recognizes", A/RES/78/251) is one over the text it enacts.
    """
    if index < len(lines) and is_enacting(lines[index].text):
        return 1
    if index + 1 < len(lines) and _BODY_ALONE.fullmatch(lines[index].text) and lines[index + 1].gap:
        following = lines[index + 1].text
        marker = read_marker(following)
        if opens_operative(following) or opens_preambular(following) or (marker is not None and marker.is_number):
            return 1
    if index + 1 < len(lines) and not lines[index + 1].gap and not lines[index].text.endswith((",", ".", ";", ":")):
        return 2 if is_enacting(f"{lines[index].text} {lines[index + 1].text}") else 0
    return 0


def part_of(text: str, outer: str) -> tuple[str, str] | None:
    """Read the title of a part.

    Args:
        text: a line.
        outer: the part in which it stands.

    Returns:
        The name of the part ("annex I", "annex I appendix") and the title beside it on the line; None where the line
        is no part's title. An appendix belongs to the annex before it (ICC-ASP/16/17, annex I, appendix).
    """
    match = _PART.fullmatch(text)
    if match is None or len(text) > LONGEST_HEADING or ends_clause(match["title"] or match["owner"] or ""):
        return None
    number = f" {match['number']}" if match["number"] else ""
    name = match["kind"].lower() + number
    if match["kind"].lower() != "annex" and outer != "body":
        name = f"{outer.split(' appendix')[0]} {name}"
    return name, match["title"] or ""


def section_ordinals(text: str) -> tuple[tuple[str, int], ...]:
    """Read the number of a section heading.

    Args:
        text: a line.

    Returns:
        What its number can be: ("roman", 1) and ("letter", 9) for "I. Background"; empty for other lines.
    """
    match = _SECTION.match(text) or _BARE.fullmatch(text)
    if match is None or len(text) > LONGEST_HEADING:
        return ()
    word = match["roman"] or match["letter"]
    roman = roman_number(word)
    found = [("letter", ord(word) - 64)] if len(word) == 1 else []
    return tuple([("roman", roman), *found] if roman is not None else found)


def is_bare_ordinal(text: str) -> bool:
    """Say whether a heading is only its number so far: the letter over a title, as General Assembly texts set it."""
    return _BARE.fullmatch(text) is not None


def is_named_section(text: str) -> bool:
    """Say whether a line is a heading such as "Part II" or "Section A. Elections"."""
    return len(text) <= LONGEST_HEADING and _PREFIXED_SECTION.fullmatch(text) is not None and not ends_sentence(text)


def starts_paragraph(text: str) -> bool:
    """Say whether a line opens something of its own: a numbered paragraph, a preambular one, a heading, a part."""
    numbered = read_marker(text) is not None or bool(section_ordinals(text)) or opens_preambular(text)
    return numbered or is_enacting(text) or part_of(text, "body") is not None


def starts_text(lines: Sequence[Line], index: int) -> bool:
    """Say whether the text of the document can start at a line, so that what stands before it is the head."""
    text = lines[index].text
    if enacting_lines(lines, index):
        return True
    marker = read_marker(text)
    if marker is not None and marker.is_number:
        following = lines[index + 1] if index + 1 < len(lines) else None
        over_text = len(text) > marker.length or (following is not None and not following.gap)
        return marker.readings[0][1] == 1 and over_text
    if opens_decision(text):
        return True
    if any(ordinal == 1 for _, ordinal in section_ordinals(text)):
        return True
    # A title can open with a participle too ("Strengthening the International Criminal Court ...", ICC-ASP/17/Res.5).
    if len(text) <= 60 or not opens_preambular(text):
        return False
    return not any(enacting_lines(lines, after) for after in range(index + 1, index + _LONGEST_HEAD))
