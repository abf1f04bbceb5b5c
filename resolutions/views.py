"""Pages of documents: the list, and one to read."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from resolutions.cited_by import cited_by
from resolutions.filters import DocumentFilterSet, KnownDocumentFilterSet, counted
from resolutions.issues_page import issues_of
from resolutions.layout import lay_out
from resolutions.links import citation_links
from resolutions.lookup import near_documents
from resolutions.models import AssemblySession, Document, DocumentIssue, KnownDocument
from resolutions.originals import original_response
from resolutions.structure.headings import is_enacting
from resolutions.structure.issues import base_symbol
from resolutions.structure.symbols import canonical_symbol

PER_PAGE = 50


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Show the documents that a query string asks for, a page of them, with the counts of their mandates.

    With ``show=known`` it is those that are known by their symbols and were not read, which no other page counts.
    """
    if request.GET.get("show") == "known":
        return _known_list(request)
    documents = counted(Document.objects.select_related("session"), timezone.localdate())
    filters = DocumentFilterSet(request.GET, queryset=documents)
    page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "narrowed": any(filters.form.cleaned_data.values()),
        "known": KnownDocument.objects.not_read().count(),
    }
    return render(request, "resolutions/list.html", context)


def _known_list(request: HttpRequest) -> HttpResponse:
    filters = KnownDocumentFilterSet(request.GET, queryset=KnownDocument.objects.not_read())
    page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    names = {session.code: session for session in AssemblySession.objects.all()}
    context = {
        "filters": filters,
        "page": page,
        "rows": [(known, names.get(known.session_code)) for known in page],
        "narrowed": any(filters.form.cleaned_data.values()),
        "read": Document.objects.count(),
    }
    return render(request, "resolutions/known_list.html", context)


@require_safe
def document_detail(request: HttpRequest, symbol: str) -> HttpResponse:
    """Show a document to be read in full, with its mandates in the margin."""
    if "\0" in symbol:
        raise Http404  # PostgreSQL takes no such text
    document = Document.objects.select_related("session").filter(symbol=symbol).first()
    if document is None:
        return _other_spelling(request, symbol)
    paragraphs = list(
        document.paragraphs.filter(in_text=True).prefetch_related(
            "mandates__addressee_rows__body", "references__cited_document"
        )
    )
    citations = [citation for paragraph in paragraphs for citation in paragraph.references.all()]
    cites = cited_by(document.symbol, document)
    layout = lay_out(document, paragraphs, citation_links(citations), _enacting_line(document), cites.by_paragraph)
    context = {
        "document": document,
        "cited_by": cites,
        "issues": issues_of(document),
        "layout": layout,
        "mandates": layout.mandates,
        "has_proposed": any(paragraph.proposed for paragraph in paragraphs),
    }
    return render(request, "resolutions/detail.html", context)


@require_safe
def document_original(request: HttpRequest, symbol: str) -> FileResponse:
    """Give the file of one issue of a document, byte for byte."""
    if "\0" in symbol:
        raise Http404  # PostgreSQL takes no such text
    canonical = canonical_symbol(symbol) or symbol
    issue = DocumentIssue.objects.select_related("source").filter(symbol=canonical).first()
    if issue is not None:
        return original_response(issue.source)
    document = get_object_or_404(Document.objects.select_related("source"), symbol=canonical, source__isnull=False)
    assert document.source is not None
    return original_response(document.source)


def _enacting_line(document: Document) -> str:
    """Give "The Assembly of States Parties," as printed, which opens the preamble and is no paragraph."""
    lines = (str(line).strip().strip("*_") for line in document.header_lines)
    return next(filter(is_enacting, lines), "")


def _known(request: HttpRequest, symbol: str, listed: KnownDocument) -> HttpResponse:
    """Show what is known of a document that nobody imported."""
    if symbol != listed.symbol:
        return redirect("resolutions:detail", listed.symbol, permanent=True)
    session = AssemblySession.objects.filter(code=listed.session_code).first()
    context = {"known": listed, "session": session, "cited_by": cited_by(listed.symbol)}
    return render(request, "resolutions/known.html", context)


def _other_spelling(request: HttpRequest, symbol: str) -> HttpResponse:
    """Lead to the document that a symbol written otherwise means, or say which ones are near."""
    canonical = canonical_symbol(symbol)
    meant = Document.objects.filter(symbol__iexact=base_symbol(symbol) or symbol).first()
    if meant:
        return redirect("resolutions:detail", meant.symbol, permanent=True)
    listed = KnownDocument.objects.filter(symbol__iexact=canonical or symbol).first()
    listed = listed or KnownDocument.objects.filter(symbol=base_symbol(symbol)).first()
    if listed:
        return _known(request, symbol, listed)
    near = near_documents(canonical or symbol)
    context = {"symbol": canonical or symbol, "near": near, "is_symbol": canonical is not None}
    return render(request, "resolutions/not_found.html", context, status=404)
