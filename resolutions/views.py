"""Pages of documents: the list, and one to read."""

from __future__ import annotations

from difflib import get_close_matches

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from resolutions.filters import DocumentFilterSet, counted
from resolutions.layout import lay_out
from resolutions.links import citation_links
from resolutions.models import Document
from resolutions.originals import original_response
from resolutions.structure.headings import is_enacting
from resolutions.structure.symbols import canonical_symbol

PER_PAGE = 50


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Show the documents that a query string asks for, a page of them, with the counts of their mandates."""
    documents = counted(Document.objects.select_related("session"), timezone.localdate())
    filters = DocumentFilterSet(request.GET, queryset=documents)
    page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "narrowed": any(filters.form.cleaned_data.values())}
    return render(request, "resolutions/list.html", context)


@require_safe
def document_detail(request: HttpRequest, symbol: str) -> HttpResponse:
    """Show a document to be read in full, with its mandates in the margin."""
    if "\0" in symbol:
        raise Http404  # PostgreSQL takes no such text
    document = Document.objects.select_related("session").filter(symbol=symbol).first()
    if document is None:
        return _other_spelling(request, symbol)
    paragraphs = list(
        document.paragraphs.filter(in_text=True).prefetch_related("mandates__addressee_rows__body", "references")
    )
    citations = [citation for paragraph in paragraphs for citation in paragraph.references.all()]
    layout = lay_out(document, paragraphs, citation_links(citations), _enacting_line(document))
    context = {
        "document": document,
        "layout": layout,
        "mandates": layout.mandates,
        "has_proposed": any(paragraph.proposed for paragraph in paragraphs),
    }
    return render(request, "resolutions/detail.html", context)


@require_safe
def document_original(request: HttpRequest, symbol: str) -> FileResponse:
    """Give the file that a document was read from, byte for byte."""
    if "\0" in symbol:
        raise Http404  # PostgreSQL takes no such text
    documents = Document.objects.select_related("source")
    document = get_object_or_404(documents, symbol=canonical_symbol(symbol) or symbol, source__isnull=False)
    assert document.source is not None
    return original_response(document.source)


def _enacting_line(document: Document) -> str:
    """Give "The Assembly of States Parties," as printed, which opens the preamble and is no paragraph."""
    lines = (str(line).strip().strip("*_") for line in document.header_lines)
    return next(filter(is_enacting, lines), "")


def _other_spelling(request: HttpRequest, symbol: str) -> HttpResponse:
    """Lead to the document that a symbol written otherwise means, or say which ones are near."""
    canonical = canonical_symbol(symbol)
    meant = Document.objects.filter(symbol__iexact=canonical or symbol).first()
    if meant:
        return redirect("resolutions:detail", meant.symbol, permanent=True)
    known = list(Document.objects.values_list("symbol", flat=True))
    near = get_close_matches(canonical or symbol, known, n=5, cutoff=0.7)
    documents = sorted(Document.objects.filter(symbol__in=near), key=lambda document: near.index(document.symbol))
    context = {"symbol": canonical or symbol, "near": documents, "is_symbol": canonical is not None}
    return render(request, "resolutions/not_found.html", context, status=404)
