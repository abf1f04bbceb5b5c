from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mandates.tests.factories import make_mandate
from resolutions.tests.factories import make_document, make_paragraph, make_session

pytestmark = pytest.mark.django_db

Ask = Callable[..., Any]


@pytest.fixture
def read(client: Client) -> Ask:
    return lambda path, **data: client.get(path, data)


def imported(name: str) -> None:
    call_command("load_reference_data", stdout=StringIO())
    call_command("import_documents", settings.BASE_DIR / "corpus" / name, stdout=StringIO())


def test_the_longest_document_takes_few_queries(client: Client) -> None:
    imported("ICC-ASP-17-Res5-ENG.txt")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get("/resolutions/ICC-ASP/17/Res.5/")

    assert answer.status_code == 200
    assert len(queries) <= 15


def test_a_document_is_read_in_full(read: Ask) -> None:
    imported("ICC-ASP-16-17-ENG.txt")
    page = read("/resolutions/ICC-ASP/16/17/").content.decode()

    assert 'id="body-1"' in page
    assert 'id="annex-I-32"' in page
    assert "Holds proposed text." in page
    assert page.index("Annex I</h2>" if "Annex I</h2>" in page else "Annex I ") < page.index('id="annex-I-1"')


@pytest.mark.parametrize("written", ["ICC-ASP-20/Res.2", "ICC-ASP/20/ Res.2", "ICC-ASP/20/Res2", "icc-asp/20/res.2"])
def test_another_spelling_leads_to_the_document(client: Client, written: str) -> None:
    make_document("ICC-ASP/20/Res.2")
    answer = client.get(f"/resolutions/{written}/")

    assert answer.status_code == 301
    assert answer["Location"] == "/resolutions/ICC-ASP/20/Res.2/"


def test_a_document_that_is_not_here_names_its_neighbours(read: Ask) -> None:
    make_document("ICC-ASP/20/Res.2")
    answer = read("/resolutions/ICC-ASP/20/Res.3/")

    assert answer.status_code == 404
    assert "ICC-ASP/20/Res.2" in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/resolutions/%00/", "/resolutions/" + "x" * 500 + "/", "/sessions/0x/", "/mandates/%F0/"]
)
def test_odd_addresses_are_not_found(read: Ask, path: str) -> None:
    assert read(path).status_code == 404


def test_paragraphs_that_left_the_text_are_not_shown(read: Ask) -> None:
    document = make_document()
    make_paragraph(document, "1")
    make_paragraph(document, "2", in_text=False)
    page = read("/resolutions/ICC-ASP/20/Res.2/").content.decode()

    assert 'id="body-1"' in page
    assert 'id="body-2"' not in page


def test_list_counts_as_the_list_of_mandates_does(read: Ask) -> None:
    document = make_document()
    make_mandate(document=document)
    make_mandate(document=document, headline_status="fulfilled", outcome="fulfilled")
    make_mandate(document=document, addressees=["States"], tracked=False)
    (row,) = read("/resolutions/").context["page"].object_list

    assert (row.is_tracked, row.is_open, row.is_fulfilled) == (2, 1, 1)
    answer = read(reverse("mandates:list"), resolution=document.symbol)
    assert answer.status_code == 200


def test_list_is_filtered(read: Ask) -> None:
    make_document("ICC-ASP/20/Res.2", title="Cooperation")
    make_document("ICC-ASP/19/12", kind="report", title="Report on arrears", session=make_session(19))

    def symbols(**data: str) -> list[str]:
        return [document.symbol for document in read("/resolutions/", **data).context["page"].object_list]

    assert symbols() == ["ICC-ASP/20/Res.2", "ICC-ASP/19/12"]
    assert symbols(kind="report") == ["ICC-ASP/19/12"]
    assert symbols(session="20") == ["ICC-ASP/20/Res.2"]
    assert symbols(q="ARREARS report") == ["ICC-ASP/19/12"]
    assert symbols(q="ICC-ASP-20/Res2") == ["ICC-ASP/20/Res.2"]
    assert symbols(ordering="adopted") == ["ICC-ASP/19/12", "ICC-ASP/20/Res.2"]


@pytest.mark.parametrize(
    "data", [{"session": "99"}, {"kind": "letter"}, {"page": "x"}, {"ordering": "password"}, {"q": "\0"}]
)
def test_a_malformed_query_string_is_no_error(read: Ask, data: dict[str, str]) -> None:
    make_document()
    answer = read("/resolutions/", **data)

    assert answer.status_code == 200
    assert len(answer.context["page"].object_list) <= 1
