"""What the page of a mandate shows: its paragraph with the words marked, what it cites, what people recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from mandates.models import Mandate, MandateLink, OutcomeChange, Reference, ReportingDeadline
from resolutions.citations import anchor, citation
from resolutions.layout import hanging_number
from resolutions.links import ParagraphLinks, citation_links, document_url, known_symbols
from resolutions.models import AssemblySession, Paragraph
from resolutions.rendering import Mark, Note, footnote_marks, text_html


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as the page shows it; what is not `is_own`, a part of the mandate's clause, is there for context."""

    number: str
    depth: int
    html: SafeString
    is_own: bool


@dataclass(frozen=True, slots=True)
class Citing:
    """A document that the paragraph cites, or a paragraph that cites this one."""

    text: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class MandatePage:
    """A mandate with all that its page says of it; `known` are the symbols of evidence that have a page here."""

    mandate: Mandate
    citation: str
    place: str
    paragraph_href: str
    deadlines: list[tuple[ReportingDeadline, AssemblySession | None]]
    passages: list[Passage]
    notes: list[Note]
    changes: list[OutcomeChange]
    evidence: list[OutcomeChange]
    known: set[str]
    siblings: list[Mandate]
    links: list[tuple[str, Mandate]]
    cites: list[Citing]
    cited_by: list[Citing]
    due: AssemblySession | None


def mandate_page(mandate: Mandate) -> MandatePage:
    """Gather what the page of a mandate shows.

    Args:
        mandate: with its paragraph, document, topic, addressees and deadlines fetched.
    """
    own = mandate.paragraph
    shown = _shown_paragraphs(own)
    references = list(Reference.objects.filter(paragraph__in=shown))
    passages, notes = _passages(mandate, shown, citation_links(references))
    changes = list(mandate.outcome_changes.select_related("made_by", "occurrence").order_by("-version"))
    symbol = mandate.document.symbol
    cited_as = citation(symbol, mandate.part, mandate.label, own.key)
    deadlines = list(mandate.deadlines.all())
    numbers = {deadline.session_number for deadline in deadlines} | {mandate.due_session}
    sessions = {session.number: session for session in AssemblySession.objects.filter(number__in=numbers - {None})}
    return MandatePage(
        mandate=mandate,
        citation=cited_as,
        place=cited_as.removeprefix(f"{symbol}, "),
        paragraph_href=f"{document_url(symbol)}#{anchor(own.key)}",
        deadlines=[(deadline, sessions.get(deadline.session_number)) for deadline in deadlines],
        passages=passages,
        notes=notes,
        changes=changes,
        evidence=_evidence(mandate, changes),
        known=known_symbols(change.evidence_symbol for change in changes if change.evidence_symbol),
        siblings=list(
            own.mandates.filter(in_text=True).exclude(pk=mandate.pk).prefetch_related("addressee_rows__body")
        ),
        links=_links(mandate),
        cites=_cites(reference for reference in references if reference.paragraph_id == own.pk),
        cited_by=_cited_by(mandate),
        due=sessions.get(mandate.due_session),
    )


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


def _links(mandate: Mandate) -> list[tuple[str, Mandate]]:
    """Mandates that this one is linked with: ``earlier``, ``later`` or ``parallel``, and the other one."""
    rows = MandateLink.objects.standing().exclude(kind=MandateLink.Kind.REFERS)
    before = rows.filter(later=mandate).select_related("earlier__document", "earlier__paragraph")
    after = rows.filter(earlier=mandate).select_related("later__document", "later__paragraph")
    repeats = MandateLink.Kind.REPEATS
    return [
        *(("earlier" if row.kind == repeats else "parallel", row.earlier) for row in before),
        *(("later" if row.kind == repeats else "parallel", row.later) for row in after),
    ]


def _cites(references: Iterable[Reference]) -> list[Citing]:
    rows = list(references)
    known = known_symbols(row.symbol for row in rows)
    cites = (
        Citing(
            citation(row.symbol, "body", row.cited_paragraph),
            "",
            document_url(row.symbol, row.cited_paragraph) if row.symbol in known else "",
        )
        for row in rows
    )
    return list(dict.fromkeys(cites))


def _cited_by(mandate: Mandate) -> list[Citing]:
    if mandate.part != "body":
        return []
    rows = (
        Reference.objects.filter(symbol=mandate.document.symbol, cited_paragraph=mandate.label, paragraph__in_text=True)
        .exclude(paragraph__document=mandate.document)
        .select_related("paragraph__document")[:20]
    )
    cited_by = (
        Citing(
            citation(row.paragraph.document.symbol, row.paragraph.part, row.paragraph.label, row.paragraph.key),
            row.paragraph.document.title,
            f"{document_url(row.paragraph.document.symbol)}#{anchor(row.paragraph.key)}",
        )
        for row in rows
    )
    return list(dict.fromkeys(cited_by))
