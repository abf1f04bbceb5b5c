"""The queue of suggestions and their boxes on a mandate's page: who is let in, what they show, what their forms do."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.actions.suggestions import DismissSuggestion
from mandates.models import BulkDecision, LineageDecision, Mandate, OutcomeChange, Suggestion
from mandates.tests.factories import make_mandate, make_staff, make_suggestion, make_user
from resolutions.tests.factories import make_document, make_paragraph, make_session

pytestmark = pytest.mark.django_db

QUEUE = "/review/suggestions/"
SAID = "Welcomes the report of the Bureau on cooperation, and decides <to> remain seized;"
QUOTED = "Welcomes the report of the Bureau on cooperation"


def mandate_of(session: int = 20, body: str = "Bureau") -> Mandate:
    document = make_document(f"ICC-ASP/{session}/Res.2", session=make_session(session))
    paragraph = make_paragraph(document, text=f"Requests the {body} to report on matter {session};")
    return make_mandate(paragraph, addressees=[body])


def suggest(mandate: Mandate | None = None, **fields: Any) -> Suggestion:
    paragraph = make_paragraph(make_document("ICC-ASP/22/Res.4", session=make_session(22)), text=SAID)
    values: dict[str, Any] = {
        "paragraph": paragraph, "start": 0, "end": len(QUOTED), "quotation": QUOTED,
        "source": f"ICC-ASP/22/Res.4 {paragraph.key}",
    }  # fmt: skip
    return make_suggestion(mandate or mandate_of(), **(values | fields))


@pytest.fixture
def staff(client: Client) -> Any:
    user = make_staff()
    client.force_login(user)
    return user


def content(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def choice(suggestion: Suggestion, version: int = 0) -> str:
    return f"{suggestion.pk}:{version}"


def send_many(client: Client, data: dict[str, Any]) -> BulkDecision:
    """Look at what a decision would do, and send it."""
    seal = client.post(QUEUE, data).context["seal"]
    bulk: BulkDecision = client.post(QUEUE, data | {"sure": "yes", "seal": seal}, follow=True).context["bulk"]
    return bulk


@pytest.mark.parametrize("person", [None, {}, {"is_staff": True}, {"may_import": True}])
def test_only_for_those_who_may_decide(client: Client, person: dict[str, Any] | None) -> None:
    suggestion = suggest()
    if person is not None:
        client.force_login(make_user("someone", **person))
    for path in (QUEUE, f"{QUEUE}{suggestion.pk}/"):
        for method in (client.get, client.post):
            answer = method(path, {"do": "confirm", "suggestion": choice(suggestion), "version": "0", "sure": "yes"})
            if person is None:
                assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/?next=/review/")
            else:
                assert answer.status_code == 403
    assert not LineageDecision.objects.exists() and not OutcomeChange.objects.exists()


def test_everybody_sees_what_a_document_says_and_only_staff_can_decide(client: Client) -> None:
    suggestion = suggest()
    page = content(client.get(suggestion.mandate.get_absolute_url()))
    assert f'<mark class="m-said">{QUOTED}</mark>, and decides &lt;to&gt; remain' in page
    assert suggestion.sentence in page and suggestion.paragraph is not None
    assert f'href="/resolutions/ICC-ASP/22/Res.4/#body-{suggestion.paragraph.label}"' in page
    assert "Confirm as evidence" not in page
    client.force_login(make_staff())
    assert "Confirm as evidence" in content(client.get(suggestion.mandate.get_absolute_url()))


def test_confirming_on_the_mandates_page_leads_back_to_it(client: Client, staff: Any) -> None:
    suggestion = suggest()
    answer = client.post(f"{QUEUE}{suggestion.pk}/", {"do": "confirm", "version": "0", "back": "mandate"}, follow=True)
    assert answer.redirect_chain == [(suggestion.mandate.get_absolute_url(), 302)]
    page = content(answer)
    assert "Confirmed, and marked fulfilled." in page and "What later documents say" not in page
    assert "st-fulfilled" in page and QUOTED in OutcomeChange.objects.get().note


def test_one_after_the_other(client: Client, staff: Any) -> None:
    first, second = suggest(), suggest(mandate_of(19, "Court"))
    page = content(client.get(f"{QUEUE}{first.pk}/"))
    assert "1 of 2" in page and f'rel="next" href="{QUEUE}{second.pk}/"' in page
    answer = client.post(f"{QUEUE}{first.pk}/", {"do": "dismiss", "version": "0", "note": "Of another body."})
    assert answer["Location"] == f"{QUEUE}{second.pk}/"
    first.refresh_from_db()
    assert (first.state, first.decisions.get().note) == ("dismissed", "Of another body.")
    page = content(client.get(f"{QUEUE}{first.pk}/?state=dismissed"))
    assert "Take the decision back" in page and "Of another body." in page
    assert client.post(f"{QUEUE}{second.pk}/", {"do": "confirm", "version": "0"})["Location"] == QUEUE
    assert "Nothing waits." in content(client.get(QUEUE))


def test_what_somebody_else_decided_is_said_and_nothing_is_written(client: Client, staff: Any) -> None:
    suggestion = suggest()
    DismissSuggestion(suggestion=suggestion, version=0).execute(make_staff("another"))
    answer = client.post(f"{QUEUE}{suggestion.pk}/", {"do": "confirm", "version": "0"})
    assert answer.status_code == 409 and "another decided about this suggestion" in content(answer)
    answer = client.post(f"{QUEUE}{suggestion.pk}/", {"do": "confirm", "version": "x"})
    assert answer.status_code == 422
    assert client.post(f"{QUEUE}{suggestion.pk}/", {"do": "nonsense", "version": "1"}).status_code == 404
    assert not OutcomeChange.objects.exists()


def test_many_at_once_are_first_shown_with_what_would_change(client: Client, staff: Any) -> None:
    first, second = suggest(), suggest(mandate_of(19, "Court"))
    again = suggest(first.mandate, source="ICC-ASP/22/12", reason="registered")
    chosen = {"do": "confirm", "suggestion": [choice(each) for each in (first, second, again)]}
    page = content(client.post(QUEUE, chosen))
    assert "Confirm 2 suggestions?" in page and page.count("Open, then Fulfilled") == 2
    assert "What will not, and why" in page and "Another one here answers the same mandate." in page
    assert not OutcomeChange.objects.exists() and not LineageDecision.objects.exists()
    bulk = send_many(client, chosen | {"note": "Seen."})
    assert (bulk.kind, bulk.done, bulk.refused) == ("confirm_suggestion", 2, 1)
    assert set(Mandate.objects.values_list("headline_status", flat=True)) == {"fulfilled"}
    again.refresh_from_db()
    assert again.state == "waiting" and not Suggestion.objects.waiting().exists()
    assert "Select the suggestions" in content(client.post(QUEUE, {"do": "confirm"}, follow=True))


def test_a_dismissal_of_many_is_taken_back(client: Client, staff: Any) -> None:
    suggestions = [suggest(), suggest(mandate_of(19, "Court"))]
    send_many(client, {"do": "dismiss", "suggestion": [choice(each) for each in suggestions]})
    assert "2 suggestions" in content(client.get(f"{QUEUE}?state=dismissed"))
    send_many(client, {"do": "restore", "suggestion": [choice(each, 1) for each in suggestions]})
    assert Suggestion.objects.waiting().count() == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?body=court", 1),
        ("?session=20", 1),
        ("?reason=welcomed", 2),
        ("?reason=pursuant", 0),
        ("?state=confirmed", 0),
        ("?state=nonsense&body=zzz&reason=q", 2),
    ],
)
def test_filters(client: Client, staff: Any, query: str, found: int) -> None:
    suggest()
    suggest(mandate_of(19, "Court"))
    answer = client.get(QUEUE + query)
    assert answer.context["page"].paginator.count == found
    assert ("No suggestion is like that." in content(answer)) == (query == "?reason=pursuant")


def test_queries_do_not_grow(client: Client, staff: Any) -> None:
    counts = []
    for more in (2, 10):
        for _ in range(more):
            suggest(mandate_of())
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_text_that_changed_since_is_not_marked(client: Client, staff: Any) -> None:
    suggestion = suggest(state="dismissed", quotation="Other words of an earlier text")
    page = content(client.get(f"{QUEUE}{suggestion.pk}/"))
    assert "m-said" not in page and "Other words of an earlier text" in page
