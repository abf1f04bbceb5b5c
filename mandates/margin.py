"""Where the mandates of a document come from and where they went, for the margin of its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mandates.models import Mandate, MandateLink
from mandates.services.asked import mandate_rank, session_rank
from resolutions.citations import citation
from resolutions.models import Document

# Beside one mandate; what is more is one click away, in its chain.
MOST_OF_A_KIND = 3

Direction = Literal["from", "again", "also"]
_FIELDS = (
    "key", "part", "label", "position", "proposed", "paragraph__key",
    *(f"document__{name}" for name in ("symbol", "adopted", "distributed", "session_code")),
    *(f"document__session__{name}" for name in ("code", "opening_date")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A text that asks the same.

    Attributes:
        direction: whether the mandate comes `from` it, it asks `again`, or the same session says it `also` there.
        change: a value of `MandateLink.Change`; empty where nobody told.
        beyond: how many more there are, where this is the last that is shown.
    """

    direction: Direction
    mandate: Mandate
    citation: str
    change: str
    beyond: int = 0

    @property
    def change_words(self) -> str:
        """The kind of change, short: "same words"."""
        return str(MandateLink.Change(self.change).label).lower() if self.change else ""


def margin_notes(document: Document) -> dict[int, list[Note]]:
    """Gather what all mandates of a document are linked with, in three queries.

    A mandate comes from the texts of the latest session that it is linked with, and went to those of the next one; the
    rest of its chain is on its own page.

    Args:
        document: the one that is read.

    Returns:
        By mandate: where it comes from, where it is asked again, where its session says it also.
    """
    found: dict[int, dict[Direction, list[tuple[Mandate, str]]]] = defaultdict(lambda: defaultdict(list))
    standing = MandateLink.objects.standing().filter(
        kind=MandateLink.Kind.REPEATS, later__in_text=True, earlier__in_text=True
    )
    ends: tuple[tuple[Direction, str, str], ...] = (("from", "later", "earlier"), ("again", "earlier", "later"))
    for direction, end, other in ends:
        links = standing.filter(**{f"{end}__document": document}).only(
            "change", end, other, *(f"{other}__{name}" for name in _FIELDS)
        )
        for link in links.select_related(f"{other}__document__session", f"{other}__paragraph"):
            found[getattr(link, f"{end}_id")][direction].append((getattr(link, other), link.change))
    for group in _parallel_sets(document):
        for mandate in group:
            if mandate.document_id == document.pk:
                found[mandate.pk]["also"] += [(other, "") for other in group if other.pk != mandate.pk]
    return {
        pk: [
            note for direction in ("from", "again", "also") for note in _notes(document, direction, by_kind[direction])
        ]
        for pk, by_kind in found.items()
    }


def _parallel_sets(document: Document) -> Iterable[list[Mandate]]:
    sets = Mandate.objects.filter(parallel_of__isnull=False, task__in=document.mandates.values("task"))
    rows = Mandate.objects.filter(task__in=sets.values("task"), in_text=True).only("task", *_FIELDS)
    by_task: dict[int, list[Mandate]] = defaultdict(list)
    for row in rows.select_related("document__session", "paragraph").order_by("pk"):
        by_task[row.task].append(row)
    return by_task.values()


def _notes(document: Document, direction: Direction, found: Sequence[tuple[Mandate, str]]) -> Iterable[Note]:
    rows = _nearest(direction, sorted(found, key=lambda row: mandate_rank(row[0])))
    for rank, (mandate, change) in enumerate(rows[:MOST_OF_A_KIND], start=1):
        cited = citation(mandate.document.symbol, mandate.part, mandate.label, mandate.paragraph.key)
        if mandate.document_id == document.pk:
            cited = cited.removeprefix(f"{document.symbol}, ")
        beyond = len(rows) - rank if rank == MOST_OF_A_KIND else 0
        yield Note(direction, mandate, cited, change, beyond)


def _nearest(direction: Direction, rows: Sequence[tuple[Mandate, str]]) -> Sequence[tuple[Mandate, str]]:
    """Leave the texts of one session: the latest before, or the first after."""
    if direction == "also" or not rows:
        return rows
    nearest = session_rank(rows[-1 if direction == "from" else 0][0].document)
    return [row for row in rows if session_rank(row[0].document) == nearest]
