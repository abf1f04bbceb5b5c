"""Finds the rows of the bodies and topics that a text names, and makes those that nobody knew before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from mandates.models import Body, Topic
from mandates.reference_data import free_slug

_LONGEST_BODY = 200
_LONGEST_TOPIC = 300

_Row = TypeVar("_Row", Body, Topic)


def bodies_find(*, categories: Mapping[str, str]) -> dict[str, Body]:
    """Give the body of each name.

    Args:
        categories: by the names that the text gives, the category that it is thought to have; a body that is made gets
            it, or "Other" where there is no such category.

    Returns:
        The rows by those names. A name is looked up among names, then among aliases.
    """
    found = _known(Body.objects.all(), categories)
    slugs = set(Body.objects.values_list("slug", flat=True)) if len(found) < len(categories) else set()
    # In one order, so that two imports that make the same names never wait for each other in a ring.
    for name in sorted(categories.keys() - found.keys()):
        category = categories[name] if categories[name] in Body.Category.values else Body.Category.OTHER
        found[name], _made = Body.objects.get_or_create(
            name=name[:_LONGEST_BODY],
            # Remembered as if it were from the file: should the file have it one day, its facts arrive.
            defaults={"slug": free_slug(name, slugs), "category": category, "loaded": {"category": category}},
        )
    return found


def topics_find(*, names: Iterable[str]) -> dict[str, Topic]:
    """Give the topic of each heading.

    Args:
        names: headings, as the text has them.

    Returns:
        The rows by those names. Case makes no difference; a name is looked up among names, then among aliases.
    """
    wanted = set(names)
    found = _known(Topic.objects.all(), wanted)
    slugs = set(Topic.objects.values_list("slug", flat=True)) if len(found) < len(wanted) else set()
    made: dict[str, Topic] = {}
    for name in sorted(wanted - found.keys()):
        folded = _folded(name)
        if folded not in made:
            made[folded], _made = Topic.objects.get_or_create(
                name=name[:_LONGEST_TOPIC], defaults={"slug": free_slug(name, slugs)}
            )
        found[name] = made[folded]
    return found


def _known(rows: Iterable[_Row], names: Iterable[str]) -> dict[str, _Row]:
    by_name: dict[str, _Row] = {}
    by_alias: dict[str, _Row] = {}
    for row in rows:
        by_name[_folded(row.name)] = row
        by_alias.update((_folded(alias), row) for alias in row.aliases)
    found = {name: by_name.get(_folded(name)) or by_alias.get(_folded(name)) for name in names}
    return {name: row for name, row in found.items() if row is not None}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
