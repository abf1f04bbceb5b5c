"""What the page of a mandate shows: its paragraph with the words marked, what it cites, what people recorded."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.safestring import SafeString

from mandates.correction_history import MandateCorrections, mandate_corrections
from mandates.lapses import Lapse, lapse_of
from mandates.models import (
    Correction,
    LineageDecision,
    Mandate,
    MandateLink,
    OutcomeChange,
    Reference,
    ReportingDeadline,
)
from mandates.querysets import MandateLinkQuerySet
from mandates.services.asked import mandate_rank
from mandates.services.matching import words_of
from mandates.timeline import Timeline, timeline
from resolutions.citations import citation
from resolutions.layout import hanging_number
from resolutions.links import ParagraphLinks, citation_links, cited_url, document_url, known_symbols
from resolutions.models import AssemblySession, Paragraph
from resolutions.rendering import Mark, Note, footnote_marks, text_html

MOST_CITING = 50
_MOST_LINKS = 20
_MOST_DECISIONS = 100


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as the page shows it; what is not `is_own`, a part of the mandate's clause, is there for context."""

    number: str
    depth: int
    html: SafeString
    is_own: bool


@dataclass(frozen=True, slots=True)
class Citing:
    """A document that the paragraph cites, with what hinders the link, or a paragraph that cites this one."""

    text: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class LinkDecisionRow:
    """A decision about a link of the mandate, as the history shows it; `other` is the mandate it is linked with."""

    decision: LineageDecision
    other: Mandate

    @property
    def made_at(self) -> datetime.datetime:
        """When it was made."""
        return self.decision.made_at

    @property
    def before(self) -> str:
        """How the link stood, in words; empty where the decision made it."""
        return str(MandateLink.Decision(self.decision.before).label) if self.decision.before else ""

    @property
    def after(self) -> str:
        """How it stands since, in words."""
        return str(MandateLink.Decision(self.decision.after).label)


@dataclass(frozen=True, slots=True)
class MandatePage:
    """A mandate with all that its page says of it.

    `known` are the symbols of evidence that have a page here. Of a mandate that the text no longer has there are no
    passages where its paragraph says something else by now.
    """

    mandate: Mandate
    citation: str
    place: str
    paragraph_href: str
    deadlines: list[tuple[ReportingDeadline, AssemblySession | None]]
    passages: list[Passage]
    notes: list[Note]
    changes: list[OutcomeChange]
    history: list[OutcomeChange | LinkDecisionRow | Correction]
    corrections: MandateCorrections
    evidence: list[OutcomeChange]
    known: set[str]
    siblings: list[Mandate]
    timeline: Timeline
    readdressed: list[tuple[MandateLink, Mandate]]
    cites: list[Citing]
    cited_by: list[Citing]
    due: AssemblySession | None
    lapse: Lapse | None


def mandate_page(mandate: Mandate) -> MandatePage:
    """Gather what the page of a mandate shows.

    Args:
        mandate: with its paragraph, document, topic, addressees and deadlines fetched.
    """
    own = mandate.paragraph
    shown = _shown_paragraphs(own)
    references = list(Reference.objects.filter(paragraph__in=shown).select_related("cited_document"))
    passages, notes = _passages(mandate, shown, citation_links(references))
    is_left = _is_left(mandate)
    changes = list(
        OutcomeChange.objects.filter(mandate__task=mandate.task)
        .select_related("mandate", "made_by", "occurrence")
        .order_by("-pk")
    )
    corrections = mandate_corrections(mandate)
    symbol = mandate.document.symbol
    cited_as = citation(symbol, mandate.part, mandate.label, own.key)
    deadlines = list(mandate.deadlines.all())
    numbers = {deadline.session_number for deadline in deadlines} | {mandate.due_session}
    sessions = {session.number: session for session in AssemblySession.objects.filter(number__in=numbers - {None})}
    return MandatePage(
        mandate=mandate,
        citation=cited_as,
        place=cited_as.removeprefix(f"{symbol}, "),
        paragraph_href=document_url(symbol, own.key),
        deadlines=[(deadline, sessions.get(deadline.session_number)) for deadline in deadlines],
        passages=[] if is_left else passages,
        notes=[] if is_left else notes,
        changes=changes,
        history=sorted(
            [*changes, *_link_decisions(mandate), *corrections.history], key=lambda row: row.made_at, reverse=True
        ),
        corrections=corrections,
        evidence=_evidence(mandate, changes),
        known=known_symbols(change.evidence_symbol for change in changes if change.evidence_symbol),
        siblings=[]
        if is_left
        else list(own.mandates.filter(in_text=True).exclude(pk=mandate.pk).prefetch_related("addressee_rows__body")),
        timeline=timeline(mandate),
        readdressed=linked_with(mandate, MandateLink.objects.readdressed()),
        cites=_cites(reference for reference in references if reference.paragraph_id == own.pk),
        cited_by=_cited_by(mandate),
        due=sessions.get(mandate.due_session),
        lapse=lapse_of(mandate),
    )


def _is_left(mandate: Mandate) -> bool:
    """Say whether the paragraph that has its number now says something else."""
    if mandate.in_text or not mandate.paragraph.in_text:
        return False
    return words_of(mandate.action) not in words_of(mandate.paragraph.text)


def _shown_paragraphs(own: Paragraph) -> list[Paragraph]:
    """The chapeau above, the paragraph itself, and the sub-paragraphs that continue it, in the order of the text."""
    below = list(own.children.filter(in_text=True))
    below += list(Paragraph.objects.filter(parent__in=below, in_text=True)) if below else []
    above = [own.parent] if own.parent else []
    return sorted([*above, own, *below], key=lambda paragraph: paragraph.position)


def _passages(
    mandate: Mandate, shown: Iterable[Paragraph], links: dict[int, ParagraphLinks]
) -> tuple[list[Passage], list[Note]]:
    marks = _marks(mandate)
    own = {mandate.paragraph.key} | {str(place["paragraph"]) for place in mandate.continuations}
    passages: list[Passage] = []
    notes: list[Note] = []
    depths: dict[int | None, int] = {}
    for paragraph in shown:
        depth = depths[paragraph.pk] = depths.get(paragraph.parent_id, -1) + 1
        found = links.get(paragraph.pk, ParagraphLinks())
        note_marks, its_notes = footnote_marks(paragraph.key, paragraph.text, paragraph.footnotes, found.notes)
        notes.extend(its_notes)
        html = text_html(
            paragraph.text, paragraph.emphases, marks=marks.get(paragraph.key, ()), links=found.text, notes=note_marks
        )
        passages.append(Passage(hanging_number(paragraph.label), depth, html, paragraph.key in own))
    return passages, notes


def _marks(mandate: Mandate) -> dict[str, list[Mark]]:
    """By the key of the paragraph; none where the last import no longer has the words, as the spans hold no more."""
    if not mandate.in_text:
        return {}
    own = mandate.paragraph.key
    marks = {own: [Mark(mandate.verb_start, mandate.verb_end, "verb")]}
    for row in mandate.addressee_rows.all():
        if row.start is not None and row.end is not None:
            marks.setdefault(row.span_paragraph or own, []).append(Mark(row.start, row.end, "body"))
    for deadline in mandate.deadlines.all():
        marks.setdefault(deadline.span_paragraph or own, []).append(Mark(deadline.start, deadline.end, "due"))
    return marks


def _evidence(mandate: Mandate, changes: Iterable[OutcomeChange]) -> list[OutcomeChange]:
    """What stands as evidence now: of a recurring mandate one for each occurrence, else that of its outcome."""
    latest: dict[int | None, OutcomeChange] = {}
    for change in changes:
        if change.kind != OutcomeChange.Kind.REVIEWED:
            latest.setdefault(change.occurrence_id, change)
    return [
        change
        for occurrence, change in latest.items()
        if change.kind == OutcomeChange.Kind.FULFILLED
        and (occurrence is not None or mandate.outcome == Mandate.Outcome.FULFILLED)
    ]


def linked_with(mandate: Mandate, links: MandateLinkQuerySet) -> list[tuple[MandateLink, Mandate]]:
    """Give links of a mandate with the other one of each, with its bodies; at most twenty, the earliest first.

    Args:
        mandate: whose links.
        links: which of them.
    """
    rows = list(links.filter(Q(later=mandate) | Q(earlier=mandate)).order_by("pk")[:_MOST_LINKS])
    others = _other_ends(mandate, rows)
    found = [(row, others[row.pk]) for row in rows]
    return sorted(found, key=lambda pair: mandate_rank(pair[1]))


def _other_ends(mandate: Mandate, links: Iterable[MandateLink]) -> dict[int, Mandate]:
    """Read the other mandate of each link, by the id of the link; where there is none without a query."""
    ids = {link.pk: link.earlier_id if link.later_id == mandate.pk else link.later_id for link in links}
    if not ids:
        return {}
    rows = Mandate.objects.select_related("document__session", "paragraph").prefetch_related("addressee_rows__body")
    others = rows.in_bulk(set(ids.values()))
    return {link: others[pk] for link, pk in ids.items()}


def _link_decisions(mandate: Mandate) -> list[LinkDecisionRow]:
    decisions = LineageDecision.objects.filter(Q(link__later=mandate) | Q(link__earlier=mandate))
    rows = list(decisions.select_related("made_by", "link").order_by("-pk")[:_MOST_DECISIONS])
    others = _other_ends(mandate, [row.link for row in rows if row.link])
    return [LinkDecisionRow(row, others[row.link.pk]) for row in rows if row.link]


def _cites(references: Iterable[Reference]) -> list[Citing]:
    cites = (
        Citing(
            citation(row.symbol, "body", row.cited_paragraph),
            row.get_state_display() if row.state != Reference.State.RESOLVED else "",
            cited_url(row),
        )
        for row in references
    )
    return list(dict.fromkeys(cites))


def _cited_by(mandate: Mandate) -> list[Citing]:
    """Paragraphs of other documents that cite that of the mandate."""
    rows = (
        Paragraph.objects.filter(in_text=True, references__cited_places=mandate.paragraph)
        .exclude(document=mandate.document)
        .select_related("document")
        .distinct()
        .order_by("-document__adopted", "document", "position")[:MOST_CITING]
    )
    return [
        Citing(
            citation(row.document.symbol, row.part, row.label, row.key),
            row.document.title,
            document_url(row.document.symbol, row.key),
        )
        for row in rows
    ]
