"""One decision about many mandates: who made it, what was entered, and what came of it for each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mandates.models.corrections import Correction
from mandates.models.lineage import LineageDecision, MandateLink
from mandates.models.mandates import Mandate
from mandates.models.outcomes import OutcomeChange
from mandates.models.suggestions import Suggestion

# The lists of what is found, by the column of the entries.
_LISTS = {"link": "mandates:review_links", "suggestion": "mandates:review_suggestions"}


class BulkDecision(models.Model):
    """A decision of a person about many mandates, carried out one after the other; what it did can be undone."""

    class Kind(models.TextChoices):
        FULFIL = "fulfil", _("Marked fulfilled")
        WITHDRAW = "withdraw", _("Withdrawn")
        REOPEN = "reopen", _("Reopened")
        CORRECT_ADDRESSEES = "correct_addressees", _("Addressees corrected")
        CORRECT_TOPIC = "correct_topic", _("Topic corrected")
        CORRECT_DEADLINES = "correct_deadlines", _("Deadlines corrected")
        UNDO = "undo", _("Undone")
        CONFIRM_LINK = "confirm_link", _("Links confirmed")
        REJECT_LINK = "reject_link", _("Links rejected")
        RESTORE_LINK = "restore_link", _("Decisions about links taken back")
        CONFIRM_SUGGESTION = "confirm_suggestion", _("Suggestions confirmed")
        DISMISS_SUGGESTION = "dismiss_suggestion", _("Suggestions dismissed")
        RESTORE_SUGGESTION = "restore_suggestion", _("Dismissals taken back")

    kind = models.CharField(max_length=20, choices=Kind)
    entered = models.JSONField(default=dict, blank=True, help_text=_("What the form said: evidence, date, note"))
    query = models.TextField(blank=True, help_text=_("Query string of the list it was made on"))
    shown = models.TextField(blank=True, help_text=_("What that list said it showed"))
    every_match = models.BooleanField(default=False, help_text=_("All that the list showed, not some that were ticked"))
    undoes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_decisions")
    made_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(help_text=_("When it was last at work, or sent to a worker"))
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0, help_text=_("How many it is about"))
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("mandates:bulk", args=[self.pk])

    @property
    def column(self) -> str:
        """The column of its entries that says what it is about: mandate, link or suggestion."""
        sort = (self.undoes.kind if self.undoes else self.kind).rpartition("_")[2]
        return sort if sort in _LISTS else "mandate"

    @property
    def list_address(self) -> str:
        """The address of the list that it was made on, as it is now."""
        page = reverse(_LISTS.get(self.column, "mandates:list"))
        return f"{page}?{self.query}" if self.query else page

    @property
    def corrects(self) -> bool:
        """Whether it corrects what was found in texts, or undoes such corrections."""
        of = self.undoes.kind if self.undoes else self.kind
        return of in (self.Kind.CORRECT_ADDRESSEES, self.Kind.CORRECT_TOPIC, self.Kind.CORRECT_DEADLINES)

    @property
    def can_be_undone(self) -> bool:
        """Whether it is through, did something, and took nothing back itself."""
        takes_back = (self.Kind.UNDO, self.Kind.RESTORE_LINK, self.Kind.RESTORE_SUGGESTION)
        return bool(self.finished_at and self.done and self.kind not in takes_back)


class BulkEntry(models.Model):
    """One mandate, link or suggestion of a decision about many, with the version that was seen, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Not done")

    bulk = models.ForeignKey(BulkDecision, models.CASCADE, related_name="entries")
    mandate = models.ForeignKey(
        Mandate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bulk_entries",
        help_text=_("Empty where it is about something else, or is gone and nobody had decided about it"),
    )
    link = models.ForeignKey(MandateLink, models.SET_NULL, null=True, blank=True, related_name="bulk_entries")
    suggestion = models.ForeignKey(Suggestion, models.SET_NULL, null=True, blank=True, related_name="bulk_entries")
    key = models.CharField(max_length=255, help_text=_("That of the mandate, or of the first of them"))
    version = models.PositiveIntegerField(help_text=_("Of what it is about, as it was seen"))
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField(blank=True, help_text=_("Why it was not done"))
    change = models.OneToOneField(
        OutcomeChange,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bulk_entry",
        help_text=_("What was recorded about the mandate"),
    )
    decision = models.OneToOneField(
        LineageDecision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bulk_entry",
        help_text=_("What was recorded about the link or the suggestion"),
    )
    seen = models.CharField(
        max_length=64, blank=True, help_text=_("Where it is corrected, the mark of what was seen of the mandate")
    )
    correction = models.OneToOneField(
        Correction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bulk_entry",
        help_text=_("What was corrected, or that it was undone"),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "mandate"], name="bulk_mandate_once"),
            models.UniqueConstraint(fields=["bulk", "link"], name="bulk_link_once"),
            models.UniqueConstraint(fields=["bulk", "suggestion"], name="bulk_suggestion_once"),
        ]
        indexes = [models.Index(fields=["bulk", "state"])]

    def __str__(self) -> str:
        return self.key
