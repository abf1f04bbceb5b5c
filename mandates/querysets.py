"""Named questions to the mandates, so that every screen, export and count asks them in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from mandates.models import Mandate  # noqa: F401


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates, by what a reader asks for."""
