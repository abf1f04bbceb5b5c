"""The deadlines of a list of mandates as a calendar to subscribe to (RFC 5545, RFC 7986)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import urlsplit

from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from mandates import exports
from mandates.columns import permalinks
from mandates.filters import MandateFilterSet, query_string
from mandates.list_rows import cited_as, who
from mandates.marks import MARKS, Moment, mark_of
from mandates.models import Mandate, OutcomeChange, ReportingDeadline
from mandates.plain_text import plain
from mandates.querysets import MandateQuerySet
from mandates.services.statuses import calendar_load
from mandates.status import Calendar as Sessions
from mandates.status import falls_due
from mandates.wording import subject

_DAY = datetime.timedelta(days=1)
LONGEST_SUMMARY = 120
# A calendar has one component at least (RFC 5545, 3.6); this one shows nothing.
_NOTHING = b"\r\n".join(
    [
        b"BEGIN:VTIMEZONE", b"TZID:Etc/UTC", b"BEGIN:STANDARD", b"DTSTART:19700101T000000", b"TZOFFSETFROM:+0000",
        b"TZOFFSETTO:+0000", b"END:STANDARD", b"END:VTIMEZONE", b"",
    ]
)  # fmt: skip
_READ = (
    "key", "action", "part", "label", "proposed", "recurring", "task", "document__symbol", "document__imported_at",
    "paragraph__key", "topic__name", "parallel_of__key",
)  # fmt: skip


def calendar_chunks(
    filterset: MandateFilterSet, absolute: Callable[[str], str], now: datetime.datetime
) -> Iterator[bytes]:
    """Write the deadlines of a list as iCalendar, each an event of its day that takes up no time.

    There is one event for each deadline of which the day is known: the opening of the session at or before which it
    is due, its day, the end of its period, the opening of what it names; of a recurring one the coming occurrence.
    Where the query string names no status and no kind of answer, only those of open mandates are there.

    Args:
        filterset: what was asked for.
        absolute: makes an address absolute.
        now: when that is.

    Yields:
        Some events at a time, in lines of 75 bytes at most.
    """
    head, end = _frame(filterset, absolute).to_ical().split(b"END:VCALENDAR")
    yield head
    permalink = permalinks(absolute)
    host = urlsplit(permalink("key")).hostname or ""
    sessions = calendar_load()
    mandates = _with_deadlines(filterset).iterator(chunk_size=exports.CHUNK)
    empty = True
    while chunk := list(islice(mandates, exports.CHUNK)):
        decided = _last_decisions(chunk)
        events = []
        for mandate in chunk:
            days = days_due(mandate, list(mandate.deadlines.all()), sessions)
            if not days:
                continue
            changed = max(filter(None, (mandate.document.imported_at, decided.get(mandate.task))), default=now)
            for identity, (deadline, day) in days.items():
                event = _event(mandate, deadline, day, filterset.day, permalink(mandate.key))
                event.add("uid", f"{mandate.key}:{identity}@{host}")
                if mandate.parallel_of:
                    event.add("related-to", f"{mandate.parallel_of.key}:{identity}@{host}", {"RELTYPE": "SIBLING"})
                event.add("dtstamp", now)
                event.add("last-modified", changed)
                events.append(event.to_ical())
        empty = empty and not events
        yield b"".join(events)
    if empty:
        yield _NOTHING
    yield b"END:VCALENDAR" + end


def days_due(
    mandate: Mandate, deadlines: Sequence[ReportingDeadline], sessions: Sessions
) -> Mapping[str, tuple[ReportingDeadline, datetime.date]]:
    """Say on which days a mandate falls due.

    Args:
        mandate: annotated with how it stands.
        deadlines: of it, in their order.
        sessions: as they are known.

    Returns:
        By what tells a deadline from others of the mandate (its session, day, event or interval, which stay while its
        day may move), the deadline and its day. Of one that recurs from a session on, the coming occurrence stands for
        that session.
    """
    days: dict[str, tuple[ReportingDeadline, datetime.date]] = {}
    for deadline in deadlines:
        if deadline.kind == ReportingDeadline.Kind.RECURRING:
            day = mandate.due_on_as_at
        elif mandate.recurring and deadline.session_number is not None:
            continue
        else:
            day = falls_due(deadline, sessions)[1]
        if day is not None:
            which = deadline.session_number or deadline.end_date or deadline.interval or deadline.event
            days.setdefault(f"{deadline.kind}:{which}", (deadline, day))
    return days


def _frame(filterset: MandateFilterSet, absolute: Callable[[str], str]) -> Calendar:
    name = plain(_("Deadlines: %(subject)s") % {"subject": subject(filterset)})
    only_open = "" if _names_statuses(filterset) else _(" Only open mandates are shown.")
    said = _("Deadlines of mandates whose day is known.") + only_open
    pairs = filterset.pairs(without=["columns"])
    calendar = Calendar()
    calendar.add("prodid", "-//ASP Mandate Tracker//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # What Outlook, Google and Apple read, and what the standard has since called it.
    for key in ("x-wr-calname", "name"):
        calendar.add(key, name)
    for key in ("x-wr-caldesc", "description"):
        calendar.add(key, said)
    calendar.add("x-published-ttl", vDuration(_DAY))
    calendar.add("refresh-interval", vDuration(_DAY), {"VALUE": "DURATION"})
    calendar.add("source", absolute(query_string(pairs, reverse("mandates:calendar"))), {"VALUE": "URI"})
    calendar.add("url", absolute(query_string(pairs, reverse("mandates:list"))))
    return calendar


def _with_deadlines(filterset: MandateFilterSet) -> MandateQuerySet:
    queryset = filterset.qs.filter(Exists(ReportingDeadline.objects.filter(mandate=OuterRef("pk"))))
    if not _names_statuses(filterset):
        queryset = queryset.filter(status_as_at=Mandate.Status.OPEN)
    related = queryset.select_related("document", "paragraph", "topic", "parallel_of")
    return related.only(*_READ).prefetch_related("deadlines", "addressee_rows__body")


def _names_statuses(filterset: MandateFilterSet) -> bool:
    # Who asks for what was answered late asks for what is fulfilled.
    return bool(filterset.values["status"] or filterset.values["answered"])


def _last_decisions(mandates: Sequence[Mandate]) -> dict[int, datetime.datetime]:
    changes = OutcomeChange.objects.filter(mandate__task__in={mandate.task for mandate in mandates}).order_by()
    return dict(changes.values_list("mandate__task").annotate(Max("made_at")))


def _event(
    mandate: Mandate, deadline: ReportingDeadline, day: datetime.date, today: datetime.date, permalink: str
) -> Event:
    asked = who([row.body.name for row in mandate.addressee_rows.all()])
    action = mandate.action.removeprefix("to ")
    status = str(MARKS[mark_of(mandate, Moment(today, None))])
    event = Event()
    event.add("summary", _shortened(plain(f"{asked}: {action}" if asked else capfirst(action))))
    lines = [
        f"{asked} · {mandate.action}" if asked else mandate.action,
        _("Deadline: %(words)s") % {"words": deadline.text},
        _("Status: %(status)s") % {"status": status},
        cited_as(mandate),
        permalink,
    ]
    event.add("description", plain("\n\n".join(lines)))
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    event.add("url", permalink)
    event.add("categories", [plain(mandate.topic.name), status] if mandate.topic else [status])
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return event


def _shortened(text: str) -> str:
    text = " ".join(text.split()).rstrip(" ;,.")
    if len(text) <= LONGEST_SUMMARY:
        return text
    return text[:LONGEST_SUMMARY].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
