"""Stores the mandates that were found in a document, and keeps what people decided about those it had before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mandates.extraction.records import Extraction, MandateRecord
from mandates.models import (
    Body,
    Mandate,
    MandateAddressee,
    MandateLink,
    OutcomeChange,
    Reference,
    ReportingDeadline,
    Topic,
)
from mandates.services.flags import Facts, changes_describe, vanished_describe
from mandates.services.matching import match
from mandates.services.names import bodies_find, topics_find
from resolutions.models import Document, Paragraph

# What the machine finds, as against `outcome` and `outcome_version`, which are people's, and what follows from both.
_FOUND = [
    "key", "paragraph", "position", "part", "label", "verb", "nth", "strength", "clause_start", "clause_end",
    "verb_start", "verb_end", "continuations", "action", "topic", "proposed", "tracked", "in_text", "flag",
]  # fmt: skip
_ADDRESSEE = ("body_id", "position", "span_paragraph", "start", "end", "rule")
_DEADLINE = (
    "position", "kind", "text", "session_number", "start_date", "end_date", "interval", "event", "span_paragraph",
    "start", "end", "rule",
)  # fmt: skip
_REFERENCE = (
    "paragraph_id", "position", "symbol", "cited_paragraph", "written", "start", "end", "footnote",
)  # fmt: skip
_Children = tuple[list[dict[str, Any]], list[dict[str, Any]]]

_LONGEST_RULE = 80
_LONGEST_PINPOINT = 100


@dataclass(frozen=True, slots=True)
class StoredMandates:
    """What storing did.

    Attributes:
        counts: mandates found, new, changed, unchanged, removed, and flagged for a person to look at.
        kept_paragraphs: ids of paragraphs that the text no longer has and a kept mandate stands in.
        linked: ids of mandates of other documents whose status depends on this one.
        warnings: what staff should look at.
    """

    counts: dict[str, int]
    kept_paragraphs: set[int]
    linked: set[int]
    warnings: list[str]


def mandates_store(
    *, document: Document, extraction: Extraction, paragraphs: Mapping[str, Paragraph]
) -> StoredMandates:
    """Bring the mandates and references of a document up to date, in the transaction that locked it.

    A mandate that nobody decided about follows the text: it is changed or deleted. One with a decision keeps it: where
    its words, addressees or deadlines changed it is flagged with what changed, where the text no longer has it it is
    kept with `in_text` False and flagged. A confirmed or rejected link is a decision, too.

    Args:
        document: locked.
        extraction: what was found in it.
        paragraphs: those of its text now, by key.

    Returns:
        What was done.
    """
    old = list(
        Mandate.objects.filter(document=document)
        .order_by("pk")
        .select_for_update(of=("self",))
        .prefetch_related("addressee_rows__body", "deadlines")
    )
    decided = _decided(document)
    linked = _linked_elsewhere(document)
    records, warnings = _told_apart(extraction.mandates)
    bodies = bodies_find(categories={a.body: a.category for record in records for a in record.addressees})
    topics = topics_find(names={record.topic for record in records if record.topic})
    pairs, gone = match(old, records)
    _park([row.pk for record, row in pairs if row is not None and row.key != record.key])

    new, changed, flagged = [], [], set()
    for position, (record, row) in enumerate(pairs):
        values = _values(record, position, document, paragraphs, topics)
        children = _children(record, bodies)
        if row is None:
            new.append((Mandate(**values), children))
            continue
        before, stored_children = _facts(row), _stored_children(row)
        if row.pk in decided:
            # What was decided about as adopted text stays so until a person has looked.
            if row.outcome != Mandate.Outcome.OPEN:
                values["proposed"] = False
            said = changes_describe(before=before, after=_facts_of(record, bodies))
            values["flag"] = _flag(row, said)
            if said:
                flagged.add(row.pk)
        differs = [name for name, value in values.items() if getattr(row, name) != value]
        for name in differs:
            setattr(row, name, values[name])
        if differs or stored_children != children:
            changed.append((row, children if stored_children != children else None))

    removed = [row for row in gone if row.in_text]
    kept = [row for row in gone if row.pk in decided]
    vanished = [row for row in kept if row.in_text]
    for row in vanished:
        row.flag = _flag(row, [vanished_describe()])
        row.in_text, row.tracked = False, False
        flagged.add(row.pk)
    Mandate.objects.filter(pk__in=[row.pk for row in gone if row.pk not in decided]).delete()
    Mandate.objects.bulk_update([row for row, _children in changed] + vanished, _FOUND)
    _replace_children([(row, children) for row, children in changed if children is not None])
    Mandate.objects.bulk_create([row for row, _children in new])
    _create_children(new)
    _store_references(document, extraction, paragraphs)

    return StoredMandates(
        counts={
            "found": len(pairs),
            "new": len(new),
            "changed": len(changed),
            "unchanged": len(pairs) - len(new) - len(changed),
            "removed": len(removed),
            "flagged": len(flagged),
        },
        kept_paragraphs={row.paragraph_id for row in kept},
        linked=linked,
        warnings=warnings,
    )


def _decided(document: Document) -> set[int]:
    changes = OutcomeChange.objects.filter(mandate__document=document).values_list("mandate_id", flat=True)
    links = (
        MandateLink.objects.filter(Q(later__document=document) | Q(earlier__document=document))
        .exclude(decision=MandateLink.Decision.FOUND)
        .values_list("later_id", "earlier_id")
    )
    return {*changes, *(pk for pair in links for pk in pair)}


def _linked_elsewhere(document: Document) -> set[int]:
    """Earlier mandates of other documents: whether they count as repeated depends on this text."""
    links = MandateLink.objects.filter(later__document=document).exclude(earlier__document=document)
    return set(links.values_list("earlier_id", flat=True))


def _told_apart(records: Sequence[MandateRecord]) -> tuple[list[MandateRecord], list[str]]:
    """Give each record a key of its own, also where the document prints the same number twice."""
    taken: set[str] = set()
    told_apart, warnings = [], []
    for record in records:
        stem, nth, key = record.key.rpartition(":")[0], record.nth, record.key
        while key in taken:
            nth += 1
            key = f"{stem}:{nth}"
        if key != record.key:
            warnings.append(
                _("Paragraph %(label)s of %(part)s is printed twice.") % {"label": record.label, "part": record.part}
            )
        taken.add(key)
        told_apart.append(replace(record, key=key, nth=nth))
    return told_apart, list(dict.fromkeys(warnings))


def _park(ids: Iterable[int]) -> None:
    """Free the keys of mandates that are about to move: one may move to the key that another still holds."""
    parked = Concat(Value("~"), Cast("pk", CharField()))
    Mandate.objects.filter(pk__in=list(ids)).update(key=parked, part=parked)


def _values(
    record: MandateRecord,
    position: int,
    document: Document,
    paragraphs: Mapping[str, Paragraph],
    topics: Mapping[str, Topic],
) -> dict[str, Any]:
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


def _children(record: MandateRecord, bodies: Mapping[str, Body]) -> _Children:
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


def _stored_children(row: Mandate) -> _Children:
    return (
        [{name: getattr(child, name) for name in _ADDRESSEE} for child in row.addressee_rows.all()],
        [{name: getattr(child, name) for name in _DEADLINE} for child in row.deadlines.all()],
    )


def _create_children(rows: Iterable[tuple[Mandate, _Children]]) -> None:
    rows = list(rows)
    MandateAddressee.objects.bulk_create(
        MandateAddressee(mandate=row, **values) for row, (addressees, _deadlines) in rows for values in addressees
    )
    ReportingDeadline.objects.bulk_create(
        ReportingDeadline(mandate=row, **values) for row, (_addressees, deadlines) in rows for values in deadlines
    )


def _replace_children(rows: Sequence[tuple[Mandate, _Children]]) -> None:
    ids = [row.pk for row, _children in rows]
    MandateAddressee.objects.filter(mandate__in=ids).delete()
    ReportingDeadline.objects.filter(mandate__in=ids).delete()
    _create_children(rows)


def _facts(row: Mandate) -> Facts:
    children = _stored_children(row)
    names = frozenset(child.body.name for child in row.addressee_rows.all())
    return _facts_from(row.part, row.label, row.action, names, children[1], row.proposed)


def _facts_of(record: MandateRecord, bodies: Mapping[str, Body]) -> Facts:
    names = frozenset(bodies[addressee.body].name for addressee in record.addressees)
    deadlines = _children(record, bodies)[1]
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


def _flag(row: Mandate, said: Iterable[str]) -> str:
    """Add sentences to a flag, with the day; what it says already is not said again, nor that what is back is gone."""
    lines = row.flag.splitlines()
    if not row.in_text:
        lines = [line for line in lines if not line.endswith(vanished_describe())]
    today = formats.date_format(timezone.localdate())
    lines += [f"{today}: {sentence}" for sentence in said if not any(line.endswith(sentence) for line in lines)]
    return "\n".join(lines)


def _store_references(document: Document, extraction: Extraction, paragraphs: Mapping[str, Paragraph]) -> None:
    wanted: list[tuple[Any, ...]] = []
    positions: Counter[int] = Counter()
    for found in extraction.references:
        paragraph = paragraphs[found.span.paragraph].pk
        wanted.append(
            (
                paragraph,
                positions[paragraph],
                found.symbol,
                (found.paragraph or "")[:_LONGEST_PINPOINT],
                found.written,
                found.span.start,
                found.span.end,
                found.footnote,
            )
        )
        positions[paragraph] += 1
    stored = Reference.objects.filter(paragraph__document=document)
    if sorted(wanted, key=lambda row: row[:2]) == list(
        stored.order_by("paragraph_id", "position").values_list(*_REFERENCE)
    ):
        return
    stored.delete()
    Reference.objects.bulk_create(Reference(**dict(zip(_REFERENCE, row, strict=True))) for row in wanted)
