"""Documents that are worth comparing with one: on the same matter, by their titles, in other years or as a draft."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from resolutions.models import Document, Paragraph

MOST = 6
_ALIKE = 0.5
# Words of a title that say what kind of document it is, not what it is about.
_KIND_WORDS = (
    "a activities adopted and annual as assembly bureau by court criminal declaration decision draft for in "
    "international its of on parties proposed report resolution states text the to updated"
)


@dataclass(frozen=True, slots=True)
class Partner:
    """A document, or a draft in it, to compare with; `written` is how it is asked for."""

    symbol: str
    title: str
    day: datetime.date | None
    part: str = ""

    @property
    def written(self) -> str:
        return f"{self.symbol}, {self.part}" if self.part else self.symbol


def partners(document: Document) -> list[Partner]:
    """Give the documents that are on the same matter as one, those that are nearest in time first.

    Args:
        document: with its session.

    Returns:
        At most `MOST`: read documents whose titles share most of their telling words ("Cooperation" and "Report of the
        Bureau on cooperation"); of a report, the drafts in it, as ICC-ASP/16/17 carries two.
    """
    about = _about(document.title)
    if not about:
        return []
    read = Document.objects.filter(Exists(Paragraph.objects.filter(document=OuterRef("pk"), in_text=True)))
    rows = (
        read.exclude(pk=document.pk)
        .annotate(day=Coalesce("adopted", "distributed", "session__opening_date"))
        .values_list("symbol", "title", "day")
    )
    day = document.adopted or document.distributed or (document.session and document.session.opening_date)
    ranked = []
    for symbol, title, its_day in rows:
        other = _about(title)
        alike = len(about & other) / len(about | other) if other else 0
        if alike >= _ALIKE:
            apart = abs((its_day - day).days) if its_day and day else 10**6
            ranked.append((-alike, apart, Partner(symbol, title, its_day)))
    found = [partner for *_, partner in sorted(ranked, key=lambda each: (*each[:2], each[2].symbol))[:MOST]]
    return _with_drafts(found)[:MOST]


def earlier(partner: Partner, document: Document) -> bool:
    """Tell whether a partner is the earlier of the two."""
    day = document.adopted or document.distributed or (document.session and document.session.opening_date)
    return bool(partner.day and day and partner.day < day)


def _with_drafts(found: Iterable[Partner]) -> list[Partner]:
    rows = list(found)
    drafts: dict[str, list[str]] = defaultdict(list)
    proposed = Paragraph.objects.filter(document__symbol__in=[row.symbol for row in rows], proposed=True, in_text=True)
    for symbol, part in proposed.order_by("document", "part").values_list("document__symbol", "part").distinct():
        if part != "body" and " appendix" not in part:
            drafts[symbol].append(part)
    given: list[Partner] = []
    for row in rows:
        given += [Partner(row.symbol, row.title, row.day, part) for part in drafts[row.symbol]] or [row]
    return given


def _about(title: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]+", title.casefold()) if len(word) > 1} - set(_KIND_WORDS.split())
