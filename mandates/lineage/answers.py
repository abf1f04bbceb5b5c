"""What texts say of mandates that were carried out: reports submitted under them, welcomed, or reciting them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mandates.extraction.bodies import BodyReader
from mandates.extraction.records import Reference
from mandates.extraction.vocabulary import Vocabulary
from mandates.lineage.answer_patterns import (
    ARTICLE,
    ASKED_AT,
    CLAUSE,
    EVENT,
    FARTHEST,
    OTHER_SOURCE,
    PINPOINT,
    RECALLED,
    RECITED,
    SUBJECT,
    UNDER,
    WELCOME,
)
from mandates.lineage.reports import NamedReport, named_report, title_reader, title_report
from resolutions.structure.ordinals import ordinal_number
from resolutions.structure.records import DocumentKind, ParagraphKind, ParagraphRecord, ResolutionRecord
from resolutions.structure.symbols import DocumentSymbol


class Reason(StrEnum):
    """Why a text is taken for an answer."""

    PURSUANT = "pursuant"
    WELCOMED = "welcomed"
    RECITED = "recited"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a document says was done, to be held against what was asked.

    Attributes:
        reason: the form in which it says so.
        symbol: the document that says so.
        paragraph_key, start, end: the quotation; of a title there is none, and the key is None.
        evidence_symbol: the document that shows it: the report that is named, where its symbol stands by it, else the
            document that says so.
        session: for which the evidence was written; None where that is not told.
        cited_symbol, cited_paragraph: what it was done under; the paragraph as `Reference.paragraph` has it.
        asked_at: the session that asked, where the text names that instead of a document.
        body: who did it, or of a recital who was asked, in canonical form.
        thing: what the report is on, or of a recital the words that were asked.
    """

    reason: Reason
    symbol: str
    paragraph_key: str | None
    start: int
    end: int
    evidence_symbol: str
    session: int | None
    cited_symbol: str | None = None
    cited_paragraph: str | None = None
    asked_at: int | None = None
    body: str | None = None
    thing: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """A citation and where it stands in the running text; that of a note stands at its mark."""

    reference: Reference
    start: int
    end: int


def find_answers(
    record: ResolutionRecord, references: Sequence[Reference], vocabulary: Vocabulary
) -> tuple[Answer, ...]:
    """Find the sentences of a document that say that something was done, and what its title says.

    Args:
        record: the document.
        references: the citations in it, as extraction gives them.
        vocabulary: the bodies.

    Returns:
        The answers in the order of the text; one a cited paragraph.
    """
    reader = BodyReader(record, vocabulary)
    by_paragraph: dict[str, list[Reference]] = {}
    for reference in references:
        by_paragraph.setdefault(reference.span.paragraph, []).append(reference)
    found: list[Answer] = []
    title = title_answer(record.symbol, record.title, record.session, vocabulary)
    if record.kind is DocumentKind.REPORT and title is not None:
        found.append(title)
    author = title.body if title else None
    for paragraph in record.paragraphs:
        places = _places(paragraph, by_paragraph.get(paragraph.key, ()))
        text = _Text(record, paragraph, places, reader, _next_clause(vocabulary), author)
        found += dict.fromkeys([*text.pursuant(), *text.welcomed(), *text.recited()])
    return tuple(found)


def title_answer(
    symbol: str, title: str, session: int | str | None, vocabulary: Vocabulary, author: str = ""
) -> Answer | None:
    """Read what the title of a report answers: "Report of the Bureau on non-cooperation".

    Args:
        symbol, title: of the document, read or only known.
        session: for which it was written.
        vocabulary: the bodies.
        author: what else says who wrote it ("report of the Court"), for titles that do not ("Report on the activities
            of the Court").

    Returns:
        The answer; None where it is no report, or says neither by whom nor on what.
    """
    named = title_report(title, *title_reader(symbol, title, vocabulary))
    if named is None:
        return None
    body = named.body
    if body is None and (by := title_report(author, *title_reader(symbol, author, vocabulary))):
        body = by.body
    if body is None:
        return None
    number = session if isinstance(session, int) else None
    return Answer(Reason.REGISTERED, symbol, None, 0, 0, symbol, number, body=body, thing=named.thing)


def _places(paragraph: ParagraphRecord, references: Sequence[Reference]) -> list[_Place]:
    places = []
    for reference in references:
        if reference.footnote is None:
            places.append(_Place(reference, reference.span.start, reference.span.end))
        elif (offset := paragraph.footnotes[reference.footnote].offset) is not None:
            places.append(_Place(reference, offset, offset))
    return sorted(places, key=lambda place: place.start)


@functools.lru_cache(maxsize=2)
def _next_clause(vocabulary: Vocabulary) -> re.Pattern[str]:
    """The verb of a further clause: "on the Plan of action ... and notes with appreciation" (ICC-ASP/17/Res.5, 9)."""
    verbs = "|".join(sorted((re.escape(verb.verb) for verb in vocabulary.verbs), key=len, reverse=True))
    adverbs = r"(?:(?:also|further|again|strongly)\s+)?"
    return re.compile(rf"\s+(?:as\s+well\s+as\s+)?and\s+{adverbs}(?:{verbs})\b")


@dataclass(frozen=True, slots=True)
class _Text:
    """One paragraph, read for answers."""

    record: ResolutionRecord
    paragraph: ParagraphRecord
    places: list[_Place]
    reader: BodyReader
    next_clause: re.Pattern[str]
    author: str | None

    def pursuant(self) -> Iterator[Answer]:
        """Find what was done under a resolution that is cited."""
        for place in filter(_is_resolution, self.places):
            start, end = self._clause(place.start)
            done = self._done_under(start, place, end)
            if done is None:
                continue
            under, last = done
            named = self._report_before(start, under)
            body, thing = (named.body, named.thing) if named else (None, "")
            if body is None and self._tells_of_itself:
                body = self.author
            if _names_paragraph(place) or (body and thing):
                yield self._answer(Reason.PURSUANT, start, last, body, thing, cited=place, evidence_within=(start, end))

    def _done_under(self, start: int, place: _Place, end: int) -> tuple[int, int] | None:
        """Give where "pursuant to" stands before a citation, and the end of what says that something was done."""
        text = self.paragraph.text
        under = list(UNDER.finditer(text, start, place.start))
        if not under or place.start - under[-1].end() > FARTHEST or RECALLED.search(text, start, place.start):
            return None
        between = text[under[-1].end() : place.start]
        if EVENT.search(between) or OTHER_SOURCE.search(between):
            return None
        before = list(EVENT.finditer(text, start, under[-1].start()))
        if before:
            return (under[-1].start(), self._pinpoint_end(place)) if before[-1]["done"] else None
        # "In 2017, pursuant to paragraph 30 of ..., the co-facilitators have focused" (ICC-ASP/16/17, para. 6)
        behind = re.compile(r",\s").search(text, place.end, end)
        after = EVENT.search(text, behind.end(), end) if behind else None
        return (under[-1].start(), end) if after and after["done"] else None

    def welcomed(self) -> Iterator[Answer]:
        """Find the reports that are welcomed or noted."""
        text = self.paragraph.text
        for verb in WELCOME.finditer(text):
            named = named_report(text, verb.end(), self.reader, self.paragraph, self.next_clause)
            if named is None or (named.body is None and not named.thing):
                continue
            clause_end = self._clause(named.end)[1]
            following = self.next_clause.search(text, named.end, clause_end)
            limit = following.start() if following else clause_end
            if any(
                verb.start() <= place.start <= limit and self._done_under(verb.start(), place, limit)
                for place in self.places
            ):
                continue  # what it was submitted under says more
            yield self._answer(
                Reason.WELCOMED, verb.start(), named.end, named.body, named.thing, evidence_within=(verb.start(), limit)
            )

    def recited(self) -> Iterator[Answer]:
        """Find what a report recites of the resolution that it acts on."""
        if not self._tells_of_itself:
            return
        text = self.paragraph.text
        for asked in RECITED.finditer(text):
            start, end = self._clause(asked.start())
            lead = text[start : asked.start()]
            passive = asked["asked"].lower().startswith(("was ", "were "))
            body = self._asked_of(start, asked, passive) if passive or SUBJECT.search(lead) else None
            if body is None or self.author not in (None, body):
                continue
            thing = text[asked.end() : end].strip(' “”".')
            cited = [place for place in self.places if start <= place.start <= end + 1 and _is_resolution(place)]
            for place in cited:
                yield self._answer(Reason.RECITED, start, end, body, thing, cited=place)
            if not cited and (session := ASKED_AT.search(lead)):
                yield self._answer(Reason.RECITED, start, end, body, thing, asked_at=ordinal_number(session[1]))

    @property
    def _tells_of_itself(self) -> bool:
        """Whether it is the running text of a report, and not what it drafts or what a resolution says."""
        narrative = self.paragraph.kind is ParagraphKind.NARRATIVE and not self.paragraph.proposed
        return narrative and self.record.kind is DocumentKind.REPORT

    def _asked_of(self, start: int, asked: re.Match[str], passive: bool) -> str | None:
        text = self.paragraph.text
        if passive:
            mentions = list(self.reader.within(text, start, asked.start(), self.paragraph))
            return mentions[-1].body if mentions else None
        mention = self.reader.at(text, asked.end(), self.paragraph)
        return mention.body if mention else None

    def _report_before(self, start: int, end: int) -> NamedReport | None:
        """The report that was submitted, by the first words of the clause that name one."""
        text = self.paragraph.text
        for article in ARTICLE.finditer(text, start, end):
            named = named_report(text, article.end(), self.reader, self.paragraph, self.next_clause)
            if named is not None and named.end <= end:
                return named
        return None

    def _clause(self, position: int) -> tuple[int, int]:
        """Give where the sentence or clause around a place begins and ends."""
        text = self.paragraph.text
        start = max((match.end() for match in CLAUSE.finditer(text, 0, position)), default=0)
        start += len(text[start:]) - len(text[start:].lstrip())
        following = CLAUSE.search(text, position)
        return min(start, position), following.start() if following else len(text)

    def _pinpoint_end(self, place: _Place) -> int:
        """Where the paragraph is named behind the symbol, the quotation holds it too."""
        behind = PINPOINT.match(self.paragraph.text, place.end) if place.end > place.start else None
        return behind.end() if behind else place.end

    def _answer(
        self,
        reason: Reason,
        start: int,
        end: int,
        body: str | None,
        thing: str,
        *,
        cited: _Place | None = None,
        asked_at: int | None = None,
        evidence_within: tuple[int, int] | None = None,
    ) -> Answer:
        evidence = self.record.symbol
        if evidence_within is not None:
            # A mark may stand behind the semicolon.
            first, last = evidence_within
            shown = (place.reference.symbol for place in self.places if first <= place.start <= last + 1)
            evidence = next((symbol for symbol in shown if not _adopted(symbol)), evidence)
        return Answer(
            reason=reason,
            symbol=self.record.symbol,
            paragraph_key=self.paragraph.key,
            start=start,
            end=end,
            evidence_symbol=evidence,
            session=_session(evidence, self.record),
            cited_symbol=cited.reference.symbol if cited else None,
            cited_paragraph=cited.reference.paragraph if cited else None,
            asked_at=asked_at,
            body=body,
            thing=thing,
        )


def _names_paragraph(place: _Place) -> bool:
    """Whether more than an annex is named."""
    return re.search(r"\d", place.reference.paragraph or "") is not None


def _is_resolution(place: _Place) -> bool:
    return _adopted(place.reference.symbol)


def _adopted(symbol: str) -> bool:
    parsed = DocumentSymbol.parse(symbol)
    return parsed is not None and parsed.is_resolution


def _session(evidence: str, record: ResolutionRecord) -> int | None:
    if evidence != record.symbol and (parsed := DocumentSymbol.parse(evidence)) and isinstance(parsed.session, int):
        return parsed.session
    return record.session if isinstance(record.session, int) else None
