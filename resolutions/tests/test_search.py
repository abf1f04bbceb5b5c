"""Word search: what each database answers, held to one table and to what Python finds."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolutions.finding.hits import hit_spans, is_met
from resolutions.finding.query import parse_query
from resolutions.models import Paragraph
from resolutions.search import search
from resolutions.tests.factories import make_document, make_paragraph, make_session

TEXTS = {
    "1": "Requests the Bureau to report on cooperation with the Court to the Assembly at its twenty-first session;",
    "2": "Welcomes the Court’s reports, and encourages States to cooperate fully in accordance with ICC-ASP/19/Res.2;",
    "3": "Invites the Presidency to consider cost-effective technologies, if possible, at no cost;",
    "4": "Requests the facilitator from Côte d’Ivoire, Mr. Núñez, to be reporting as soon as is possibly feasible;",
    "5": "Notes the 66 recommendations of 2007 (“the recommendations”), ICC-ASP/6/Res.2, annex II;",
    "6": "Urges the Registrar: the properly budgeted proper budget; x = 1 & y <> 2;",
}

ANSWERS = [
    # Every word must be there, in any form.
    ("report", "1 2 4"),
    ("REPORTED", "1 2 4"),
    ("court report", "1 2"),
    ("court AND report", "1 2"),
    ("cooperation", "1 2"),
    ("cooperate", "1 2"),
    ("technology", "3"),
    ("possible", "3 4"),
    ("proper", "6"),
    ("nothing-like-it", ""),
    # Words that other indexes drop count.
    ("the with", "1 2"),
    ("as", "4"),
    ("a", ""),
    ("is", "4"),
    ("no", "3"),
    # Accents, typographic signs, hyphens, numbers.
    ("cote d'ivoire", "4"),
    ("CÔTE", "4"),
    ("nunez", "4"),
    ("Nu\u0301n\u0303ez", "4"),
    ("court's", "2"),
    ("Court’s", "2"),
    ("cost-effective", "3"),
    ("cost effective", "3"),
    ("effective-cost", ""),
    ("twenty first", "1"),
    ("66", "5"),
    ("6", "5"),
    # Phrases.
    ('"cooperation with the court"', "1"),
    ("“cooperation with the court”", "1"),
    ('"court with the cooperation"', ""),
    ('"the recommendations"', "5"),
    ('"cooperation with', "1"),
    # OR, NOT, minus.
    ("presidency OR registrar", "3 6"),
    ("bureau court OR presidency", "1 3"),
    ("report -court", "4"),
    ("report NOT court", "4"),
    ('report -"to the Assembly"', "2 4"),
    ("report -court -facilitator", ""),
    ("report OR -court", "1 2 4"),
    ("OR report OR", "1 2 4"),
    ("AND report AND", "1 2 4"),
    ("report NOT", "1 2 4"),
    # Brackets, beginnings.
    ("(presidency OR registrar) (cost OR budget)", "3 6"),
    ("report -(court OR facilitator)", ""),
    ("report -(court facilitator)", "1 2 4"),
    ("(report OR invites) -(court facilitator) -welcomes", "1 3 4"),
    ("report (court OR NOT facilitator)", "1 2"),
    ("facilit*", "4"),
    ("report*", "1 2 4"),
    ("reporti*", "4"),
    ("co* -court", "3 4"),
    ("núñ*", "4"),
    # Signs that mean something to one database or the other mean nothing here.
    ("report:A & (court | !bureau)", ""),
    ("NEAR(report court)", ""),
    ("text:report", ""),
    ("^report", "1 2 4"),
    ("{report}", "1 2 4"),
    ("report <-> on", "1"),
    # A symbol of a document that is not there finds nothing but itself.
    ("ICC-ASP/9/Res.9", ""),
]


@pytest.fixture
def paragraphs(db: None) -> None:
    document = make_document("ICC-ASP/20/Res.2")
    for label, text in TEXTS.items():
        make_paragraph(document, label, text=text)


@pytest.mark.usefixtures("paragraphs")
@pytest.mark.parametrize(("query", "labels"), ANSWERS)
def test_answers(query: str, labels: str) -> None:
    found = search(Paragraph.objects.all(), query).values_list("label", flat=True)
    assert sorted(found) == labels.split()


@pytest.mark.usefixtures("paragraphs")
def test_the_index_follows_every_change() -> None:
    paragraph = Paragraph.objects.get(label="3")
    paragraph.text = "Invites the Presidency to consider premises;"
    paragraph.save()
    assert not search(Paragraph.objects.all(), "technology").exists()
    assert search(Paragraph.objects.all(), "premises").get() == paragraph

    Paragraph.objects.bulk_create(
        [Paragraph(document=paragraph.document, key="body/9", label="9", part="body", position=9, text="Of arrears")]
    )
    assert search(Paragraph.objects.all(), "arrear").get().label == "9"

    Paragraph.objects.filter(pk=paragraph.pk).update(position=77)
    assert search(Paragraph.objects.all(), "premises").get() == paragraph

    paragraph.delete()
    assert not search(Paragraph.objects.all(), "premises").exists()


@pytest.mark.usefixtures("paragraphs")
def test_search_gives_a_queryset_like_any_other() -> None:
    found = search(Paragraph.objects.filter(label__in=["1", "3", "4"]).order_by("-label"), "report")
    assert [paragraph.label for paragraph in found[:5]] == ["4", "1"]
    assert found.count() == 2
    assert (found | Paragraph.objects.filter(label="3")).count() == 3
    assert found.exclude(pk__in=search(Paragraph.objects.all(), "court")).count() == 1


@pytest.mark.parametrize("query", ["", "   ", "-report", "NOT report", '""', "!!!", "- -", "OR", "\x00", "-", '"-"'])
@pytest.mark.usefixtures("paragraphs")
def test_a_query_that_asks_for_nothing_narrows_nothing(query: str) -> None:
    assert not parse_query(query)
    assert search(Paragraph.objects.all(), query).count() == len(TEXTS)


@pytest.mark.django_db
def test_symbols_find_their_paragraphs() -> None:
    resolution = make_document("ICC-ASP/17/Res.5", session=make_session(17))
    other = make_document("ICC-ASP/20/Res.2")
    for document, part, label in [
        (resolution, "body", "3"),
        (resolution, "body", "3(a)"),
        (resolution, "body", "30"),
        (resolution, "annex I", "3"),
        (other, "body", "3"),
    ]:
        text = "Requests the Bureau to report on ICC-ASP/17/Res.5;"
        make_paragraph(document, label, part=part, text=text)

    def found(query: str) -> list[str]:
        rows = search(Paragraph.objects.order_by("document__symbol", "position"), query)
        return [f"{paragraph.document.symbol} {paragraph.part} {paragraph.label}" for paragraph in rows]

    assert found("17/res5 para 3") == ["ICC-ASP/17/Res.5 body 3", "ICC-ASP/17/Res.5 body 3(a)"]
    assert found("17/Res.5 annex I 3") == ["ICC-ASP/17/Res.5 annex I 3"]
    assert len(found("ICC-ASP/17/Res.5")) == 4
    assert len(found("ICC-ASP/17/Res.5 20/Res.2")) == 5
    assert len(found("ICC-ASP/17/Res.5 bureau")) == 4
    assert found("ICC-ASP/17/Res.5 presidency") == []
    # In quotation marks a symbol is words: who cites it.
    assert len(found('"ICC-ASP/17/Res.5"')) == 5


WORDS = ["report", "Reports", "court", "Côte", "法院", "mc²", "ſtate", "a", "co-op", "😀", "the", "３", "Straße"]
SIGNS = [
    *('"', "-", "(", ")", "*", ":", "^", "'", "\\", "%", "&", "|", "!", "<->", "--", ";", "\x00", "\u00ad", "\u202e"),
    *("OR", "AND", "NOT", "NEAR(", "20/Res.2", "para 3", " ", " ", " "),
]
ODD = [
    'foo" AND (bar*', '"' * 299, "a " * 150, "(" * 300, "(a OR -(" * 37, "-a " * 100, "a OR " * 60, "a" * 5000,
    "a* " * 100, "NOT NOT NOT a NEAR b : ^ * {} \\ ' % %s ; --", "'; DROP TABLE resolutions_paragraph; --", "%00",
    "\ud800", "x" * 10_000, "search_index : report", "NEAR(report court, 5)", "report <2> court:*", "محكمة OR 法院",
    "🙂 report", "\u202ereport",
]  # fmt: skip
queries = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDS + SIGNS), max_size=14).map(" ".join))


@pytest.mark.django_db
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=queries, texts=st.tuples(*[st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)] * 3))
def test_the_database_finds_what_python_finds(query: str, texts: tuple[str, ...]) -> None:
    document = make_document("ICC-ASP/20/Res.2")
    Paragraph.objects.all().delete()
    for label, text in enumerate(texts):
        make_paragraph(document, str(label), text=text)
    parsed = replace(parse_query(query), places=())
    found = search(Paragraph.objects.order_by("label"), parsed)
    expected = [paragraph for paragraph in Paragraph.objects.order_by("label") if is_met(paragraph.text, parsed)]
    assert list(found) == (expected if parsed else list(Paragraph.objects.order_by("label")))
    for paragraph in expected:
        assert hit_spans(paragraph.text, parsed)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ODD, ids=lambda query: query[:20].encode("unicode_escape").decode())
def test_no_query_is_an_error(query: str) -> None:
    make_paragraph(text="Reports of the Court")
    parsed = parse_query(query)
    list(search(Paragraph.objects.all(), parsed)[:5])
    hit_spans("Reports of the Court", parsed)
