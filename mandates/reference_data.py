"""Loads bodies and topics from `reference/`, by the rule of `resolutions.reference_data`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.text import slugify

from mandates.models import Body, Topic
from resolutions.reference_data import FOLDER, LoadReport, read_rows, row_load

STAFF_GROUP = "staff"
STAFF_MAY = [
    "decide_mandate",
    "correct_mandate",
    "import_document",
    *(
        f"{verb}_{model}"
        for model in ("assemblysession", "resumedsession", "body", "topic", "knowndocument")
        for verb in ("add", "change")
    ),
    *(
        f"view_{model}"
        for model in (
            "assemblysession",
            "resumedsession",
            "body",
            "topic",
            "knowndocument",
            "document",
            "importrun",
            "sourcefile",
        )
    ),
]


@transaction.atomic
def bodies_load() -> LoadReport:
    """Load the bodies, with their parents and the other names that texts use for them.

    Returns:
        What was done.

    Raises:
        FileNotFoundError: the file is missing.
        ValueError: a body's parent is not in the file.
    """
    report = LoadReport()
    known = {body.name: body for body in Body.objects.all()}
    slugs = {body.slug for body in known.values()}
    for row in _parents_first(read_rows("bodies.csv")):
        name = row["canonical"]
        body = known.get(name) or Body(name=name, slug=free_slug(name, slugs))
        values = {
            "category": row["category"],
            "parent_id": known[row["parent"]].pk if row["parent"] else None,
            "aliases": _names(row["aliases"]),
            "source": "; ".join(part for part in (row["source"], row["verification"]) if part),
        }
        row_load(body, values, report)
        known[name] = body
    return report


@transaction.atomic
def topics_load() -> LoadReport:
    """Load the topics, with the other headings that stand for them.

    Returns:
        What was done; nothing where the project has no file of topics, as imports then bring their own.
    """
    report = LoadReport()
    if not (FOLDER / "topics.csv").exists():
        return report
    known = {topic.name: topic for topic in Topic.objects.all()}
    slugs = {topic.slug for topic in known.values()}
    for row in read_rows("topics.csv"):
        topic = known.get(row["topic"]) or Topic(name=row["topic"], slug=free_slug(row["topic"], slugs))
        row_load(topic, {"aliases": _names(row["aliases"]), "source": row["source"]}, report)
    return report


def staff_group_load() -> Group:
    """Make the group "staff" with what its members may do; one that is there already is left as it is.

    Returns:
        The group.
    """
    group, made = Group.objects.get_or_create(name=STAFF_GROUP)
    if made:
        group.permissions.set(
            Permission.objects.filter(codename__in=STAFF_MAY, content_type__app_label__in=["mandates", "resolutions"])
        )
    return group


def free_slug(name: str, taken: set[str]) -> str:
    """Give a slug for a name that no other row has, and note it as taken.

    Args:
        name: of the row.
        taken: slugs in use; the new one is added.

    Returns:
        The slug; names without a letter that a slug can hold get "unnamed".
    """
    base = slugify(name)[:190] or "unnamed"
    slug, count = base, 1
    while slug in taken:
        count += 1
        slug = f"{base}-{count}"
    taken.add(slug)
    return slug


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split("|") if name.strip()]


def _parents_first(rows: Iterable[Mapping[str, str]]) -> Iterator[Mapping[str, str]]:
    """A parent may stand below its member in the file."""
    waiting, given = list(rows), {""}
    while waiting:
        ready = [row for row in waiting if row["parent"] in given]
        if not ready:
            raise ValueError(f"bodies.csv: no such parent: {', '.join(row['parent'] for row in waiting)}")
        yield from ready
        given |= {row["canonical"] for row in ready}
        waiting = [row for row in waiting if row["canonical"] not in given]
