"""The page of pictures, and the numbers behind each as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mandates.figures import wording
from mandates.figures.answers import answered
from mandates.figures.bars import MOST, bodies_by_id
from mandates.figures.curve import Mark, draw
from mandates.figures.files import TABLES, csv_of
from mandates.figures.lifetimes import Lifetimes, lifetimes
from mandates.figures.recurring import recurring
from mandates.figures.statuses import by_body, by_session
from mandates.figures.wording import months_in_words
from mandates.filter_fields import Label, Notice
from mandates.filter_form import Field, bodies_asked, fields, filterset_without, topics_of
from mandates.filter_values import STRENGTHS
from mandates.filters import MandateFilterSet, query_string
from mandates.models import Mandate
from mandates.session_names import nth_session
from mandates.wording import chips, clauses
from resolutions.models import AssemblySession

# What the pictures tell apart is no choice of what they are of.
SHOWN_HERE = ("status", "due", "answered")
# Shares, and how far down the picture they stand, which leaves room for words above and below.
LEVELS = [(percent, 8 + 80 * (100 - percent) // 100) for percent in (100, 75, 50, 25, 0)]
FAR_RIGHT = 93


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show how the mandates stand that the query string asks for, how long they stay open, who answers in time."""
    filterset = _filterset(request)
    pairs, names = filterset.pairs(), bodies_by_id()
    sessions, bodies = by_session(filterset), by_body(filterset, names)
    total = sessions.all.total.count if sessions.all else 0
    in_time, occurrences = answered(filterset, names), recurring(filterset, names)
    context: dict[str, Any] = {
        "filterset": filterset,
        "fields": _fields(filterset),
        "kept": filterset.pairs(without=["as_at"]),
        "total": total,
        "clauses": ", ".join(clauses(filterset)),
        "chips": chips(filterset),
        "notices": _notices(request, filterset),
        "list_url": query_string(pairs, reverse("mandates:list")),
        "everyone_url": query_string([*pairs, ("category", "all")]),
        "nothing_yet": not total and not Mandate.objects.exists(),
        "sessions": sessions,
        "sessions_say": wording.what_became(sessions.all) if sessions.all else "",
        "bodies": bodies,
        "bodies_say": wording.who_has_most(bodies),
        "in_time": in_time,
        "in_time_says": wording.in_time(in_time.all) if in_time.all else "",
        "occurrences": occurrences,
        "occurrences_say": wording.each_time(occurrences.all) if occurrences.all else "",
        "files": {name.replace("-", "_"): _file_url(name, filterset) for name in TABLES},
        **_open(lifetimes(filterset, names)),
    }
    return render(request, "mandates/figures/page.html", context)


@require_safe
def figures_csv(request: HttpRequest, name: str) -> HttpResponse:
    """Give the numbers behind one picture as CSV."""
    if name not in TABLES:
        raise Http404(_("There is no table of this name; the page of figures leads to those that there are."))
    filterset = _filterset(request)
    response = HttpResponse(csv_of(TABLES[name](filterset)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{filterset.day.isoformat()}.csv"'
    return response


def _filterset(request: HttpRequest) -> MandateFilterSet:
    return filterset_without(request.GET, ["ordering", "columns", *SHOWN_HERE])


def _file_url(name: str, filterset: MandateFilterSet) -> str:
    return query_string(filterset.pairs(), reverse("mandates:figures_csv", args=[name]))


def _open(found: Lifetimes) -> dict[str, Any]:
    together = found.together
    curve = draw(together.told) if together.is_told else None
    marks = (
        [(mark.months and months_in_words(mark.months), mark.at, _anchor(mark)) for mark in curve.marks]
        if curve
        else []
    )
    return {
        "open_for": together,
        "open_says": wording.how_long(together),
        "curve": curve,
        "levels": LEVELS,
        "marks": marks,
        "milestones": [
            {
                "time": months_in_words(round(12 * years)),
                "lasting": round(100 * step.lasting),
                "low": round(100 * step.low),
                "high": round(100 * step.high),
                "at_risk": step.at_risk,
            }
            for years, step in together.milestones()
        ],
        "open_by_body": [(each, wording.median_in_words(each)) for each in found.by_body if each.is_told][:MOST],
        "open_too_few": [each.label for each in found.by_body if not each.is_told],
    }


def _anchor(mark: Mark) -> str:
    """Keep the words of a mark inside the picture."""
    return "start" if mark.at == "0" else "end" if float(mark.at) > FAR_RIGHT else "middle"


def _notices(request: HttpRequest, filterset: MandateFilterSet) -> list[Notice]:
    left_out = [str(filterset.filters[name].label) for name in SHOWN_HERE if request.GET.get(name)]
    if not left_out:
        return filterset.notices
    text = _("%(names)s: not a choice here, as the pictures show every one.") % {"names": ", ".join(left_out)}
    return [Notice("", text), *filterset.notices]


def _fields(filterset: MandateFilterSet) -> list[Field]:
    """Give the fields of the form: bodies, topics and sessions that there are mandates of."""
    there = Mandate.objects.filter(in_text=True, proposed=False)
    sessions: list[tuple[str, Label]] = [
        (session.code, nth_session(session.number, session.opening_date) if session.number else session.name)
        for session in AssemblySession.objects.filter(documents__isnull=False).distinct().order_by("-opening_date")
    ]
    return fields(
        filterset,
        {
            "addressee": bodies_asked(there),
            "topic": topics_of(there),
            "adopted_session": sessions,
            "strength": STRENGTHS.items(),
        },
    )
