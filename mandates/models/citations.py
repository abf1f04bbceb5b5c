"""What paragraphs cite, and who looked at what leads nowhere."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mandates.models.decisions import HistoryRow
from resolutions.models import Document, Paragraph


class Reference(models.Model):
    """A document cited in a paragraph, by its canonical symbol, with the paragraph where one is named.

    What it leads to follows from the documents that are here and is kept up to date by
    `mandates.services.references_resolve` alone: `state`, `cited_document`, `cited_key` and `cited_places`.
    """

    class State(models.TextChoices):
        RESOLVED = "resolved", _("Resolved")
        PARAGRAPH_NOT_FOUND = "paragraph_not_found", _("Paragraph not found")
        AMBIGUOUS = "ambiguous", _("Ambiguous")
        KNOWN = "known", _("Known, not imported")
        UNRESOLVED = "unresolved", _("Not known")

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="references")
    position = models.PositiveIntegerField()
    symbol = models.CharField(max_length=80, db_index=True)
    cited_paragraph = models.CharField(max_length=100, blank=True)
    written = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    footnote = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.UNRESOLVED)
    cited_document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="citations")
    cited_key = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("Key of the paragraph that a link leads to; empty for the document itself"),
    )
    cited_places = models.ManyToManyField(
        Paragraph, related_name="citations", help_text=_("The paragraphs that are cited; several for a range")
    )

    class Meta:
        ordering = ["paragraph", "position"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "position"], name="reference_position_once")]
        indexes = [models.Index(fields=["state", "symbol"])]


class CitationCheck(HistoryRow):
    """Somebody looked at what is cited by a symbol and cannot be reached, or took that back.

    It is looked at again as soon as something else hinders.
    """

    symbol = models.CharField(max_length=80)
    state = models.CharField(max_length=20, choices=Reference.State)
    checked = models.BooleanField(help_text=_("False where it was taken back"))
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["symbol", "state"])]

    def __str__(self) -> str:
        return f"{self.symbol} {self.state}"

    @property
    def what(self) -> str:
        """What was decided, in words."""
        return str(_("Checked") if self.checked else _("Not checked"))
