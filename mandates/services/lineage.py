"""Finds the links of a document's mandates, and anew those of the documents that its arrival, change or going touches.

The links are the same in whatever order documents arrive: those of a document depend on it and on what stands before
it (`mandates.lineage.finding`), so an import looks again at what stands behind. Nothing here changes what a person
decided.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction

from mandates.lineage.finding import links_of
from mandates.lineage.records import LinkFinding, LinkKind
from mandates.lineage.sketches import SHARED, sketch
from mandates.models import Mandate, MandateLink, MandateSketch
from mandates.services.asked import AskedMandates, asked_mandates, document_rank, session_rank
from mandates.services.chains import chains_refresh, chains_settle, lineage_lock
from resolutions.models import Document

# Few enough for one query on either database.
_AT_ONCE = 5000
_FOUND = ["kind", "decision", "change", "score", "matched"]

Pairs = set[tuple[int, int]]


def lineage_refresh(*, document: Document, also: Iterable[int] = ()) -> set[int]:
    """Find the links of a document that was stored, and of those that stand behind it and say something alike.

    Args:
        document: the one that is new or was changed.
        also: ids of mandates whose links went with mandates of it.

    Returns:
        Ids of mandates that belong to another parallel set than before, whose suggestions are still to be found anew.
    """
    with transaction.atomic():
        lineage_lock()
        links = MandateLink.objects.filter(earlier__document=document)
        linked = set(links.values_list("later__document", flat=True))  # also where it stood elsewhere till now
        alike = _holding(_candidates(document.pk))
        _sketch(document)
        alike |= _holding(_candidates(document.pk))
        rank = session_rank(document)
        documents = Document.objects.filter(pk__in=alike).select_related("session")
        behind = {each.pk for each in documents if session_rank(each) >= rank}
        touched = {*also, *Mandate.objects.filter(document=document).values_list("pk", flat=True)}
        known = AskedMandates()
        for pk in sorted({document.pk} | linked | behind):
            touched |= _relink(pk, known)
        return chains_settle(mandates=touched)[1]


def lineage_rebuild() -> int:
    """Find all links anew, for example after the rules changed; what people decided stays.

    Returns:
        The number of documents that were looked at; each is a transaction of its own.
    """
    documents = Document.objects.filter(mandates__isnull=False).distinct().select_related("session")
    ordered = sorted(documents, key=lambda document: (session_rank(document), document_rank(document)))
    for document in ordered:
        with transaction.atomic():
            lineage_lock()
            _sketch(document)
    for document in ordered:
        links_refind(documents=[document.pk])
    return len(ordered)


def links_refind(*, documents: Iterable[int]) -> None:
    """Find the links of documents anew, for example after a person rejected one of them.

    Args:
        documents: ids of the documents of the later mandates.
    """
    with transaction.atomic():
        lineage_lock()
        touched: set[int] = set()
        known = AskedMandates()
        for pk in sorted(set(documents)):
            touched |= _relink(pk, known)
        chains_refresh(mandates=touched)


def _sketch(document: Document) -> None:
    """Bring the hashes of a document's mandates up to date."""
    wanted = {
        (pk, value)
        for pk, asked in asked_mandates(Mandate.objects.filter(document=document)).items()
        for value in sketch(asked.text)
    }
    rows = MandateSketch.objects.filter(mandate__document=document)
    there = set(rows.values_list("mandate", "hash"))
    if stale := {mandate for mandate, _hash in there - wanted}:
        rows.filter(mandate__in=stale).delete()
        there = {each for each in there if each[0] not in stale}
    MandateSketch.objects.bulk_create(
        [MandateSketch(mandate_id=mandate, hash=value) for mandate, value in sorted(wanted - there)]
    )


def _candidates(document: int) -> Pairs:
    """Mandates of a document, each with one of any document that shares enough hashes with it."""
    own: dict[int, list[int]] = defaultdict(list)
    for mandate, value in MandateSketch.objects.filter(mandate__document=document).values_list("mandate", "hash"):
        own[value].append(mandate)
    shared: Counter[tuple[int, int]] = Counter()
    hashes = sorted(own)
    for start in range(0, len(hashes), _AT_ONCE):
        rows = MandateSketch.objects.filter(hash__in=hashes[start : start + _AT_ONCE])
        for other, value in rows.values_list("mandate", "hash"):
            shared.update((mandate, other) for mandate in own[value] if mandate != other)
    return {pair for pair, count in shared.items() if count >= SHARED}


def _holding(pairs: Pairs) -> set[int]:
    others = {other for _mandate, other in pairs}
    return set(Mandate.objects.filter(pk__in=others).values_list("document", flat=True))


def _relink(document: int, known: AskedMandates) -> set[int]:
    """Find the links of a document's mandates to what stands before them, and store what changed.

    Args:
        document: its id.
        known: what was read for other documents: the candidates of most are the same.

    Returns:
        The mandates at the ends of links that came, went or changed.
    """
    own = known.of(Mandate.objects.filter(document=document).values_list("pk", flat=True))
    rows = MandateLink.objects.filter(later__document=document).prefetch_related("decisions")
    stored = {(row.later_id, row.earlier_id): row for row in rows}
    rejected = {pair for pair, row in stored.items() if row.decision == MandateLink.Decision.REJECTED}
    pairs = {pair for pair in _candidates(document) if pair not in rejected and pair[::-1] not in rejected}
    others = known.of({other for _mandate, other in pairs} - own.keys())
    everyone = others | own
    ids = {asked.key: pk for pk, asked in everyone.items()}
    found = links_of(
        list(own.values()),
        list(others.values()),
        [(everyone[one].key, everyone[two].key) for one, two in pairs if one in everyone and two in everyone],
    )
    return _store({(ids[each.later], ids[each.earlier]): each for each in found}, stored)


def _store(found: Mapping[tuple[int, int], LinkFinding], stored: Mapping[tuple[int, int], MandateLink]) -> set[int]:
    """Make the undecided links those that were found."""
    made = MandateLink.Decision
    new, changed, gone = [], [], []
    for (later, earlier), finding in found.items():
        values = {
            "kind": finding.kind.value,
            # Of what another body is asked there is nothing to decide.
            "decision": made.FOUND if finding.certain or finding.kind is LinkKind.READDRESSED else made.PROPOSED,
            "change": finding.change.value,
            "score": finding.score,
            "matched": list(finding.matched),
        }
        row = stored.get((later, earlier))
        if row is None:
            new.append(MandateLink(later_id=later, earlier_id=earlier, **values))
        elif row.decision not in MandateLink.DECIDED and any(getattr(row, key) != values[key] for key in _FOUND):
            for key, value in values.items():
                setattr(row, key, value)
            changed.append(row)
    for pair, row in stored.items():
        if pair in found or row.decision in MandateLink.DECIDED:
            continue
        if row.decisions.all():  # the history of what people said of it stays
            row.decision = made.REJECTED
            changed.append(row)
        else:
            gone.append(row)
    MandateLink.objects.filter(pk__in=[row.pk for row in gone]).delete()
    MandateLink.objects.bulk_update(changed, _FOUND)
    MandateLink.objects.bulk_create(new)
    return {pk for row in (*new, *changed, *gone) for pk in (row.later_id, row.earlier_id)}
