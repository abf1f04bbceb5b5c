"""Which mandate repeats which, and what people decided about that."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mandates.models.decisions import Decidable, HistoryRow
from mandates.models.mandates import Mandate
from mandates.models.suggestions import Suggestion
from mandates.querysets import MandateLinkQuerySet


class MandateSketch(models.Model):
    """A few hashes of the words of a mandate, by which mandates that may say the same are found without reading all."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="sketch_rows")
    hash = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandate", "hash"], name="sketch_hash_once")]


class MandateLink(Decidable):
    """That a later mandate repeats an earlier one, or that two of one session say the same.

    What the machine is sure of is found, what it is not sure of is proposed, and a person confirms or rejects either; a
    decided link outlives whatever the machine finds later. That something alike is asked of another body is
    kept to be shown, and joins nothing.
    """

    class Kind(models.TextChoices):
        REPEATS = "repeats", _("Repeats")
        PARALLEL = "parallel", _("Parallel")
        READDRESSED = "readdressed", _("Asked of another body")

    class Decision(models.TextChoices):
        FOUND = "found", _("Found")
        PROPOSED = "proposed", _("Proposed")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    DECIDED = (Decision.CONFIRMED, Decision.REJECTED)

    class Change(models.TextChoices):
        SAME = "same", _("Same words")
        UPDATED = "updated", _("Updated")
        REWORDED = "reworded", _("Reworded")
        WIDENED = "widened", _("Widened")
        NARROWED = "narrowed", _("Narrowed")
        READDRESSED = "readdressed", _("Asked of another body")
        SPLIT = "split", _("Split")
        MERGED = "merged", _("Merged")

    later = models.ForeignKey(Mandate, models.CASCADE, related_name="links_to_earlier")
    earlier = models.ForeignKey(Mandate, models.CASCADE, related_name="links_to_later")
    kind = models.CharField(max_length=20, choices=Kind)
    decision = models.CharField(max_length=20, choices=Decision, default=Decision.FOUND, db_index=True)
    change = models.CharField(max_length=20, choices=Change, blank=True)
    score = models.FloatField(null=True, blank=True, help_text=_("From 0 to 1; empty where a person made the link"))
    matched = models.JSONField(default=list, blank=True, help_text=_("What both have: body, thing, topic"))

    objects = MandateLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier"], name="link_once"),
            models.CheckConstraint(name="link_joins_two", condition=~Q(later=F("earlier"))),
        ]

    def __str__(self) -> str:
        return f"{self.later_id} {self.kind} {self.earlier_id}"


class LineageDecision(HistoryRow):
    """One decision of a person on a link or a suggestion."""

    link = models.ForeignKey(MandateLink, models.PROTECT, null=True, blank=True, related_name="decisions")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, blank=True, related_name="decisions")
    before = models.CharField(max_length=20, help_text=_("As it stood; empty where the decision made it"), blank=True)
    after = models.CharField(max_length=20)
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lineage_decisions")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_about_one_thing", condition=Q(link__isnull=True) ^ Q(suggestion__isnull=True)
            )
        ]

    @property
    def what(self) -> str:
        """How it stands after it, in words."""
        states = Suggestion.State if self.link_id is None else MandateLink.Decision
        return str(states(self.after).label)
