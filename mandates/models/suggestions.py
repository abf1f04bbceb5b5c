"""What documents say was done, and which mandates that seems to answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mandates.models.decisions import Decidable
from mandates.models.mandates import Mandate
from mandates.querysets import SuggestionQuerySet
from resolutions.models import AssemblySession, Document, Paragraph


class Reason(models.TextChoices):
    """The form in which a document says that something was done; the values are those of `mandates.lineage`."""

    PURSUANT = "pursuant", _("Submitted pursuant to it")
    WELCOMED = "welcomed", _("Report welcomed")
    RECITED = "recited", _("Report recites it")
    REGISTERED = "registered", _("Report in the register")


class DocumentAnswer(models.Model):
    """What a document says was done, whether or not the mandate that it answers is here yet.

    Of a document that is only known there is the title alone, and no `document`. Kept up to date by
    `mandates.services.answers` alone; the fields are those of `mandates.lineage.answers.Answer`.
    """

    symbol = models.CharField(max_length=80, db_index=True)
    document = models.ForeignKey(Document, models.CASCADE, null=True, blank=True, related_name="answers")
    paragraph = models.ForeignKey(Paragraph, models.CASCADE, null=True, blank=True, related_name="answers")
    position = models.PositiveIntegerField()
    reason = models.CharField(max_length=20, choices=Reason)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    evidence_symbol = models.CharField(max_length=80)
    session = models.PositiveSmallIntegerField(null=True, blank=True)
    cited_symbol = models.CharField(max_length=80, blank=True, db_index=True)
    cited_paragraph = models.CharField(max_length=100, blank=True)
    asked_at = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.CharField(max_length=255, blank=True)
    thing = models.TextField(blank=True)

    class Meta:
        ordering = ["symbol", "position"]
        constraints = [models.UniqueConstraint(fields=["symbol", "position"], name="answer_position_once")]
        indexes = [models.Index(fields=["body", "session"])]

    def __str__(self) -> str:
        return f"{self.symbol} {self.reason}"


class Suggestion(Decidable):
    """That a document seems to answer a mandate, with the words that say so. Only a person makes an outcome of it.

    `source` names the place in the document, or the document where its title says it, so that a suggestion that was
    dismissed is known again when the documents are read again. It stands with the first citation of a parallel set and
    holds for the set. Made and kept by `mandates.services.suggestions` alone, which leaves decided ones as they are.
    """

    Reason = Reason

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CONFIRMED = "confirmed", _("Confirmed")
        DISMISSED = "dismissed", _("Dismissed")

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="suggestions")
    reason = models.CharField(max_length=20, choices=Reason)
    source = models.CharField(max_length=255, help_text=_("Symbol and paragraph key; of a title the symbol alone"))
    paragraph = models.ForeignKey(Paragraph, models.SET_NULL, null=True, blank=True, related_name="suggestions")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quotation = models.TextField(blank=True)
    sentence = models.TextField(help_text=_("Why it is suggested"))
    evidence_symbol = models.CharField(_("document symbol"), max_length=80, blank=True)
    evidence_date = models.DateField(_("date"), null=True, blank=True)
    said_on = models.DateField(
        null=True, blank=True, help_text=_("Day of the document that says so: the suggestion counts from then on")
    )
    occurrence = models.ForeignKey(
        AssemblySession,
        models.PROTECT,
        null=True,
        blank=True,
        help_text=_("The session for which a recurring mandate seems to be answered"),
    )
    state = models.CharField(max_length=20, choices=State, default=State.WAITING, db_index=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["mandate", "pk"]
        constraints = [models.UniqueConstraint(fields=["mandate", "reason", "source"], name="suggestion_once")]

    def __str__(self) -> str:
        return self.sentence
