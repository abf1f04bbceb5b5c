"""Named questions to the sessions."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from resolutions.models import AssemblySession, KnownDocument  # noqa: F401 - named in the bases, as text


class AssemblySessionQuerySet(models.QuerySet["AssemblySession"]):
    """Sessions, by what a reader asks for."""

    def regular(self) -> AssemblySessionQuerySet:
        """Sessions with a number: not the special ones, nor the Review Conference."""
        return self.filter(number__isnull=False)

    def coming(self, day: datetime.date) -> AssemblySessionQuerySet:
        """Regular sessions that open on that day or later, the next one first; those without a date follow."""
        return (
            self.regular()
            .filter(Q(opening_date__gte=day) | Q(opening_date=None))
            .order_by(F("opening_date").asc(nulls_last=True), "number")
        )


class KnownDocumentQuerySet(models.QuerySet["KnownDocument"]):
    """The register of documents, by what a reader asks for."""

    def not_read(self) -> KnownDocumentQuerySet:
        """Documents of which the symbol is known and nothing was imported."""
        documents = self.model._meta.apps.get_model("resolutions", "Document")
        return self.exclude(symbol__in=documents._default_manager.values("symbol"))
