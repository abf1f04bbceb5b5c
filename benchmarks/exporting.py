"""Times the files of a large list beside PostgreSQL's own COPY of the same rows, and measures what memory they take.

    DATABASE_URL=postgresql://... python -m benchmarks.exporting [--mandates 250000] [--forms csv json xlsx]

It makes a test database of its own, and another process fills it (`benchmarks.filling`). COPY writes the same rows,
what stands in other tables put together for each.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


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
        from benchmarks.filling import fill_with

        fill_with(options.mandates)
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
