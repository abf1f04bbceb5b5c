"""The actions of a decision about many mandates, from what was entered once for all of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from mandates.actions.outcomes import MarkFulfilled, OutcomeAction, Reopen, Withdraw
from mandates.actions.undo import Undo
from mandates.bulk.corrections import correction_undo_plan
from mandates.bulk.lineage import DECIDABLES, lineage_undo_plan
from mandates.bulk.plan import MakeAction, Plan, plan_for
from mandates.models import BulkDecision, BulkEntry, Mandate, OutcomeChange
from resolutions.models import AssemblySession


def action_maker(kind: str, entered: Mapping[str, Any]) -> MakeAction:
    """Give what makes the action for each mandate.

    Args:
        kind: of `BulkDecision.Kind`, but for an undo.
        entered: as `BulkDecision.entered` keeps it; empty where nothing is entered yet.

    Raises:
        KeyError: another kind.
    """
    note = entered.get("note", "")
    if kind == BulkDecision.Kind.FULFIL:
        day = entered.get("evidence_date")
        evidence = {
            "evidence_symbol": entered.get("evidence_symbol", ""),
            "evidence_url": entered.get("evidence_url", ""),
            "evidence_date": datetime.date.fromisoformat(day) if day else None,
        }
        number = entered.get("occurrence")
        session = AssemblySession.objects.filter(number=number).first() if number else None

        def fulfil(mandate: Mandate, version: int) -> OutcomeAction:
            occurrence = session if mandate.recurring else None
            return MarkFulfilled(mandate=mandate, version=version, note=note, occurrence=occurrence, **evidence)

        return fulfil
    action = {BulkDecision.Kind.WITHDRAW: Withdraw, BulkDecision.Kind.REOPEN: Reopen}[BulkDecision.Kind(kind)]
    return lambda mandate, version: action(mandate=mandate, version=version, note=note)


def undo_maker(note: str, changes: Mapping[tuple[int, int], OutcomeChange] | None = None) -> MakeAction:
    """Give what makes the undo of a decision about a mandate.

    Args:
        note: which says what is undone.
        changes: decisions that were read already, by mandate and version.
    """

    def undo(mandate: Mandate, version: int) -> OutcomeAction:
        change = (changes or {}).get((mandate.pk, version))
        change = change or OutcomeChange.objects.get(mandate=mandate, version=version)
        return Undo(mandate=mandate, change=change, note=note)

    return undo


def undo_plan(bulk: BulkDecision, user: Any) -> Plan:
    """Work out what undoing a decision about many would take back, and what not, as somebody decided since.

    Args:
        bulk: the decision.
        user: who would undo it.

    Raises:
        PermissionDenied: the person may not decide about mandates, or not correct them.
    """
    if bulk.corrects:
        return correction_undo_plan(bulk, user)
    if bulk.column in DECIDABLES:
        return lineage_undo_plan(bulk, user)
    entries = bulk.entries.filter(state=BulkEntry.State.DONE, mandate__isnull=False).select_related("change")
    changes = {
        (each.mandate_id, each.change.version): each.change for each in entries if each.change and each.mandate_id
    }
    return plan_for(dict(changes.keys()), undo_maker("", changes), user, entered=False)
