"""Links as other programs read them: every pair that holds, with what follows from it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from mandates.lineage.chains import Groups
from mandates.models import Mandate, MandateLink
from mandates.services.asked import mandate_rank, session_rank

# Mandates that are read at once.
_BATCH = 500
_END = ("symbol", "part", "label", "verb", "nth")
COLUMNS = (
    *(f"later_{name}" for name in _END),
    *(f"earlier_{name}" for name in _END),
    "kind",
    "score",
    "decided",
    "follows",
    "proposed",
)


@dataclass(frozen=True, slots=True)
class LinkPair:
    """Two mandates that belong together.

    Attributes:
        kind: ``repeats`` or ``parallel``.
        score: None where a person made the link, and where it only follows.
        decided: True where a person confirmed it.
        follows: True where nothing links the two themselves, but both are of one chain.
        proposed: True where it waits for a person, so that it does not count.
    """

    later: Mandate
    earlier: Mandate
    kind: str
    score: float | None = None
    decided: bool = False
    follows: bool = False
    proposed: bool = False


def link_pairs(*, follows: bool = False, proposed: bool = False) -> Iterator[LinkPair]:
    """Give every pair of mandates that is linked.

    Args:
        follows: whether pairs are given as well that only others join. A reader that knows only some of the documents
            sees the pair then where what joins the two is not among them. Of one session the two are parallel, else the
            later repeats the earlier.
        proposed: whether proposals are given as well, after all that holds; nothing follows from them.

    Yields:
        The pairs of one chain after the other; the order does not depend on the order in which documents were imported.
    """
    chains = Groups()
    standing = MandateLink.objects.standing()
    for later, earlier in standing.values_list("later__key", "earlier__key").iterator():
        chains.join(later, earlier)
    for batch in _batched(chains.groups()):
        yield from (pair for pair in _pairs(batch) if follows or not pair.follows)
    if proposed:
        links = MandateLink.objects.waiting().exclude(kind=MandateLink.Kind.READDRESSED)
        links = links.select_related("later__document", "earlier__document").order_by("later__key", "earlier__key")
        for link in links.iterator():
            yield LinkPair(link.later, link.earlier, link.kind, link.score, proposed=True)


def links_as_json(pairs: Iterable[LinkPair]) -> Iterator[str]:
    """Write pairs as a JSON list, a pair a line."""
    yield "["
    before = ""
    for pair in pairs:
        yield before + json.dumps(
            {
                "later": _end(pair.later),
                "earlier": _end(pair.earlier),
                "kind": pair.kind,
                "score": _score(pair),
                "decided": pair.decided,
                "follows": pair.follows,
                "proposed": pair.proposed,
            },
            ensure_ascii=False,
        )
        before = ","
    yield "]"


def links_as_csv(pairs: Iterable[LinkPair]) -> Iterator[str]:
    """Write pairs as CSV, the names of the columns first."""
    writer = csv.writer(_Line(), lineterminator="")
    yield writer.writerow(COLUMNS)
    for pair in pairs:
        marks = ("yes" if mark else "no" for mark in (pair.decided, pair.follows, pair.proposed))
        yield writer.writerow([*_end(pair.later), *_end(pair.earlier), pair.kind, _score(pair), *marks])


class _Line:
    """What csv.writer writes to: hands each line on."""

    def write(self, line: str) -> str:
        return line


def _end(mandate: Mandate) -> list[str | int]:
    return [mandate.document.symbol, mandate.part, mandate.label, mandate.verb, mandate.nth]


def _score(pair: LinkPair) -> float | None:
    return None if pair.score is None else round(pair.score, 4)


def _batched(chains: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Put chains together, whole, until they have enough mandates to be read at once."""
    batch: list[Sequence[str]] = []
    for chain in chains:
        batch.append(chain)
        if sum(map(len, batch)) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _pairs(chains: Iterable[Sequence[str]]) -> Iterator[LinkPair]:
    keys = [key for chain in chains for key in chain]
    mandates = {
        mandate.key: mandate for mandate in Mandate.objects.filter(key__in=keys).select_related("document__session")
    }
    ids = [mandate.pk for mandate in mandates.values()]
    links = {
        frozenset((link.later_id, link.earlier_id)): link
        for link in MandateLink.objects.standing().filter(later__in=ids, earlier__in=ids)
    }
    for chain in chains:
        members = sorted((mandates[key] for key in chain), key=lambda mandate: (mandate_rank(mandate), mandate.key))
        for earlier, later in combinations(members, 2):
            link = links.get(frozenset((earlier.pk, later.pk)))
            if link is None:
                parallel = session_rank(earlier.document) == session_rank(later.document)
                kind = MandateLink.Kind.PARALLEL if parallel else MandateLink.Kind.REPEATS
                yield LinkPair(later, earlier, kind, follows=True)
            else:
                ends = (later, earlier) if link.later_id == later.pk else (earlier, later)
                yield LinkPair(*ends, link.kind, link.score, link.decision == MandateLink.Decision.CONFIRMED)
