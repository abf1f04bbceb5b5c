"""The document that somebody means."""

import pytest

from resolutions.lookup import documents_asked, near_documents
from resolutions.models import KnownDocument
from resolutions.tests.factories import make_document

pytestmark = pytest.mark.django_db

ASKED = [
    ("ICC-ASP/20/Res.2", "ICC-ASP/20/Res.2", ""),
    ("20/res2", "ICC-ASP/20/Res.2", ""),
    (" icc-asp-20/Res. 2 ", "ICC-ASP/20/Res.2", ""),
    ("ICC-ASP/20/Res.2, para. 3", "ICC-ASP/20/Res.2", ""),
    ("ICC-ASP/20/Res.2, body", "ICC-ASP/20/Res.2", "body"),
    ("20/Res.2/Rev.1", "ICC-ASP/20/Res.2", ""),
    ("16/17", "ICC-ASP/16/17", ""),
    ("ICC-ASP/16/17 Annex ii", "ICC-ASP/16/17", "annex II"),
    ("16/17, annex I, appendix", "ICC-ASP/16/17", "annex I appendix"),
    ("A/RES/73/7", "A/RES/73/7", ""),
]


@pytest.mark.parametrize(("written", "symbol", "part"), ASKED)
def test_any_spelling(written: str, symbol: str, part: str) -> None:
    make_document(symbol)
    (asked,) = documents_asked(written)
    assert asked.document and (asked.symbol, asked.part, asked.document.symbol) == (symbol, part, symbol)


@pytest.mark.parametrize("written", ["", "cooperation", "20/Res.3", "\0", "x" * 3000, "annex I", "/" * 50])
def test_what_is_not_here(written: str) -> None:
    make_document()
    (asked,) = documents_asked(written)
    assert asked.document is None and asked.known is None


def test_what_is_known_and_not_read() -> None:
    KnownDocument.objects.create(symbol="ICC-ASP/13/Res.3", title="Cooperation")
    (asked,) = documents_asked("13/res.3")
    assert asked.document is None and asked.known and asked.symbol == "ICC-ASP/13/Res.3"


def test_neighbours() -> None:
    make_document("ICC-ASP/20/Res.2", title="Resolution on Cooperation")
    make_document("ICC-ASP/20/Res.7", title="Premises")
    assert near_documents("ICC-ASP/20/Res.3")[0].symbol.startswith("ICC-ASP/20/Res.")
    assert [each.symbol for each in near_documents("premises of")] == ["ICC-ASP/20/Res.7"]
    assert near_documents("") == [] and near_documents("%%%") == []
