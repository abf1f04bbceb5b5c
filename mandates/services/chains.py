"""Keeps the columns of a mandate that follow from its links: its chain, what it is parallel to, the set's outcome."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q

from mandates.lineage.chains import chains_of
from mandates.models import Mandate, MandateLink, OutcomeChange
from mandates.services.asked import mandate_rank, session_rank
from mandates.services.statuses import statuses_refresh
from mandates.services.suggestions import suggestions_regroup

# Anything; the same wherever links are written.
_LOCK = 4_112_002


def lineage_lock() -> None:
    """Wait until nobody else writes links, and keep others waiting until the end of the transaction.

    A link depends on what every other document says, so two imports that do not see each other would each leave out
    the links to the other. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def chains_refresh(*, mandates: Iterable[int]) -> set[int]:
    """Bring chains, parallel sets, their outcomes, statuses and suggestions up to date after links changed.

    Args:
        mandates: ids of mandates at the ends of links that came, went or were decided about.

    Returns:
        Ids of all mandates that were looked at: those given and what is or was in a chain with them.
    """
    with transaction.atomic():
        members, regrouped = chains_settle(mandates=mandates)
        if regrouped:
            suggestions_regroup(mandates=regrouped)
    return members


def chains_settle(*, mandates: Iterable[int]) -> tuple[set[int], set[int]]:
    """Do what `chains_refresh` does, suggestions apart; in a transaction.

    Args:
        mandates: as there.

    Returns:
        Ids of all mandates that were looked at, and of those that belong to another parallel set than before.
    """
    members, regrouped = chains_rejoin(mandates=mandates)
    statuses_refresh(mandates=Mandate.objects.filter(pk__in=members))
    return members, regrouped


def chains_rejoin(*, mandates: Iterable[int]) -> tuple[set[int], set[int]]:
    """Do what `chains_refresh` does, statuses and suggestions apart; in a transaction.

    Args:
        mandates: as there.

    Returns:
        As `chains_settle` does.
    """
    members = _connected(set(mandates))
    rows = list(
        Mandate.objects.filter(pk__in=members)
        .order_by("pk")
        .select_related("document__session")
        .select_for_update(of=("self",))
    )
    links = MandateLink.objects.standing().filter(later__in=members)
    ids = {row.key: row.pk for row in rows}
    ranks = {row.key: mandate_rank(row) for row in rows}
    standing = links.filter(later__in_text=True, earlier__in_text=True)
    found = chains_of(standing.values_list("later__key", "earlier__key", "kind"), ranks.__getitem__)
    chain_of = {key: ids[members[0]] for members in found.chains for key in members}
    again = _asked_again(rows, standing.values_list("later", "earlier", "kind"))
    regrouped: set[int] = set()
    changed = []
    for row in rows:
        chain, first = chain_of.get(row.key), ids[found.first_citation.get(row.key, row.key)]
        parallel_of = None if first == row.pk else first
        if parallel_of != row.parallel_of_id:
            regrouped |= {row.pk, first}
        values = (chain, parallel_of, again.get(row.pk))
        if values != (row.chain_id, row.parallel_of_id, row.asked_again_on):
            row.chain_id, row.parallel_of_id, row.asked_again_on = values
            changed.append(row)
    Mandate.objects.bulk_update(changed, ["chain", "parallel_of", "asked_again_on"])
    if regrouped:
        _outcomes_refresh(members)
    return members, regrouped


def _connected(seeds: set[int]) -> set[int]:
    """Mandates that links connect with these, and those that were in a chain with them."""
    chains = Mandate.objects.filter(pk__in=seeds, chain__isnull=False).values("chain")
    found = seeds | set(Mandate.objects.filter(chain__in=chains).values_list("pk", flat=True))
    new = found
    while new:
        links = MandateLink.objects.standing().filter(Q(later__in=new) | Q(earlier__in=new))
        new = {pk for pair in links.values_list("later", "earlier") for pk in pair} - found
        found |= new
    return found


def _asked_again(rows: Iterable[Mandate], links: Iterable[tuple[int, int, str]]) -> dict[int, datetime.date]:
    """Day on which adopted text of a later session first asked each again: chains run through proposed text."""
    alike: dict[int, set[int]] = {row.pk: {row.pk} for row in rows}
    links = list(links)
    for later, earlier, kind in links:
        if kind == MandateLink.Kind.PARALLEL and alike[later] is not alike[earlier]:
            alike[later] |= alike[earlier]
            for pk in alike[later]:
                alike[pk] = alike[later]
    repeaters: dict[int, set[int]] = defaultdict(set)
    for later, earlier, kind in links:
        if kind == MandateLink.Kind.REPEATS:
            repeaters[earlier].add(later)
    adopted = {row.pk: row.document.adopted for row in rows if not row.proposed and row.document.adopted}
    found: dict[int, datetime.date] = {}
    # From the last session back: what repeats a mandate is of a later session and was looked at before.
    for row in sorted(rows, key=lambda row: session_rank(row.document), reverse=True):
        later_ones = {pk for member in alike[row.pk] for repeater in repeaters[member] for pk in alike[repeater]}
        days = [day for pk in later_ones for day in (adopted.get(pk), found.get(pk)) if day]
        if days:
            found[row.pk] = min(days)
    return found


def _outcomes_refresh(members: Iterable[int]) -> None:
    """What people recorded of one of a set holds for all of it: the latest decision that says what became."""
    adopted = list(
        Mandate.objects.filter(pk__in=members, proposed=False).only("pk", "task", "outcome", "outcome_version")
    )
    changes = OutcomeChange.objects.filter(mandate__task__in={row.task for row in adopted})
    outcomes = dict(changes.outcomes().order_by("pk").values_list("mandate__task", "after"))
    versions = dict(changes.order_by("version").values_list("mandate__task", "version"))
    changed = []
    for row in adopted:
        outcome = (outcomes.get(row.task, Mandate.Outcome.OPEN.value), versions.get(row.task, 0))
        if outcome != (row.outcome, row.outcome_version):
            row.outcome, row.outcome_version = outcome
            changed.append(row)
    Mandate.objects.bulk_update(changed, ["outcome", "outcome_version"])
