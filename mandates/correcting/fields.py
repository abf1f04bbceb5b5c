"""Another addressee, another deadline, another topic of a mandate that was found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mandates.correcting.findings import Entry, Findings
from mandates.correcting.records import BY_A_PERSON, EnteredDeadline
from mandates.extraction.quotations import without_foreign_words
from mandates.extraction.records import Addressee, Deadline, DeadlineKind, TextSpan
from resolutions.structure.ordinals import ordinal_words


def with_addressees(findings: Findings, entry: Entry, bodies: Iterable[str]) -> bool:
    """Let these bodies be those that must act.

    Args:
        findings: of the document.
        entry: the mandate.
        bodies: canonical names.

    Returns:
        False where the mandate had them already.
    """
    mandate = entry.mandate
    wanted = tuple(dict.fromkeys(bodies))
    known = {addressee.body: addressee for addressee in mandate.addressees}
    if set(wanted) == set(known):
        return False
    addressees = tuple(
        Addressee(
            body,
            findings.reader.bodies.category(body),
            known[body].span if body in known else _named(findings, entry, body),
            BY_A_PERSON,
        )
        for body in wanted
    )
    entry.mandate = replace(mandate, addressees=addressees)
    return True


def _named(findings: Findings, entry: Entry, body: str) -> TextSpan | None:
    """Find where the clause names a body."""
    for stretch in entry.stretches:
        paragraph = findings.paragraph(stretch)
        text = without_foreign_words(paragraph.text)
        for mention in findings.reader.bodies.within(text, stretch.start, stretch.end, paragraph):
            if mention.body == body:
                return TextSpan(stretch.paragraph, mention.start, mention.end)
    return None


def with_deadlines(findings: Findings, entry: Entry, deadlines: Iterable[EnteredDeadline]) -> bool:
    """Let the mandate be due then.

    Args:
        findings: of the document.
        entry: the mandate.
        deadlines: as a person says them; where the words that say so are no longer in the clause, the deadline holds
            without them.

    Returns:
        False where the mandate had them already.
    """
    mandate = entry.mandate
    wanted = list(dict.fromkeys(deadlines))
    if {_value(item) for item in wanted} == {_value(item) for item in mandate.deadlines}:
        return False
    known = {_value(item): item for item in mandate.deadlines}
    made = []
    for item in wanted:
        found = known.get(_value(item))
        place = _said(findings, entry, item.words) if item.words else None
        if place is not None:
            made.append(_deadline(item, findings.words(place), place))
        elif found is not None:
            made.append(replace(found, rule=BY_A_PERSON))
        else:
            span = mandate.clause.span
            made.append(_deadline(item, deadline_words(item), TextSpan(span.paragraph, span.end, span.end)))
    entry.mandate = replace(mandate, deadlines=tuple(made))
    return True


def _said(findings: Findings, entry: Entry, words: str) -> TextSpan | None:
    """Find words in the clause, else elsewhere in its paragraph; blanks and case make no difference."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    own = entry.mandate.clause.span
    whole = TextSpan(own.paragraph, 0, len(findings.paragraph(own).text))
    for stretch in (*entry.stretches, whole):
        if match := pattern.search(findings.paragraph(stretch).text, stretch.start, stretch.end):
            return TextSpan(stretch.paragraph, *match.span())
    return None


def _deadline(item: EnteredDeadline, text: str, span: TextSpan) -> Deadline:
    return Deadline(
        kind=item.kind,
        text=text,
        span=span,
        rule=BY_A_PERSON,
        session=item.session,
        date=item.date,
        start=item.start,
        end=item.end,
        interval=item.interval,
        event=item.event,
    )


def deadline_words(item: EnteredDeadline | Deadline) -> str:
    """Say when, where the text has no words for it, in the language of the texts."""
    if item.kind in (DeadlineKind.SESSION, DeadlineKind.BEFORE_SESSION):
        session = f"the {ordinal_words(item.session or 0)} session"
        return f"at {session}" if item.kind is DeadlineKind.SESSION else f"before {session}"
    if item.kind is DeadlineKind.DATE and item.date:
        return f"by {item.date.day} {item.date:%B %Y}"
    if item.kind is DeadlineKind.PERIOD:
        ends = [
            f"{word} {day.day} {day:%B %Y}" for word, day in (("from", item.start), ("to", item.end)) if day is not None
        ]
        return " ".join(ends) or "for a period"
    if item.kind is DeadlineKind.RECURRING:
        return {"annual": "annually", "biennial": "every two years"}.get(item.interval or "", "periodically")
    return f"at the {item.event}" if item.event else "at an event"


def _value(item: EnteredDeadline | Deadline) -> tuple[object, ...]:
    return item.kind, item.session, item.date, item.start, item.end, item.interval, item.event


def with_topic(entry: Entry, topic: str | None) -> bool:
    """Let the mandate be about this; False where it was so already."""
    if entry.mandate.topic == topic:
        return False
    entry.mandate = replace(entry.mandate, topic=topic)
    return True
