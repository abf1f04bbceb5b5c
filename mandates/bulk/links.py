"""One decision about many links: first what it would change and what not and why, then the decision itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mandates.actions.links import (
    ConfirmLink,
    LinkAction,
    RejectLink,
    RestoreLink,
    StaleLink,
    check_permission,
    links_follow,
)
from mandates.models import Mandate, MandateLink
from mandates.queues.links import with_ends
from mandates.services.chains import lineage_lock

ACTIONS: dict[str, type[LinkAction]] = {"confirm": ConfirmLink, "reject": RejectLink, "restore": RestoreLink}
# As many as stand on one page of the queue, twice over.
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class StatusMove:
    """A mandate that stands otherwise afterwards."""

    mandate: Mandate
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What came, or would come, of the decision for one link; `refusal` says why nothing did."""

    link: MandateLink
    version: int
    refusal: str = ""
    moves: tuple[StatusMove, ...] = ()


def read_choices(chosen: Iterable[str]) -> dict[int, int]:
    """Read what a form names: the id of each link and the version that was seen; what is not one is left out."""
    versions: dict[int, int] = {}
    for each in chosen:
        pk, _mark, version = each.partition(":")
        if all(part.isascii() and part.isdigit() and len(part) <= 10 for part in (pk, version)):
            versions[int(pk)] = int(version)
    return dict(list(versions.items())[:MOST_AT_ONCE])


def decide_many(action: type[LinkAction], versions: Mapping[int, int], user: Any, note: str = "") -> list[LinkResult]:
    """Decide about many links in one transaction; those that cannot be decided about are passed over.

    Args:
        action: the decision.
        versions: for each link by its id the version that was seen.
        user: who decides.
        note: for all of them.

    Returns:
        What came of each; links that are gone are left out.

    Raises:
        PermissionDenied: the person may not decide about links.
    """
    check_permission(user)
    with transaction.atomic():
        lineage_lock()
        links = list(with_ends(MandateLink.objects.filter(pk__in=versions).order_by("later_id", "pk")))
        refusals = {link.pk: _decide(action(link=link, version=versions[link.pk], note=note), user) for link in links}
        decided = [link for link in links if not refusals[link.pk]]
        if decided:
            links_follow(decided)
        ends = {pk for link in decided for pk in (link.later_id, link.earlier_id)}
        after = dict(Mandate.objects.filter(pk__in=ends).values_list("pk", "headline_status"))
    return [LinkResult(link, versions[link.pk], refusals[link.pk], tuple(_moves(link, after))) for link in links]


def preview_many(action: type[LinkAction], versions: Mapping[int, int], user: Any) -> list[LinkResult]:
    """Say what `decide_many` would do, by doing it and taking it back; arguments, result and errors are the same."""
    with transaction.atomic():
        results = decide_many(action, versions, user)
        transaction.set_rollback(True)
    return results


def _decide(action: LinkAction, user: Any) -> str:
    """Decide about one link, and say why where that is not possible."""
    try:
        with transaction.atomic():
            action.decide(user)
    except ValidationError as error:
        return " ".join(error.messages)
    except StaleLink as stale:
        return str(stale)
    return ""


def _moves(link: MandateLink, after: Mapping[int, str]) -> Iterator[StatusMove]:
    for mandate in (link.earlier, link.later):
        now = after.get(mandate.pk, mandate.headline_status)
        if now != mandate.headline_status:
            label = Mandate.Status
            yield StatusMove(mandate, str(label(mandate.headline_status).label), str(label(now).label))
