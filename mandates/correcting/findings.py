"""The findings of a document while corrections are laid over them, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mandates.correcting.placing import Places
from mandates.correcting.records import Anchor, Reason
from mandates.extraction.complements import Complement
from mandates.extraction.mandates import MandateReader, mandate_key
from mandates.extraction.records import Clause, Extraction, MandateRecord, TextSpan
from mandates.extraction.vocabulary import Vocabulary
from resolutions.structure.records import ParagraphRecord, ResolutionRecord


@dataclass(eq=False, slots=True)
class Entry:
    """A mandate on its way, with the numbers of the corrections that changed it and of those that reshaped it."""

    mandate: MandateRecord
    corrected_by: list[int] = field(default_factory=list)
    shaped_by: list[int] = field(default_factory=list)

    @property
    def stretches(self) -> tuple[TextSpan, ...]:
        """Where its clause stands, in order."""
        clause = self.mandate.clause
        return (clause.span, *clause.continuations)


class Findings:
    """What was found in a document, and what people make of it."""

    def __init__(self, record: ResolutionRecord, extraction: Extraction, vocabulary: Vocabulary) -> None:
        """Begin with what the machine found.

        Args:
            record: the structured document.
            extraction: what was found in it.
            vocabulary: by which it is read again where a clause is another one.
        """
        self.vocabulary = vocabulary
        self.reader = MandateReader(record, vocabulary)
        self.places = Places({paragraph.key: paragraph.text for paragraph in record.paragraphs})
        self.entries = [Entry(mandate) for mandate in extraction.mandates]
        self._symbol = record.symbol
        self._references = extraction.references
        self._undirected = [clause for clause in extraction.clauses if clause.strength is None]
        self._keys = {mandate.key for mandate in extraction.mandates}
        self._order = {paragraph.key: number for number, paragraph in enumerate(record.paragraphs)}

    def extraction(self) -> Extraction:
        """Give the findings as they are now, in the order of the text."""
        self.sort()
        clauses = [*self._undirected, *(entry.mandate.clause for entry in self.entries)]
        return Extraction(
            clauses=tuple(sorted(clauses, key=lambda clause: self.rank(clause.span))),
            mandates=tuple(entry.mandate for entry in self.entries),
            references=self._references,
        )

    def sort(self) -> None:
        """Put the mandates into the order of the text."""
        self.entries.sort(key=lambda entry: self.rank(entry.mandate.clause.span))

    def rank(self, span: TextSpan) -> tuple[int, int]:
        """Give the place of a stretch in the order of the text."""
        return self._order[span.paragraph], span.start

    def paragraph(self, span: TextSpan) -> ParagraphRecord:
        """Give the paragraph of a stretch."""
        return self.reader.paragraphs[span.paragraph]

    def family(self, key: str) -> str:
        """Give the key of the paragraph at the top, of which one is a sub-paragraph."""
        seen = {key}
        while (above := self.reader.paragraphs[key].parent) in self.reader.paragraphs and above not in seen:
            seen.add(above)
            key = above
        return key

    def meant(self, anchor: Anchor) -> tuple[Entry | None, TextSpan | Reason]:
        """Find the mandate that an anchor speaks of.

        Args:
            anchor: the clause of the mandate, as it was.

        Returns:
            The mandate whose clause has at least half of the words and is at least half of these words; None where
            there is none. And where the words stand, or why they stand nowhere.
        """
        span = self.places.of(anchor)
        return (None if isinstance(span, Reason) else self.at(span)), span

    def at(self, span: TextSpan) -> Entry | None:
        """Find the mandate whose clause is these words, give or take half of them."""
        best: tuple[int, Entry] | None = None
        for entry in self.entries:
            own = entry.mandate.clause.span
            if own.paragraph != span.paragraph:
                continue
            shared = min(own.end, span.end) - max(own.start, span.start)
            if shared * 2 >= max(own.end - own.start, span.end - span.start) and (best is None or shared > best[0]):
                best = shared, entry
        return best and best[1]

    def drop(self, entries: Iterable[Entry]) -> None:
        """Take mandates out."""
        gone = set(map(id, entries))
        self.entries = [entry for entry in self.entries if id(entry) not in gone]

    def undirect(self, entry: Entry) -> None:
        """Leave the clause of a mandate as one that directs nobody."""
        self.drop([entry])
        self._undirected.append(replace(entry.mandate.clause, strength=None))

    def read(
        self,
        clause: Clause,
        before: MandateRecord | None = None,
        complements: tuple[Complement, ...] | None = None,
    ) -> MandateRecord:
        """Read a clause as a mandate, under a key that none has.

        Args:
            clause: a directive one.
            before: the mandate that it goes on from; "it" may take up whom that one addresses.
            complements: what follows its verb, where that is not the rest of the clause.
        """
        mandate = self.reader.read(clause, 0, complements, before.addressees if before else ())
        paragraph, nth = self.paragraph(clause.span), 0
        while (key := mandate_key(self._symbol, paragraph, clause.verb, nth)) in self._keys:
            nth += 1
        self._keys.add(key)
        return replace(mandate, key=key, nth=nth)

    def reread(self, entry: Entry, clause: Clause) -> MandateRecord:
        """Read the mandate of an entry anew, its clause being another one; its key stays."""
        own = entry.mandate
        return replace(self.reader.read(clause, own.nth), key=own.key)

    def words(self, span: TextSpan) -> str:
        """Give the words of a stretch."""
        return self.paragraph(span).text[span.start : span.end]


def within(span: TextSpan, stretches: Sequence[TextSpan]) -> bool:
    """Say whether a place is inside of a clause."""
    return any(
        span.paragraph == stretch.paragraph and stretch.start <= span.start and span.end <= stretch.end
        for stretch in stretches
    )
