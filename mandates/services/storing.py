"""Stores the mandates that were found in a document, and keeps what people decided about those it had before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import formats, timezone

from mandates.extraction.records import Extraction, MandateRecord
from mandates.models import LineageDecision, Mandate, MandateLink, OutcomeChange, Reference
from mandates.services.flags import changes_describe, vanished_describe
from mandates.services.mandate_rows import (
    children_create,
    children_of,
    children_replace,
    children_stored,
    facts_of,
    facts_stored,
    mandate_values,
)
from mandates.services.matching import free_key, match, told_apart
from mandates.services.names import bodies_find, topics_find
from resolutions.models import Document, Paragraph

# What the machine finds, as against `outcome` and `outcome_version`, which are people's, and what follows from both.
_FOUND = [
    "key", "paragraph", "position", "part", "label", "verb", "nth", "strength", "clause_start", "clause_end",
    "verb_start", "verb_end", "continuations", "action", "topic", "proposed", "tracked", "in_text", "flag",
]  # fmt: skip
_REFERENCE = (
    "paragraph_id", "position", "symbol", "cited_paragraph", "written", "start", "end", "footnote",
)  # fmt: skip

# Where a mandate stands or stood, as against what it says.
_PLACE = ("key", "paragraph_id", "part", "label", "verb", "nth", "in_text", "tracked", "flag")

_LONGEST_PINPOINT = 100


@dataclass(frozen=True, slots=True)
class StoredMandates:
    """What storing did.

    Attributes:
        counts: mandates found, new, changed, unchanged, removed, and flagged for a person to look at.
        kept_paragraphs: ids of paragraphs that the text no longer has and a kept mandate stands in.
        linked: ids of mandates that were linked with one of this document, and those themselves.
    """

    counts: dict[str, int]
    kept_paragraphs: set[int]
    linked: set[int]


def mandates_store(
    *,
    document: Document,
    extraction: Extraction,
    paragraphs: Mapping[str, Paragraph],
    former: Sequence[MandateRecord] = (),
) -> StoredMandates:
    """Bring the mandates and references of a document up to date, in the transaction that locked it.

    A mandate that nobody decided about follows the text: it is changed or deleted. One with a decision keeps it: where
    its words, addressees or deadlines changed it is flagged with what changed, where the text no longer has it it is
    kept with `in_text` False and flagged. A confirmed or rejected link is a decision, too, and so is what was said of a
    suggestion. What a further issue of the document took out of the text is kept and flagged whether or not somebody
    decided about it.

    Args:
        document: locked.
        extraction: what was found in its text.
        paragraphs: those of its text now and those of `former`, by key.
        former: mandates of earlier issues that the text no longer has.

    Returns:
        What was done.
    """
    old = list(
        Mandate.objects.filter(document=document)
        .order_by("pk")
        .select_for_update(of=("self",))
        .prefetch_related("addressee_rows__body", "deadlines")
    )
    decided = mandates_decided(document)
    linked = _linked_elsewhere(document)
    records = extraction.mandates
    lost_to_issues = told_apart(former, {record.key for record in records})
    everything = [*records, *lost_to_issues]
    bodies = bodies_find(categories={a.body: a.category for record in everything for a in record.addressees})
    topics = topics_find(names={record.topic for record in everything if record.topic})
    pairs, gone = match(old, records, lambda row: row.in_text)
    former_pairs, gone = match(gone, lost_to_issues)
    kept = [row for row in gone if row.pk in decided]
    own_keys = _keys_apart(kept, {record.key for record in everything})
    moving = [row.pk for record, row in (*pairs, *former_pairs) if row is not None and row.key != record.key]
    _park(moving + [row.pk for row in kept if row.pk in own_keys])

    new, changed, flagged = [], [], set()
    said_anew = 0  # of `changed`, those that more than their place in the order has changed of
    for position, (record, row) in enumerate(pairs):
        values = mandate_values(record, position, document, paragraphs, topics)
        children = children_of(record, bodies)
        if row is None:
            new.append((Mandate(**values), children))
            continue
        before, stored = facts_stored(row), children_stored(row)
        if row.pk in decided:
            # What was decided about as adopted text stays so until a person has looked.
            if row.outcome != Mandate.Outcome.OPEN:
                values["proposed"] = False
            said = changes_describe(before=before, after=facts_of(record, bodies))
            values["flag"] = _flag(row, said)
            if said:
                flagged.add(row.pk)
        elif not row.in_text:
            values["flag"] = _flag(row, [])
        if differing := _set(row, values) | ({"children"} if stored != children else set()):
            changed.append((row, children if stored != children else None))
            said_anew += differing != {"position"}
    counts = {"found": len(pairs), "new": len(new), "changed": said_anew}

    removed, moved = [row for row in gone if row.in_text], []
    for position, (record, row) in enumerate(former_pairs, start=len(pairs)):
        values = mandate_values(record, position, document, paragraphs, topics)
        values |= {"in_text": False, "tracked": False}
        children = children_of(record, bodies)
        if row is None:
            row = Mandate(**values)
            row.flag = _flag(row, [vanished_describe()])
            new.append((row, children))
            removed.append(row)
            continue
        if row.in_text:
            values["flag"] = _flag(row, [vanished_describe()])
            removed.append(row)
            flagged.add(row.pk)
        if row.pk in decided:
            # The decision was taken about the words that its maker saw.
            values, children = {name: values[name] for name in _PLACE if name in values}, children_stored(row)
        stored = children_stored(row)
        if _set(row, values) or stored != children:
            moved.append((row, children if stored != children else None))
    for row in kept:
        values = {"in_text": False, "tracked": False}
        if row.in_text:
            values["flag"] = _flag(row, [vanished_describe()])
            flagged.add(row.pk)
        if _set(row, values | own_keys.get(row.pk, {})):
            moved.append((row, None))
    Mandate.objects.filter(pk__in=[row.pk for row in gone if row.pk not in decided]).delete()
    Mandate.objects.bulk_update([row for row, _children in (*changed, *moved)], _FOUND)
    children_replace([(row, children) for row, children in (*changed, *moved) if children is not None])
    Mandate.objects.bulk_create([row for row, _children in new])
    children_create(new)
    _store_references(document, extraction, paragraphs)

    counts["unchanged"] = counts["found"] - counts["new"] - counts["changed"]
    unseen = sum(row is None for _record, row in former_pairs)
    return StoredMandates(
        counts={**counts, "removed": len(removed), "flagged": len(flagged) + unseen},
        kept_paragraphs={row.paragraph_id for row in kept}
        | {paragraphs[record.clause.span.paragraph].pk for record in lost_to_issues}
        | {row.paragraph_id for _record, row in former_pairs if row is not None},
        linked=linked,
    )


def _set(row: Mandate, values: Mapping[str, Any]) -> set[str]:
    """Put values into a row, and say which of them changed it."""
    differing = {name for name, value in values.items() if getattr(row, name) != value}
    for name in differing:
        setattr(row, name, values[name])
    return differing


def _keys_apart(kept: Iterable[Mandate], keys: Iterable[str]) -> dict[int, dict[str, Any]]:
    """Give other keys to kept mandates whose number another one has by now."""
    taken = set(keys)
    given: dict[int, dict[str, Any]] = {}
    for row in kept:
        key, nth = free_key(row.key, row.nth, taken)
        taken.add(key)
        if key != row.key:
            given[row.pk] = {"key": key, "nth": nth, "part": row.part}
    return given


def mandates_decided(document: Document) -> set[int]:
    """Give the ids of the mandates of a document that somebody decided about: an outcome, a link or a suggestion."""
    changes = OutcomeChange.objects.filter(mandate__document=document).values_list("mandate_id", flat=True)
    links = (
        MandateLink.objects.filter(Q(later__document=document) | Q(earlier__document=document))
        .exclude(decision=MandateLink.Decision.FOUND)
        .values_list("later_id", "earlier_id")
    )
    suggestions = LineageDecision.objects.filter(suggestion__mandate__document=document)
    answered = suggestions.values_list("suggestion__mandate_id", flat=True)
    return {*changes, *answered, *(pk for pair in links for pk in pair)}


def _linked_elsewhere(document: Document) -> set[int]:
    """Mandates that are linked with one of this document: links go with a mandate that is gone."""
    links = MandateLink.objects.filter(Q(later__document=document) | Q(earlier__document=document))
    pairs = links.values_list("later_id", "earlier_id")
    return {pk for pair in pairs for pk in pair}


def _park(ids: Iterable[int]) -> None:
    """Free the keys of mandates that are about to move: one may move to the key that another still holds."""
    parked = Concat(Value("~"), Cast("pk", CharField()))
    Mandate.objects.filter(pk__in=list(ids)).update(key=parked, part=parked)


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
