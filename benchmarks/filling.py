"""Fills a database with many mandates of every kind that a page shows, without reading a document.

The paragraphs are those of the sample documents; every title begins with "Synthetic". A series is a resolution of each
of the last sessions, and what a mandate is follows from its place: most are asked again in every session, the others
are done, withdrawn, flagged, wait for a decision of a person, or were never adopted. What imports work out (statuses,
chains, sketches) is given here as it would come out; `benchmarks.synthetic` writes documents that are imported.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle, islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from benchmarks.synthetic import FIRST_NUMBER, samples
from mandates.correcting.correction_json import anchor_as_json
from mandates.correcting.records import Anchor
from mandates.models import (
    Body,
    BulkDecision,
    BulkEntry,
    Correction,
    CorrectionPlace,
    Mandate,
    MandateAddressee,
    MandateLink,
    OutcomeChange,
    Reference,
    ReportingDeadline,
    Suggestion,
    Topic,
)
from mandates.reference_data import bodies_load, topics_load
from resolutions.models import (
    AssemblySession,
    Document,
    DocumentIssue,
    ImportBatch,
    ImportRun,
    KnownDocument,
    Paragraph,
    SourceFile,
)
from resolutions.reference_data import sessions_load
from resolutions.register import register_load

SESSIONS = 24
PARAGRAPHS = 104
USERNAME = "synthetic"
# By the last digit of its place, what becomes of a mandate.
_KINDS = 10
_REPEATED, _TWIN, _PROPOSED_LINK, _FULFILLED, _WITHDRAWN, _SUGGESTED, _PROPOSED = {0, 1, 2, 3}, 3, 4, 5, 6, 7, 8
_CORRECTED = 2  # repeated, and somebody corrected its topic
_OUTCOMES = {_FULFILLED: Mandate.Outcome.FULFILLED, _WITHDRAWN: Mandate.Outcome.WITHDRAWN}
_TODAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def fill(*, series: int, sessions: int = SESSIONS, paragraphs: int = PARAGRAPHS) -> None:
    """Add series of resolutions; what is there stays.

    Args:
        series: how many; two have every kind of mandate where they have five paragraphs or more.
        sessions: the number of their resolutions, one of each of the last sessions.
        paragraphs: the number of paragraphs of each resolution; each has a mandate.
    """
    if not AssemblySession.objects.exists():
        _load_reference_data()
    opened = AssemblySession.objects.regular().filter(opening_date__lt=_TODAY).order_by("-number")
    chosen = list(reversed(opened[:sessions]))
    first = Document.objects.filter(session=chosen[-1], title__startswith="Synthetic").count()
    for number in range(first, first + series):
        with transaction.atomic():
            _Series(number, chosen, paragraphs).store()


def fill_with(mandates: int) -> None:
    """Add so many mandates, or a few more."""
    fill(series=-(-mandates // (SESSIONS * PARAGRAPHS)))


def _load_reference_data() -> None:
    for load in (sessions_load, bodies_load, topics_load, register_load):
        load()


@cache
def _texts() -> tuple[str, ...]:
    return tuple(sample.text for sample in samples())


@dataclass
class _Series:
    """A resolution that comes again in every session."""

    number: int
    sessions: Sequence[AssemblySession]
    paragraphs: int
    # By the place of a mandate, the first that asked it and the one that asked it last.
    chains: dict[int, int] = field(default_factory=dict)
    before: dict[int, Mandate] = field(default_factory=dict)

    def store(self) -> None:
        """Store all of it."""

        self.staff = get_user_model().objects.get_or_create(username=USERNAME, defaults={"is_staff": True})[0]
        self.bodies: list[Body] = list(Body.objects.exclude(category=Body.Category.STATE).order_by("pk"))
        self.topics: list[Topic] = list(Topic.objects.order_by("pk"))
        self.opening = dict(AssemblySession.objects.values_list("number", "opening_date"))
        self.batch = ImportBatch.objects.create(started_by=self.staff)
        documents = self._documents()
        for at, document in enumerate(documents):
            self._fill(at, document, documents[at - 1] if at else None)
        self._store_imports(documents)
        self._store_bulk()

    def _kind(self, place: int) -> int:
        return (place + 5 * self.number) % _KINDS

    def _addressees(self, place: int) -> list[int]:
        """One or two bodies, by their number."""
        return list(dict.fromkeys(each % len(self.bodies) for each in (self.number + place, place // 3)))

    def _documents(self) -> list[Document]:

        number = FIRST_NUMBER + self.number
        words = _texts()[self.number % len(_texts())].split()[2:8]
        sources = [self._source(f"{session.code}-{number}") for session in self.sessions]
        documents = Document.objects.bulk_create(
            Document(
                symbol=f"ICC-ASP/{session.code}/Res.{number}",
                kind=Document.Kind.RESOLUTION,
                title=f"Synthetic series {self.number + 1}: {' '.join(words)}",
                session=session,
                session_code=session.code,
                adopted=session.opening_date,
                imported_at=_TODAY,
                source=source,
            )
            for session, source in zip(self.sessions, sources, strict=True)
        )
        DocumentIssue.objects.bulk_create(
            DocumentIssue(document=document, symbol=document.symbol, source=source)
            for document, source in zip(documents, sources, strict=True)
        )
        DocumentIssue.objects.create(
            document=documents[-1],
            symbol=f"{documents[-1].symbol}/Corr.1",
            corrigendum=1,
            source=sources[-1],
            state=DocumentIssue.State.APPLIED,
            unplaced=[{"words": "Paragraph 999: delete.", "reason": "There is no such paragraph."}],
        )
        KnownDocument.objects.bulk_create(
            KnownDocument(
                symbol=f"ICC-ASP/{session.code}/{number}", title="Synthetic report", session_code=session.code
            )
            for session in self.sessions
        )
        return documents

    def _source(self, name: str) -> SourceFile:

        content = f"Resolution {name}\n\n1. {_texts()[0]};\n".encode()
        digest = hashlib.sha256(content).hexdigest()
        values = {"media_type": "text/plain", "size": len(content), "content": content}
        return SourceFile.objects.create(sha256=digest, name=f"{name}-SYNTHETIC.txt", **values)

    def _fill(self, at: int, document: Document, earlier: Document | None) -> None:

        texts = islice(cycle(_texts()), 7 * self.number, None)
        rows = Paragraph.objects.bulk_create(
            Paragraph(
                document=document,
                key=f"body/{place + 1}",
                position=place,
                part="body",
                label=str(place + 1),
                kind=Paragraph.Kind.OPERATIVE,
                text=f"Requests in series {self.number + 1}: {next(texts)};",
                proposed=self._kind(place) == _PROPOSED,
            )
            for place in range(self.paragraphs)
        )
        first = [row for row in rows if self._kind(row.position) != _TWIN]
        mandates = Mandate.objects.bulk_create([self._mandate(at, row) for row in first])
        by_place = {mandate.position: mandate for mandate in mandates}
        twins = [row for row in rows if self._kind(row.position) == _TWIN]
        mandates += Mandate.objects.bulk_create(
            [self._mandate(at, row, by_place.get(row.position - 1)) for row in twins]
        )
        if not at:
            self._begin_chains(mandates)
        MandateAddressee.objects.bulk_create(
            MandateAddressee(mandate=mandate, body=self.bodies[body], position=position)
            for mandate in mandates
            for position, body in enumerate(self._addressees(mandate.position))
        )
        ReportingDeadline.objects.bulk_create(
            ReportingDeadline(
                mandate=mandate,
                position=0,
                kind=ReportingDeadline.Kind.RECURRING if mandate.recurring else ReportingDeadline.Kind.SESSION,
                text="to its next session",
                session_number=mandate.due_session,
                interval="annual" if mandate.recurring else "",
                span_paragraph=f"body/{mandate.label}",
                start=0,
                end=8,
            )
            for mandate in mandates
        )
        OutcomeChange.objects.bulk_create(
            OutcomeChange(
                mandate=mandate,
                version=1,
                kind=mandate.outcome,
                before=Mandate.Outcome.OPEN,
                after=mandate.outcome,
                effective_on=document.adopted or _TODAY.date(),
                evidence_symbol=document.symbol,
                note="Synthetic.",
                made_by=self.staff,
            )
            for mandate in mandates
            if mandate.outcome_version
        )
        Suggestion.objects.bulk_create(
            Suggestion(
                mandate=mandate,
                reason=Suggestion.Reason.WELCOMED,
                source=f"{document.symbol} body/{mandate.label}",
                paragraph=mandate.paragraph,
                start=0,
                end=8,
                quotation=mandate.action,
                sentence="Synthetic.",
                evidence_symbol=document.symbol,
                evidence_date=document.adopted,
                said_on=document.adopted,
            )
            for mandate in mandates
            if self._kind(mandate.position) == _SUGGESTED
        )
        self._store_corrections(document, [each for each in mandates if self._kind(each.position) == _CORRECTED])
        self._store_links(mandates)
        self._store_references(rows, earlier)

    def _store_corrections(self, document: Document, mandates: Sequence[Mandate]) -> None:
        """Two corrections of each topic, of which one found no place."""
        states = (CorrectionPlace.State.APPLIED, CorrectionPlace.State.NOT_PLACED)
        wanted = [(mandate, state) for mandate in mandates for state in states]
        corrections = Correction.objects.bulk_create(
            Correction(
                document=document,
                kind=Correction.Kind.TOPIC,
                anchor=anchor_as_json(Anchor(f"body/{mandate.label}", mandate.paragraph.text, 0, 8)),
                entered={"topic": "Synthetic"},
                before="Synthetic",
                after="Synthetic",
                token=f"{state} {mandate.key}"[:64],
                why="Synthetic.",
                made_by=self.staff,
            )
            for mandate, state in wanted
        )
        places = CorrectionPlace.objects.bulk_create(
            CorrectionPlace(correction=row, state=state, paragraph=f"body/{mandate.label}", start=0, end=8)
            for row, (mandate, state) in zip(corrections, wanted, strict=True)
        )
        through = CorrectionPlace.mandates.through
        through._default_manager.bulk_create(
            through(correctionplace_id=place.pk, mandate_id=mandate.pk)
            for place, (mandate, _state) in zip(places, wanted, strict=True)
        )

    def _mandate(self, at: int, row: Paragraph, twin: Mandate | None = None) -> Mandate:

        kind, session = self._kind(row.position), self.sessions[at]
        again = self.sessions[at + 1] if kind in _REPEATED and at + 1 < len(self.sessions) else None
        outcome = _OUTCOMES.get(kind, Mandate.Outcome.OPEN) if at % 3 else Mandate.Outcome.OPEN
        status = Mandate.Status.REPEATED if again else Mandate.Status(outcome.value)
        due = (session.number or 0) + 1
        return Mandate(
            key=f"{row.document.symbol}:body:{row.label}:requests:0",
            document=row.document,
            paragraph=row,
            position=row.position,
            part="body",
            label=row.label,
            verb="requests",
            strength=list(Mandate.Strength)[row.position % 4],
            clause_start=0,
            clause_end=len(row.text),
            verb_start=0,
            verb_end=8,
            action=row.text[9:200],
            topic=self.topics[(self.number + row.position // 10) % len(self.topics)],
            proposed=kind == _PROPOSED,
            tracked=kind != _PROPOSED,
            outcome=outcome,
            outcome_version=0 if outcome == Mandate.Outcome.OPEN else 1,
            headline_status=Mandate.Status.PROPOSED if kind == _PROPOSED else status,
            recurring=kind == _KINDS - 1,
            recurs_from=due if kind == _KINDS - 1 else None,
            due_session=due,
            due_on=self.opening.get(due),
            chain_id=self.chains.get(row.position),
            parallel_of=twin,
            asked_again_on=again.opening_date if again else None,
            flag="Synthetic: the words are others now." if kind == _WITHDRAWN and not at else "",
        )

    def _begin_chains(self, mandates: Sequence[Mandate]) -> None:

        chained = {each.position: each.pk for each in mandates if self._kind(each.position) in _REPEATED - {_TWIN}}
        self.chains = chained | {place + 1: pk for place, pk in chained.items() if self._kind(place + 1) == _TWIN}
        for mandate in mandates:
            if mandate.position in self.chains:
                mandate.chain_id = self.chains[mandate.position]
        Mandate.objects.bulk_update(mandates, ["chain"], batch_size=100)

    def _store_links(self, mandates: Sequence[Mandate]) -> None:

        linked = _REPEATED - {_TWIN} | {_PROPOSED_LINK}
        links = [
            MandateLink(
                later=mandate,
                earlier=self.before[mandate.position],
                kind=MandateLink.Kind.REPEATS,
                decision=_decision(self._kind(mandate.position)),
                change=MandateLink.Change.UPDATED,
                score=0.9,
                matched=["body: Bureau"],
            )
            for mandate in mandates
            if mandate.position in self.before and self._kind(mandate.position) in linked
        ]
        links += [
            MandateLink(later=mandate, earlier_id=mandate.parallel_of_id, kind=MandateLink.Kind.PARALLEL, score=1.0)
            for mandate in mandates
            if mandate.parallel_of_id
        ]
        MandateLink.objects.bulk_create(links)
        self.before = {mandate.position: mandate for mandate in mandates}

    def _store_references(self, rows: Sequence[Paragraph], earlier: Document | None) -> None:

        cited = earlier.symbol if earlier else f"ICC-ASP/1/{FIRST_NUMBER + self.number}"
        Reference.objects.bulk_create(
            Reference(
                paragraph=row,
                position=0,
                symbol=cited,
                written=cited,
                start=0,
                end=8,
                state=Reference.State.RESOLVED if earlier else Reference.State.UNRESOLVED,
                cited_document=earlier,
            )
            for row in rows[:: 1 if earlier is None else 4]
        )

    def _store_imports(self, documents: Sequence[Document]) -> None:
        last = documents[-1]
        done = ImportRun.Status.NEW
        ImportRun.objects.bulk_create(
            [
                self._run(each, batch=batch, status=done, document=each)
                for batch in (self.batch, None)
                for each in documents
            ]
            + [
                self._run(last, batch=self.batch, status=ImportRun.Status.READY, symbol=last.symbol),
                self._run(last, batch=self.batch, status=ImportRun.Status.FAILED, error="Synthetic: it has no text."),
            ]
        )

    def _run(self, of: Document, **fields: Any) -> ImportRun:
        assert of.source is not None
        return ImportRun(name=of.source.name, source=of.source, finished_at=_TODAY, started_by=self.staff, **fields)

    def _store_bulk(self) -> None:

        done = [mandate for mandate in self.before.values() if self._kind(mandate.position) == _FULFILLED]
        refused = [mandate for mandate in self.before.values() if self._kind(mandate.position) == _PROPOSED]
        bulk = BulkDecision.objects.create(
            kind=BulkDecision.Kind.FULFIL,
            made_by=self.staff,
            heartbeat_at=_TODAY,
            finished_at=_TODAY,
            total=len(done) + len(refused),
            done=len(done),
            refused=len(refused),
        )
        BulkEntry.objects.bulk_create(
            BulkEntry(bulk=bulk, mandate=mandate, key=mandate.key, version=0, state=state, change=change, reason=reason)
            for mandates, state, reason in (
                (done, BulkEntry.State.DONE, ""),
                (refused, BulkEntry.State.REFUSED, "It was not adopted."),
            )
            for mandate in mandates
            for change in [mandate.outcome_changes.first()]
        )


def _decision(kind: int) -> str:

    return MandateLink.Decision.PROPOSED if kind == _PROPOSED_LINK else MandateLink.Decision.FOUND
