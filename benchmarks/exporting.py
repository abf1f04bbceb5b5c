"""Times the files of a large list beside PostgreSQL's own COPY of the same rows, and measures what memory they take.

    DATABASE_URL=postgresql://... python -m benchmarks.exporting [--mandates 250000] [--forms csv json xlsx]

It makes a test database of its own, and another process fills it with paragraphs of the sample documents, a hundred in
a document. COPY writes the same rows, what stands in other tables put together for each.
"""

from __future__ import annotations

import argparse
import datetime
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

_IN_A_DOCUMENT = 100
_BATCH = 5000
# Each mandate has two bodies and a deadline, every third repeats another.
_REPEATS = 3


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a form took, and how much the memory of the process grew while it was written."""

    form: str
    seconds: float
    copying: float
    megabytes: float

    def __str__(self) -> str:
        times = self.seconds / self.copying
        return f"{self.form}: {self.seconds:.1f} s, {times:.1f} × COPY, memory + {self.megabytes:.0f} MB"


def fill(mandates: int) -> None:
    """Store about so many mandates in a database that has none."""
    from django.db import transaction

    from benchmarks.synthetic import samples
    from mandates.models import Body, Mandate, MandateAddressee, MandateLink, ReportingDeadline, Topic
    from resolutions.models import AssemblySession, Document, Paragraph
    from resolutions.reference_data import sessions_load

    sessions_load()
    sessions = list(AssemblySession.objects.regular().filter(opening_date__isnull=False).order_by("number"))
    bodies = [
        Body.objects.get_or_create(
            name=f"Synthetic body {n}", defaults={"slug": f"b-{n}", "category": "assembly-body"}
        )[0]
        for n in range(20)
    ]
    topic = Topic.objects.get_or_create(name="Synthetic topic", defaults={"slug": "synthetic"})[0]
    texts = cycle(sample.text for sample in samples())
    documents = Document.objects.bulk_create(
        Document(symbol=f"ICC-ASP/{session.code}/Res.{501 + n}", kind="resolution", title="Synthetic", session=session,
                 adopted=session.opening_date)
        for n, session in enumerate(islice(cycle(sessions), mandates // _IN_A_DOCUMENT))
    )  # fmt: skip
    for group in _some(documents):
        with transaction.atomic():
            paragraphs = Paragraph.objects.bulk_create(
                Paragraph(document=document, key=f"body/{n}", position=n, part="body", label=str(n), kind="operative",
                          text=next(texts))
                for document in group for n in range(1, _IN_A_DOCUMENT + 1)
            )  # fmt: skip
            rows = Mandate.objects.bulk_create(
                Mandate(key=f"{each.document.symbol}:body:{each.label}:requests:0", document=each.document,
                        paragraph=each, position=each.position, part="body", label=each.label, verb="requests",
                        strength="request", clause_start=0, clause_end=8, verb_start=0, verb_end=8, topic=topic,
                        action=each.text[:200], tracked=True, due_session=25, due_on=datetime.date(2026, 12, 6))
                for each in paragraphs
            )  # fmt: skip
            MandateAddressee.objects.bulk_create(
                MandateAddressee(mandate=row, body=bodies[(row.position + n) % 20], position=n)
                for row in rows for n in range(2)
            )  # fmt: skip
            ReportingDeadline.objects.bulk_create(
                ReportingDeadline(mandate=row, position=0, kind="session", text="to the twenty-fifth session",
                                  session_number=25, start=0, end=8)
                for row in rows
            )  # fmt: skip
            MandateLink.objects.bulk_create(
                MandateLink(later=row, earlier=rows[0], kind="repeats")
                for row in rows[1::_REPEATS]
            )  # fmt: skip


def time_exports(forms: list[str]) -> Iterator[Timing]:
    """Time COPY and then each form, in this process."""
    from django.http import QueryDict

    from mandates.exports import csv_chunks, json_chunks
    from mandates.filters import MandateFilterSet
    from mandates.workbook import write_workbook

    def absolute(path: str) -> str:
        return f"https://tracker.example.org{path}"

    filterset = MandateFilterSet(QueryDict(""))
    works: dict[str, Callable[[], object]] = {
        "csv": lambda: sum(len(chunk.encode()) for chunk in csv_chunks(filterset, absolute)),
        "json": lambda: sum(len(chunk.encode()) for chunk in json_chunks(filterset, absolute)),
        "xlsx": lambda: write_workbook(filterset, absolute).close(),
    }
    copying = _seconds(lambda: copy(filterset.qs))
    sys.stdout.write(f"COPY: {copying:.1f} s\n")
    for form in forms:
        before = _peak()
        seconds = _seconds(works[form])
        yield Timing(form, seconds, copying, _peak() - before)


def copy(queryset: Any) -> int:
    """Let PostgreSQL write the rows itself.

    Returns:
        The number of bytes.
    """
    from django.contrib.postgres.expressions import ArraySubquery
    from django.db import connection
    from django.db.models import OuterRef

    from mandates.columns import read_rows
    from mandates.models import MandateAddressee, MandateLink, ReportingDeadline

    own = OuterRef("pk")
    rows = read_rows(queryset).annotate(
        bodies=ArraySubquery(MandateAddressee.objects.filter(mandate=own).order_by("position").values("body__name")),
        words=ArraySubquery(ReportingDeadline.objects.filter(mandate=own).order_by("position").values("text")),
        repeated=ArraySubquery(MandateLink.objects.filter(later=own).order_by("pk").values("earlier__key")),
    )
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as output:
        return sum(len(block) for block in output)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _some(documents: list[Any]) -> Iterator[list[Any]]:
    """Give some documents at a time."""
    rest = iter(documents)
    while group := list(islice(rest, _BATCH // _IN_A_DOCUMENT)):
        yield group


def main() -> int:
    """Print the timings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mandates", type=int, default=250_000)
    parser.add_argument("--fill", action="store_true", help="only fill the database that DATABASE_URL names")
    parser.add_argument("--forms", nargs="*", default=["csv", "json", "xlsx"])
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asp_tracker.tests.settings")
    import django
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    django.setup()
    if connection.vendor != "postgresql":
        sys.stderr.write("COPY needs PostgreSQL: name one in DATABASE_URL.\n")
        return 2
    if options.fill:
        fill(options.mandates)
        return 0
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        address, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
        url = f"{address}/{connection.settings_dict['NAME']}"
        command = [sys.executable, "-m", "benchmarks.exporting", "--fill", "--mandates", str(options.mandates)]
        subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=True)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for timing in time_exports(options.forms):
            sys.stdout.write(f"{timing}\n")
    finally:
        teardown_databases(databases, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
