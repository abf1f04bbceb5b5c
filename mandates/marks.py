"""The one mark that a mandate shows: its headline status, or how an open one stands to its deadline."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mandates.models import Mandate
from mandates.status import is_due_next, is_overdue
from resolutions.models import AssemblySession

MARKS: dict[str, str | Promise] = {
    "overdue": _("Overdue"),
    "next": _("Due next"),
    "open": _("Open"),
    "repeated": _("Repeated"),
    "fulfilled": _("Fulfilled"),
    "withdrawn": _("Withdrawn"),
    "proposed": _("Proposed"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """What "overdue" and "due next" are measured against."""

    today: datetime.date
    next_session: int | None


def this_moment() -> Moment:
    """Give today and the number of the next session."""
    today = timezone.localdate()
    return Moment(today, AssemblySession.objects.coming(today).values_list("number", flat=True).first())


def mark_of(mandate: Mandate, moment: Moment) -> str:
    """Give the key in `MARKS` of what a mandate shows.

    One that was read with `standing` or `as_at` shows how it stood on that day, any other how it stands at `moment`.
    """
    if hasattr(mandate, "status_as_at"):
        status, overdue, due_next = mandate.status_as_at, mandate.overdue_as_at, mandate.due_next_as_at
    else:
        status = mandate.headline_status
        overdue = is_overdue(status=status, recurring=mandate.recurring, due_on=mandate.due_on, today=moment.today)
        due_next = is_due_next(status=status, due_session=mandate.due_session, next_session=moment.next_session)
    return "overdue" if overdue else "next" if due_next else status
