"""How often adopted text asked for the same: in how many sessions, and since when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Min, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from mandates.models import Mandate
from mandates.querysets import MandateQuerySet

# The session as printed counts where the table has none.
SESSION = Coalesce("document__session__code", "document__session_code")


@dataclass(frozen=True, slots=True)
class Asked:
    """In how many sessions adopted text asked it, and since which year."""

    sessions: int
    since: int | None


def how_often_asked(mandates: Iterable[Mandate], day: datetime.date) -> dict[int, Asked]:
    """Tell how often the chains of some mandates were asked, in one query.

    Args:
        mandates: a few of them.
        day: what was adopted after it does not count.

    Returns:
        By the id of a chain's first mandate, those that more than one session asked.
    """
    chains = {mandate.chain_id for mandate in mandates if mandate.chain_id}
    if not chains:
        return {}
    rows = (
        _adopted_by(day)
        .filter(chain__in=chains)
        .values("chain")
        .annotate(sessions=Count(SESSION, distinct=True), first=Min("document__adopted"))
        .filter(sessions__gt=1)
    )
    found = rows.values_list("chain", "sessions", "first")
    return {chain: Asked(sessions, first.year if first else None) for chain, sessions, first in found}


def sessions_that_asked(day: datetime.date) -> Coalesce:
    """Count for each mandate of a query the sessions whose adopted text asked it; one that stands alone has one.

    Args:
        day: what was adopted after it does not count.
    """
    chain = _adopted_by(day).filter(chain=OuterRef("chain")).values("chain")
    number = chain.annotate(sessions=Count(SESSION, distinct=True)).values("sessions")
    return Coalesce(Subquery(number, output_field=IntegerField()), Value(1))


def _adopted_by(day: datetime.date) -> MandateQuerySet:
    return Mandate.objects.filter(proposed=False, in_text=True).exclude(document__adopted__gt=day).order_by()
