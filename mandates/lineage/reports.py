"""Reports as texts name them: by whom and on what, where one is asked for and where one was made."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from mandates.extraction.bodies import BodyReader
from mandates.extraction.vocabulary import Vocabulary
from resolutions.finding.words import stem
from resolutions.structure.ordinals import ORDINAL
from resolutions.structure.records import DocumentKind, ParagraphKind, ParagraphRecord, ResolutionRecord

_NOUN = r"(?:[Rr]eports?|[Ss]tud(?:y|ies)|[Pp]apers?|[Aa]ssessments?)"
_TITLE = re.compile(r"(?:(?:Annual|Final|Interim|Updated|Consolidated|Preliminary)\s+)?[Rr]eport\b")
_FROM = re.compile(r"\s+(?:(?:of|by|from)|(?:as\s+)?(?:prepared|submitted|presented|issued)\s+by)\s+")
_AUTHOR_BEHIND = re.compile(
    r",?\s+(?:(?:prepared|submitted|presented|issued)\s+)?by\s+(?P<author>(?:the\s+)?[A-Z][^,;.]*)$"
)
# "report and comprehensive presentation on cooperation challenges" (ICC-ASP/17/Res.5, para. 27)
_ON = re.compile(
    r"(?:\s+and\s+(?:[\w-]+\s+){0,2}[\w-]+)?\s*(?:\s(?:on|regarding|concerning|about|relating\s+to)\s|:\s)\s*"
)
_PREPOSITIONS = re.compile(r"\b(?:in|of|on|by|to|for|at|with|from|and|or|that|which)\b")
# Where the name of a report's subject ends in a running text.
_SUBJECT_ENDS = re.compile(
    r"[,;.]|\s+(?:for|to|at|by|before|in\s+advance\s+of|ahead\s+of|well\s+in\s+advance|no\s+later)\s+(?:its|the)\s+"
    rf"(?:(?:Assembly|Bureau|{ORDINAL}|next|consideration|forthcoming|coming)\b|States\s+Parties\b)|\s+(?:at|for)\s+consideration\b"
    r"|\s+(?:submitted|prepared|presented|issued|contained|dated|annexed|annually|every\s+year|periodically|pursuant|with\s+a\s+view"
    r"|well\s+in\s+advance|in\s+advance|in\s+accordance|as\s+requested|through\s+(?:its|the)\s+Bureau)\b|\s+and\s+(?:its|the)\s+recommendations\b"
)
# "to submit to the Assembly an updated report on", "to report to the thirteenth session on the feasibility of"
_TO_REPORT = re.compile(
    r"\b(?:(?:submit|present|provid|prepar|issu|produc|mak|circulat|deliver|complet|updat)(?:e|es|ing|ting)?\b[^;.]{0,90}?\breports?"
    r"|(?:to|and|also|annually|regularly|continue\s+to)\s+(?:further\s+)?report(?:\s+back)?|reporting(?:\s+back)?)\b"
    r"(?:(?:\s+(?:back\s+)?(?:to|at|in\s+writing|orally|well|in\s+advance|annually)\b(?:(?!\s(?:on|regarding|concerning)\s)[^,;.])*)?"
    r"(?:,\s+through\s[^,;.]+,)?"
    r"(?:\s+(?:on|regarding|concerning|about|assessing|analysing|identifying|outlining|describing)\s+(?P<thing>[^;]+))?)"
)
_THEREON = re.compile(
    r"(?:(?:this|these|that|the)\s+(?:issues?|matters?|topics?|efforts?|discussions?|questions?|subjects?|outcomes?|results?|progress)|"
    r"(?:its|their)\s+(?:work|progress|findings|implementation|outcome|activities)|it|them|this)(?:\s+thereof)?$"
)
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|\d+")
# Words that say nothing of what a report is about.
_EMPTY = re.compile(
    r"the|an?|of|on|in|for|to|and|or|its|their|his|her|by|with|at|as|this|that|these|those|from|into|including|reports?|"
    r"issues?|questions?|matters?|relating|regarding|concerning|related|updated|annual|latest|any|all|international|"
    r"criminal|sessions?|assembly|states|part(?:y|ies)"
)


@dataclass(frozen=True, slots=True)
class NamedReport:
    """A report that a text names.

    Attributes:
        body: who made it, in canonical form; as written where the table does not know it; None where nobody is named.
        thing: what it is on, as written; empty where the text does not say.
        end: where its name ends in the text.
    """

    body: str | None
    thing: str
    end: int


@dataclass(frozen=True, slots=True)
class AskedReport:
    """A report that a mandate asks for: on `thing`, or, where `thing` is empty, on what it asks `before` that."""

    thing: str
    before: str


def named_report(
    text: str, start: int, reader: BodyReader, paragraph: ParagraphRecord, stops: re.Pattern[str] | None = None
) -> NamedReport | None:
    """Read the name of a report, whose article stands at `start`.

    Args:
        text: of the paragraph, or the title of a document.
        start: where "the report of the Bureau on cooperation" begins.
        reader: knows the bodies.
        paragraph: the paragraph, for what tells bodies apart.
        stops: what ends the name beside the usual: the verb of the next clause.

    Returns:
        The report; None where something else is named: "the acknowledgement in paragraph 80 of the Report on the
        activities of the Court" (ICC-ASP/11/Res.5, para. 1), "the presentation of the annual report" (17/Res.5, 47).
    """
    noun = re.compile(rf"[^,;.“”()]{{0,90}}?\b{_NOUN}\b").match(text, start)
    if noun is None:
        return None
    lead_end = re.compile(rf"{_NOUN}$").search(text[: noun.end()])
    assert lead_end is not None
    body = _holder(text, start, lead_end.start(), reader, paragraph)
    if body is None:
        return None
    position, author = noun.end(), body or None
    if author is None and (behind := _FROM.match(text, position)):
        author, position = _author(text, behind.end(), reader, paragraph)
    subject = _ON.match(text, position)
    if subject is None:
        return NamedReport(author, "", position)
    end = _end(text, subject.end(), stops)
    thing = text[subject.end() : end]
    if author is None and (behind := _AUTHOR_BEHIND.search(thing)):
        author, _ = _author(text, subject.end() + behind.start("author"), reader, paragraph)
        thing = thing[: behind.start()]
    return NamedReport(author, thing.strip(' “”"'), end)


def _holder(text: str, start: int, end: int, reader: BodyReader, paragraph: ParagraphRecord) -> str | None:
    """Give who stands before the noun ("the Court's report"), "" for nobody, None where more than that stands there."""
    mentions = [mention for mention in reader.within(text, start, end, paragraph) if mention.end <= end]
    rest = text[start:end]
    for mention in mentions:
        rest = rest.replace(text[mention.start : mention.end], " ", 1)
    if len(mentions) > 1 or _PREPOSITIONS.search(rest.lower()):
        return None
    return mentions[0].body if mentions else ""


def _author(text: str, position: int, reader: BodyReader, paragraph: ParagraphRecord) -> tuple[str | None, int]:
    if mention := reader.at(text, position, paragraph):
        return mention.body, mention.end
    written = re.compile(r"(?:the\s+)?(?P<name>[A-Z][\w’'-]*(?:\s+(?:of\s+)?(?:the\s+)?[A-Z][\w’'-]*)*)").match(
        text, position
    )
    return (written["name"], written.end()) if written else (None, position)


def _end(text: str, position: int, stops: re.Pattern[str] | None) -> int:
    ends = [
        match.start() for pattern in (_SUBJECT_ENDS, stops) if pattern and (match := pattern.search(text, position))
    ]
    return min(ends, default=len(text))


def title_report(title: str, reader: BodyReader, paragraph: ParagraphRecord) -> NamedReport | None:
    """Read a title: "Report of the Bureau on non-cooperation"; None where it is not that of a report.

    A title holds commas, and ends where it ends: only what stands in brackets and addenda are left out.
    """
    plain = re.split(r"\s[\[(]|\s[-–]\s(?:Addendum|Corrigendum)", title)[0].strip()
    named = _TITLE.match(plain)
    if named is None:
        return None
    position, author = named.end(), None
    if behind := _FROM.match(plain, position):
        author, position = _author(plain, behind.end(), reader, paragraph)
    subject = _ON.match(plain, position)
    return NamedReport(author, plain[subject.end() :] if subject else "", len(plain))


@functools.lru_cache(maxsize=16384)
def asked_report(action: str) -> AskedReport | None:
    """Read what report a mandate asks for.

    Args:
        action: what is asked, as extraction gives it: "to submit an updated report on cooperation to the Assembly at
            its twenty-first session" (ICC-ASP/20/Res.2, para. 40).

    Returns:
        The report; None where none is asked for.
    """
    # The last one says what is reported in the end: "to consider the report ... and to report thereon".
    found = list(_TO_REPORT.finditer(f" {action}"))
    if not found:
        return None
    match = found[-1]
    before = f" {action}"[: match.start()].strip(" ,")
    thing = match["thing"] or ""
    thing = thing[: _end(thing, 0, None)].strip()
    return AskedReport("" if _THEREON.match(thing) else thing, before)


@functools.lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """Give the words that say what a text is about, as stems; a compound such as "non-cooperation" is one word."""
    plain = re.sub(rf"\b{ORDINAL}\b", " ", text, flags=re.IGNORECASE).lower()
    words = (word for word in _WORD.findall(plain) if _EMPTY.fullmatch(word) is None)
    return frozenset("-".join(stem(part) for part in word.split("-")) for word in words)


def title_reader(symbol: str, title: str, vocabulary: Vocabulary) -> tuple[BodyReader, ParagraphRecord]:
    """Make a reader of bodies for a title alone, with the paragraph that stands for it."""
    record = ResolutionRecord(symbol, DocumentKind.REPORT, title, None, None, None, None, None, ())
    return BodyReader(record, vocabulary), ParagraphRecord("", "body", "", ParagraphKind.NARRATIVE, None, title)
