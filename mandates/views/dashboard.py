"""The first page: what waits for the next session, and where the mandates stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mandates import dashboard as numbers


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the dashboard; before any import, what to do."""
    today = timezone.localdate()
    standing = numbers.standing(today)
    session = numbers.next_session(today)
    context: dict[str, Any] = {
        "today": today,
        "session": session,
        "days_left": (session.opening_date - today).days if session and session.opening_date else None,
        "standing": standing,
    }
    if not standing.everyone.count and not standing.proposed.count:
        return render(request, "dashboard_empty.html", context)
    overdue = numbers.overdue(today) if standing.overdue.count else []
    context |= {
        "due_next": numbers.due_next(today) if standing.next.count else [],
        "overdue": overdue,
        "overdue_left": standing.overdue.count - sum(len(group.rows) for group in overdue),
        "by_session": numbers.by_session(today),
        "by_body": numbers.by_body(today),
        "by_topic": numbers.by_topic(today),
        "changes": list(numbers.recent_changes()),
        "newest": None if standing.next.count else numbers.newest_text(),
    }
    return render(request, "dashboard.html", context)
