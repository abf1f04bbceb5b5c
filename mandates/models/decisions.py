"""What the models of what people decide about have in common."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class Decidable(models.Model):
    """Something that was found and that people decide about, which knows how often they did."""

    version = models.PositiveIntegerField(
        default=0, help_text=_("Number of decisions so far; a form that knows an older one is stale")
    )

    class Meta:
        abstract = True

    @property
    def choice(self) -> str:
        """How a form names it: with the version that was seen."""
        return f"{self.pk}:{self.version}"


class HistoryRow(models.Model):
    """One decision of a person. Append only: a mistake is put right by a further one."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new decision.

        Raises:
            TypeError: it was stored before; decisions are never overwritten.
        """
        if not self._state.adding:
            raise TypeError("A decision is never overwritten; add another one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: nothing that people decided is ever lost.

        Raises:
            TypeError: always.
        """
        raise TypeError("A decision is never deleted; add another one")
