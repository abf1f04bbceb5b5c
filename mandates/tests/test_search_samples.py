"""Word search over the sample documents: the same paragraphs in the same order on every database."""

import pytest

from mandates.services.importing import document_import
from mandates.tests.imports import CORPUS, bring, edited
from resolutions.models import Paragraph
from resolutions.search import search
from resolutions.tests.golden import GoldenCheck

pytestmark = pytest.mark.django_db

QUERIES = [
    "cooperation", "report AND (Registrar OR Registry)", '"State Party" OR "non-cooperation"', "legal aid -victims",
    "elect*", "arrears OR (budget “working group”)", "20/Res.2 para 40", "universality (invites OR calls) NOT court",
    "17/Res.5 annex I, 3(b)", "ICC-ASP/16/17 facilitat*", "CÔTE OR côte OR contributions", "the with", "possibly",
]  # fmt: skip


def test_the_samples_are_found_alike_on_every_database(golden: GoldenCheck) -> None:
    for path in sorted(CORPUS.glob("*.txt")):
        document_import(name=path.name, data=path.read_bytes())
    everything = Paragraph.objects.select_related("document").order_by("document__symbol", "position")
    found = {query: [f"{row.document.symbol} {row.key}" for row in search(everything, query)] for query in QUERIES}
    assert all(found.values())
    golden("search", "samples", found)


def test_the_index_follows_a_new_text_of_a_document() -> None:
    bring()
    assert not search(Paragraph.objects.all(), "zebra").exists()
    bring(edited(("15. *Calls upon*", "15. *Calls upon* zebras and")))
    assert search(Paragraph.objects.all(), "zebra").get().key == "body/15"
