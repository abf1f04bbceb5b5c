"""Word search: one table of queries and answers, the same on every database."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from resolutions.models import Paragraph
from resolutions.search import Citation, SearchQuery, hit_spans, parse_query, search, words_of
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
    # Signs that mean something to one database or the other mean nothing here.
    ("report*", "1 2 4"),
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

    Paragraph.objects.filter(pk=paragraph.pk).update(text="Invites the Presidency to consider elections;")
    assert search(Paragraph.objects.all(), "election").get() == paragraph

    Paragraph.objects.bulk_create(
        [Paragraph(document=paragraph.document, key="body/9", label="9", part="body", position=9, text="Of arrears")]
    )
    assert search(Paragraph.objects.all(), "arrear").get().label == "9"

    paragraph.delete()
    assert not search(Paragraph.objects.all(), "elections").exists()


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


def test_what_is_said_about_a_query() -> None:
    assert parse_query("-report").only_negative
    assert not parse_query("report -court").only_negative
    assert parse_query("report " * 100).too_long
    assert parse_query("report OR -court").only_negative


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("20/Res.2", Citation("ICC-ASP/20/Res.2")),
        ("ICC-ASP/20/Res.2", Citation("ICC-ASP/20/Res.2")),
        ("icc-asp/20/res.2", Citation("ICC-ASP/20/Res.2")),
        ("ICC-ASP-18/Res.3", Citation("ICC-ASP/18/Res.3")),
        ("ICC-ASP/19/ Res.7", Citation("ICC-ASP/19/Res.7")),
        ("ICC-ASP/15/Res5", Citation("ICC-ASP/15/Res.5")),
        ("ICC-ASP/12/Res. 3", Citation("ICC-ASP/12/Res.3")),
        ("20/res2", Citation("ICC-ASP/20/Res.2")),
        ("RC/Dec.2", Citation("RC/Decl.2")),
        ("rc/res.6", Citation("RC/Res.6")),
        ("ICC-ASP/16/17", Citation("ICC-ASP/16/17")),
        ("20/Res.2 para 25", Citation("ICC-ASP/20/Res.2", "", "25")),
        ("20/Res.2, para. 25", Citation("ICC-ASP/20/Res.2", "", "25")),
        ("ICC-ASP/20/Res.2, paragraph 25", Citation("ICC-ASP/20/Res.2", "", "25")),
        ("20/Res.2 §25", Citation("ICC-ASP/20/Res.2", "", "25")),
        ("20/Res.2 OP25", Citation("ICC-ASP/20/Res.2", "", "")),
        ("20/Res.2 25", Citation("ICC-ASP/20/Res.2", "", "25")),
        ("20/Res.2 p. 3 (b)", Citation("ICC-ASP/20/Res.2", "", "3(b)")),
        ("17/Res.5, annex I, para. 3(b)", Citation("ICC-ASP/17/Res.5", "annex I", "3(b)")),
        ("ICC-ASP/16/17, annex i, 32", Citation("ICC-ASP/16/17", "annex I", "32")),
        ("ICC-ASP/17/Res.5 annex I appendix 7", Citation("ICC-ASP/17/Res.5", "annex I appendix", "7")),
    ],
)
def test_symbols_in_any_spelling(query: str, expected: Citation) -> None:
    assert parse_query(query).citations == (expected,)


@pytest.mark.parametrize("query", ['"20/Res.2"', "-20/Res.2", "1920/Res.2", "and/or 16/17", "2016/17", "20/Res.2x"])
def test_what_is_no_symbol(query: str) -> None:
    assert parse_query(query).citations == ()


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


@pytest.mark.django_db
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example('foo" AND (bar*')
@example('"' * 299)
@example("a " * 150)
@example("(" * 300)
@example("-a " * 100)
@example("a OR " * 60)
@example("a" * 5000)
@example("NOT NOT NOT a NEAR b : ^ * {} \\ ' % %s ; --")
@given(
    st.one_of(
        st.text(max_size=400),
        st.lists(
            st.sampled_from(
                ['"', "-", "OR", "AND", "NOT", "report", "é", "(", ")", "*", ":", "'", "\\", "20/Res.2", " "]
            )
        ).map("".join),
        st.lists(st.sampled_from(["OR", "AND", "NOT", "-a", '"b c"', "report", "para 3", "ICC-ASP/1/Res.1"])).map(
            " ".join
        ),
    )
)
def test_no_query_is_an_error(query: str) -> None:
    parsed = parse_query(query)
    list(search(Paragraph.objects.all(), parsed)[:5])
    hit_spans(query, parsed)


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("to report on reports", "reporting", ["report", "reports"]),
        ("Côte d’Ivoire", "cote", ["Côte"]),
        ("the Court reports; reports of the Court", '"reports of"', ["reports of"]),
        ("cost-effective, at no cost", "cost-effective", ["cost-effective"]),
        ("a Nu\u0301n\u0303ez b", "nunez", ["Nu\u0301n\u0303ez"]),
        ("the Court reports", "court -report", ["Court"]),
        ("nothing", "20/Res.2", []),
        ("abc", "", []),
    ],
)
def test_hits_are_found_again(text: str, query: str, hits: list[str]) -> None:
    assert [text[start:end] for start, end in hit_spans(text, parse_query(query))] == hits


def test_words() -> None:
    assert [word for _start, _end, word in words_of("Núñez’s 3(b), E=mc²")] == ["nunez", "s", "3", "b", "e", "mc"]
    assert SearchQuery() == parse_query("?")
