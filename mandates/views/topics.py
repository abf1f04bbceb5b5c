"""Pages of topics: the list, and one with what is open about it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mandates.models import Topic
from mandates.reading import reading_of
from mandates.topic_page import TOPICS_PER_PAGE, topic_page, topics_with_counts


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """Show the topics that mandates are about."""
    reading = reading_of(request)
    page = Paginator(topics_with_counts(reading), TOPICS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (
            row,
            reading.listed(("topic", row["topic__slug"])),
            reading.listed(("status", "open"), ("topic", row["topic__slug"])),
            reading.listed(("due", "overdue"), ("topic", row["topic__slug"])),
            reading.listed(("due", "next"), ("topic", row["topic__slug"])),
        )
        for row in page
    ]
    return render(request, "mandates/topic_list.html", {"page": page, "rows": rows, "reading": reading})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic."""
    topic = get_object_or_404(Topic, slug=slug)
    reading = reading_of(request)
    context = {"topic": topic, "shown": topic_page(topic, reading, request.GET.get("page")), "reading": reading}
    context["page"] = context["shown"].page
    return render(request, "mandates/topic_detail.html", context)
