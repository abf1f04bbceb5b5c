"""The list of mandates to take along: as a file of all rows, in the order of the page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from mandates.changes_feed import write_feed
from mandates.deadline_calendar import calendar_chunks
from mandates.exports import csv_chunks, json_chunks
from mandates.filters import MandateFilterSet
from mandates.workbook import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give all mandates that the query string asks for as CSV."""
    filterset = MandateFilterSet(request.GET)
    content = csv_chunks(filterset, request.build_absolute_uri)
    return _streamed(content, "text/csv; charset=utf-8", f'attachment; filename="{file_name(filterset, "csv")}"')


@require_safe
def export_json(request: HttpRequest) -> StreamingHttpResponse:
    """Give all mandates that the query string asks for as JSON."""
    filterset = MandateFilterSet(request.GET)
    content = json_chunks(filterset, request.build_absolute_uri)
    return _streamed(content, "application/json", f'attachment; filename="{file_name(filterset, "json")}"')


@require_safe
def export_xlsx(request: HttpRequest) -> FileResponse:
    """Give all mandates that the query string asks for as a workbook."""
    filterset = MandateFilterSet(request.GET)
    file = write_workbook(filterset, request.build_absolute_uri)
    return FileResponse(file, as_attachment=True, filename=file_name(filterset, "xlsx"), content_type=XLSX)


@require_safe
def deadline_calendar(request: HttpRequest) -> StreamingHttpResponse:
    """Give the deadlines of the mandates that the query string asks for as iCalendar."""
    filterset = MandateFilterSet(request.GET)
    content = calendar_chunks(filterset, request.build_absolute_uri, timezone.now().replace(microsecond=0))
    return _streamed(content, "text/calendar; charset=utf-8", f'inline; filename="{file_name(filterset, "ics")}"')


@require_safe
def changes_feed(request: HttpRequest) -> HttpResponseBase:
    """Give what changed among the mandates that the query string asks for as Atom; not again what is known."""
    text, newest = write_feed(MandateFilterSet(request.GET), request.build_absolute_uri)
    content = text.encode()
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(newest.timestamp())
    return get_conditional_response(request, etag, int(newest.timestamp()), response) or response


def file_name(filterset: MandateFilterSet, ending: str) -> str:
    """Name a file by the day on which its list is read."""
    return f"mandates-{filterset.day.isoformat()}.{ending}"


def _streamed(content: Iterator[str] | Iterator[bytes], content_type: str, disposition: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
