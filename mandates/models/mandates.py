"""Mandates, who must act on them, and by when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mandates.correcting.records import BY_A_PERSON
from mandates.models.bodies import Body, Topic
from mandates.querysets import MandateQuerySet
from resolutions.models import Document, Paragraph


class Mandate(models.Model):
    """A clause of an operative paragraph that directs someone to act.

    What the machine found is replaced by a re-import; `outcome` is what people decided and is not, and it holds for
    all of a parallel set. `chain`, `parallel_of` and `asked_again_on` follow from the links and are kept by
    `mandates.services.chains.chains_refresh` alone; `headline_status`, `recurring` and the `due` and `recurs` fields
    follow from all of these, by `mandates.services.statuses_refresh` alone. The spans hold in the text of the paragraph
    while `in_text` is true.
    """

    class Strength(models.TextChoices):
        DECISION = "decision", _("Decision")
        REQUEST = "request", _("Request")
        RECOMMENDATION = "recommendation", _("Recommendation")
        INVITATION = "invitation", _("Invitation")

    class Outcome(models.TextChoices):
        OPEN = "open", _("Open")
        FULFILLED = "fulfilled", _("Fulfilled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        FULFILLED = "fulfilled", _("Fulfilled")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REPEATED = "repeated", _("Repeated")
        PROPOSED = "proposed", _("Proposed")

    key = models.CharField(max_length=255, unique=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="mandates")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="mandates")
    position = models.PositiveIntegerField(help_text=_("Order in the document"))
    part = models.CharField(max_length=100)
    label = models.CharField(max_length=60)
    verb = models.CharField(max_length=80)
    nth = models.PositiveSmallIntegerField(default=0)
    strength = models.CharField(max_length=20, choices=Strength)
    clause_start = models.PositiveIntegerField()
    clause_end = models.PositiveIntegerField()
    verb_start = models.PositiveIntegerField()
    verb_end = models.PositiveIntegerField()
    continuations = models.JSONField(
        default=list, blank=True, help_text=_("Where the clause goes on in sub-paragraphs: paragraph key, start, end")
    )
    action = models.TextField()
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="mandates")
    addressees = models.ManyToManyField(Body, through="MandateAddressee", related_name="mandates")
    proposed = models.BooleanField(default=False)
    tracked = models.BooleanField(
        default=False, help_text=_("Adopted text, addressed to an Assembly body or a Court organ")
    )

    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.OPEN)
    outcome_version = models.PositiveIntegerField(
        default=0, help_text=_("Number of outcome changes so far; a form that knows an older one is stale")
    )
    headline_status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    recurring = models.BooleanField(default=False)
    recurs_from = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("First session for which a recurring mandate is to be answered")
    )
    recurs_every = models.PositiveSmallIntegerField(default=1, help_text=_("In sessions: 2 for a biennial one"))
    due_session = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Session of the last deadline, or the coming occurrence of a recurring one")
    )
    due_on = models.DateField(null=True, blank=True, help_text=_("Day on which it falls due; empty until known"))

    chain = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="chain_members",
        help_text=_("The first of those that ask the same, session after session; empty where it stands alone"),
    )
    parallel_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="parallels",
        help_text=_("The first of those of its session that say the same; empty for the first itself"),
    )
    asked_again_on = models.DateField(
        null=True, blank=True, help_text=_("Day on which adopted text of a later session first asked it again")
    )
    task = models.GeneratedField(
        expression=Coalesce("parallel_of_id", "id"),
        output_field=models.BigIntegerField(),
        db_persist=True,
        help_text=_("Id of the first citation of its parallel set, its own where it stands alone: what is counted"),
    )
    in_text = models.BooleanField(default=True, help_text=_("False where the last import no longer found it"))
    flag = models.TextField(blank=True, help_text=_("Why a person should look at it; empty where nobody needs to"))

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position"]
        permissions = [
            ("decide_mandate", "Can record what became of a mandate"),
            ("correct_mandate", "Can correct what the tracker found in a text"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "part", "label", "verb", "nth"], name="mandate_once"),
            models.CheckConstraint(name="clause_has_words", condition=Q(clause_start__lt=F("clause_end"))),
            models.CheckConstraint(
                name="verb_inside_clause",
                condition=Q(verb_start__gte=F("clause_start"), verb_end__lte=F("clause_end")),
            ),
            models.CheckConstraint(
                name="proposed_has_no_outcome", condition=Q(proposed=False) | Q(outcome="open", tracked=False)
            ),
        ]
        indexes = [
            models.Index(fields=["tracked", "headline_status", "due_on"]),
            models.Index(fields=["tracked", "due_on", "due_session"]),
            models.Index(fields=["task"]),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("mandates:detail", args=[self.key])

    @property
    def asks_itself(self) -> bool:
        """Whether the body that speaks is the one that must act ("Decides to ..."), so that nobody is named."""
        rows = list(self.addressee_rows.all())
        return bool(rows) and all(row.start is None and row.rule != BY_A_PERSON for row in rows)


class MandateAddressee(models.Model):
    """That a body must act on a mandate, and the words that say so (none where it is implied)."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="addressee_rows")
    body = models.ForeignKey(Body, models.PROTECT, related_name="mandate_rows")
    position = models.PositiveSmallIntegerField()
    span_paragraph = models.CharField(max_length=200, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    rule = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["mandate", "position"]
        constraints = [models.UniqueConstraint(fields=["mandate", "body"], name="addressee_once")]


class ReportingDeadline(models.Model):
    """When a mandate is to be done, in the words of the text and as a session, a day or a period."""

    class Kind(models.TextChoices):
        SESSION = "session", _("At a session")
        BEFORE_SESSION = "before_session", _("Before a session")
        DATE = "date", _("By a date")
        PERIOD = "period", _("In a period")
        RECURRING = "recurring", _("Recurring")
        EVENT = "event", _("At an event")

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="deadlines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    session_number = models.PositiveSmallIntegerField(null=True, blank=True, db_index=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True, help_text=_("Also the day of a date"))
    interval = models.CharField(max_length=20, blank=True)
    event = models.TextField(blank=True)
    span_paragraph = models.CharField(max_length=200)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    rule = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["mandate", "position"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "position"], name="deadline_position_once"),
            models.CheckConstraint(
                name="session_deadline_names_session",
                condition=~Q(kind__in=["session", "before_session"]) | Q(session_number__isnull=False),
            ),
            models.CheckConstraint(name="date_deadline_has_day", condition=~Q(kind="date") | Q(end_date__isnull=False)),
            models.CheckConstraint(name="recurring_has_interval", condition=~Q(kind="recurring") | ~Q(interval="")),
        ]
