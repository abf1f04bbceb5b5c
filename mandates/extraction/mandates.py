"""Mandates: the clauses that direct someone, with who must act, what is asked and by when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from mandates.extraction.addressees import OBJECT_RULES, find_addressees
from mandates.extraction.bodies import BodyReader
from mandates.extraction.body_lists import BodyListReader
from mandates.extraction.complements import THAT, Complement, complement_of, find_infinitive
from mandates.extraction.deadlines import find_deadlines
from mandates.extraction.findings import Timing
from mandates.extraction.quotations import without_foreign_words
from mandates.extraction.records import Addressee, Clause, MandateRecord, TextSpan
from mandates.extraction.short_names import ShortNames
from mandates.extraction.topics import topic_of
from mandates.extraction.vocabulary import Vocabulary
from resolutions.structure.records import ParagraphRecord, ResolutionRecord


class MandateReader:
    """Reads in one document what a clause asks: of whom, what, and by when."""

    def __init__(self, record: ResolutionRecord, vocabulary: Vocabulary) -> None:
        """Prepare for a document.

        Args:
            record: the structured document.
            vocabulary: bodies, forms of deadlines, topics.
        """
        self.bodies = BodyReader(record, vocabulary)
        self.paragraphs = {paragraph.key: paragraph for paragraph in record.paragraphs}
        self._record = record
        self._vocabulary = vocabulary
        self._lists = BodyListReader(self.bodies, ShortNames(record, vocabulary), vocabulary)
        self._timing = Timing(_session(record), record.adopted or record.distributed, self.bodies.speaker)

    def read(
        self,
        clause: Clause,
        nth: int,
        complements: tuple[Complement, ...] | None = None,
        before: tuple[Addressee, ...] = (),
    ) -> MandateRecord:
        """Make the mandate of a clause.

        Args:
            clause: a directive one.
            nth: how many mandates of its verb stand before it in its paragraph.
            complements: what follows its verb, where that is not the rest of the clause.
            before: whom the mandate that it goes on from addresses.

        Raises:
            ValueError: the clause directs nobody.
        """
        if clause.strength is None:
            raise ValueError(f"{clause.verb!r} directs nobody")
        paragraph = self.paragraphs[clause.span.paragraph]
        complements = complements or complements_of(clause, self.paragraphs)
        addressees = find_addressees(clause, complements, self.bodies, self._lists, self._vocabulary, before)
        action = _action_span(clause, complements, addressees)
        return MandateRecord(
            key=mandate_key(self._record.symbol, paragraph, clause.verb, nth),
            part=paragraph.part,
            label=paragraph.label,
            nth=nth,
            clause=clause,
            verb=clause.verb,
            strength=clause.strength,
            addressees=addressees,
            action=self.paragraphs[action.paragraph].text[action.start : action.end],
            action_span=action,
            deadlines=find_deadlines(
                tuple((item.paragraph, item.start, item.end) for item in complements), self._timing, self._vocabulary
            ),
            topic=topic_of(paragraph, self._record, self._vocabulary),
            proposed=paragraph.proposed,
        )


def find_mandates(
    record: ResolutionRecord, clauses: tuple[Clause, ...], vocabulary: Vocabulary
) -> tuple[MandateRecord, ...]:
    """Make the mandates of a document.

    Args:
        record: the structured document.
        clauses: its clauses, in order.
        vocabulary: bodies, forms of deadlines, topics.

    Returns:
        One mandate for each clause with a directive verb, in order; proposed where its paragraph was not adopted.
    """
    reader = MandateReader(record, vocabulary)
    seen: Counter[tuple[str, str, str]] = Counter()
    mandates: list[MandateRecord] = []
    for number, clause in enumerate(clauses):
        if clause.strength is None:
            continue
        paragraph = reader.paragraphs[clause.span.paragraph]
        place = (paragraph.part, paragraph.label, clause.verb)
        last = mandates[-1] if mandates else None
        before = last.addressees if last and _goes_on(paragraph, reader.paragraphs[last.clause.span.paragraph]) else ()
        complements = _complements(clauses, number, reader.paragraphs)
        mandates.append(reader.read(clause, seen[place], complements, before))
        seen[place] += 1
    return tuple(mandates)


def mandate_key(symbol: str, paragraph: ParagraphRecord, verb: str, nth: int) -> str:
    """Give the key of a mandate, as `MandateRecord` has it."""
    place = (paragraph.part, paragraph.label, verb)
    return ":".join([symbol, *(re.sub(r"\s+", "-", name) for name in place), str(nth)])


def _goes_on(paragraph: ParagraphRecord, earlier: ParagraphRecord) -> bool:
    """Say whether what a mandate says goes on in a paragraph: the same, or a point after one of the same chapeau."""
    return paragraph.key == earlier.key or (paragraph.parent is not None and paragraph.parent == earlier.parent)


def _complements(
    clauses: tuple[Clause, ...], number: int, paragraphs: Mapping[str, ParagraphRecord]
) -> tuple[Complement, ...]:
    """Gather what follows a verb; "requests and authorizes the Registrar to" share theirs."""
    clause = clauses[number]
    own = complements_of(clause, paragraphs)
    following = clauses[number + 1] if number + 1 < len(clauses) else None
    shared = (
        following is not None and following.span.paragraph == clause.span.paragraph and following.strength is not None
    )
    if shared and not clause.continuations and own[0].is_blank():
        return _complements(clauses, number + 1, paragraphs)
    return own


def complements_of(clause: Clause, paragraphs: Mapping[str, ParagraphRecord]) -> tuple[Complement, ...]:
    """Give what follows the verb of a clause, then what goes on with it in other places.

    Args:
        clause: the clause.
        paragraphs: those of the document, by key.
    """
    rest = tuple(
        Complement(
            paragraphs[span.paragraph], without_foreign_words(paragraphs[span.paragraph].text), span.start, span.end
        )
        for span in clause.continuations
    )
    return (complement_of(clause, paragraphs[clause.span.paragraph]), *rest)


def _action_span(clause: Clause, complements: tuple[Complement, ...], addressees: tuple[Addressee, ...]) -> TextSpan:
    """Find the words that say what is asked: from the infinitive or the that-clause on, else all that follows.

    The infinitive counts where it follows the body that is asked; in "the continuation of efforts undertaken by the
    President to hold ..." (ICC-ASP/17/Res.5, para. 155) it belongs to the noun.
    """
    first = complements[0]
    ends = [item.span.end for item in addressees if item.span and item.span.paragraph == first.paragraph.key]
    # "Requests the Bureau: (a) to ..." and "Decides that: (a) ..." (S/RES/2776 (2025), para. 19) ask in their points.
    filled = first
    that = THAT.match(first.text, first.start, first.end)
    if first.is_blank(max([first.start, *ends, *([that.end()] if that else [])])):
        filled = next((item for item in complements[1:] if not item.is_blank()), first)
    start, end = filled.start, filled.end
    named = [
        item.span.end
        for item in addressees
        if item.span and item.span.paragraph == filled.paragraph.key and item.rule in OBJECT_RULES
    ]
    if that := THAT.match(filled.text, start, end):
        start = that.end()
    elif named and not re.compile(r"\s*to\s").match(filled.text, start, end):
        place = find_infinitive(filled.text, start, end)
        # "requests the Bureau continue to monitor" (ICC-ASP/17/Res.5, annex I, para. 1(b)): "to" is forgotten.
        bare = re.compile(r"\s+(?!to\b)(?=[a-z]+\s+to\b)").match(filled.text, max(named), end)
        start = bare.end() if bare else (place or start)
    while start < end and filled.text[start] in " ,:\n\t\u00a0":
        start += 1
    return TextSpan(filled.paragraph.key, start, max(start, end))


def _session(record: ResolutionRecord) -> int | None:
    return record.session if isinstance(record.session, int) else None
