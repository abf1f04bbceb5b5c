"""A mandate as a row that reads as a sentence: who, verb, quoted words, citation, deadline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mandates.how_often import Asked, how_often_asked
from mandates.marks import Moment, mark_of
from mandates.models import Mandate, MandateAddressee, ReportingDeadline
from mandates.querysets import MandateQuerySet
from mandates.session_names import nth_session
from resolutions.citations import anchor, citation
from resolutions.finding.hits import hit_spans
from resolutions.finding.query import SearchQuery

LONGEST_ACTION = 320
_AROUND_A_HIT = 70
# Of four bodies or more, the first two are named.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class DueLine:
    """A deadline of a row: what it is called, and its day where that is known."""

    words: str
    day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What the list shows of a mandate.

    Attributes:
        mark: a key of `mandates.marks.MARKS`.
        who: bodies in words; empty where nobody is named.
        action: the words asked for, with the hits of a search marked.
        found_in: words of the paragraph around a hit that is not in the action; empty where there is none.
        source: address of the paragraph in its document.
        asked: how often adopted text asked for the same; None where one session did.
    """

    mandate: Mandate
    mark: str
    who: str
    action: SafeString
    found_in: SafeString
    citation: str
    source: str
    asked: Asked | None

    @property
    def choice(self) -> str:
        """How a form names it: with the version that was seen."""
        return f"{self.mandate.pk}:{self.mandate.outcome_version}"

    @property
    def is_lapsed(self) -> bool:
        """Whether it was not heard of since its deadline passed."""
        return bool(self.mandate.lapsed_as_at)

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """Where the same session says it again, each with its address."""
        return tuple((cited_as(each), each.get_absolute_url()) for each in _beside(self.mandate))

    @property
    def due(self) -> tuple[DueLine, ...]:
        """Deadlines; empty where there is none."""
        return due_lines(self.mandate)


# In one query, where a lookup through both would take two.
BODIES = Prefetch("addressee_rows", MandateAddressee.objects.select_related("body"))


def for_rows(queryset: MandateQuerySet, as_at: datetime.date | None = None) -> MandateQuerySet:
    """Read along what rows need.

    Args:
        queryset: of the mandates.
        as_at: the past day on which they are read; what was said again later is not told.
    """
    said_again = Mandate.objects.filter(in_text=True).select_related("document", "paragraph").order_by("pk")
    if as_at:
        said_again = said_again.there_on(as_at)
        first = said_again.filter(pk=OuterRef("parallel_of")).order_by()
        queryset = queryset.annotate(first_was_there=Exists(first))
    return queryset.select_related(
        "document", "paragraph", "topic", "parallel_of__document", "parallel_of__paragraph"
    ).prefetch_related(BODIES, "deadlines", Prefetch("parallels", said_again))


def make_rows(mandates: Iterable[Mandate], day: datetime.date, query: SearchQuery | None = None) -> list[Row]:
    """Give the rows of a list.

    Args:
        mandates: as `for_rows` reads them, annotated with how they stand.
        day: on which the list is read.
        query: whose hits to mark.
    """
    rows = list(mandates)
    asked = how_often_asked(rows, day)
    return [_row(mandate, day, query or SearchQuery(), asked) for mandate in rows]


def _row(mandate: Mandate, day: datetime.date, query: SearchQuery, asked: Mapping[int, Asked]) -> Row:
    paragraph = mandate.paragraph
    action = shortened(mandate.action)
    return Row(
        mandate=mandate,
        mark=mark_of(mandate, Moment(day, None)),
        who=who([row.body.name for row in mandate.addressee_rows.all()]),
        action=marked(action, query, paragraph.text),
        found_in=SafeString("") if hit_spans(action, query, paragraph.text) else excerpt(paragraph.text, query),
        citation=cited_as(mandate),
        source=f"{reverse('resolutions:detail', args=[mandate.document.symbol])}#{anchor(paragraph.key)}",
        asked=asked.get(mandate.chain_id or 0),
    )


def cited_as(mandate: Mandate) -> str:
    """Cite a mandate by its document and paragraph, which were fetched with it."""
    return citation(mandate.document.symbol, mandate.part, mandate.label, mandate.paragraph.key)


def _beside(mandate: Mandate) -> list[Mandate]:
    """The others of its parallel set: the first one, else those after it."""
    first = mandate.parallel_of if getattr(mandate, "first_was_there", True) else None
    return [first] if first else [other for other in mandate.parallels.all() if other.proposed <= mandate.proposed]


def who(names: list[str]) -> str:
    """Name the bodies: "Bureau and Court", "Court, Registry and 3 others"."""
    if len(names) < 2:
        return "".join(names)
    if len(names) <= _NAMED:
        return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
    words = {"first": ", ".join(names[: _NAMED - 1]), "count": len(names) - _NAMED + 1}
    return _("%(first)s and %(count)d others") % words


def due_lines(mandate: Mandate) -> tuple[DueLine, ...]:
    """Say when a mandate is due: each deadline, and the day of the last one."""
    deadlines = list(mandate.deadlines.all())
    session, day = mandate.due_session_as_at, mandate.due_on_as_at
    lines = [DueLine(_named(deadline), _own_day(deadline)) for deadline in deadlines]
    at_session = [
        rank for rank, deadline in enumerate(deadlines) if session is not None and deadline.session_number == session
    ]
    if at_session:
        lines[at_session[-1]] = DueLine(lines[at_session[-1]].words, day)
    elif mandate.recurring and session is not None:
        lines.append(DueLine(_("Next at the %(session)s") % {"session": nth_session(session)}, day))
    elif lines and day and day not in [line.day for line in lines]:
        lines[-1] = DueLine(lines[-1].words, day)
    return tuple(lines)


def _named(deadline: ReportingDeadline) -> str:
    match deadline.kind:
        case ReportingDeadline.Kind.SESSION if deadline.session_number is not None:
            return nth_session(deadline.session_number)
        case ReportingDeadline.Kind.BEFORE_SESSION if deadline.session_number is not None:
            return _("Before the %(session)s") % {"session": nth_session(deadline.session_number)}
        case _:
            return capfirst(deadline.text)


def _own_day(deadline: ReportingDeadline) -> datetime.date | None:
    dated = (ReportingDeadline.Kind.DATE, ReportingDeadline.Kind.PERIOD)
    return deadline.end_date if deadline.kind in dated else None


def shortened(text: str, longest: int = LONGEST_ACTION) -> str:
    """Cut a text after a word, where it is too long."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def marked(text: str, query: SearchQuery, within: str) -> SafeString:
    """Give a text, which is some of the paragraph `within`, as HTML with the hits of a search marked."""
    html = SafeString("")
    position = 0
    for start, end in hit_spans(text, query, within):
        html += format_html('{}<mark class="hit">{}</mark>', text[position:start], text[start:end])
        position = end
    return html + format_html("{}", text[position:])


def excerpt(text: str, query: SearchQuery, around: int = _AROUND_A_HIT) -> SafeString:
    """Give the words of a paragraph around its first hit, marked; nothing where there is none.

    Args:
        text: of the whole paragraph.
        query: whose hits to mark.
        around: characters on either side of the hit, about.
    """
    spans = hit_spans(text, query)
    if not spans:
        return SafeString("")
    start, end = max(0, spans[0][0] - around), min(len(text), spans[0][1] + around)
    words = text[start:end]
    if start:
        words = "… " + words.partition(" ")[2]
    if end < len(text):
        words = words.rpartition(" ")[0] + " …"
    return marked(words, query, text)
