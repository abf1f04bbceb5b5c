"""Documents on the same matter."""

import datetime

import pytest

from resolutions.models import Document
from resolutions.partners import MOST, partners
from resolutions.tests.factories import make_document, make_paragraph, make_session

pytestmark = pytest.mark.django_db


def read(symbol: str, title: str, session: int = 20, **fields: str) -> Document:
    document = make_document(symbol, title=title, session=make_session(session), **fields)
    make_paragraph(document)
    return document


def written(document: Document) -> list[str]:
    return [partner.written for partner in partners(document)]


def test_by_what_the_title_is_about() -> None:
    cooperation = read("ICC-ASP/20/Res.2", "Resolution on Cooperation")
    read("ICC-ASP/8/Res.2", "Cooperation", 8)
    read("ICC-ASP/17/Res.3", "Cooperation", 17)
    read("ICC-ASP/16/17", "Report of the Bureau on cooperation", 16, kind="report")
    read("ICC-ASP/20/Res.5", "Strengthening the International Criminal Court and the Assembly of States Parties")
    read("ICC-ASP/20/Res.9", "Resolution")
    make_document("ICC-ASP/19/Res.2", title="Cooperation", session=make_session(19))  # not read

    assert written(cooperation) == ["ICC-ASP/17/Res.3", "ICC-ASP/16/17", "ICC-ASP/8/Res.2"]
    assert written(Document.objects.get(symbol="ICC-ASP/20/Res.9")) == []


def test_of_a_report_the_drafts() -> None:
    cooperation = read("ICC-ASP/20/Res.2", "Cooperation")
    report = read("ICC-ASP/16/17", "Report of the Bureau on cooperation", 16, kind="report")
    for part in ("annex I", "annex I appendix", "annex II"):
        make_paragraph(report, "1", part=part, proposed=True)
    assert written(cooperation) == ["ICC-ASP/16/17, annex I", "ICC-ASP/16/17, annex II"]


def test_the_nearest_in_time_and_not_too_many() -> None:
    cooperation = read("ICC-ASP/20/Res.2", "Cooperation")
    for number in (7, 8, 9, 10, 11, 16, 17, 18):
        read(f"ICC-ASP/{number}/Res.3", "Cooperation", number)
    Document.objects.filter(symbol="ICC-ASP/7/Res.3").update(adopted=datetime.date(2021, 12, 1))
    assert written(cooperation)[:3] == ["ICC-ASP/7/Res.3", "ICC-ASP/18/Res.3", "ICC-ASP/17/Res.3"]
    assert len(written(cooperation)) == MOST
