"""Links for other programs: all that hold, and what follows from them."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mandates.models import Mandate
from mandates.tests.factories import make_link, make_mandate
from resolutions.models import Document, Paragraph
from resolutions.tests.factories import make_document, make_session

pytestmark = pytest.mark.django_db


def mandate_of(session: int, resolution: int = 2) -> Mandate:
    document = make_document(f"ICC-ASP/{session}/Res.{resolution}", session=make_session(session))
    return make_mandate(document=document)


def end(mandate: Mandate) -> list[Any]:
    return [mandate.document.symbol, mandate.part, mandate.label, mandate.verb, mandate.nth]


def export(*arguments: str) -> str:
    out = StringIO()
    call_command("export_links", *arguments, stdout=out)
    return out.getvalue()


def rows(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(export(*arguments))
    return found


def test_nothing_is_an_empty_list() -> None:
    assert rows() == []
    assert export("--format", "csv").count("\n") == 1


def test_a_link_as_it_stands() -> None:
    later, earlier = mandate_of(20), mandate_of(17)
    make_link(later, earlier, score=0.97)
    assert rows() == [
        {
            "later": end(later), "earlier": end(earlier), "kind": "repeats", "score": 0.97,
            "decided": False, "follows": False, "proposed": False,
        }
    ]  # fmt: skip


def test_what_follows_is_given_and_said_to_follow() -> None:
    first, middle, last, twin = mandate_of(8), mandate_of(17), mandate_of(20), mandate_of(20, 5)
    make_link(middle, first, decision="confirmed")
    make_link(last, middle)
    make_link(twin, last, kind="parallel")
    found = {
        (row["later"][0], row["earlier"][0]): (row["kind"], row["decided"], row["follows"]) for row in rows("--follows")
    }
    assert len(rows()) == 3
    assert found == {
        ("ICC-ASP/17/Res.2", "ICC-ASP/8/Res.2"): ("repeats", True, False),
        ("ICC-ASP/20/Res.2", "ICC-ASP/8/Res.2"): ("repeats", False, True),
        ("ICC-ASP/20/Res.5", "ICC-ASP/8/Res.2"): ("repeats", False, True),
        ("ICC-ASP/20/Res.2", "ICC-ASP/17/Res.2"): ("repeats", False, False),
        ("ICC-ASP/20/Res.5", "ICC-ASP/17/Res.2"): ("repeats", False, True),
        ("ICC-ASP/20/Res.5", "ICC-ASP/20/Res.2"): ("parallel", False, False),
    }


def test_two_of_one_session_that_repeat_one_are_parallel() -> None:
    first, one, two = mandate_of(17), mandate_of(20), mandate_of(20, 5)
    make_link(one, first)
    make_link(two, first)
    assert [row["kind"] for row in rows("--follows") if row["follows"]] == ["parallel"]


def test_what_does_not_hold_is_left_out() -> None:
    later = mandate_of(20)
    make_link(later, mandate_of(17), decision="rejected")
    make_link(later, mandate_of(18), kind="readdressed")
    make_link(later, waiting := mandate_of(19), decision="proposed", score=0.6)
    make_link(mandate_of(21), later)
    assert [row["later"][0] for row in rows()] == ["ICC-ASP/21/Res.2"]
    proposals = [row for row in rows("--proposed") if row["proposed"]]
    assert [(row["earlier"], row["score"], row["follows"]) for row in proposals] == [(end(waiting), 0.6, False)]
    assert len(rows("--proposed")) == 2  # nothing follows from a proposal


def test_the_order_of_import_does_not_matter() -> None:
    exports = []
    for sessions in ([20, 8, 17, 19], [8, 17, 19, 20]):
        mandates = {session: mandate_of(session) for session in sessions}
        links = [(20, 19), (17, 8), (19, 17)]
        for later, earlier in sorted(links, reverse=sessions[0] == 8):
            make_link(mandates[later], mandates[earlier])
        exports.append(export("--follows"))
        Mandate.objects.all().delete()
        Paragraph.objects.all().delete()
        Document.objects.all().delete()
    assert exports[0] == exports[1]
    assert exports[0].count("ICC-ASP/8/Res.2") == 3


def test_csv_has_the_same_rows() -> None:
    later, earlier = mandate_of(20), mandate_of(17)
    make_link(later, earlier, decision="confirmed")
    (row,) = csv.DictReader(StringIO(export("--format", "csv")))
    names = [f"{which}_{name}" for which in ("later", "earlier") for name in ("symbol", "part", "label", "verb", "nth")]
    ends = dict(zip(names, map(str, [*end(later), *end(earlier)]), strict=True))
    assert row == ends | {"kind": "repeats", "score": "", "decided": "yes", "follows": "no", "proposed": "no"}


def test_queries_do_not_grow_with_the_links() -> None:
    counts = []
    for _ in range(2):
        for _ in range(5):
            make_link(mandate_of(20), mandate_of(17))
        with CaptureQueriesContext(connection) as queries:
            rows()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4
