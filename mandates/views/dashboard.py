"""The first page: what waits for the next session, and where the mandates stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mandates import dashboard as numbers
from mandates.reading import reading_of


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the dashboard; before any import, what to do."""
    reading = reading_of(request)
    today = reading.day
    standing = numbers.standing(reading)
    session = numbers.next_session(today)
    context: dict[str, Any] = {
        "reading": reading,
        "session": session,
        "days_left": (session.opening_date - today).days if session and session.opening_date else None,
        "standing": standing,
    }
    if not reading.past and not standing.everyone.count and not standing.proposed.count:
        return render(request, "dashboard_empty.html", context)
    overdue = numbers.overdue(reading) if standing.overdue.count else []
    by_body, by_topic = numbers.by_body(reading), numbers.by_topic(reading)
    context |= {
        "due_next": numbers.due_next(reading) if standing.next.count else [],
        "overdue": overdue,
        "overdue_left": standing.overdue.count - sum(group.count for group in overdue),
        "waiting": [
            ("body", _("By body"), _("Asked of"), numbers.waiting(by_body)),
            ("topic", _("By topic"), _("Topic"), numbers.waiting(by_topic)),
        ],
        "by_session": numbers.by_session(reading),
        "by_body": by_body,
        "by_topic": by_topic,
        "changes": list(numbers.recent_changes(reading)),
        "newest": None if standing.next.count else numbers.newest_text(today),
    }
    return render(request, "dashboard.html", context)
