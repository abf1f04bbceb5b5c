"""Every page that lists something takes the same number of queries on many mandates as on few, and no more than noted.

A page that takes more queries on more mandates has one in a loop. How many each takes is kept in
`benchmarks/query_counts.json`; after a change that is meant, renew it and read the difference:
`python -m pytest mandates/tests/test_query_counts.py --rewrite-golden`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from benchmarks.filling import fill
from benchmarks.pages import NO_LISTS, PAGES, Page, admin_pages, query_counts
from mandates.models import Mandate
from mandates.tests.factories import make_staff

NOTED: Path = settings.BASE_DIR / "benchmarks" / "query_counts.json"
RENEW = "python -m pytest mandates/tests/test_query_counts.py --rewrite-golden"
FEW = {"series": 2, "sessions": 3, "paragraphs": 5}
MANY = {"series": 4, "sessions": 6, "paragraphs": 15}


Counts = dict[tuple[str, str], int]


def counted(pages: Iterable[Page], who: str, client: Client) -> Counts:
    return {(page.name, who): query_counts(page, client) for page in pages}


@pytest.mark.django_db
def test_queries_are_as_noted_and_do_not_grow(request: pytest.FixtureRequest) -> None:
    anybody, staff, admin = Client(), Client(), Client()
    staff.force_login(make_staff())
    admin.force_login(get_user_model().objects.create_superuser("admin"))
    public = [page for page in PAGES if not page.staff_only]
    closed = [page for page in PAGES if page.staff_only]

    def all_pages() -> Counts:
        pages = counted(public, "anybody", anybody) | counted(closed, "staff", staff)
        return pages | counted(admin_pages(), "admin", admin)

    fill(**FEW)
    anybody.get("/")  # what is remembered for good is asked for once
    few = all_pages()
    before = Mandate.objects.count()
    fill(**MANY)
    assert Mandate.objects.count() > 10 * before
    many = all_pages()
    assert {each: (few[each], count) for each, count in many.items() if count > few[each]} == {}, "grown"

    now = {each: max(few[each], many[each]) for each in many} | counted(public, "staff", staff)
    if request.config.getoption("--rewrite-golden"):
        write(now)
    noted = read()
    more = {each: (noted.get(each), count) for each, count in now.items() if count > noted.get(each, 0)}
    assert more == {}, f"more queries than noted; where that is meant: {RENEW}"
    assert now == noted, f"fewer queries than noted, or pages that are gone: {RENEW}"


def write(counts: Counts) -> None:
    pages = {page: {who: count for (name, who), count in counts.items() if name == page} for page, _who in counts}
    NOTED.write_text(json.dumps(pages, indent=1) + "\n", encoding="utf-8")


def read() -> Counts:
    pages = json.loads(NOTED.read_text(encoding="utf-8"))
    return {(page, who): count for page, counts in pages.items() for who, count in counts.items()}


def names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """The names of all addresses; of the admin, which `admin_pages` walks, none."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from names(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_is_counted() -> None:
    there = set(names(get_resolver().url_patterns))
    counted = {page.view for page in PAGES}
    assert there - counted - NO_LISTS == set(), "add each to PAGES, or to NO_LISTS, of benchmarks/pages.py"
    assert (counted | NO_LISTS) - there == set(), "these are gone"
