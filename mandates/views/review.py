"""What the queues of links and suggestions have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from mandates.actions.outcomes import PERMISSION
from mandates.bulk.links import read_choices
from mandates.views.access import only_with

PER_PAGE = 25
LONGEST_NOTE = 4000

may_decide = only_with(PERMISSION, gettext_lazy("You are signed in, but may not record decisions about mandates."))


def sent_note(request: HttpRequest) -> str:
    """Give the note of a form as it is stored."""
    return request.POST.get("note", "").replace("\r\n", "\n").replace("\x00", "")[:LONGEST_NOTE]


def filter_query(given: QueryDict, names: Iterable[str]) -> str:
    """Give the filters of a queue as a query string."""
    return urlencode([(name, given.get(name)) for name in names if given.get(name)])


def is_version(text: str) -> bool:
    """Say whether a form names the version that its maker saw."""
    return text.isascii() and text.isdigit() and len(text) <= 9


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """What tells one queue from another where many of it are decided about at once.

    Attributes:
        address: name of its page.
        filters: names of its filters in the query string.
        field: name of the boxes that select.
        actions: the decisions, by the word that the form sends.
        preview, decide: what they would do, and do, about the rows with the versions that were seen.
        template: of the preview.
        done: the sentence for so many done.
        key: what names a row to people.
        select: the sentence where nothing was selected.
        gone: the sentence where some are gone.
    """

    address: str
    filters: Sequence[str]
    field: str
    actions: Mapping[str, Any]
    preview: Callable[[Any, Mapping[int, int], Any], Sequence[Any]]
    decide: Callable[[Any, Mapping[int, int], Any, str], Sequence[Any]]
    template: str
    done: Callable[[str, int], str]
    key: Callable[[Any], str]
    select: str | Promise
    gone: str | Promise


def decide_selected(request: HttpRequest, queue: ReviewQueue) -> HttpResponse:
    """Decide about what was selected in a queue: about one at once, about several after a page that shows it first."""
    back = f"{reverse(queue.address)}?{filter_query(request.GET, queue.filters)}"
    name, _mark, only = request.POST.get("do", "").partition(" ")
    action = queue.actions.get(name)
    versions = read_choices([only] if only else request.POST.getlist(queue.field))
    if action is None or not versions:
        messages.warning(request, str(queue.select))
        return redirect(back)
    if not only and "sure" not in request.POST:
        results = queue.preview(action, versions, request.user)
        context = {
            "name": name,
            "back": back,
            "will": [result for result in results if not result.refusal],
            "will_not": [result for result in results if result.refusal],
            "gone": len(versions) - len(results),
        }
        return render(request, queue.template, context)
    results = queue.decide(action, versions, request.user, sent_note(request))
    if done := sum(not result.refusal for result in results):
        messages.success(request, queue.done(name, done))
    for result in results:
        if result.refusal:
            messages.warning(request, f"{queue.key(result)}: {result.refusal}")
    if len(results) < len(versions):
        messages.warning(request, str(queue.gone))
    return redirect(back)
