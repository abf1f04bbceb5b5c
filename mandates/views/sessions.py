"""Pages of sessions: the list, and one with what is due there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mandates.reading import reading_of
from mandates.session_page import session_page, sessions_with_counts
from resolutions.models import AssemblySession


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Show all sessions."""
    sessions, due = sessions_with_counts()
    rows = [(session, due.get(session.number, 0)) for session in sessions if session.number or session.resolutions]
    context = {"rows": rows, "today": timezone.localdate()}
    return render(request, "mandates/session_list.html", context)


@require_safe
def session_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a session."""
    if "\0" in code:
        raise Http404  # PostgreSQL takes no such text
    sessions = AssemblySession.objects.prefetch_related("resumptions")
    if code.isdecimal() and code.isascii() and code != str(int(code)):
        return redirect("mandates:session", str(int(code)), permanent=True)
    session = get_object_or_404(sessions, code=code)
    reading = reading_of(request)
    context = {"page": session_page(session, reading), "session": session, "today": reading.day, "reading": reading}
    return render(request, "mandates/session_detail.html", context)
