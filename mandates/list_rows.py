"""A mandate as a row that reads as a sentence: who, verb, quoted words, citation, deadline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mandates.marks import Moment, mark_of
from mandates.models import Mandate, ReportingDeadline
from mandates.querysets import MandateQuerySet
from mandates.session_names import nth_session
from resolutions.citations import anchor, citation
from resolutions.search import SearchQuery, hit_spans

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
    """

    mandate: Mandate
    mark: str
    who: str
    action: SafeString
    found_in: SafeString
    citation: str
    source: str

    @property
    def due(self) -> tuple[DueLine, ...]:
        """Deadlines; empty where there is none."""
        return due_lines(self.mandate)


def for_rows(queryset: MandateQuerySet) -> MandateQuerySet:
    """Read along what rows need."""
    return queryset.select_related("document", "paragraph", "topic").prefetch_related(
        "addressee_rows__body", "deadlines"
    )


def make_rows(mandates: Iterable[Mandate], day: datetime.date, query: SearchQuery | None = None) -> list[Row]:
    """Give the rows of a list.

    Args:
        mandates: as `for_rows` reads them, annotated with how they stand.
        day: on which the list is read.
        query: whose hits to mark.
    """
    return [_row(mandate, day, query or SearchQuery()) for mandate in mandates]


def _row(mandate: Mandate, day: datetime.date, query: SearchQuery) -> Row:
    paragraph = mandate.paragraph
    action = _shortened(mandate.action)
    return Row(
        mandate=mandate,
        mark=mark_of(mandate, Moment(day, None)),
        who=who([row.body.name for row in mandate.addressee_rows.all()]),
        action=marked(action, query),
        found_in=SafeString("") if hit_spans(action, query) else _excerpt(paragraph.text, query),
        citation=citation(mandate.document.symbol, mandate.part, mandate.label, paragraph.key),
        source=f"{reverse('resolutions:detail', args=[mandate.document.symbol])}#{anchor(paragraph.key)}",
    )


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


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_ACTION:
        return text
    return text[:LONGEST_ACTION].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def marked(text: str, query: SearchQuery) -> SafeString:
    """Give a text as HTML with the hits of a search marked."""
    html = SafeString("")
    position = 0
    for start, end in hit_spans(text, query):
        html += format_html('{}<mark class="hit">{}</mark>', text[position:start], text[start:end])
        position = end
    return html + format_html("{}", text[position:])


def _excerpt(text: str, query: SearchQuery) -> SafeString:
    spans = hit_spans(text, query)
    if not spans:
        return SafeString("")
    start, end = max(0, spans[0][0] - _AROUND_A_HIT), min(len(text), spans[0][1] + _AROUND_A_HIT)
    words = text[start:end]
    if start:
        words = "… " + words.partition(" ")[2]
    if end < len(text):
        words = words.rpartition(" ")[0] + " …"
    return marked(words, query)
