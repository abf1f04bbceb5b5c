"""The pages of a queue: its list, one after the other, and many at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mandates.actions.decision import PERMISSION, StaleDecision
from mandates.queues.counts import queues_of
from mandates.queues.queue import Queue
from mandates.views.access import only_with

PER_PAGE = 25
LONGEST_NOTE = 4000

may_decide = only_with(PERMISSION, gettext_lazy("You are signed in, but may not record decisions about mandates."))


def sent_note(request: HttpRequest) -> str:
    """Give the note of a form as it is stored."""
    return request.POST.get("note", "").replace("\r\n", "\n").replace("\x00", "")[:LONGEST_NOTE]


def sent_version(request: HttpRequest) -> int:
    """Give the version that the maker of a form saw.

    Raises:
        ValidationError: it names none.
    """
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) <= 9):
        raise ValidationError(_("The form is not whole. Look at it again and send it once more."))
    return int(version)


class QueuePages(ABC):
    """The pages of one queue; what differs from queue to queue.

    Attributes:
        queue: what waits.
        template, template_of_one: of the list and of the page of one.
        words: by which a form names its decision.
        gone: the sentence where one is gone meanwhile.
        per_page: rows a page of the list.
    """

    queue: ClassVar[Queue]
    template: ClassVar[str]
    template_of_one: ClassVar[str]
    words: ClassVar[Sequence[str]]
    gone: ClassVar[str | Promise] = gettext_lazy("It is gone meanwhile.")
    per_page: ClassVar[int] = PER_PAGE

    @abstractmethod
    def decide(self, request: HttpRequest, one: Any, word: str) -> str:
        """Do what the form says about one.

        Args:
            request: with the form.
            one: what it is about.
            word: for the decision, one of `words`.

        Returns:
            The sentence that says what was done.

        Raises:
            ValidationError: it is not possible.
            StaleDecision: somebody else decided meanwhile.
            ObjectDoesNotExist: it is gone.
        """

    def more_of_list(self, request: HttpRequest) -> dict[str, Any]:
        """Give what else the list shows."""
        return {}

    def more_of_one(self, request: HttpRequest, one: Any) -> dict[str, Any]:
        """Give what else the page of one shows."""
        return {}

    def show_list(self, request: HttpRequest) -> HttpResponse:
        """Answer with a page of the list."""
        filters = self.queue.read(request.GET)
        page = Paginator(self.queue.read_along(filters.qs), self.per_page).get_page(request.GET.get("page"))
        context = {
            "filters": filters,
            "page": page,
            "rows": self.queue.rows(page.object_list),
            "query": filters.query,
            "queue": self.queue,
            "queues": queues_of(request.user),
            "here": self.queue.address(filters.query),
            **self.more_of_list(request),
        }
        return render(request, self.template, context)

    def answer(self, request: HttpRequest, **key: Any) -> HttpResponse:
        """Show one, or take the decision about it and go on to the next.

        Args:
            request: the person's.
            key: names it, by the columns of `Queue.key`.

        Raises:
            Http404: there is no such thing, or no such decision.
        """
        one = self._find(key)
        if request.method != "POST":
            return self._show_one(request, one)
        word = request.POST.get("do", "")
        if word not in self.words:
            raise Http404
        filters = self.queue.read(request.GET)
        following = self.queue.neighbours(filters, one).following
        try:
            said = self.decide(request, one, word)
        except ValidationError as error:
            return self._show_one(request, one, error.messages, HTTPStatus.UNPROCESSABLE_ENTITY)
        except StaleDecision as stale:
            return self._show_one(request, self._find(key), [str(stale)], HTTPStatus.CONFLICT)
        except ObjectDoesNotExist:
            messages.warning(request, str(self.gone))
        else:
            messages.success(request, said)
        return redirect(self.leads_to(request, one) or following or self.queue.address(filters.query))

    def leads_to(self, request: HttpRequest, one: Any) -> str:
        """Give the address to which a decision leads, where the form asks for another than that of the next one."""
        return ""

    def _find(self, key: dict[str, Any]) -> Any:
        found = self.queue.read_along(self.queue.all()).filter(**key).order_by(*self.queue.order).first()
        if found is None:
            raise Http404
        return found

    def _show_one(
        self, request: HttpRequest, one: Any, errors: Sequence[str] = (), status: int = HTTPStatus.OK
    ) -> HttpResponse:
        filters = self.queue.read(request.GET)
        (row,) = self.queue.rows([one])
        context = {
            "row": row,
            "one": one,
            "around": self.queue.neighbours(filters, one),
            "in_queue": self.queue.contains(filters, one),
            "note": request.POST.get("note", ""),
            "filters": filters,
            "query": filters.query,
            "queue": self.queue,
            "queue_address": self.queue.address(filters.query),
            "here": self.queue.address_of(self.queue.key_of(one), filters.query),
            "errors": errors,
            **self.more_of_one(request, one),
        }
        return render(request, self.template_of_one, context, status=status)
