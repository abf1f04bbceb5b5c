"""Carries decisions about many mandates out: each mandate in a transaction of its own, many of them by a worker.

What is to be done stands in the rows of the decision, never in the queue alone, and each row is done once: a worker
that is killed is followed by another that goes on with the rows that wait, and two at once share them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mandates.actions.corrections import check_may_correct
from mandates.actions.decision import check_permission
from mandates.actions.outcomes import StaleMandate
from mandates.bulk.actions import action_maker, undo_maker
from mandates.bulk.lineage import DECIDABLES
from mandates.bulk.plan import MakeAction, Plan
from mandates.models import BulkDecision, BulkEntry, Mandate
from mandates.services.bulk_corrections import next_document_correct
from mandates.services.bulk_lineage import lineage_carry_out

logger = logging.getLogger(__name__)

# So many are done while the person waits, but no longer than so many seconds: a worker does the rest.
DIRECTLY = 200
PATIENCE = 5
# After so many the counts and the sign of life are written.
BATCH = 25
_ROWS = 1000


def bulk_start(
    *,
    kind: str,
    plan: Plan,
    user: Any,
    entered: Mapping[str, Any],
    query: str = "",
    shown: str = "",
    every_match: bool = False,
    undoes: BulkDecision | None = None,
) -> BulkDecision:
    """Record what is to be done about each mandate, and do it: at once, or by a worker where there are many.

    Args:
        kind: of `BulkDecision.Kind`.
        plan: what its maker saw; what it refuses is kept with the reason.
        user: who decides.
        entered: as `BulkDecision.entered` keeps it.
        query, shown, every_match: of the list that it was made on.
        undoes: the decision that is undone.

    Returns:
        The decision; its counts say how far it is.

    Raises:
        PermissionDenied: the person may not decide about mandates, or not correct them.
    """
    waiting = len(plan.will)
    with transaction.atomic():
        bulk = BulkDecision(
            kind=kind,
            entered=dict(entered),
            query=query,
            shown=shown,
            every_match=every_match,
            undoes=undoes,
            made_by=user,
            heartbeat_at=timezone.now(),
            total=len(plan.prospects),
            refused=len(plan.prospects) - waiting,
        )
        (check_may_correct if bulk.corrects else check_permission)(user)
        bulk.save()
        BulkEntry.objects.bulk_create(
            (
                BulkEntry(
                    bulk=bulk,
                    **prospect.about,
                    key=prospect.mandate.key,
                    version=prospect.version,
                    seen=prospect.seen,
                    state=BulkEntry.State.REFUSED if prospect.refusal else BulkEntry.State.WAITING,
                    reason=prospect.refusal,
                )
                for prospect in plan.prospects
            ),
            batch_size=_ROWS,
        )
        if waiting > DIRECTLY:
            bulk_send(bulk_id=bulk.pk)
    if waiting <= DIRECTLY:
        bulk_continue(bulk_id=bulk.pk, seconds=PATIENCE)
    bulk.refresh_from_db()
    return bulk


def bulk_send(*, bulk_id: int) -> None:
    """Tell a worker on commit that a decision waits for it; one that nobody could be told of is found by the sweep.

    Args:
        bulk_id: of the decision.
    """
    from mandates.tasks import continue_bulk  # the task calls this module

    def send() -> None:
        try:
            continue_bulk.apply_async((bulk_id,), expires=settings.IMPORT_STALLED_SECONDS)
        except Exception:
            logger.warning("No worker could be told of decision %s; it is tried again", bulk_id, exc_info=True)

    transaction.on_commit(send)


def bulk_continue(*, bulk_id: int, seconds: float | None = None) -> int:
    """Do what waits of a decision. Safe to call twice, and at the same time.

    Args:
        bulk_id: of the decision.
        seconds: after so many a worker is told to do the rest; none is where it is None.

    Returns:
        How many mandates were decided so far.

    Raises:
        OperationalError, InterfaceError: the database went away; the rest is done later.
    """
    waiting = BulkEntry.objects.filter(bulk=bulk_id, state=BulkEntry.State.WAITING).order_by("pk")
    start = time.monotonic()
    while ids := list(waiting.values_list("pk", flat=True)[:BATCH]):
        if seconds is not None and time.monotonic() - start > seconds:
            bulk_send(bulk_id=bulk_id)
            return BulkDecision.objects.values_list("done", flat=True).get(pk=bulk_id)
        # Read anew: whoever lost the right meanwhile decides nothing more.
        bulk = BulkDecision.objects.select_related("made_by", "undoes").get(pk=bulk_id)
        if bulk.column in DECIDABLES:
            note = undo_note(bulk) if bulk.undoes else bulk.entered.get("note", "")
            lineage_carry_out(bulk=bulk, entry_ids=ids, note=note)
        elif bulk.corrects:
            next_document_correct(bulk=bulk, note=undo_note(bulk))
        else:
            make = _maker(bulk)
            for pk in ids:
                _carry_out(pk, make, bulk.made_by)
        _count(bulk_id)
    _count(bulk_id)
    BulkDecision.objects.filter(pk=bulk_id, finished_at=None).update(finished_at=timezone.now())
    return BulkDecision.objects.values_list("done", flat=True).get(pk=bulk_id)


def bulks_sweep() -> int:
    """Have decisions gone on with that stand still: no worker was heard of for `IMPORT_STALLED_SECONDS`.

    Returns:
        How many.
    """
    now = timezone.now()
    limit = now - timedelta(seconds=settings.IMPORT_STALLED_SECONDS)
    still = BulkDecision.objects.filter(finished_at=None, heartbeat_at__lt=limit)
    again = 0
    for pk, heard_of in still.values_list("pk", "heartbeat_at"):
        if BulkDecision.objects.filter(pk=pk, heartbeat_at=heard_of).update(heartbeat_at=now):
            bulk_send(bulk_id=pk)
            again += 1
    return again


def undo_note(bulk: BulkDecision) -> str:
    """Say which decision is undone; empty where none is.

    Args:
        bulk: that undoes it.
    """
    if bulk.undoes is None:
        return ""
    made_at = formats.date_format(timezone.localtime(bulk.undoes.made_at), "DATETIME_FORMAT")
    note = _("Undo of decision %(number)s about several mandates: %(what)s on %(when)s.") % {
        "number": bulk.undoes.pk,
        "what": bulk.undoes.get_kind_display().lower(),
        "when": made_at,
    }
    return "\n".join(part for part in (note, bulk.entered.get("note", "")) if part)


def _maker(bulk: BulkDecision) -> MakeAction:
    return undo_maker(undo_note(bulk)) if bulk.undoes else action_maker(bulk.kind, bulk.entered)


def _carry_out(pk: int, make: MakeAction, user: Any) -> None:
    """Decide about one mandate and tick it off in one transaction; the mandate is locked first, as everywhere."""
    waiting = BulkEntry.objects.filter(pk=pk, state=BulkEntry.State.WAITING)
    entry = waiting.select_related("mandate__document").first()
    if entry is None:
        return
    try:
        if entry.mandate is None:
            raise Mandate.DoesNotExist
        with transaction.atomic():
            decision = make(entry.mandate, entry.version).execute(user)
            if decision.done_already:
                reason = _("The very same was recorded already.")
                waiting.update(state=BulkEntry.State.REFUSED, reason=reason)
            elif not waiting.update(state=BulkEntry.State.DONE, change=decision.change):
                transaction.set_rollback(True)
        return
    except (ValidationError, StaleMandate, PermissionDenied) as error:
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    except Mandate.DoesNotExist:
        reason = _("It is gone: the last import no longer found it.")
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Deciding about %s failed", entry.key)
        reason = _("The program failed on it, so nothing was recorded; the log says where.")
    waiting.update(state=BulkEntry.State.REFUSED, reason=reason)


def _count(bulk_id: int) -> None:
    entries = BulkEntry.objects.filter(bulk=bulk_id)
    BulkDecision.objects.filter(pk=bulk_id).update(
        done=entries.filter(state=BulkEntry.State.DONE).count(),
        refused=entries.filter(state=BulkEntry.State.REFUSED).count(),
        heartbeat_at=timezone.now(),
    )
