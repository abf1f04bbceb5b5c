"""Sessions that might have asked for something again: what was read on its subject there, and what is only known."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from resolutions.models import AssemblySession, Document, KnownDocument

# ICC-ASP/20/Res.2 is headed "Resolution on cooperation", ICC-ASP/11/Res.5 "Cooperation".
_ON = re.compile(r" on ")
_RESOLUTION_ON = re.compile(r"^resolution\s+on\s+")


@dataclass(frozen=True, slots=True)
class OtherSession:
    """A session with the resolutions on a subject that were read, and those that are known and not read."""

    session: AssemblySession
    read: Sequence[Document]
    known: Sequence[KnownDocument]


@dataclass(frozen=True, slots=True)
class Unread:
    """The resolutions that are known by their symbols and were not read, by what they are on."""

    by_subject: Mapping[str, Mapping[str, Sequence[str]]]

    def on(self, titles: Iterable[str]) -> dict[str, list[str]]:
        """Give the symbols of those on the subject of resolutions with these titles, by the code of the session."""
        found: dict[str, list[str]] = defaultdict(list)
        for subject in sorted({subject_of(title) for title in titles} - {""}):
            for session, symbols in self.by_subject.get(subject, {}).items():
                found[session] += [symbol for symbol in symbols if symbol not in found[session]]
        return found


def subject_of(title: str) -> str:
    """Give what a resolution is on, by its title: "cooperation"."""
    return _RESOLUTION_ON.sub("", title.strip().casefold())


def unread_resolutions() -> Unread:
    """Look the resolutions up that are known and were not read, all of them in one query."""
    by_subject: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = KnownDocument.objects.not_read().filter(kind="resolution").order_by("first_day", "symbol")
    for symbol, title, session in rows.values_list("symbol", "title", "session_code"):
        words = title.strip().casefold()
        # As `other_sessions` finds them: what stands behind any "on" may be the subject.
        for subject in {words, *(words[at.end() :] for at in _ON.finditer(words))}:
            by_subject[subject][session].append(symbol)
    return Unread(by_subject)


def other_sessions(titles: Iterable[str], day: datetime.date) -> list[OtherSession]:
    """Look sessions through for resolutions on the same subject, in three queries.

    Args:
        titles: of the resolutions that tell the subject.
        day: sessions that opened after it are left out.

    Returns:
        The regular sessions in their order, but those whose resolutions were read and are about something else.
    """
    on_subject = Q(pk=None)
    for subject in {subject_of(title) for title in titles} - {""}:
        on_subject |= Q(title__iexact=subject) | Q(title__iendswith=f" on {subject}")
    resolutions = Document.objects.filter(kind=Document.Kind.RESOLUTION, adopted__isnull=False)
    read: dict[int | None, list[Document]] = defaultdict(list)
    for document in resolutions.filter(on_subject).only("symbol", "session").order_by("symbol"):
        read[document.session_id].append(document)
    known: dict[str, list[KnownDocument]] = defaultdict(list)
    not_read = KnownDocument.objects.filter(on_subject, kind="resolution")
    not_read = not_read.exclude(Exists(Document.objects.filter(symbol=OuterRef("symbol"))))
    for row in not_read.only("symbol", "session_code").order_by("first_day", "symbol"):
        known[row.session_code].append(row)
    sessions = AssemblySession.objects.regular().filter(opening_date__lte=day).order_by("opening_date")
    return [
        OtherSession(session, read[session.pk], known[session.code])
        for session in sessions.annotate(was_read=Exists(resolutions.filter(session=OuterRef("pk"))))
        if read[session.pk] or known[session.code] or not session.was_read
    ]
