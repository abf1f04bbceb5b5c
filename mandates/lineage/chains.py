"""What links add up to: chains of one mandate through the sessions, and sets of parallel mandates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mandates.lineage.records import LinkKind


class Groups:
    """Which things belong together, directly or through others (union-find)."""

    def __init__(self, members: Iterable[str] = ()) -> None:
        self._parent: dict[str, str] = {member: member for member in members}

    def root(self, member: str) -> str:
        """Give the one that stands for all that a member is joined to: the least of them."""
        self._parent.setdefault(member, member)
        path = []
        while self._parent[member] != member:
            path.append(member)
            member = self._parent[member]
        for item in path:
            self._parent[item] = member
        return member

    def join(self, one: str, two: str) -> None:
        """Join two members and all that they are joined to."""
        first, second = sorted((self.root(one), self.root(two)))
        self._parent[second] = first

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Give the members of each group in order, the groups by their first member."""
        found: dict[str, list[str]] = defaultdict(list)
        for member in sorted(self._parent):
            found[self.root(member)].append(member)
        return tuple(tuple(members) for _, members in sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Chains:
    """What links add up to.

    Attributes:
        chains: the mandates of each chain in their order, parallel ones next to each other; chains of two and more,
        in the
            order of their first mandate.
        parallel_sets: the mandates of each set of parallel ones in their order; the first is the one under which the
        task
            is listed.
        first_citation: for each mandate of such a set, the first of the set.
    """

    chains: tuple[tuple[str, ...], ...]
    parallel_sets: tuple[tuple[str, ...], ...]
    first_citation: dict[str, str]


def chains_of(links: Iterable[tuple[str, str, LinkKind | str]], place: Callable[[str], Any]) -> Chains:
    """Join mandates into chains and parallel sets.

    Args:
        links: later mandate, earlier mandate and kind of each link that counts: confirmed by people, or found,
        certain, and not
            rejected. What is neither `repeats` nor `parallel` joins nothing.
        place: gives a sortable place for a key: by document, then as it is read. Equal places are told apart by the
        key.

    Returns:
        The chains and the parallel sets; the same for the same links in whatever order they come.
    """
    chains, sets = Groups(), Groups()
    for later, earlier, kind in links:
        if kind not in (LinkKind.REPEATS, LinkKind.PARALLEL):
            continue
        chains.join(later, earlier)
        if kind == LinkKind.PARALLEL:
            sets.join(later, earlier)
    parallel = _in_order(sets, place)
    return Chains(
        chains=_in_order(chains, place),
        parallel_sets=parallel,
        first_citation={member: members[0] for members in parallel for member in members},
    )


def _in_order(groups: Groups, place: Callable[[str], Any]) -> tuple[tuple[str, ...], ...]:
    ordered = (tuple(sorted(members, key=lambda key: (place(key), key))) for members in groups.groups())
    return tuple(
        sorted((members for members in ordered if len(members) > 1), key=lambda members: (place(members[0]), members))
    )
