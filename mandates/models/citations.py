"""What paragraphs cite."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

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
