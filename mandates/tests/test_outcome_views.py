from typing import Any

import pytest
from django.test import Client

from mandates.models import Mandate, OutcomeChange
from mandates.tests.factories import make_mandate, make_staff, make_user
from resolutions.tests.factories import make_session

pytestmark = pytest.mark.django_db

EVIDENCE = {"version": "0", "evidence": "ICC-ASP/21/12", "note": "As asked."}
EVERY_YEAR = {"kind": "recurring", "interval": "annual", "text": "annually", "session_number": None}


@pytest.fixture
def mandate() -> Mandate:
    return make_mandate()


@pytest.fixture
def staff(client: Client) -> Any:
    user = make_staff()
    client.force_login(user)
    return user


def send(client: Client, mandate: Mandate, kind: str, **data: str) -> Any:
    return client.post(f"/mandates/outcome/{mandate.key}/{kind}/", data)


def test_fulfilled_goes_back_to_the_page(client: Client, mandate: Mandate, staff: Any) -> None:
    answer = send(client, mandate, "fulfil", **EVIDENCE)

    assert answer.status_code == 302
    assert answer["Location"] == mandate.get_absolute_url()
    page = client.get(answer["Location"]).content.decode()
    assert "Recorded: marked fulfilled." in page
    assert "ICC-ASP/21/12" in page
    mandate.refresh_from_db()
    assert mandate.outcome == "fulfilled"


def test_a_link_is_evidence(client: Client, mandate: Mandate, staff: Any) -> None:
    send(client, mandate, "fulfil", version="0", evidence="https://asp.icc-cpi.int/report")

    assert mandate.outcome_changes.get().evidence_url == "https://asp.icc-cpi.int/report"


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("fulfil", {"evidence": ""}, "This field is required."),
        ("fulfil", {"evidence": "the report"}, "the report"),
        ("fulfil", {"evidence": "javascript://x"}, "A link starts with"),
        ("fulfil", {"evidence": "ICC-ASP/21/12", "evidence_date": "2999-01-01"}, "still to come"),
        ("fulfil", {"evidence": "ICC-ASP/21/12", "evidence_date": "soon"}, "valid date"),
        ("withdraw", {"note": " "}, "This field is required."),
        ("reopen", {"note": "why"}, "nothing to take back"),
    ],
)
def test_what_is_not_enough_comes_back_as_typed(
    client: Client, mandate: Mandate, staff: Any, kind: str, data: dict[str, str], said: str
) -> None:
    answer = send(client, mandate, kind, version="0", **data)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert said in page
    assert "Nothing was recorded yet" in page
    assert all(value.strip() in page for value in data.values())
    assert not OutcomeChange.objects.exists()


def test_a_form_sent_twice_records_once(client: Client, mandate: Mandate, staff: Any) -> None:
    send(client, mandate, "fulfil", **EVIDENCE)
    answer = send(client, mandate, "fulfil", **EVIDENCE)

    assert answer.status_code == 302
    assert "That was recorded already." in client.get(answer["Location"]).content.decode()
    assert mandate.outcome_changes.count() == 1


def test_a_stale_form_is_told_who_was_first(client: Client, mandate: Mandate, staff: Any) -> None:
    other = Client()
    other.force_login(make_staff("colleague"))
    send(other, mandate, "withdraw", version="0", note="Overtaken.")
    send(other, mandate, "reopen", version="1", note="Not after all.")

    answer = send(client, mandate, "fulfil", **EVIDENCE)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "Somebody else changed this meanwhile" in page
    assert page.count("colleague") >= 2
    assert "Overtaken." in page
    assert 'value="ICC-ASP/21/12"' in page
    assert mandate.outcome_changes.count() == 2

    # What was typed is kept, and can be sent again as it stands.
    again = answer.context["filled_in"]
    assert send(client, mandate, "fulfil", **again.data.dict()).status_code == 302
    mandate.refresh_from_db()
    assert mandate.outcome == "fulfilled"


def test_an_occurrence_of_a_recurring_mandate(client: Client, staff: Any) -> None:
    for number in (21, 22, 23, 24, 25, 26):
        make_session(number)
    mandate = make_mandate(recurring=True, recurs_from=24, due_session=25, deadlines=[EVERY_YEAR])
    page = client.get(mandate.get_absolute_url()).content.decode()
    assert "Session that it was done for" in page

    assert send(client, mandate, "fulfil", **EVIDENCE, occurrence="24").status_code == 302
    assert str(mandate.outcome_changes.get().occurrence) == "twenty-fourth session"
    mandate.refresh_from_db()
    assert mandate.outcome == "open"
    assert "Reopen, with a reason" in client.get(mandate.get_absolute_url()).content.decode()


def test_a_flag_is_taken_away(client: Client, staff: Any) -> None:
    mandate = make_mandate(flag="The addressee is another one now.")
    assert "The addressee is another one now." in client.get(mandate.get_absolute_url()).content.decode()

    send(client, mandate, "review", version="0", note="Same body.")

    mandate.refresh_from_db()
    assert mandate.flag == ""


def test_not_signed_in_goes_to_sign_in_and_back(client: Client, mandate: Mandate) -> None:
    answer = send(client, mandate, "fulfil", **EVIDENCE)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/mandates/ICC-ASP/20/Res.2")
    swapped = client.post(f"/mandates/outcome/{mandate.key}/fulfil/", EVIDENCE, headers={"HX-Request": "true"})
    assert swapped["HX-Redirect"] == answer["Location"]


def test_without_permission_the_page_says_so(client: Client, mandate: Mandate) -> None:
    client.force_login(make_user())
    answer = send(client, mandate, "fulfil", **EVIDENCE)

    assert answer.status_code == 403
    assert "may not record decisions about mandates" in answer.content.decode()
    assert "Mark as fulfilled" not in client.get(mandate.get_absolute_url()).content.decode()


def test_proposed_text_has_no_forms(client: Client, staff: Any) -> None:
    mandate = make_mandate(proposed=True)

    assert "Mark as fulfilled" not in client.get(mandate.get_absolute_url()).content.decode()
    assert send(client, mandate, "fulfil", **EVIDENCE).status_code == 422


def test_a_form_without_its_token_is_refused_with_a_page(mandate: Mandate) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_staff())
    answer = send(strict, mandate, "fulfil", **EVIDENCE)

    assert answer.status_code == 403
    assert "The form was not taken" in answer.content.decode()


def test_asked_for_by_address_alone_it_leads_to_the_page(client: Client, mandate: Mandate) -> None:
    answer = client.get(f"/mandates/outcome/{mandate.key}/fulfil/")

    assert answer["Location"] == mandate.get_absolute_url()


def test_too_many_attempts_pause_the_sign_in(client: Client) -> None:
    make_staff()
    for _ in range(6):
        answer = client.post("/accounts/login/", {"username": "staff", "password": "wrong"})

    assert answer.status_code == 429
    assert "Sign-in is paused" in answer.content.decode()
