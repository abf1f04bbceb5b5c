"""Where a symbol that was typed leads."""

import pytest

from resolutions.destinations import Destination, destination_of, documents_meant
from resolutions.models import KnownDocument
from resolutions.tests.factories import make_document, make_paragraph

pytestmark = pytest.mark.django_db
URL = "/resolutions/ICC-ASP/20/Res.2/"


@pytest.fixture(autouse=True)
def documents() -> None:
    document = make_document("ICC-ASP/20/Res.2")
    make_paragraph(document, "", key="body/preamble.1", kind="preambular")
    for label in ("3", "3(a)", "25"):
        make_paragraph(document, label, key=f"body/{label}")
    for label in ("3", "7"):
        make_paragraph(document, label, key=f"annex-I/{label}", part="annex I")
    make_paragraph(document, "7", key="annex-II/7", part="annex II")
    make_paragraph(document, "", key="annex-II/preamble.1", part="annex II")
    make_paragraph(document, "26", key="body/26", in_text=False)
    KnownDocument.objects.create(symbol="ICC-ASP/13/Res.3", title="Cooperation", session_code="13")


@pytest.mark.parametrize(
    ("typed", "anchor"),
    [
        ("20/Res.2", ""),
        ("icc-asp-20/res2", ""),
        ("20/Res.2/Rev.1", ""),
        ("20/Res.2 para 25", "#body-25"),
        ("Res.2 of the 20th session, para 3", "#body-3"),
        ("20/Res.2 3 (a)", "#body-3-a"),
        ("20/Res.2 annex I 3", "#annex-I-3"),
        ("20/Res.2 annex I", "#annex-I-3"),
        ("20/Res.2 PP1", "#body-preamble.1"),
        ("20/Res.2, annex II, preamble, paragraph 1", "#annex-II-preamble.1"),
    ],
)
def test_a_place_that_is_there(typed: str, anchor: str) -> None:
    assert destination_of(typed) == Destination(URL + anchor, "ICC-ASP/20/Res.2")


@pytest.mark.parametrize(
    ("typed", "missing", "instead"),
    [
        ("20/Res.2 para 250", "para. 250", ""),
        ("20/Res.2 para 26", "para. 26", ""),
        ("20/Res.2 para 3(z)", "para. 3(z)", f"{URL}#body-3"),
        ("20/Res.2 annex V", "annex V", ""),
        ("20/Res.2 annex I 3(b)", "annex I, para. 3(b)", f"{URL}#annex-I-3"),
        ("20/Res.2 pp9", "preamble, paragraph 9", ""),
    ],
)
def test_a_place_that_is_not_there(typed: str, missing: str, instead: str) -> None:
    assert destination_of(typed) == Destination(URL, "ICC-ASP/20/Res.2", missing, instead)


def test_a_number_that_several_annexes_have() -> None:
    assert destination_of("20/Res.2 para 7") == Destination(f"{URL}#annex-I-7", "ICC-ASP/20/Res.2", ambiguous=True)


def test_what_is_known_and_not_read() -> None:
    assert destination_of("13/res3 para 4") == Destination("/resolutions/ICC-ASP/13/Res.3/", "ICC-ASP/13/Res.3")


@pytest.mark.parametrize("typed", ["", "cooperation", "20/Res.99", "Res.2", "20/Res.2 cooperation", '"20/Res.2"'])
def test_what_leads_nowhere(typed: str) -> None:
    assert destination_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Res.2 para 3", ["ICC-ASP/20/Res.2 para 3"]),
        ("resolution 3", ["ICC-ASP/13/Res.3"]),
        ("20/Res.22", ["ICC-ASP/20/Res.2"]),
        ("ICC-ASP/13/Res.4", ["ICC-ASP/13/Res.3"]),
        ("cooperation", []),
        ("", []),
        ("Res.99", []),
    ],
)
def test_what_may_be_meant(typed: str, meant: list[str]) -> None:
    assert [each.written for each in documents_meant(typed)][: len(meant) or None] == meant
