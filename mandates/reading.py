"""The day on which a page is read: today, or a past day that the address names with `as_at`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from mandates.filter_fields import DayField
from mandates.filters import query_string
from mandates.models import Mandate
from mandates.querysets import MandateQuerySet


@dataclass(frozen=True, slots=True)
class Reading:
    """A day, and how to ask for what stood on it.

    Attributes:
        day: the day.
        past: True where the address names it.
        ignored: what the address gave for a day and is none.
    """

    day: datetime.date
    past: bool = False
    ignored: tuple[str, ...] = ()

    def mandates(self) -> MandateQuerySet:
        """All mandates of the texts of that day, annotated with how they stood."""
        every = Mandate.objects.filter(in_text=True)
        return every.as_at(self.day) if self.past else every.standing(self.day)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What an address needs to be read on the same day."""
        return [("as_at", self.day.isoformat())] if self.past else []

    @property
    def query(self) -> str:
        """The same as it stands at the end of an address."""
        return f"?{urlencode(self.pairs)}" if self.past else ""

    @property
    def further(self) -> str:
        """The same where a query string has begun already."""
        return f"&{urlencode(self.pairs)}" if self.past else ""

    def listed(self, *pairs: tuple[str, str]) -> str:
        """Give the address of the list with these choices, on the same day."""
        return query_string([*pairs, *self.pairs], reverse("mandates:list"))


def reading_of(request: HttpRequest) -> Reading:
    """Read the day from an address; what is no day is passed over, for the page to say so."""
    field = DayField(required=False)
    day = field.clean(request.GET.getlist("as_at"))
    return Reading(day or timezone.localdate(), day is not None, field.ignored)
