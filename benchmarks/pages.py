"""Times every page on many mandates: seconds on the server, queries, bytes.

    DATABASE_URL=... python -m benchmarks.pages [--mandates 10000] [--kept] [--only mandates:list ...]

It makes a test database of its own and fills it (`benchmarks.filling`); with `--kept` it takes the database that
DATABASE_URL names as it is. `PAGES` is also what `mandates/tests/test_query_counts.py` holds to
`benchmarks/query_counts.json`: each page is to take as many queries on a few mandates as on many.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

# Choices of every filter at once, and the words besides.
EVERYTHING = (
    "?q=series&status=open&status=repeated&session=23&session=24&session=25&addressee=court&addressee=united-nations"
    "&addressee=review-conference&category=all&topic=universality&topic=cooperation&strength=request&strength=decision"
    "&resolution=22/Res.501&resolution=23/Res.501&resolution=24/Res.501&adopted_session=23&adopted_session=24"
    "&proposed=all&ordering=addressee"
)
THREE_FILTERS = "?status=open&status=repeated&category=all&strength=request&q=court"
PAST = "as_at=2026-01-01"

Arguments = Sequence[object]


def _none(_count: int) -> list[Arguments]:
    return [()]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be opened.

    Attributes:
        view: name of its URL.
        query: query string, with its question mark.
        subjects: gives the arguments of the URL for so many subjects, the largest ones.
        staff_only: nobody else sees it.
        form: what is sent, where it is no page to open.
    """

    view: str
    query: str = ""
    subjects: Callable[[int], Sequence[Arguments]] = _none
    staff_only: bool = False
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name in lists."""
        return self.view + self.query

    def addresses(self, count: int = 1) -> list[str]:
        """Give its addresses, those of so many subjects where it has any.

        Raises:
            LookupError: there is no subject.
        """
        from django.urls import reverse

        found = [reverse(self.view, args=args) + self.query for args in self.subjects(count)]
        if not found:
            raise LookupError(f"Nothing to open {self.name} with")
        return found

    def open(self, client: Any, address: str) -> bytes:
        """Open it whole.

        Raises:
            ValueError: the answer is an error, or leads elsewhere.
        """
        answer = client.post(address, self.form) if self.form else client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code != 200:
            raise ValueError(f"{address}: {answer.status_code}")
        return bytes(content)


def _mandates(count: int) -> list[Arguments]:
    """The last of the longest chains."""
    from django.db.models import Count

    from mandates.models import Mandate

    chains = Mandate.objects.filter(chain__isnull=False).values("chain").annotate(members=Count("pk"))
    longest = chains.order_by("-members", "chain").values_list("chain", flat=True)[:count]
    last = Mandate.objects.order_by("-document__adopted", "pk").values_list("key")
    return [last.filter(chain=chain)[0] for chain in longest]


def _documents(count: int) -> list[Arguments]:
    from django.db.models import Count

    from resolutions.models import Document

    longest = Document.objects.annotate(size=Count("paragraphs")).order_by("-size", "-adopted", "pk")
    return list(longest.values_list("symbol")[:count])


def _rows(model: str, fields: Sequence[str], count: int, **filters: object) -> list[Arguments]:
    from django.apps import apps

    rows = apps.get_model(model)._default_manager.filter(**filters)
    return list(rows.order_by("-pk").values_list(*fields)[:count])


def _flagged(count: int) -> list[Arguments]:
    from mandates.models import Mandate

    return list(Mandate.objects.flagged().order_by("-pk").values_list("pk")[:count])


def _cited(count: int) -> list[Arguments]:
    """What is cited most and cannot be reached."""
    from mandates.queues.citations import CITATION_QUEUE

    return list(CITATION_QUEUE.all().order_by(*CITATION_QUEUE.order).values_list(*CITATION_QUEUE.key)[:count])


def _sessions(_count: int) -> list[Arguments]:
    return [("23",)]


def _known(count: int) -> list[Arguments]:
    return _rows("resolutions.KnownDocument", ["symbol"], count, title="Synthetic report")


def _batches(_count: int) -> list[Arguments]:
    from django.db.models import Count

    from resolutions.models import ImportBatch

    return list(ImportBatch.objects.annotate(size=Count("runs")).order_by("-size", "pk").values_list("pk")[:1])


_BULK = partial(_rows, "mandates.BulkDecision", ["pk"])
_LINK = partial(_rows, "mandates.MandateLink", ["pk"], decision="proposed")
_STAFF = partial(Page, staff_only=True)


def _tables(count: int) -> list[Arguments]:
    from mandates.figures.files import TABLES

    names: list[Arguments] = [(name,) for name in TABLES]
    return names[:count]


PAGES = [
    Page("mandates:dashboard"),
    Page("mandates:dashboard", f"?{PAST}"),
    Page("mandates:list"),
    Page("mandates:list", "?page=2&per_page=100"),
    Page("mandates:list", THREE_FILTERS),
    Page("mandates:list", f"{THREE_FILTERS}&{PAST}"),
    Page("mandates:list", "?due=overdue&ordering=-due"),
    Page("mandates:list", "?due=lapsed"),
    Page("mandates:list", "?ordering=asked"),
    Page("mandates:list", EVERYTHING),
    Page("mandates:list", f"{EVERYTHING}&{PAST}"),
    Page("mandates:list", "?q=no-such-word"),
    Page("mandates:detail", "", _mandates),
    Page("mandates:search"),
    Page("mandates:search", "?q=court"),
    Page("mandates:search", "?q=(report+OR+budget*)+-%22States+Parties%22"),
    Page("mandates:search", "?q=zebra+court"),
    Page("mandates:chains"),
    Page("mandates:chains", "?status=open&category=all&q=court"),
    Page("mandates:chains_csv"),
    Page("mandates:figures"),
    Page("mandates:figures", f"?{PAST}"),
    Page("mandates:figures", THREE_FILTERS),
    Page("mandates:figures_csv", "", _tables),
    Page("mandates:export_csv", THREE_FILTERS),
    Page("mandates:export_xlsx", THREE_FILTERS),
    Page("mandates:export_json", THREE_FILTERS),
    Page("mandates:calendar", THREE_FILTERS),
    Page("mandates:feed"),
    Page("mandates:feed", THREE_FILTERS),
    Page("mandates:sessions"),
    Page("mandates:session", "", _sessions),
    Page("mandates:session", f"?{PAST}", _sessions),
    Page("mandates:topics"),
    Page("mandates:topics", f"?{PAST}"),
    Page("mandates:topic", "", lambda _count: [("universality",)]),
    Page("mandates:topic", f"?{PAST}", lambda _count: [("universality",)]),
    Page("mandates:compare"),
    Page("mandates:compare", "?a=ICC-ASP/22/Res.501&b=ICC-ASP/23/Res.501"),
    Page("resolutions:list"),
    Page("resolutions:list", "?q=synthetic&page=2"),
    Page("resolutions:list", "?show=known"),
    Page("resolutions:detail", "", _documents),
    Page("resolutions:detail", "?known", _known),
    _STAFF("mandates:review"),
    _STAFF("mandates:references"),
    _STAFF("mandates:references", "?state=unresolved"),
    _STAFF("mandates:reference", "", _cited),
    _STAFF("mandates:review_corrigenda"),
    _STAFF("mandates:review_corrigendum", "", partial(_rows, "resolutions.DocumentIssue", ["pk"], corrigendum__gt=0)),
    _STAFF("mandates:review_failed_imports"),
    _STAFF("mandates:review_failed_import", "", partial(_rows, "resolutions.ImportRun", ["pk"], status="failed")),
    _STAFF("mandates:review_flagged"),
    _STAFF("mandates:review_flagged", "?session=23"),
    _STAFF("mandates:review_flagged_mandate", "", _flagged),
    _STAFF("mandates:review_links"),
    _STAFF("mandates:review_links", "?session=23"),
    _STAFF("mandates:review_link", "", _LINK),
    _STAFF("mandates:review_link", "?find=court", _LINK),
    _STAFF("mandates:link_mandates", "?find=court", _mandates),
    _STAFF("mandates:review_corrections"),
    _STAFF("mandates:review_corrections", "?state=applied"),
    _STAFF("mandates:review_correction", "", partial(_rows, "mandates.Correction", ["pk"])),
    _STAFF("mandates:correct", "", lambda count: [(*key, "split") for key in _mandates(count)]),
    _STAFF("mandates:review_suggestions"),
    _STAFF("mandates:review_suggestions", "?session=23"),
    _STAFF("mandates:review_suggestion", "", partial(_rows, "mandates.Suggestion", ["pk"])),
    _STAFF("mandates:bulk_new", form={"do": "withdraw", "query": "resolution=23/Res.501", "all": "1"}),
    _STAFF(
        "mandates:bulk_correct",
        form={"do": "correct_topic", "query": "resolution=23/Res.501", "all": "1", "sure": "1", "note": "Synthetic"},
    ),
    _STAFF("mandates:bulk_list"),
    _STAFF("mandates:bulk", "", _BULK),
    _STAFF("mandates:bulk_undo", "", _BULK),
    _STAFF("mandates:import"),
    _STAFF("mandates:import_commands"),
    _STAFF("mandates:import_batch", "", _batches),
    _STAFF("mandates:import_preview", "", partial(_rows, "resolutions.ImportRun", ["batch_id", "pk"], status="ready")),
]
# Addresses of pages that list nothing, and of what is no page.
NO_LISTS = {
    "healthz",
    "login",
    "logout",
    "robots",
    "mandates:check_unplaced",
    "mandates:correct_missed",
    "mandates:import_original",
    "mandates:import_page",
    "mandates:outcome",
    "mandates:shortcuts",
    "resolutions:original",
}


def admin_pages() -> list[Page]:
    """Give the lists of the admin."""
    from django.contrib import admin

    models = sorted(model._meta.label_lower.replace(".", "_") for model in admin.site._registry)
    return [_STAFF("admin:index"), *(_STAFF(f"admin:{name}_changelist") for name in models)]


def query_counts(page: Page, client: Any) -> int:
    """Count the queries of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    (address,) = page.addresses()
    with CaptureQueriesContext(connection) as queries:
        page.open(client, address)
    return len(queries)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a page takes, and its size.

    Attributes:
        name: of the page.
        median, late: milliseconds, half of the times and nineteen of twenty.
        processor, database: milliseconds of processor time in this process and in that of PostgreSQL, the median; they
            say more than the others where the machine has other things to do.
        queries: with those for who is signed in.
        size, packed: bytes, and bytes as they are sent.
    """

    name: str
    median: float
    late: float
    processor: float
    database: float
    queries: int
    size: int
    packed: int

    def __str__(self) -> str:
        times = f"{self.median:6.0f} ms  p95 {self.late:6.0f}  processor {self.processor:5.0f} + {self.database:5.0f}"
        return f"{times}  {self.queries:3d} queries  {self.size:9,d} bytes  {self.packed:7,d} packed  {self.name}"


def time_page(page: Page, client: Any, repeat: int) -> Timing:
    """Time a page that somebody who is signed in opens."""
    addresses = page.addresses(repeat)
    queries = query_counts(page, client)
    walls, processors, databases = [], [], []
    content = b""
    for number in range(repeat):
        wall, processor, database = time.perf_counter(), time.process_time(), _database_time()
        content = page.open(client, addresses[number % len(addresses)])
        walls.append((time.perf_counter() - wall) * 1000)
        processors.append((time.process_time() - processor) * 1000)
        databases.append((_database_time() - database) * 1000)
    walls.sort()
    return Timing(
        page.name,
        statistics.median(walls),
        walls[min(len(walls) - 1, round(0.95 * len(walls)))],
        statistics.median(processors),
        statistics.median(databases),
        queries,
        len(content),
        len(gzip.compress(content)),
    )


def _database_time() -> float:
    """Seconds of processor time of the process of PostgreSQL that answers; 0 where that cannot be told."""
    from django.db import connection

    if connection.vendor != "postgresql" or connection.connection is None:
        return 0
    path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(path.read_text().split()[0]) / 1e9 if path.exists() else 0


def timings(only: Sequence[str], repeat: int) -> Iterator[Timing]:
    """Time the pages, or those whose URLs have these names."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    name = "timing"
    user = get_user_model().objects.filter(username=name).first()
    client = Client()
    client.force_login(user or get_user_model().objects.create_superuser(name))
    for page in [*PAGES, *admin_pages()]:
        if not only or page.view in only:
            yield time_page(page, client, repeat)


def main() -> int:
    """Print the timings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mandates", type=int, default=10_000)
    parser.add_argument("--kept", action="store_true", help="take the database as it is")
    parser.add_argument("--fill", action="store_true", help="only fill the database, and keep it")
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="names of URLs: mandates:list")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asp_tracker.tests.settings")
    import django
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    django.setup()
    setup_test_environment(debug=False)
    databases = None if options.kept or options.fill else setup_databases(verbosity=0, interactive=False)
    try:
        if not options.kept:
            from benchmarks.filling import fill_with

            fill_with(options.mandates)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        if not options.fill:
            for timing in timings(options.only, options.repeat):
                sys.stdout.write(f"{timing}\n")
                sys.stdout.flush()
    finally:
        if databases is not None:
            teardown_databases(databases, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
