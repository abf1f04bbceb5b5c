"""Named questions to the mandates, so that every screen, export and count asks them in the same words."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Mod

from resolutions.models import AssemblySession

if TYPE_CHECKING:
    from mandates.models import Mandate, MandateLink  # noqa: F401


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates, by what a reader asks for.

    `standing` and `as_at` annotate every mandate with how it stands, under the same names, so that a list reads today
    and any past day in one way:

    - `status_as_at`: the headline status, a value of `Mandate.Status`;
    - `due_session_as_at`, `due_on_as_at`: session and day of its last deadline or coming occurrence;
    - `overdue_as_at`, `due_next_as_at`: whether that day has passed, whether it is the next session.
    """

    def tracked(self) -> MandateQuerySet:
        """Those the tracker is for: adopted text still in the document, to Assembly bodies and Court organs."""
        return self.filter(tracked=True)

    def proposed(self) -> MandateQuerySet:
        """Those of text that was not adopted."""
        return self.filter(proposed=True)

    def flagged(self) -> MandateQuerySet:
        """Those that a person should look at, because an import found other words than they decided on."""
        return self.exclude(flag="")

    def open(self) -> MandateQuerySet:
        """Those that are neither fulfilled nor withdrawn nor repeated."""
        return self.filter(headline_status="open")

    def overdue(self, today: datetime.date) -> MandateQuerySet:
        """Open ones whose last deadline has passed; a recurrence alone never makes one overdue."""
        return self.open().filter(recurring=False, due_on__lt=today)

    def due_next(self, today: datetime.date) -> MandateQuerySet:
        """Open ones that are due at the next session."""
        return self.open().filter(due_session=_next_session(today))

    def standing(self, today: datetime.date) -> MandateQuerySet:
        """Annotate how each mandate stands today, from the columns that are kept up to date.

        Args:
            today: the day.

        Returns:
            All of these mandates, with the annotations that the class names.
        """
        return self.annotate(
            status_as_at=F("headline_status"), due_session_as_at=F("due_session"), due_on_as_at=F("due_on")
        )._with_urgency(today)

    def as_at(self, day: datetime.date) -> MandateQuerySet:
        """Give the mandates adopted by a day, annotated with how they stood on it.

        A decision counts from the day of its evidence (`OutcomeChange.effective_on`), a repetition from the adoption of
        the later resolution. Sessions are as they are known now. A document without a date counts from the opening
        of its session.

        Args:
            day: the day, past or not.

        Returns:
            The mandates that there were, with the annotations that the class names.
        """
        changes = apps.get_model("mandates", "OutcomeChange").objects
        links = apps.get_model("mandates", "MandateLink").objects
        outcome = (
            changes.filter(mandate=OuterRef("pk"), effective_on__lte=day)
            .exclude(kind="reviewed")
            .order_by("-version")
            .values("after")[:1]
        )
        repeated = links.repeating().filter(earlier=OuterRef("pk"), later__document__adopted__lte=day)
        return (
            self.alias(
                there_since=Coalesce("document__adopted", "document__distributed", "document__session__opening_date")
            )
            .filter(there_since__lte=day)
            .alias(outcome_as_at=Coalesce(Subquery(outcome), Value("open")))
            .annotate(
                status_as_at=Case(
                    When(proposed=True, then=Value("proposed")),
                    When(~Q(outcome_as_at="open"), then=F("outcome_as_at")),
                    When(Exists(repeated), then=Value("repeated")),
                    default=Value("open"),
                ),
                due_session_as_at=Case(
                    When(recurring=True, then=Subquery(_coming_occurrence(day).values("number")[:1])),
                    default=F("due_session"),
                    output_field=PositiveSmallIntegerField(),
                ),
                due_on_as_at=Case(
                    When(recurring=True, then=Subquery(_coming_occurrence(day).values("opening_date")[:1])),
                    default=F("due_on"),
                    output_field=DateField(),
                ),
            )
            ._with_urgency(day)
        )

    def _with_urgency(self, day: datetime.date) -> MandateQuerySet:
        is_open = Q(status_as_at="open")
        return self.annotate(
            overdue_as_at=Case(
                When(is_open & Q(recurring=False, due_on_as_at__lt=day), then=Value(True)), default=Value(False)
            ),
            due_next_as_at=Case(
                When(is_open & Q(due_session_as_at=_next_session(day)), then=Value(True)), default=Value(False)
            ),
        )


class MandateLinkQuerySet(models.QuerySet["MandateLink"]):
    """Links between mandates, by what a reader asks for."""

    def standing(self) -> MandateLinkQuerySet:
        """Those that nobody rejected."""
        return self.exclude(decision="rejected")

    def repeating(self) -> MandateLinkQuerySet:
        """Those by which adopted text that still stands asks again for what was asked before."""
        return self.standing().filter(kind="repeats", later__proposed=False, later__in_text=True)


def _next_session(day: datetime.date) -> Subquery:
    return Subquery(AssemblySession.objects.coming(day).values("number")[:1])


def _coming_occurrence(day: datetime.date) -> models.QuerySet[AssemblySession]:
    """Sessions at which the recurring mandate of the outer query was still to be answered on that day.

    Says in SQL what `mandates.status.due` says of one mandate; it knows no occurrence beyond the table of sessions.
    """
    changes = apps.get_model("mandates", "OutcomeChange").objects
    latest_answer = (
        changes.filter(mandate=OuterRef(OuterRef("pk")), occurrence=OuterRef("pk"), effective_on__lte=day)
        .order_by("-version")
        .values("kind")[:1]
    )
    return (
        AssemblySession.objects.coming(day)
        .alias(
            past_first=ExpressionWrapper(F("number") - OuterRef("recurs_from"), output_field=IntegerField()),
            answer=Subquery(latest_answer),
        )
        .alias(out_of_step=Mod("past_first", OuterRef("recurs_every"), output_field=IntegerField()))
        .filter(past_first__gte=0, out_of_step=0)
        .filter(Q(answer=None) | ~Q(answer="fulfilled"))
    )
