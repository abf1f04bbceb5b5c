"""The page of the list: what it shows, that it survives any address, and that its queries do not grow."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mandates.filters import MandateFilterSet
from mandates.models import Body, Mandate
from mandates.tests.factories import make_body, make_mandate, make_staff, make_topic
from mandates.tests.many import make_many
from resolutions.tests.factories import make_document, make_paragraph

MOST_QUERIES = 15
# For the session, the user, and what they may do.
SIGNED_IN = 4
HTMX = {"HX-Request": "true", "HX-Target": "results"}


def get(client: Client, query: str = "", **headers: str) -> str:
    """The page as text, with one blank between words."""
    response = client.get(reverse("mandates:list") + query, headers=headers)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.django_db
def test_a_row_reads_as_a_sentence(client: Client) -> None:
    paragraph = make_paragraph(make_document(), "25", text="Requests the Bureau to continue the discussions;")
    mandate = make_mandate(
        paragraph,
        topic=make_topic("Voluntary cooperation"),
        due_session=21,
        due_on="2022-12-05",
        deadlines=[{"session_number": 21}],
    )
    page = get(client)
    assert '<span class="who">Bureau</span>' in page
    assert '<span class="v">requests</span>' in page
    assert f'<a href="{mandate.get_absolute_url()}"><span class="q">to continue the discussions</span>' in page
    assert ">ICC-ASP/20/Res.2, para. 25</a>" in page
    assert "/resolutions/ICC-ASP/20/Res.2/#body-25" in page
    assert '<b>21st session</b><time datetime="2022-12-05">5 December 2022</time>' in page
    assert "Overdue" in page
    assert "<strong>1 mandate</strong> asked of Assembly bodies and Court organs in adopted text." in page


@pytest.mark.django_db
def test_words_that_were_searched_for_are_marked(client: Client) -> None:
    text = "Recalling the reports on <budgets>, requests the Bureau to continue the discussions;"
    make_mandate(make_paragraph(text=text))
    assert '<mark class="hit">discussions</mark>' in get(client, "?q=discussion")
    # A hit elsewhere in the paragraph is shown with the words around it.
    assert 'In its paragraph: Recalling the <mark class="hit">reports</mark> on &lt;budgets&gt;' in get(
        client, "?q=report"
    )


@pytest.mark.django_db
def test_everything_in_use_can_be_taken_away(client: Client) -> None:
    make_mandate()
    page = get(client, "?status=open&status=fulfilled&addressee=bureau&ordering=citation")
    assert 'href="?status=fulfilled&amp;addressee=bureau&amp;ordering=citation"><span>Status</span>Open' in page
    assert 'href="?status=open&amp;status=fulfilled&amp;ordering=citation"><span>Asked of</span>Bureau' in page
    assert "<strong>1 open or fulfilled mandate</strong> asked of Bureau" in page
    assert (
        'href="/mandates/export.csv?status=open&amp;status=fulfilled&amp;addressee=bureau&amp;ordering=citation"'
        in page
    )


@pytest.mark.django_db
def test_what_is_not_shown_is_one_choice_away(client: Client) -> None:
    make_mandate()
    make_mandate(addressees=[make_body("States Parties", Body.Category.STATE)])
    assert "Not shown: 1 that is asked of States" in get(client)
    assert 'href="?category=all"' in get(client)
    assert "Not shown" not in get(client, "?category=all")


@pytest.mark.django_db
def test_nothing_there_says_what_to_do(client: Client) -> None:
    assert "import_documents" in get(client)
    make_mandate(addressees=[make_body("States Parties", Body.Category.STATE)])
    page = get(client)
    assert "import_documents" not in page
    assert "1 fits among everyone’s mandates" in page
    page = get(client, "?q=nothing-like-it&status=open")
    assert "<strong>No open mandate</strong>" in page
    assert "without Words “nothing-like-it”" in page


@pytest.mark.django_db
def test_what_is_not_understood_is_said(client: Client) -> None:
    make_mandate()
    page = get(client, "?status=<b>&due=overdue")
    assert "status: “&lt;b&gt;” is not known here and was ignored. Known are: open, fulfilled" in page


@pytest.mark.django_db
def test_pages(client: Client) -> None:
    make_many(60)
    everyone = "?category=all"
    assert "1 to 25 of 60" in get(client, everyone)
    assert "26 to 50 of 60" in get(client, f"{everyone}&page=2")
    assert "51 to 60 of 60" in get(client, f"{everyone}&page=3")
    assert "1 to 50 of 60" in get(client, f"{everyone}&per_page=50")
    assert "1 to 60 of 60" in get(client, f"{everyone}&per_page=100")
    for last in ("4", "99999999999999999999999", "9" * 5000):
        assert "51 to 60 of 60" in get(client, f"{everyone}&page={last}")
    for first in ("0", "-1", "x", "", "1.5", "%00", "²", "1&page=x"):
        assert "1 to 25 of 60" in get(client, f"{everyone}&page={first}")
    assert "1 to 25 of 60" in get(client, f"{everyone}&per_page=1000000")


@pytest.mark.django_db
def test_pages_show_each_mandate_once(client: Client) -> None:
    mandates = make_many(60)
    for ordering in ("due", "-due", "adopted", "addressee", "status", "citation"):
        pages = "".join(get(client, f"?category=all&ordering={ordering}&page={n}") for n in (1, 2, 3))
        assert all(pages.count(f'<a href="{mandate.get_absolute_url()}"><span') == 1 for mandate in mandates)


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("?q=&status=open&as_at=&ordering=-due", "?status=open"),
        (
            "?strength=request&q=+report++on+&status=open,repeated&as_at=",
            "?q=report+on&status=open&status=repeated&strength=request",
        ),
        ("?q=&as_at=&page=2&per_page=50", "?page=2&per_page=50"),
        ("?q=", ""),
        # What is not understood stays, to be said.
        ("?status=foo&q=&x=1", "?status=foo&x=1"),
    ],
)
@pytest.mark.django_db
def test_the_address_of_a_form_is_made_short(client: Client, query: str, address: str) -> None:
    response = client.get(reverse("mandates:list") + query)
    assert response.headers["Location"] == reverse("mandates:list") + address
    assert get(client, address)


@pytest.mark.django_db
def test_the_page_names_its_address(client: Client) -> None:
    page = get(client, "?strength=request&status=Open&utm_source=mail&ordering=-due")
    assert '<link rel="canonical" href="http://testserver/mandates/?status=open&amp;strength=request">' in page


@pytest.mark.django_db
def test_a_row_can_be_cited(client: Client) -> None:
    mandate = make_mandate(make_paragraph(make_document(), "25"))
    page = get(client)
    assert "<p>ICC-ASP/20/Res.2, para. 25</p>" in page
    assert f'<p class="address">http://testserver{mandate.get_absolute_url()}</p>' in page


@pytest.mark.django_db
def test_what_was_said_again_later_is_not_told_of_the_day_before(client: Client) -> None:
    first = make_mandate(make_paragraph(make_document("ICC-ASP/20/Res.2", adopted="2021-12-09"), "25"))
    later = make_mandate(make_paragraph(make_document("ICC-ASP/20/Res.5", adopted="2021-12-11"), "7"))
    Mandate.objects.filter(pk=later.pk).update(parallel_of=first, task=first.task)
    assert "Also in" in get(client)
    assert "Also in" in get(client, "?as_at=2021-12-11")
    assert "Also in" not in get(client, "?as_at=2021-12-10")
    # Nor where the later one is the first of the set.
    Mandate.objects.filter(pk=later.pk).update(parallel_of=None)
    Mandate.objects.filter(pk=first.pk).update(parallel_of=later)
    assert "ICC-ASP/20/Res.2, para. 25" in get(client, "?as_at=2021-12-10")
    assert "Also in" not in get(client, "?as_at=2021-12-10")


@pytest.mark.django_db
def test_htmx_gets_only_what_changes(client: Client) -> None:
    make_mandate()
    response = client.get(reverse("mandates:list") + "?status=open&q=&ordering=-due&as_at=", headers=HTMX)
    page = response.content.decode()
    assert "<!doctype" not in page
    assert '<div id="results">' in page
    assert 'id="facet-status" hx-swap-oob="true"' in page
    # The address to share is the short one.
    assert response["HX-Push-Url"] == "/mandates/?status=open"
    assert "HX-Request" in response["Vary"]
    # Going back asks for the whole page.
    restored = client.get(reverse("mandates:list"), headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert "<!doctype" in restored.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "?q=%00%00",
        "?status=open%00",
        "?q=%ff%fe",
        "?status[]=open&=&&&",
        "?" + "status=open&" * 900,
        "?q=" + "a" * 3000,
        "?as_at=0000-00-00&session=0&page=%F0%9F%92%A9",
        "?addressee=%27%20OR%201=1--",
        "?topic=" + "%25" * 50,
    ],
)
def test_no_address_is_an_error(client: Client, query: str) -> None:
    make_mandate()
    get(client, query)
    get(client, query, **HTMX)
    assert client.get(reverse("mandates:export_csv") + query).status_code == 200


EVERYTHING = (
    "?q=report&status=open&status=repeated&session=21&session=25&addressee=bureau&addressee=court&category=all"
    "&topic=topic-1&topic=topic-2&strength=request&strength=decision&resolution=20/Res.2&adopted_session=20"
    "&proposed=all&ordering=addressee"
)


@pytest.mark.django_db
@pytest.mark.parametrize("staff", [False, True])
def test_queries_do_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, *, staff: bool
) -> None:
    if staff:
        client.force_login(make_staff("reader-of-lists"))
    counts: list[list[int]] = []
    for more in (10, 290):
        make_many(more)
        counts.append([])
        for query in ("", "?category=all&q=report", EVERYTHING, EVERYTHING + "&as_at=2023-01-01"):
            with django_assert_max_num_queries(MOST_QUERIES + SIGNED_IN * staff) as queries:
                get(client, query)
            counts[-1].append(len(queries))
    assert Mandate.objects.count() == 300
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_each_filter_has_its_field_in_the_form(client: Client) -> None:
    make_many(10)
    page = get(client, "?proposed=all&category=all")
    for name in MandateFilterSet.base_filters:
        assert f'name="{name}"' in page
