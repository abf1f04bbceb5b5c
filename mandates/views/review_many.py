"""The pages of links and of suggestions, where many are decided about at once."""

from __future__ import annotations

from abc import abstractmethod
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mandates.actions.decision import StaleDecision
from mandates.bulk.lineage import Decidables, lineage_plan
from mandates.bulk.selection import MOST, Selection, read_choices, read_found_selection
from mandates.services.bulk import bulk_start
from mandates.views.bulk import shown_plan
from mandates.views.review import PER_PAGE, QueuePages, sent_note, sent_version


class LineagePages(QueuePages):
    """The pages of links or of suggestions.

    Attributes:
        decidables: what is decided about.
        select: the sentence where nothing was selected.
    """

    decidables: ClassVar[Decidables]
    select: ClassVar[str | Promise]

    @abstractmethod
    def done(self, word: str) -> str:
        """Give the sentence for a decision about one."""

    @abstractmethod
    def question(self, word: str, count: int) -> str:
        """Ask whether so many are to be decided about."""

    def more_of_one(self, request: HttpRequest, one: Any) -> dict[str, Any]:
        decisions = one.decisions.select_related("made_by").order_by("-pk")[:PER_PAGE]
        return {self.decidables.column: one, "decisions": decisions}

    def decide(self, request: HttpRequest, one: Any, word: str) -> str:
        self.decidables.action(word, one, sent_version(request), sent_note(request)).execute(request.user)
        return self.done(word)

    def answer_list(self, request: HttpRequest) -> HttpResponse:
        """Show the list, or decide: about one of it at once, about what was selected after a page that shows it first.

        Args:
            request: the person's.
        """
        if request.method != "POST":
            return self.show_list(request)
        word, _mark, only = request.POST.get("do", "").partition(" ")
        selection = read_found_selection(request.POST, self.queue, self.decidables.column, request.GET)
        if word in self.decidables.actions and only:
            self._decide_in_list(request, word, only)
            return redirect(selection.address)
        if word not in self.decidables.actions or not selection.versions:
            messages.warning(request, str(self.select))
            return redirect(selection.address)
        if len(selection.versions) > MOST:
            said = _("More than %(most)s match; narrow them down first.") % {"most": MOST}
            messages.warning(request, said)
            return redirect(selection.address)
        return self._decide_many(request, word, selection)

    def _decide_in_list(self, request: HttpRequest, word: str, choice: str) -> None:
        for pk, version in read_choices([choice]).items():
            one = self.queue.read_along(self.queue.all()).filter(pk=pk).first()
            try:
                if one is None:
                    raise ObjectDoesNotExist
                self.decidables.action(word, one, version, sent_note(request)).execute(request.user)
            except ValidationError as error:
                messages.warning(request, " ".join(error.messages))
            except StaleDecision as stale:
                messages.warning(request, str(stale))
            except ObjectDoesNotExist:
                messages.warning(request, str(self.gone))
            else:
                messages.success(request, self.done(word))

    def _decide_many(self, request: HttpRequest, word: str, selection: Selection) -> HttpResponse:
        make = self.decidables.maker(word)
        plan = lineage_plan(self.decidables, make, selection.versions, request.user)
        sure = "sure" in request.POST
        if sure and plan.will and plan.seal == request.POST.get("seal"):
            bulk = bulk_start(
                kind=f"{word}_{self.decidables.column}",
                plan=plan,
                user=request.user,
                entered={"note": sent_note(request).strip()},
                query=selection.query,
                shown=selection.shown,
                every_match=selection.every_match,
            )
            return redirect(bulk)
        context = {
            **shown_plan(plan),
            "name": word,
            "column": self.decidables.column,
            "question": self.question(word, len(plan.will)),
            "queue": self.queue,
            "selection": selection,
            "picked": [f"{pk}:{version}" for pk, version in selection.versions.items()],
            "now": len(selection.versions),
            "moved": selection.seen not in (None, len(selection.versions)),
            "note": request.POST.get("note", ""),
            "differs": sure,
        }
        status = HTTPStatus.CONFLICT if sure else HTTPStatus.OK
        return render(request, "mandates/review/preview.html", context, status=status)
