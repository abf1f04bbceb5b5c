"""The filter of the list: what each name and value of the query string leaves."""

import datetime

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mandates.facets import count_facets
from mandates.filters import MandateFilterSet, query_string
from mandates.models import Body, Mandate
from mandates.orderings import ORDERINGS
from mandates.tests.factories import make_body, make_link, make_mandate, make_outcome_change, make_reference, make_topic
from mandates.wording import chips, sentence
from resolutions.tests.factories import make_document, make_paragraph, make_session

TODAY = datetime.date(2026, 11, 21)


def filtered(query: str, today: datetime.date = TODAY) -> MandateFilterSet:
    return MandateFilterSet(QueryDict(query), today=today)


def labels(query: str, today: datetime.date = TODAY) -> str:
    """The labels of the mandates found, in the order of the list."""
    return " ".join(mandate.label for mandate in filtered(query, today).qs)


@pytest.fixture
def mandates(db: None) -> None:
    """Ten mandates, each with a label of its own; 2026-11-21 lies before the twenty-fifth session."""
    for number in (17, 20, 21, 25):
        make_session(number)
    make_session(26, opening_date=None)
    make_session(None, code="RC", name="Review Conference", opening_date=datetime.date(2010, 5, 31))
    resolution = make_document("ICC-ASP/20/Res.2", session=make_session(20))
    older = make_document("ICC-ASP/17/Res.5", session=make_session(17))
    report = make_document("ICC-ASP/16/17", kind="report", session=make_session(16))
    court, states = make_body("Court", Body.Category.COURT_ORGAN), make_body("States Parties", Body.Category.STATE)
    legal_aid = make_topic("Legal aid")

    def make(label: str, document=resolution, text="Requests the Bureau to report;", **fields) -> Mandate:
        proposed = fields.get("proposed", False)
        paragraph = make_paragraph(document, label, text=text, proposed=proposed)
        return make_mandate(paragraph, **({"topic": make_topic()} | fields))

    at_21 = {"due_session": 21, "due_on": datetime.date(2022, 12, 6), "deadlines": [{"session_number": 21}]}
    at_25 = {"due_session": 25, "due_on": datetime.date(2026, 12, 6), "deadlines": [{"session_number": 25}]}
    make("1", **at_21)
    make("2", **at_25)
    make("3", due_session=26, deadlines=[{"session_number": 26}], topic=legal_aid)
    make("4", addressees=[court], verb="invites", strength="invitation", text="Invites the Court to cooperate fully;")
    make("5", addressees=[states], **at_21)
    make("6", addressees=[])
    make("7", addressees=[court, states], strength="decision")
    make_outcome_change(
        make("8", older), evidence_date=datetime.date(2019, 5, 1), effective_on=datetime.date(2019, 5, 1)
    )
    repeated = make(
        "9", older, headline_status="repeated", recurring=True, due_session=25, due_on=datetime.date(2026, 12, 6)
    )
    make_link(Mandate.objects.get(label="2"), repeated)
    make("10", report, proposed=True)


@pytest.mark.usefixtures("mandates")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "3 9 2 1 8 4 7"),
        # Status and due.
        ("status=open&ordering=citation", "1 2 3 4 7"),
        ("status=fulfilled", "8"),
        ("status=repeated", "9"),
        ("status=withdrawn", ""),
        ("status=fulfilled&status=repeated&ordering=citation", "8 9"),
        ("status=fulfilled,repeated&ordering=citation", "8 9"),
        ("status=OPEN&due=overdue", "1"),
        ("due=overdue", "1"),
        ("due=next", "2"),
        ("due=next&due=overdue&ordering=citation", "1 2"),
        # Sessions.
        ("session=21", "1"),
        ("session=21&category=all&ordering=citation", "1 5"),
        ("session=25&ordering=citation", "9 2"),
        ("session=26&session=21&ordering=citation", "1 3"),
        ("session=999", ""),
        ("adopted_session=17&ordering=citation", "8 9"),
        ("adopted_session=17&adopted_session=20&status=fulfilled", "8"),
        ("adopted_session=rc", ""),
        # Bodies: choosing them, or their kind, takes the place of the usual scope.
        ("addressee=court&ordering=citation", "4 7"),
        ("addressee=Court&ordering=citation", "4 7"),
        ("addressee=states-parties&ordering=citation", "5 7"),
        ("addressee=States Parties&addressee=bureau&status=open&ordering=citation", "1 2 3 5 7"),
        ("category=court-organ&ordering=citation", "4 7"),
        ("category=Court organ&ordering=citation", "4 7"),
        ("category=state&ordering=citation", "5 7"),
        ("category=none", "6"),
        ("category=none&category=state&ordering=citation", "5 6 7"),
        ("category=all&ordering=citation", "8 9 1 2 3 4 5 6 7"),
        ("addressee=court&category=state", "7"),
        # Topic, strength, document.
        ("topic=legal-aid", "3"),
        ("topic=Legal aid", "3"),
        ("strength=invitation", "4"),
        ("strength=decision&strength=invitation&ordering=citation", "4 7"),
        ("resolution=ICC-ASP/17/Res.5&ordering=citation", "8 9"),
        ("resolution=17/res5&ordering=citation", "8 9"),
        # Proposed text.
        ("proposed=yes", "10"),
        ("proposed=no&due=overdue", "1"),
        ("proposed=all&adopted_session=16", "10"),
        ("proposed=yes&proposed=no&category=all&ordering=citation", "10 8 9 1 2 3 4 5 6 7"),
        ("proposed=yes&status=open", ""),
        # Words and symbols.
        ("q=cooperation", "4"),
        ("q=reporting -nothing&status=open&ordering=citation", "1 2 3 7"),
        ("q=17/Res.5 para 8", "8"),
        ("q=20/Res.2&due=overdue", "1"),
        ("q=", "3 9 2 1 8 4 7"),
        # Orders. Sessions without a date lie beyond those with one; what has no deadline comes last either way.
        ("ordering=-due", "3 9 2 1 8 4 7"),
        ("ordering=due", "1 9 2 3 8 4 7"),
        ("ordering=citation", "8 9 1 2 3 4 7"),
        ("ordering=-citation", "1 2 3 4 7 8 9"),
        ("ordering=adopted", "8 9 1 2 3 4 7"),
        ("ordering=-adopted", "1 2 3 4 7 8 9"),
        ("ordering=addressee", "8 9 1 2 3 4 7"),
        ("ordering=-addressee", "4 7 8 9 1 2 3"),
        ("ordering=status", "1 2 3 4 7 9 8"),
        ("ordering=-status", "8 9 3 4 7 2 1"),
    ],
)
def test_what_is_found(query: str, expected: str) -> None:
    assert labels(query) == expected


@pytest.mark.usefixtures("mandates")
def test_as_at_a_day() -> None:
    assert labels("as_at=2019-04-30&ordering=citation") == "8 9"
    assert labels("as_at=2019-04-30&status=fulfilled") == ""
    assert labels("as_at=2019-05-01&status=fulfilled") == "8"
    # Repeated only since the later resolution, overdue only since the session opened.
    assert labels("as_at=2019-05-01&status=open") == "9"
    assert labels("as_at=2022-01-01&status=repeated") == "9"
    assert labels("as_at=2022-12-06&due=overdue") == ""
    assert labels("as_at=2022-12-07&due=overdue") == "1"
    assert labels("as_at=2022-12-06&due=next") == "1"
    assert labels("as_at=2002-01-01") == ""


@pytest.mark.django_db
def test_words_of_a_subparagraph_belong_to_its_chapeau() -> None:
    chapeau = make_paragraph(label="16", text="Encourages strengthening by:")
    child = make_paragraph(label="16(a)", text="providing lists;", parent=chapeau)
    make_paragraph(label="16(a)(i)", text="of specialists;", parent=child)
    own = make_paragraph(label="16(b)", text="requests the Registry to translate;", parent=chapeau)
    make_mandate(chapeau)
    make_mandate(own)
    assert labels("q=providing") == "16"
    assert labels("q=specialist") == "16"
    assert labels("q=translating") == "16(b)"


@pytest.mark.django_db
def test_a_document_that_was_not_read_is_found_where_it_is_cited() -> None:
    first, second = make_paragraph(label="1"), make_paragraph(label="2", text="Requests the Court to report;")
    for paragraph in (first, second):
        make_mandate(paragraph)
    make_reference(first, "ICC-ASP/19/Res.2", cited_paragraph="37")
    make_reference(second, "ICC-ASP/19/Res.2")
    make_reference(second, "ICC-ASP/20/Res.2")
    assert labels("q=19/Res2") == "1 2"
    assert labels("q=19/Res2 court") == "2"
    assert labels("q=19/Res.2 para 37") == "1"
    # One that was read is not.
    assert labels("q=20/Res.2") == "1 2"
    assert labels("q=20/Res.2 para 1") == "1"


@pytest.mark.usefixtures("mandates")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("status=foo", ["status", "“foo”", "open, fulfilled, withdrawn, repeated"]),
        ("status=foo&status=open", ["“foo”"]),
        ("due=tomorrow", ["due", "overdue, next"]),
        ("session=x", ["session", "“x”"]),
        ("session=-1", ["“-1”"]),
        ("session=99999999999999999999", ["“99999999999999999999”"]),
        ("category=planets", ["category", "assembly-body"]),
        ("strength=strong", ["strength", "decision"]),
        ("proposed=maybe", ["proposed", "yes"]),
        ("ordering=random", ["ordering", "-due"]),
        ("as_at=yesterday", ["as_at", "2021-12-09"]),
        ("as_at=2021-13-45", ["as_at"]),
        ("addressee=nobody-i-know", ["addressee", "nothing here is called", "Asked of"]),
        ("topic=none-such", ["topic"]),
        ("resolution=ICC-ASP/99/Res.1", ["resolution", "ICC-ASP/99/Res.1"]),
        ("adopted_session=xx", ["adopted_session"]),
        ("stauts=open", ["stauts", "status"]),
        ("q=-report", ["q", "name a word"]),
        ("q=!!!", ["q"]),
        ("status=" + "x" * 5000, ["…"]),
    ],
)
def test_what_is_not_understood_is_said(query: str, said: list[str]) -> None:
    texts = " ".join(str(notice.text) for notice in filtered(query).notices)
    for words in said:
        assert words in texts
    assert len(texts) < 1000


@pytest.mark.usefixtures("mandates")
def test_what_is_not_understood_does_not_narrow() -> None:
    everything = labels("ordering=citation")
    for query in ("status=foo", "due=x", "session=x", "strength=x", "category=x", "proposed=x", "as_at=x", "q=-a"):
        assert labels(f"{query}&ordering=citation") == everything
    assert labels("status=foo&status=fulfilled") == "8"
    # A name that nothing here has finds nothing: it is no slip of the pen but an answer.
    assert labels("addressee=nobody-i-know") == labels("resolution=ICC-ASP/99/Res.1") == labels("topic=x") == ""
    assert labels("addressee=nobody-i-know&addressee=court&ordering=citation") == "4 7"


@pytest.mark.parametrize("query", ["utm_source=mail", "page=2&per_page=50", "status=open&q=report", ""])
@pytest.mark.django_db
def test_nothing_is_said_where_all_is_understood(query: str) -> None:
    assert filtered(query).notices == []


@pytest.mark.usefixtures("mandates")
def test_the_query_string_has_one_form() -> None:
    filterset = filtered(
        "ordering=-due&status=Open&status=open&resolution=20/res2&page=7&status=foo&q=%20a%20%20b&due="
    )
    assert query_string(filterset.pairs()) == "?q=a+b&status=open&resolution=ICC-ASP%2F20%2FRes.2"
    assert query_string(filtered("addressee=x").pairs()) == "?addressee=x"
    assert query_string([]) == "?"


@pytest.mark.django_db
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([("as_at", "9999-12-31")])
@example([("as_at", "0001-01-01"), ("due", "next")])
@example([("q", "\x00"), ("addressee", "\x00"), ("resolution", "a\x00b")])
@example([("session", "٣"), ("session", "²"), ("adopted_session", "9" * 5000)])
@example([("status", "open")] * 2000)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*MandateFilterSet.base_filters, "page", "x"]),
            st.one_of(
                st.text(max_size=30),
                st.sampled_from(["open", "overdue", "next", "21", "all", "none", "yes", "2021-12-09", *ORDERINGS]),
            ),
        ),
        max_size=12,
    )
)
def test_no_query_string_is_an_error(pairs: list[tuple[str, str]]) -> None:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    filterset = MandateFilterSet(data, today=TODAY)
    list(filterset.qs[:5])
    facets = count_facets(filterset)
    assert sentence(filterset, facets)
    assert all(str(notice.text) for notice in filterset.notices)
    # What it says of itself leads to the same list.
    again = MandateFilterSet(QueryDict(query_string(filterset.pairs()).removeprefix("?")), today=TODAY)
    assert again.pairs() == filterset.pairs()
    assert len(chips(filterset)) == len(
        [name for name, _value in filterset.pairs() if name not in ("ordering", "columns")]
    )
