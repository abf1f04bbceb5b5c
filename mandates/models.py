"""Mandates, who must act, by when, and what became of it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mandates.querysets import MandateLinkQuerySet, MandateQuerySet
from resolutions.models import AssemblySession, Document, Paragraph, ReferenceRow


class Body(ReferenceRow):
    """A body that a mandate can be addressed to, in its canonical name."""

    class Category(models.TextChoices):
        ASSEMBLY = "Assembly", _("Assembly")
        ASSEMBLY_BODY = "Assembly body", _("Assembly body")
        COURT_ORGAN = "Court organ", _("Court organ")
        STATE = "State", _("States")
        OTHER = "Other", _("Other")

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    category = models.CharField(_("category"), max_length=20, choices=Category)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="members")
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("bodies")

    def __str__(self) -> str:
        return self.name


class Topic(ReferenceRow):
    """What mandates are about; from section headings, chapeaux and titles."""

    name = models.CharField(_("name"), max_length=300, unique=True)
    slug = models.SlugField(max_length=300, unique=True)
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """A clause of an operative paragraph that directs someone to act.

    What the machine found is replaced by a re-import; `outcome` is what people decided and is not. `headline_status`,
    `recurring` and the `due` and `recurs` fields follow from both and are kept up to date by
    `mandates.services.statuses_refresh` alone. The spans hold in the text of the paragraph while `in_text` is true.
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

    in_text = models.BooleanField(default=True, help_text=_("False where the last import no longer found it"))
    flag = models.TextField(blank=True, help_text=_("Why a person should look at it; empty where nobody needs to"))

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position"]
        permissions = [("decide_mandate", "Can record what became of a mandate")]
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
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("mandates:detail", args=[self.key])

    @property
    def asks_itself(self) -> bool:
        """Whether the body that speaks is the one that must act ("Decides to ..."), so that nobody is named."""
        rows = list(self.addressee_rows.all())
        return bool(rows) and all(row.start is None for row in rows)


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


class Reference(models.Model):
    """A document cited in a paragraph, by its canonical symbol, with the paragraph where one is named."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="references")
    position = models.PositiveIntegerField()
    symbol = models.CharField(max_length=80, db_index=True)
    cited_paragraph = models.CharField(max_length=100, blank=True)
    written = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    footnote = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["paragraph", "position"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "position"], name="reference_position_once")]


class MandateLink(models.Model):
    """That a later mandate repeats an earlier one, is parallel to it, or refers to it."""

    class Kind(models.TextChoices):
        REPEATS = "repeats", _("Repeats")
        PARALLEL = "parallel", _("Parallel")
        REFERS = "refers", _("Refers to")

    class Decision(models.TextChoices):
        FOUND = "found", _("Found")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    later = models.ForeignKey(Mandate, models.CASCADE, related_name="links_to_earlier")
    earlier = models.ForeignKey(Mandate, models.CASCADE, related_name="links_to_later")
    kind = models.CharField(max_length=20, choices=Kind)
    decision = models.CharField(max_length=20, choices=Decision, default=Decision.FOUND)
    score = models.FloatField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)

    objects = MandateLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier"], name="link_once"),
            models.CheckConstraint(name="link_joins_two", condition=~Q(later=F("earlier"))),
        ]


class OutcomeChange(models.Model):
    """One decision of a person on a mandate. Append only: a mistake is put right by a further change."""

    class Kind(models.TextChoices):
        FULFILLED = "fulfilled", _("Marked fulfilled")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REOPENED = "reopened", _("Reopened")
        REVIEWED = "reviewed", _("Reviewed")

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="outcome_changes")
    version = models.PositiveIntegerField(help_text=_("1 for the first change of the mandate, and so on"))
    kind = models.CharField(max_length=20, choices=Kind)
    before = models.CharField(max_length=20, choices=Mandate.Outcome)
    after = models.CharField(max_length=20, choices=Mandate.Outcome)
    occurrence = models.ForeignKey(
        AssemblySession,
        models.PROTECT,
        null=True,
        blank=True,
        help_text=_("The session for which a recurring mandate was answered, or its answer was taken back"),
    )
    effective_on = models.DateField(
        help_text=_("Day from which it counts: that of the evidence, or the day on which it was recorded")
    )
    evidence_symbol = models.CharField(_("document symbol"), max_length=80, blank=True)
    evidence_url = models.URLField(_("link"), max_length=500, blank=True)
    evidence_date = models.DateField(_("date"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="outcome_changes")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["mandate", "version"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "version"], name="outcome_version_once"),
            models.CheckConstraint(
                name="fulfilled_has_evidence",
                condition=~Q(kind="fulfilled") | ~Q(evidence_symbol="") | ~Q(evidence_url=""),
            ),
            models.CheckConstraint(
                name="withdrawn_has_reason", condition=~Q(kind__in=["withdrawn", "reopened"]) | ~Q(note="")
            ),
            models.CheckConstraint(name="outcome_version_from_one", condition=Q(version__gte=1)),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new change.

        Raises:
            TypeError: the change was stored before; changes are never overwritten.
        """
        if not self._state.adding:
            raise TypeError("An outcome change is never overwritten; add another one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: nothing that people decided is ever lost.

        Raises:
            TypeError: always.
        """
        raise TypeError("An outcome change is never deleted; add another one")
