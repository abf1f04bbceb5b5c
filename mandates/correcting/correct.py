"""The correcting stage: what the machine found, with what people said of it laid over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mandates.correcting.fields import with_addressees, with_deadlines, with_topic
from mandates.correcting.findings import Entry, Findings
from mandates.correcting.records import (
    Corrected,
    Correction,
    Merge,
    Missed,
    NotAMandate,
    OtherAddressees,
    OtherDeadlines,
    Outcome,
    Reason,
    Split,
    State,
)
from mandates.correcting.shapes import chosen, merge, missed, split
from mandates.extraction.records import Extraction, TextSpan
from mandates.extraction.vocabulary import Vocabulary, load_vocabulary
from resolutions.structure.records import ResolutionRecord


def corrected(
    record: ResolutionRecord,
    extraction: Extraction,
    corrections: Sequence[Correction],
    vocabulary: Vocabulary | None = None,
) -> Corrected:
    """Lay what people said over what the machine found.

    A correction knows its mandate by the words of the clause (`Anchor`), so that it is carried out whatever the numbers
    are by now and whatever the rules find. One whose words stand nowhere any more is carried out nowhere.

    Args:
        record: the structured document.
        extraction: what was found in it.
        corrections: in the order in which they were made; a later one sees what earlier ones made.
        vocabulary: the language of resolutions; the tables of this project where None is given.

    Returns:
        The findings as people have them, and what came of each correction.
    """
    if not corrections:
        return Corrected(extraction, ())
    findings = Findings(record, extraction, vocabulary or load_vocabulary())
    done = [_Step(findings, number).carried_out(correction) for number, correction in enumerate(corrections)]
    final = findings.extraction()
    touched: dict[int, list[str]] = {}
    for entry in findings.entries:
        for number in entry.corrected_by:
            touched.setdefault(number, []).append(entry.mandate.key)
    return Corrected(
        final,
        tuple(
            Outcome(outcome.state, outcome.reason, outcome.span, tuple(touched.get(number, ())), outcome.builds_on)
            for number, outcome in enumerate(done)
        ),
    )


class _Step:
    """One correction on its way into the findings."""

    def __init__(self, findings: Findings, number: int) -> None:
        self._findings = findings
        self._number = number

    def carried_out(self, correction: Correction) -> Outcome:
        if isinstance(correction, Missed):
            return self._missed(correction)
        if isinstance(correction, Split):
            return self._split(correction)
        if isinstance(correction, Merge):
            return self._merge(correction)
        entry, span = self._findings.meant(correction.anchor)
        if isinstance(span, Reason):
            return _lost(span)
        if isinstance(correction, NotAMandate):
            if entry is None:
                return Outcome(State.NOT_NEEDED, span=span)
            self._findings.undirect(entry)
            return Outcome(State.APPLIED, span=span, builds_on=tuple(entry.shaped_by))
        if entry is None:
            return _lost(Reason.NO_MANDATE, span)
        builds_on = tuple(entry.shaped_by)
        if isinstance(correction, OtherAddressees):
            changed = with_addressees(self._findings, entry, correction.bodies)
        elif isinstance(correction, OtherDeadlines):
            changed = with_deadlines(self._findings, entry, correction.deadlines)
        else:
            changed = with_topic(entry, correction.topic)
        return self._outcome(entry, span, changed, builds_on)

    def _missed(self, correction: Missed) -> Outcome:
        entry, span = self._findings.meant(correction.anchor)
        if isinstance(span, Reason):
            return _lost(span)
        if entry is not None:
            return self._outcome(entry, span, chosen(self._findings, entry, correction), tuple(entry.shaped_by))
        made = missed(self._findings, correction, span)
        if isinstance(made, Reason):
            return _lost(made, span)
        self._findings.entries.append(made)
        return self._reshaped([made], span)

    def _split(self, correction: Split) -> Outcome:
        place = self._findings.places.of(correction.second)
        if isinstance(place, Reason):
            return _lost(place)
        if there := next((entry for entry in self._findings.entries if self._opens_at(entry, place)), None):
            there.corrected_by.append(self._number)
            return Outcome(State.NOT_NEEDED, span=place)
        entry, span = self._findings.meant(correction.anchor)
        if isinstance(span, Reason):
            return _lost(span)
        if entry is None:
            return _lost(Reason.NO_MANDATE, span)
        builds_on = tuple(entry.shaped_by)
        second = split(self._findings, entry, place)
        if isinstance(second, Reason):
            return _lost(second, span)
        self._findings.entries.append(second)
        return self._reshaped([entry, second], span, builds_on)

    def _opens_at(self, entry: Entry, place: TextSpan) -> bool:
        """Say whether a mandate begins at a place, give or take what joins it to the words before."""
        own = entry.mandate.clause.span
        if own.paragraph != place.paragraph:
            return False
        first, last = sorted((own.start, place.start))
        between = self._findings.paragraph(own).text[first:last]
        return re.fullmatch(r"\W*(?:(?:and|or|but|while|as\s+well\s+as)\W*)?", between) is not None

    def _merge(self, correction: Merge) -> Outcome:
        found: list[Entry] = []
        places: list[TextSpan] = []
        for anchor in (correction.anchor, *correction.others):
            entry, span = self._findings.meant(anchor)
            if isinstance(span, Reason):
                return _lost(span)
            entry = entry or self._holding(span)
            if entry is None:
                return _lost(Reason.NO_MANDATE, span)
            found.append(entry)
            places.append(span)
        entries = list({id(entry): entry for entry in found}.values())
        if len(entries) == 1:
            entries[0].corrected_by.append(self._number)
            return Outcome(State.NOT_NEEDED, span=places[0])
        entries.sort(key=lambda entry: self._findings.rank(entry.mandate.clause.span))
        builds_on = tuple(sorted({number for entry in entries for number in entry.shaped_by}))
        if reason := merge(self._findings, entries):
            return _lost(reason, places[0])
        return self._reshaped(entries[:1], places[0], builds_on)

    def _holding(self, span: TextSpan) -> Entry | None:
        """Find the mandate in whose clause a stretch lies."""
        for entry in self._findings.entries:
            for own in entry.stretches:
                if own.paragraph == span.paragraph and own.start <= span.start and span.end <= own.end:
                    return entry
        return None

    def _outcome(self, entry: Entry, span: TextSpan, changed: bool, builds_on: tuple[int, ...]) -> Outcome:
        entry.corrected_by.append(self._number)
        return Outcome(State.APPLIED if changed else State.NOT_NEEDED, span=span, builds_on=builds_on)

    def _reshaped(self, entries: Sequence[Entry], span: TextSpan, builds_on: tuple[int, ...] = ()) -> Outcome:
        for entry in entries:
            entry.corrected_by.append(self._number)
            entry.shaped_by.append(self._number)
        return Outcome(State.APPLIED, span=span, builds_on=builds_on)


def _lost(reason: Reason, span: TextSpan | None = None) -> Outcome:
    return Outcome(State.NOT_PLACED, reason, span)
