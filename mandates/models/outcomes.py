"""What people recorded became of a mandate."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mandates.models.decisions import HistoryRow
from mandates.models.mandates import Mandate
from mandates.querysets import OutcomeChangeQuerySet
from resolutions.models import AssemblySession


class OutcomeChange(HistoryRow):
    """One decision of a person on a mandate."""

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

    objects = OutcomeChangeQuerySet.as_manager()

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

    @property
    def what(self) -> str:
        """What was decided, in words."""
        return str(self.get_kind_display())
