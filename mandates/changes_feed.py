"""What changed among the mandates of a list, as an Atom feed (RFC 4287)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mandates.filters import MandateFilterSet, query_string
from mandates.list_rows import cited_as, who
from mandates.models import Correction, CorrectionPlace, LineageDecision, Mandate, MandateLink, OutcomeChange
from mandates.plain_text import plain
from mandates.querysets import MandateQuerySet
from mandates.wording import subject
from resolutions.models import Document, ImportRun

MOST = 50
# Fulfilling or withdrawing a mandate takes it out of a list of open ones: that is news of the list, not none.
_PASSED_OVER = ("status", "due", "answered", "ordering")
_MANDATE = ("document", "paragraph")


@dataclass(frozen=True, slots=True)
class Entry:
    """A change.

    Attributes:
        identity: tells it from all others, for ever.
        at: when it was made.
        kind: ``import``, ``repetition``, ``outcome``, ``link`` or ``correction``.
        summary: plain text.
        path: of the page to read on.
    """

    identity: str
    at: datetime.datetime
    kind: str
    title: str
    summary: str
    path: str


class _Feed(Atom1Feed):
    """An empty feed is as old as the tracker knows nothing, so that asking twice gives the same."""

    def latest_post_date(self) -> datetime.datetime:
        """Give when the newest entry was made."""
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC))


def changes(filterset: MandateFilterSet) -> list[Entry]:
    """Gather what changed among the mandates of a list: what was read, asked again, decided, linked.

    Status, due, answers and order of the query string are passed over: what leaves a list is news of it.

    Args:
        filterset: what was asked for.

    Returns:
        The newest first, some at most.
    """
    mandates = filterset.narrowed(without=_PASSED_OVER).order_by()
    entries = [
        *_imports(filterset, mandates),
        *_repetitions(mandates),
        *_outcomes(mandates, filterset.day),
        *_links(mandates),
        *_corrections(mandates),
    ]
    return sorted(entries, key=lambda entry: (entry.at, entry.identity), reverse=True)[:MOST]


def write_feed(filterset: MandateFilterSet, absolute: Callable[[str], str]) -> tuple[str, datetime.datetime]:
    """Write the feed.

    Args:
        filterset: what was asked for.
        absolute: makes an address absolute.

    Returns:
        The feed, and when its newest entry was made.
    """
    pairs = filterset.pairs(without=["columns"])
    name = _("Changes: %(subject)s") % {"subject": subject(filterset)}
    own = query_string(pairs, reverse("mandates:feed"))
    host = urlsplit(absolute("/")).hostname or "localhost"
    feed = _Feed(
        title=plain(name),
        link=absolute(query_string(pairs, reverse("mandates:list"))),
        description="",
        subtitle=_("What was read, asked again, decided and linked, whatever the status now is. Newest first."),
        language="en",
        author_name=_("ASP Mandate Tracker"),
        feed_url=absolute(own),
        # RFC 4151: the year is one in which the address was the tracker's, and part of the name.
        feed_guid=f"tag:{host},2026:{own}",
    )
    for entry in changes(filterset):
        feed.add_item(
            title=plain(entry.title),
            link=absolute(entry.path),
            description=linebreaks(plain(entry.summary), autoescape=True),
            unique_id=f"tag:{host},2026:{entry.identity}",
            pubdate=entry.at,
            updateddate=entry.at,
            categories=[entry.kind],
        )
    return feed.writeString("utf-8"), feed.latest_post_date()


def _imports(filterset: MandateFilterSet, mandates: MandateQuerySet) -> Iterator[Entry]:
    """Give the imports of documents in which mandates of the list stand."""
    runs = _runs(Exists(mandates.filter(document=OuterRef("document"))))
    counts = _counts(mandates.filter(document__in=[run.document_id for run in runs]), "document")
    others = filterset.pairs(without=["resolution", "columns", *_PASSED_OVER])
    for run, document in runs.items():
        count = counts.get(document.pk, 0)
        words = {"symbol": document.symbol, "count": count}
        if run.status == ImportRun.Status.NEW:
            title = ngettext("%(symbol)s: %(count)d new mandate", "%(symbol)s: %(count)d new mandates", count) % words
        else:
            title = (
                ngettext(
                    "%(symbol)s was read anew: %(count)d mandate", "%(symbol)s was read anew: %(count)d mandates", count
                )
                % words
            )
        path = query_string([*others, ("resolution", document.symbol)], reverse("mandates:list"))
        yield Entry(f"import/{run.pk}", _finished(run), "import", title, document.title or document.symbol, path)


def _repetitions(mandates: MandateQuerySet) -> Iterator[Entry]:
    """Give the imports of adopted documents that ask again what mandates of the list asked."""
    links = MandateLink.objects.standing().filter(
        kind=MandateLink.Kind.REPEATS, later__in_text=True, later__proposed=False, earlier__in=mandates.values("pk")
    )
    runs = _runs(Exists(links.filter(later__document=OuterRef("document"))), status=[ImportRun.Status.NEW])
    found = links.filter(later__document__in=[run.document_id for run in runs])
    counts = dict(found.order_by().values_list("later__document").annotate(count=Count("earlier__task", distinct=True)))
    for run, document in runs.items():
        count = counts.get(document.pk, 0)
        words = {"symbol": document.symbol, "count": count}
        title = ngettext(
            "%(symbol)s asks again for %(count)d mandate", "%(symbol)s asks again for %(count)d mandates", count
        )
        path = query_string([("resolution", document.symbol), ("category", "all")], reverse("mandates:list"))
        summary = document.title or document.symbol
        yield Entry(f"repetition/{run.pk}", _finished(run), "repetition", title % words, summary, path)


def _outcomes(mandates: MandateQuerySet, day: datetime.date) -> Iterator[Entry]:
    """Give what people recorded of mandates of the list; it holds for a whole parallel set."""
    recorded = (
        OutcomeChange.objects.filter(mandate__task__in=mandates.values("task"), effective_on__lte=day)
        .exclude(kind=OutcomeChange.Kind.REVIEWED)
        .select_related("occurrence", *(f"mandate__{name}" for name in _MANDATE))
        .prefetch_related("mandate__addressee_rows__body")
        .order_by("-made_at", "-pk")
    )
    for change in recorded[:MOST]:
        mandate = change.mandate
        title = f"{change.get_kind_display()}: {cited_as(mandate)}"
        if change.occurrence:
            title = _("%(title)s, for the %(session)s") % {"title": title, "session": change.occurrence}
        lines = [
            _asked(mandate),
            _("Evidence: %(source)s") % {"source": source}
            if (source := ", ".join(filter(None, (change.evidence_symbol, change.evidence_url))))
            else "",
            _("From %(day)s") % {"day": date_format(change.effective_on, "j F Y")},
            change.note,
        ]
        summary = "\n\n".join(filter(None, lines))
        yield Entry(f"outcome/{change.pk}", change.made_at, "outcome", title, summary, mandate.get_absolute_url())


def _links(mandates: MandateQuerySet) -> Iterator[Entry]:
    """Give what people decided about links of mandates of the list."""
    ids = mandates.values("pk")
    decided = (
        LineageDecision.objects.filter(Q(link__later__in=ids) | Q(link__earlier__in=ids), after__in=MandateLink.DECIDED)
        .select_related(*(f"link__{end}__{name}" for end in ("later", "earlier") for name in _MANDATE))
        .prefetch_related("link__later__addressee_rows__body")
        .order_by("-made_at", "-pk")
    )
    for decision in decided[:MOST]:
        link = decision.link
        assert link is not None
        words = {"later": cited_as(link.later), "earlier": cited_as(link.earlier)}
        if decision.after == MandateLink.Decision.CONFIRMED:
            says = {
                MandateLink.Kind.REPEATS: _("%(later)s repeats %(earlier)s"),
                MandateLink.Kind.PARALLEL: _("%(later)s says the same as %(earlier)s"),
            }.get(MandateLink.Kind(link.kind), _("%(later)s asks another body than %(earlier)s"))
        else:
            says = _("%(later)s does not repeat %(earlier)s")
        summary = "\n\n".join(filter(None, (_asked(link.later), decision.note)))
        path = link.later.get_absolute_url()
        yield Entry(f"link/{decision.pk}", decision.made_at, "link", says % words, summary, path)


def _corrections(mandates: MandateQuerySet) -> Iterator[Entry]:
    """Give what people corrected in what was found of mandates of the list; what was undone is no news any more."""
    touched = CorrectionPlace.mandates.through.objects.filter(mandate__in=mandates.values("pk"))
    rows = (
        Correction.objects.standing()
        .filter(place__in=touched.values("correctionplace"))
        .select_related("place")
        .prefetch_related(*(f"place__mandates__{name}" for name in _MANDATE))
        .order_by("-made_at", "-pk")
    )
    for row in rows[:MOST]:
        mandate = min(row.place.mandates.all(), key=lambda each: each.position)
        title = _("Corrected (%(what)s): %(mandate)s") % {
            "what": row.get_kind_display(),
            "mandate": cited_as(mandate),
        }
        summary = "\n\n".join(filter(None, (f"{row.before} → {row.after}", row.why)))
        yield Entry(f"correction/{row.pk}", row.made_at, "correction", title, summary, mandate.get_absolute_url())


def _runs(
    concerns: Exists, status: Sequence[str] = (ImportRun.Status.NEW, ImportRun.Status.CHANGED)
) -> Mapping[ImportRun, Document]:
    """Give the newest imports that concern the list, with their documents."""
    runs = ImportRun.objects.filter(concerns, status__in=status, finished_at__isnull=False, document__isnull=False)
    newest = runs.defer("warnings", "furniture", "counts").select_related("document").order_by("-finished_at", "-pk")
    return {run: run.document for run in newest[:MOST] if run.document}


def _counts(mandates: MandateQuerySet, by: str) -> dict[int, int]:
    return dict(mandates.order_by().values_list(by).annotate(count=Count("task", distinct=True)))


def _finished(run: ImportRun) -> datetime.datetime:
    assert run.finished_at is not None
    return run.finished_at


def _asked(mandate: Mandate) -> str:
    names = who([row.body.name for row in mandate.addressee_rows.all()])
    return f"{names}: {mandate.action}" if names else mandate.action
