"""What people corrected in the findings of a document, and where that stands in its text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mandates.models.decisions import HistoryRow
from mandates.models.mandates import Mandate
from mandates.querysets import CorrectionQuerySet
from resolutions.models import Document


class Correction(HistoryRow):
    """One correction of a person, or that one was undone.

    `anchor` and `entered` say it in the form of `mandates.correcting.correction_json`; `before` and `after` say in
    words what was seen and what was made of it.
    """

    class Kind(models.TextChoices):
        ADDRESSEES = "addressees", _("Addressee")
        DEADLINES = "deadlines", _("Deadline")
        TOPIC = "topic", _("Topic")
        NOT_A_MANDATE = "not_a_mandate", _("Not a mandate")
        SPLIT = "split", _("Split")
        MERGE = "merge", _("Merged")
        MISSED = "missed", _("A mandate that was missed")
        UNDONE = "undone", _("Undone")

    document = models.ForeignKey(Document, models.PROTECT, related_name="findings_corrected")
    kind = models.CharField(max_length=20, choices=Kind)
    anchor = models.JSONField(default=dict, help_text=_("The words that it speaks of, as they were"))
    entered = models.JSONField(default=dict, blank=True, help_text=_("What the form said"))
    before = models.TextField(blank=True, help_text=_("In words, as it was seen"))
    after = models.TextField(blank=True, help_text=_("In words, as it is by this correction"))
    token = models.CharField(
        max_length=64, db_index=True, help_text=_("Mark of the form that said it: sent twice, it is one correction")
    )
    why = models.TextField(_("reason"))
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="corrections")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="correction_says_why", condition=~Q(why="")),
            models.CheckConstraint(name="undone_names_what", condition=Q(kind="undone") ^ Q(undoes__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind}"


class CorrectionPlace(models.Model):
    """What came of a correction when its document was last stored; one that was undone has none.

    Kept by `mandates.services.correcting` alone.
    """

    class State(models.TextChoices):
        APPLIED = "applied", _("Made")
        NOT_NEEDED = "not_needed", _("The tracker finds the same by now")
        NOT_PLACED = "not_placed", _("Not placed")

    class Reason(models.TextChoices):
        WORDS_GONE = "words_gone", _("The text no longer has the words.")
        AMBIGUOUS = "ambiguous", _("Several paragraphs have the words, and nothing tells which is meant.")
        NO_MANDATE = "no_mandate", _("No mandate is found where the words stand.")
        PLACE_GONE = "place_gone", _("The mandate has words on both sides of that place no longer.")
        APART = "apart", _("The mandates no longer stand in one paragraph with its sub-paragraphs.")
        NO_VERB = "no_verb", _("The words have no verb that directs somebody.")

    correction = models.OneToOneField(Correction, models.CASCADE, primary_key=True, related_name="place")
    state = models.CharField(max_length=20, choices=State, db_index=True)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    paragraph = models.CharField(max_length=200, blank=True, help_text=_("Key of the paragraph where its words stand"))
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    mandates = models.ManyToManyField(Mandate, related_name="correction_places")

    def __str__(self) -> str:
        return f"{self.correction_id} {self.state}"
