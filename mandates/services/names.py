"""Finds the rows of the bodies and topics that a text names, and makes those that nobody knew before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db import IntegrityError

from mandates.models import Body, Topic
from mandates.reference_data import free_slug

_LONGEST = {Body: 200, Topic: 300}

_Row = TypeVar("_Row", Body, Topic)


def bodies_find(*, categories: Mapping[str, str]) -> dict[str, Body]:
    """Give the body of each name.

    Args:
        categories: by the names that the text gives, the category that it is thought to have; a body that is made gets
            it, or "Other" where there is no such category.

    Returns:
        The rows by those names. A name is looked up among names, then among aliases.
    """
    found = _known(Body, categories)
    missing = {}
    for name in categories.keys() - found.keys():
        category = categories[name] if categories[name] in Body.Category.values else Body.Category.OTHER
        # Remembered as if it were from the file: should the file have it one day, its facts arrive.
        missing[name] = Body(name=name[: _LONGEST[Body]], category=category, loaded={"category": category})
    return found | _make(Body, missing)


def topics_find(*, names: Iterable[str]) -> dict[str, Topic]:
    """Give the topic of each heading.

    Args:
        names: headings, as the text has them.

    Returns:
        The rows by those names. Case makes no difference; a name is looked up among names, then among aliases.
    """
    wanted = set(names)
    found = _known(Topic, wanted)
    missing = {name: Topic(name=name[: _LONGEST[Topic]]) for name in wanted - found.keys()}
    return found | _make(Topic, missing)


def _make(model: type[_Row], missing: Mapping[str, _Row]) -> dict[str, _Row]:
    """Store rows; what another import made meanwhile is taken from there."""
    if not missing:
        return {}
    slugs = set(model._default_manager.values_list("slug", flat=True))
    rows: dict[str, _Row] = {}
    # In one order, so that two imports that make the same names never wait for each other in a ring.
    for _name, row in sorted(missing.items()):
        if _folded(row.name) not in rows:
            row.slug = free_slug(row.name, slugs)
            rows[_folded(row.name)] = row
    model._default_manager.bulk_create(rows.values(), ignore_conflicts=True)
    made = _known(model, missing)
    if made.keys() != missing.keys():
        raise IntegrityError("Another import took a slug at the same moment")
    return made


def _known(model: type[_Row], names: Iterable[str]) -> dict[str, _Row]:
    by_name: dict[str, _Row] = {}
    by_alias: dict[str, _Row] = {}
    for row in model._default_manager.all():
        by_name[_folded(row.name)] = row
        by_alias.update((_folded(alias), row) for alias in row.aliases)
    found = {name: by_name.get(_folded(name[: _LONGEST[model]])) or by_alias.get(_folded(name)) for name in names}
    return {name: row for name, row in found.items() if row is not None}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
