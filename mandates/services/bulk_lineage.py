"""Carries decisions about many links or suggestions out: so many together, as what follows of them is one work."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from mandates.actions.decision import StaleDecision
from mandates.actions.lineage import LineageAction
from mandates.bulk.lineage import DECIDABLES, undo_maker
from mandates.models import BulkDecision, BulkEntry
from mandates.services.chains import lineage_lock

logger = logging.getLogger(__name__)


def lineage_carry_out(*, bulk: BulkDecision, entry_ids: Iterable[int], note: str) -> None:
    """Decide about links or suggestions and tick them off, in one transaction; those that cannot be are passed over.

    Args:
        bulk: the decision to which they belong.
        entry_ids: of the entries; what does not wait any more is left as it is.
        note: for each of them.

    Raises:
        OperationalError, InterfaceError: the database went away; all of them still wait.
    """
    decidables = DECIDABLES[bulk.column]
    word = bulk.kind.partition("_")[0]
    make = undo_maker(bulk.undoes, note) if bulk.undoes else decidables.maker(word, note)
    with transaction.atomic():
        lineage_lock()
        waiting = bulk.entries.filter(pk__in=entry_ids, state=BulkEntry.State.WAITING).order_by("pk")
        decided = []
        for entry in waiting.select_related(*(f"{decidables.column}__{part}" for part in decidables.parts)):
            found = getattr(entry, decidables.column)
            if found is None:
                _refuse(entry, _("It is gone: the texts say otherwise by now."))
            elif _decide(entry, make(found, entry.version), bulk.made_by):
                decided.append(found)
        if decided:
            decidables.follow(decided)


def _decide(entry: BulkEntry, action: LineageAction[Any], user: Any) -> bool:
    try:
        with transaction.atomic():
            decision = action.decide(user)
    except (ValidationError, StaleDecision, PermissionDenied) as error:
        return _refuse(entry, " ".join(error.messages) if isinstance(error, ValidationError) else str(error))
    except ObjectDoesNotExist:
        return _refuse(entry, _("It is gone: the texts say otherwise by now."))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Deciding about %s failed", entry.key)
        return _refuse(entry, _("The program failed on it, so nothing was recorded; the log says where."))
    if decision.done_already:
        return _refuse(entry, _("The very same was recorded already."))
    entry.state, entry.decision, entry.change = BulkEntry.State.DONE, decision.change, action.change
    entry.save(update_fields=["state", "decision", "change"])
    return True


def _refuse(entry: BulkEntry, reason: str) -> bool:
    entry.state, entry.reason = BulkEntry.State.REFUSED, reason
    entry.save(update_fields=["state", "reason"])
    return False
