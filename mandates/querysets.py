"""Named questions to the mandates, so that every screen, export and count asks them in the same words."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from mandates.coming_occurrence import coming_occurrence, next_session
from resolutions.models import AssemblySession

if TYPE_CHECKING:
    # named in the bases, as text
    from mandates.models import Correction, Mandate, MandateLink, OutcomeChange, Suggestion  # noqa: F401


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates, by what a reader asks for.

    `standing` and `as_at` annotate every mandate with how it stands, under the same names, so that a list reads today
    and any past day in one way:

    - `status_as_at`: the headline status, a value of `Mandate.Status`;
    - `due_session_as_at`, `due_on_as_at`: session and day of its last deadline or coming occurrence;
    - `overdue_as_at`, `due_next_as_at`: whether that day has passed, whether it is the next session;
    - `lapsed_as_at`: whether it is overdue and was not heard of since: no document known seems to answer it, and no
      later text is proposed as repeating it.
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
        return self.open().filter(due_session=next_session(today))

    def there_on(self, day: datetime.date) -> MandateQuerySet:
        """Those whose document was there on a day."""
        return self.alias(there_since=there_since()).filter(there_since__lte=day)

    def tasks(self) -> MandateQuerySet:
        """One for each task: of a parallel set the first of those that are here, the others standing for nothing new.

        The first citation of the set may be filtered out, and then another one stands for it.
        """
        # By the task first, of which there is an index: else each of the others is looked for among all.
        first = self.filter(Q(pk=OuterRef("parallel_of")) | Q(pk__lt=OuterRef("pk")), task=OuterRef("task"))
        return self.filter(Q(parallel_of=None) | ~Exists(first.order_by().values("pk")))

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

        What is known now counts from the day since which it holds (docs/decisions/0012): a text and what it repeats
        from its adoption, a decision from the day of its evidence (`OutcomeChange.effective_on`) and for the whole
        parallel set, whenever either was recorded. Sessions, links and texts are as they are known now.

        Args:
            day: the day, past or not.

        Returns:
            The mandates that there were, with the annotations that the class names.
        """
        outcome = latest_outcome(day).values("after")[:1]
        opening = AssemblySession.objects.filter(number=OuterRef("due_session_as_at")).values("opening_date")[:1]
        return (
            self.there_on(day)
            # Most were never decided about, and the history is looked up for the others alone.
            .alias(
                outcome_as_at=Case(
                    When(outcome_version=0, then=Value("open")), default=Coalesce(Subquery(outcome), Value("open"))
                )
            )
            .annotate(
                status_as_at=Case(
                    When(proposed=True, then=Value("proposed")),
                    When(~Q(outcome_as_at="open"), then=F("outcome_as_at")),
                    When(asked_again_on__lte=day, then=Value("repeated")),
                    default=Value("open"),
                ),
                due_session_as_at=Case(
                    When(recurring=True, then=coming_occurrence(day)),
                    default=F("due_session"),
                    output_field=PositiveSmallIntegerField(),
                ),
            )
            .annotate(
                due_on_as_at=Case(
                    When(recurring=True, then=Subquery(opening)), default=F("due_on"), output_field=DateField()
                )
            )
            ._with_urgency(day)
        )

    def _with_urgency(self, day: datetime.date) -> MandateQuerySet:
        is_open = Q(status_as_at="open")
        # What the columns say themselves goes first: it spares most mandates the look into the history.
        overdue = Q(recurring=False) & Q(due_on__lt=day) & is_open
        return self.annotate(
            overdue_as_at=Case(When(overdue, then=Value(True)), default=Value(False)),
            due_next_as_at=Case(
                When(Q(due_session_as_at=next_session(day)) & is_open, then=Value(True)), default=Value(False)
            ),
            lapsed_as_at=Case(
                When(overdue & ~Exists(_heard(day)) & ~Exists(_proposed(day)), then=Value(True)),
                default=Value(False),
            ),
        )


class MandateLinkQuerySet(models.QuerySet["MandateLink"]):
    """Links between mandates, by what a reader asks for."""

    def standing(self) -> MandateLinkQuerySet:
        """Those that hold: found and not rejected, or confirmed; neither proposals nor what asks another body."""
        return self.filter(decision__in=["found", "confirmed"]).exclude(kind="readdressed")

    def waiting(self) -> MandateLinkQuerySet:
        """Proposals that wait for a person."""
        return self.filter(decision="proposed")

    def readdressed(self) -> MandateLinkQuerySet:
        """Those that are shown and join nothing, as something alike is asked of another body."""
        return self.filter(kind="readdressed").exclude(decision="rejected")

    def decided(self) -> MandateLinkQuerySet:
        """Those that a person confirmed or rejected."""
        return self.filter(decision__in=["confirmed", "rejected"])


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Suggestions, by what a reader asks for."""

    def waiting(self) -> SuggestionQuerySet:
        """Those that a person can still decide about: their mandate is open, their occurrence not yet answered."""
        changes = apps.get_model("mandates", "OutcomeChange").objects
        answer = (
            changes.filter(mandate__task=OuterRef("mandate__task"), occurrence=OuterRef("occurrence"))
            .order_by("-pk")
            .values("kind")[:1]
        )
        return (
            self.filter(state="waiting", mandate__outcome="open", mandate__proposed=False, mandate__in_text=True)
            .alias(answer=Subquery(answer))
            .filter(Q(occurrence=None) | Q(answer=None) | ~Q(answer="fulfilled"))
        )


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections, by what a reader asks for."""

    def standing(self) -> CorrectionQuerySet:
        """Those that hold: neither undone nor an undo."""
        return self.filter(undoes=None, undone_by=None)

    def unplaced(self) -> CorrectionQuerySet:
        """Those that hold and cannot be made in the text as it is."""
        return self.standing().filter(place__state="not_placed")


class OutcomeChangeQuerySet(models.QuerySet["OutcomeChange"]):
    """Decisions about mandates, by what a reader asks for."""

    def outcomes(self) -> OutcomeChangeQuerySet:
        """Those that say what became of the mandate itself: neither reviews nor answers for one session."""
        return self.exclude(kind="reviewed").filter(occurrence=None)


def latest_outcome(day: datetime.date) -> OutcomeChangeQuerySet:
    """Give the decisions that say what became of the mandate of an outer query by a day, the one that counts first."""
    changes = apps.get_model("mandates", "OutcomeChange").objects
    return changes.filter(mandate__task=OuterRef("task"), effective_on__lte=day).outcomes().order_by("-pk")


def _heard(day: datetime.date) -> models.QuerySet[Any]:
    """Suggestions for the mandate of the outer query, or its set, that were known by that day and not dismissed."""
    suggestions = apps.get_model("mandates", "Suggestion").objects
    known = Q(said_on=None) | Q(said_on__lte=day)
    return suggestions.filter(known, mandate__task=OuterRef("task"), state__in=["waiting", "confirmed"])


def _proposed(day: datetime.date) -> models.QuerySet[Any]:
    """Links that a person has still to decide about: by that day a text may have asked the outer query's again."""
    links = apps.get_model("mandates", "MandateLink").objects
    return links.alias(later_since=there_since("later__document")).filter(
        later_since__lte=day, earlier__task=OuterRef("task"), decision="proposed", kind="repeats"
    )


def there_since(document: str = "document") -> Case:
    """Give the day since which a document was there, for a query.

    Args:
        document: path to it.

    Returns:
        The day of adoption, else of distribution. One without a date counts from the opening of its session, at the
        latest from its import.
    """
    day, opening = Coalesce(f"{document}__adopted", f"{document}__distributed"), F(f"{document}__session__opening_date")
    imported = TruncDate(f"{document}__imported_at")
    return Case(
        When(
            Q(**{f"{document}__adopted": None, f"{document}__distributed": None}),
            then=Case(
                When(Q(**{f"{document}__session__opening_date__lte": imported}), then=opening),
                default=Coalesce(imported, opening),
            ),
        ),
        default=day,
    )
