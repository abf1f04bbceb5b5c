"""The rows of a mandate: what of a record goes into which column, and what its columns say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mandates.extraction.records import MandateRecord
from mandates.models import Body, Mandate, MandateAddressee, ReportingDeadline, Topic
from mandates.services.flags import Facts
from resolutions.models import Document, Paragraph

_ADDRESSEE = ("body_id", "position", "span_paragraph", "start", "end", "rule")
_DEADLINE = (
    "position", "kind", "text", "session_number", "start_date", "end_date", "interval", "event", "span_paragraph",
    "start", "end", "rule",
)  # fmt: skip
Children = tuple[list[dict[str, Any]], list[dict[str, Any]]]

_LONGEST_RULE = 80


def mandate_values(
    record: MandateRecord,
    position: int,
    document: Document,
    paragraphs: Mapping[str, Paragraph],
    topics: Mapping[str, Topic],
) -> dict[str, Any]:
    """Give the columns that a record of the text fills; `paragraphs` and `topics` are rows by key and by name."""
    clause = record.clause
    values = {
        "key": record.key,
        "document_id": document.pk,
        "paragraph_id": paragraphs[clause.span.paragraph].pk,
        "position": position,
        "part": record.part,
        "label": record.label,
        "verb": record.verb,
        "nth": record.nth,
        "strength": record.strength.value,
        "clause_start": clause.span.start,
        "clause_end": clause.span.end,
        "verb_start": clause.verb_span.start,
        "verb_end": clause.verb_span.end,
        "continuations": [asdict(span) for span in clause.continuations],
        "action": record.action,
        "topic_id": topics[record.topic].pk if record.topic else None,
        "proposed": record.proposed,
        "in_text": True,
    }
    # Whether it is tracked follows later; what is proposed never is, and the database insists on it.
    return values | {"tracked": False} if record.proposed else values


def children_of(record: MandateRecord, bodies: Mapping[str, Body]) -> Children:
    """Give the rows of addressees and deadlines that a record makes; `bodies` are rows by name."""
    addressees: dict[int, dict[str, Any]] = {}
    for addressee in record.addressees:
        body, span = bodies[addressee.body], addressee.span
        addressees.setdefault(
            body.pk,
            {
                "body_id": body.pk,
                "position": len(addressees),
                "span_paragraph": span.paragraph if span else "",
                "start": span.start if span else None,
                "end": span.end if span else None,
                "rule": addressee.rule[:_LONGEST_RULE],
            },
        )
    deadlines = [
        {
            "position": position,
            "kind": deadline.kind.value,
            "text": deadline.text,
            "session_number": deadline.session,
            "start_date": deadline.start,
            "end_date": deadline.date or deadline.end,
            "interval": deadline.interval or "",
            "event": deadline.event or "",
            "span_paragraph": deadline.span.paragraph,
            "start": deadline.span.start,
            "end": deadline.span.end,
            "rule": deadline.rule[:_LONGEST_RULE],
        }
        for position, deadline in enumerate(record.deadlines)
    ]
    return list(addressees.values()), deadlines


def children_stored(row: Mandate) -> Children:
    """Give the rows of addressees and deadlines that a mandate has, in the form of `children_of`."""
    return (
        [{name: getattr(child, name) for name in _ADDRESSEE} for child in row.addressee_rows.all()],
        [{name: getattr(child, name) for name in _DEADLINE} for child in row.deadlines.all()],
    )


def children_create(rows: Iterable[tuple[Mandate, Children]]) -> None:
    """Store the addressees and deadlines of mandates that have none."""
    rows = list(rows)
    MandateAddressee.objects.bulk_create(
        MandateAddressee(mandate=row, **values) for row, (addressees, _deadlines) in rows for values in addressees
    )
    ReportingDeadline.objects.bulk_create(
        ReportingDeadline(mandate=row, **values) for row, (_addressees, deadlines) in rows for values in deadlines
    )


def children_replace(rows: Sequence[tuple[Mandate, Children]]) -> None:
    """Store the addressees and deadlines of mandates in place of those they have."""
    ids = [row.pk for row, _children in rows]
    MandateAddressee.objects.filter(mandate__in=ids).delete()
    ReportingDeadline.objects.filter(mandate__in=ids).delete()
    children_create(rows)


def facts_stored(row: Mandate) -> Facts:
    """Give what a person looks at when deciding about a mandate, as it is stored."""
    children = children_stored(row)
    names = frozenset(child.body.name for child in row.addressee_rows.all())
    return _facts_from(row.part, row.label, row.action, names, children[1], row.proposed)


def facts_of(record: MandateRecord, bodies: Mapping[str, Body]) -> Facts:
    """Give what a person looks at when deciding about a mandate, as the text has it."""
    names = frozenset(bodies[addressee.body].name for addressee in record.addressees)
    deadlines = children_of(record, bodies)[1]
    return _facts_from(record.part, record.label, record.action, names, deadlines, record.proposed)


def _facts_from(
    part: str, label: str, action: str, names: frozenset[str], deadlines: list[dict[str, Any]], proposed: bool
) -> Facts:
    read_as = ("kind", "session_number", "start_date", "end_date", "interval", "event")
    return Facts(
        citation=label if part == "body" else f"{part} {label}",
        action=action,
        addressees=names,
        deadlines=[(row["text"], str([row[name] for name in read_as])) for row in deadlines],
        proposed=proposed,
    )
