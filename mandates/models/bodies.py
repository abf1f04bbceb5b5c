"""Who can be asked, and about what: reference data that grows with what is read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from resolutions.models import ReferenceRow


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
