"""Mandates of which nothing was heard since their deadline passed, and how certain that is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from mandates.models import Mandate
from mandates.other_sessions import other_sessions
from resolutions.models import AssemblySession, Document, KnownDocument


@dataclass(frozen=True, slots=True)
class Lapse:
    """That a mandate was not heard of since.

    Attributes:
        not_read: later resolutions on its subject that are known by their symbols alone.
        no_text: later sessions of which no resolution was read.
        read: later resolutions on its subject that were read, and do not ask it.
    """

    not_read: Sequence[KnownDocument]
    no_text: Sequence[AssemblySession]
    read: Sequence[Document]

    @property
    def is_certain(self) -> bool:
        """Whether all that could have repeated it was read."""
        return not self.not_read and not self.no_text


def lapse_of(mandate: Mandate, today: datetime.date | None = None) -> Lapse | None:
    """Say whether a mandate lapsed in silence (domain.md, "Status").

    Args:
        mandate: with its document, session and topic fetched.
        today: the day on which it is looked at; the present one where it is None.

    Returns:
        What is known of it; None where it did not lapse.
    """
    day = today or timezone.localdate()
    if mandate.recurring or mandate.due_on is None or mandate.due_on >= day:
        return None
    if not Mandate.objects.filter(pk=mandate.pk).standing(day).filter(lapsed_as_at=True).exists():
        return None
    document = mandate.document
    given = (document.session.opening_date if document.session else None) or document.adopted or document.distributed
    titles = {document.title, mandate.topic.name if mandate.topic else ""} - {""}
    later = [
        other
        for other in other_sessions(titles, day)
        if given is None or (other.session.opening_date and other.session.opening_date > given)
    ]
    return Lapse(
        not_read=[known for other in later for known in other.known],
        no_text=[other.session for other in later if not other.read and not other.known],
        read=[each for other in later for each in other.read],
    )
