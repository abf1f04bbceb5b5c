"""Says in words what a correction is about and what becomes of it, for the history and for a preview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from mandates.correcting import records
from mandates.extraction.records import MandateRecord
from mandates.models import Mandate


def said_before(correction: records.Correction, mandates: Sequence[Mandate]) -> str:
    """Say what was seen of the mandates that a correction speaks of.

    Args:
        correction: what is said.
        mandates: with topic, addressees and deadlines fetched; none for one that was missed.
    """
    if isinstance(correction, records.OtherAddressees):
        return _names(row.body.name for mandate in mandates for row in mandate.addressee_rows.all())
    if isinstance(correction, records.OtherDeadlines):
        return _times(row.text for mandate in mandates for row in mandate.deadlines.all())
    if isinstance(correction, records.OtherTopic):
        return ", ".join(mandate.topic.name for mandate in mandates if mandate.topic) or _("no topic")
    return "\n".join(f"{mandate.verb}: {mandate.action}" for mandate in mandates)


def said_after(correction: records.Correction, mandates: Sequence[MandateRecord]) -> str:
    """Say what a correction makes.

    Args:
        correction: what is said.
        mandates: those that it made or changed, as they are then.
    """
    if isinstance(correction, records.OtherAddressees):
        return _names(correction.bodies)
    if isinstance(correction, records.OtherDeadlines):
        return _times(item.text for mandate in mandates for item in mandate.deadlines)
    if isinstance(correction, records.OtherTopic):
        return correction.topic or _("no topic")
    return "\n".join(f"{mandate.verb}: {mandate.action}" for mandate in mandates)


def _names(names: Iterable[str]) -> str:
    return ", ".join(names) or _("nobody")


def _times(words: Iterable[str]) -> str:
    return "; ".join(words) or _("no deadline")
