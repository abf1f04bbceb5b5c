"""Mandates cut in two, joined, or found where the rules found none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mandates.correcting.fields import with_addressees, with_deadlines, with_topic
from mandates.correcting.findings import Entry, Findings, within
from mandates.correcting.placing import trimmed
from mandates.correcting.records import BY_A_PERSON, Missed, Reason
from mandates.extraction.clauses import Opening, find_openings, trimmed_end
from mandates.extraction.mandates import complements_of
from mandates.extraction.records import Clause, MandateRecord, Strength, TextSpan

_JOINER = re.compile(r"[\s,;:.]*(?:(?:and|or|but|while|as\s+well\s+as)\b[\s,]*)?")


def split(findings: Findings, entry: Entry, place: TextSpan) -> Entry | Reason:
    """Cut a mandate in two.

    The first keeps the key, and what people said of it. The second has the verb with which its words open, else that
    of the first with no words for it. Addressees and deadlines are found anew in each; where the second names nobody,
    whoever must do the first must do it too.

    Args:
        findings: of the document.
        entry: the mandate.
        place: it is cut where this begins.

    Returns:
        The second mandate, not yet among the findings; the reason where it cannot be cut there.
    """
    own = entry.mandate
    before: list[TextSpan] = []
    behind: list[TextSpan] = []
    for stretch in entry.stretches:
        if behind:
            behind.append(stretch)
        elif stretch.paragraph == place.paragraph and stretch.start <= place.start < stretch.end:
            text = findings.paragraph(stretch).text
            end = trimmed_end(text, place.start, findings.vocabulary)
            if stretch.start < end:
                before.append(replace(stretch, end=end))
            joiner = _JOINER.match(text, place.start, stretch.end)
            behind.append(replace(stretch, start=joiner.end() if joiner else place.start))
        else:
            before.append(stretch)
    if not behind or behind[0].start >= behind[0].end:
        return Reason.PLACE_GONE
    if not before or before[0].start != own.clause.span.start or before[0].end <= own.clause.verb_span.end:
        return Reason.PLACE_GONE
    first = findings.reread(entry, replace(own.clause, span=before[0], continuations=tuple(before[1:])))
    opening = _opening(findings, behind[0])
    if opening is not None and opening.entry.strength is not None:
        verb, strength = opening.entry.verb, opening.entry.strength
        verb_span = TextSpan(behind[0].paragraph, opening.start, opening.end)
    else:
        verb, strength, verb_span = own.verb, own.strength, replace(behind[0], end=behind[0].start)
    clause = Clause(behind[0], verb_span, verb, strength, BY_A_PERSON, tuple(behind[1:]))
    second = findings.read(clause, before=first)
    if not second.addressees or (opening is None and _says_only_what(findings, behind[0])):
        second = replace(second, addressees=own.addressees)
    entry.mandate, second = _kept(own, first, second, behind)
    return Entry(second, list(entry.corrected_by), list(entry.shaped_by))


def _kept(
    own: MandateRecord, first: MandateRecord, second: MandateRecord, behind: Sequence[TextSpan]
) -> tuple[MandateRecord, MandateRecord]:
    """Let stay whom the first names, and what people had said of the mandate before it was cut."""
    named = tuple(item for item in own.addressees if item.span is None or not within(item.span, behind))
    first = replace(first, addressees=named or own.addressees, topic=own.topic)
    if any(item.rule == BY_A_PERSON for item in own.deadlines):
        later = tuple(item for item in own.deadlines if within(item.span, behind) and item.span.start < item.span.end)
        first = replace(first, deadlines=tuple(item for item in own.deadlines if item not in later))
        second = replace(second, deadlines=later)
    return first, replace(second, topic=own.topic)


def _opening(findings: Findings, stretch: TextSpan) -> Opening | None:
    """Find the verb with which a stretch opens, read as if nothing stood before it."""
    paragraph = findings.paragraph(stretch)
    text = paragraph.text
    alone = "\u0000" * stretch.start + text[stretch.start : stretch.end] + "\u0000" * (len(text) - stretch.end)
    opening = next(find_openings(replace(paragraph, text=alone), findings.vocabulary, plural=True), None)
    if opening is None or trimmed_end(alone, opening.start, findings.vocabulary) > stretch.start:
        return None
    return opening


def _says_only_what(findings: Findings, stretch: TextSpan) -> bool:
    """Say whether a stretch begins with what is asked, so that it names nobody who must do it."""
    return re.match(r"(?:also\s+|further\s+|not\s+)?to\s", findings.words(stretch), re.IGNORECASE) is not None


def merge(findings: Findings, entries: Sequence[Entry]) -> Reason | None:
    """Make one mandate of several: the first keeps its key and takes in what the others ask.

    Args:
        findings: of the document.
        entries: two or more, in the order of the text.

    Returns:
        None; the reason where they do not stand in one paragraph with its sub-paragraphs.
    """
    if len({findings.family(entry.mandate.clause.span.paragraph) for entry in entries}) > 1:
        return Reason.APART
    first, *others = entries
    findings.drop(others)
    stretches: list[TextSpan] = []
    places = {stretch: None for entry in entries for stretch in entry.stretches}
    for stretch in sorted(places, key=findings.rank):
        last = stretches[-1] if stretches else None
        if last and last.paragraph == stretch.paragraph and _touch(findings, last, stretch):
            stretches[-1] = replace(last, end=max(last.end, stretch.end))
        else:
            stretches.append(stretch)
    own = first.mandate
    clause = replace(own.clause, span=stretches[0], continuations=tuple(stretches[1:]))
    said = [entry.mandate for entry in entries]
    addressees = {item.body: item for mandate in reversed(said) for item in reversed(mandate.addressees)}
    deadlines = {
        (item.kind, item.session, item.date, item.start, item.end, item.interval, item.event): item
        for mandate in said
        for item in mandate.deadlines
    }
    anew = findings.reread(first, clause)
    first.mandate = replace(
        anew,
        addressees=tuple(reversed(addressees.values())),
        deadlines=tuple(deadlines.values()),
        topic=own.topic,
    )
    for entry in others:
        first.corrected_by += [number for number in entry.corrected_by if number not in first.corrected_by]
        first.shaped_by += [number for number in entry.shaped_by if number not in first.shaped_by]
    return None


def _touch(findings: Findings, one: TextSpan, other: TextSpan) -> bool:
    """Say whether nothing but what joins them stands between two stretches of a paragraph."""
    return trimmed_end(findings.paragraph(one).text, other.start, findings.vocabulary) <= one.end


def missed(findings: Findings, correction: Missed, span: TextSpan) -> Entry | Reason:
    """Make a mandate of words in which the rules found none.

    Args:
        findings: of the document.
        correction: what a person said of it.
        span: the words.

    Returns:
        The mandate, not yet among the findings; the reason where there is no verb by which to read it.
    """
    paragraph = findings.paragraph(span)
    start, end = trimmed(paragraph.text, span.start, span.end)
    span = replace(span, start=start, end=max(start + 1, end))
    opening = _opening(findings, span)
    named = _strengths(findings).get(correction.verb)
    complements = None
    if named is not None:
        verb, strength, verb_span = correction.verb, named, _verb_span(findings, span, correction.verb_words)
        clause = Clause(span, verb_span, verb, strength, BY_A_PERSON)
        if verb_span.start > span.start:  # "the Registrar is requested to ...": who is asked stands before it
            whole = replace(clause, verb_span=replace(span, end=span.start))
            complements = complements_of(whole, findings.reader.paragraphs)
    elif opening is not None and opening.entry.strength is not None and not correction.verb:
        verb_span = TextSpan(span.paragraph, opening.start, opening.end)
        clause = Clause(span, verb_span, opening.entry.verb, opening.entry.strength, BY_A_PERSON)
    else:
        return Reason.NO_VERB
    entry = Entry(findings.read(clause, complements=complements))
    chosen(findings, entry, correction)
    return entry


def chosen(findings: Findings, entry: Entry, correction: Missed) -> bool:
    """Let hold what a person chose for a missed mandate; False where nothing is another one by it."""
    changed = False
    if correction.bodies is not None:
        changed |= with_addressees(findings, entry, correction.bodies)
    if correction.deadlines is not None:
        changed |= with_deadlines(findings, entry, correction.deadlines)
    if correction.topic:
        changed |= with_topic(entry, correction.topic)
    return changed


def _strengths(findings: Findings) -> dict[str, Strength]:
    return {verb.verb: verb.strength for verb in findings.vocabulary.verbs if verb.strength is not None}


def _verb_span(findings: Findings, span: TextSpan, words: str) -> TextSpan:
    """Find the words of a verb in a clause; none, at its start, where they are not there."""
    if words.strip():
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
        if match := pattern.search(findings.paragraph(span).text, span.start, span.end):
            return replace(span, start=match.start(), end=match.end())
    return replace(span, end=span.start)
