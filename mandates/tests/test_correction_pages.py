"""The pages on which staff correct what was found."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mandates.correcting.records import NotAMandate, OtherAddressees
from mandates.correction_ground import words_found
from mandates.models import Correction, Mandate
from mandates.tests.corrections import correct, entry
from mandates.tests.factories import make_user
from mandates.tests.imports import SHORTER, SYMBOL, TEXT, bring, mandate
from mandates.tests.test_corrections import APPOINT, CALLED, RECOMMEND, REPORT, UPDATE, bodies

NO_DEADLINES = {"due-TOTAL_FORMS": "0", "due-INITIAL_FORMS": "0"}
WHY = {"why": "The text says so.", "do": "store"}


@pytest.fixture(autouse=True)
def stored(reference_data: None) -> None:
    bring()


def address(key: str, kind: str) -> str:
    return reverse("mandates:correct", args=[f"{SYMBOL}:{key}", kind])


def missed_address(paragraph: str = "body/12") -> str:
    return f"{reverse('mandates:correct_missed')}?document={SYMBOL}&paragraph={paragraph}"


def filled_in(client: Client, where: str, **fields: Any) -> dict[str, Any]:
    """What the form at an address would send, with other values for some fields."""
    form = client.get(where).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() is not None}
    if hasattr(form, "deadlines"):
        for each in (form.deadlines.management_form, *form.deadlines.forms):
            sent |= {field.html_name: field.value() for field in each if field.value() is not None}
    return sent | WHY | fields


def sent(client: Client, where: str, **fields: Any) -> Any:
    return client.post(where, filled_in(client, where, **fields))


def test_another_addressee_is_looked_at_then_stored(staff_client: Client) -> None:
    where = address(REPORT, "addressees")
    page = sent(staff_client, where, body_0="the registry", body_1="Court", do="look", why="")
    assert page.status_code == 200 and not Correction.objects.exists()
    assert "What becomes of it" in page.content.decode() and "Registry, Court" in page.content.decode()
    answer = sent(staff_client, where, body_0="Registry", body_1="court")
    assert answer.status_code == 302 and answer["Location"] == mandate(REPORT).get_absolute_url()
    assert bodies(mandate(REPORT)) == ["Registry", "Court"]
    shown = staff_client.get(mandate(REPORT).get_absolute_url()).content.decode()
    assert "it was: Bureau." in shown and "The text says so." in shown and "Corrected: Addressee" in shown
    anybody = Client().get(mandate(REPORT).get_absolute_url()).content.decode()
    assert "it was: Bureau." in anybody and "Correct what was found" not in anybody


def test_other_deadlines(staff_client: Client) -> None:
    where = address(REPORT, "deadlines")
    page = sent(staff_client, where, **{"due-0-session": "", "due-1-due": "date", "due-1-words": "never heard"})
    assert page.status_code == 422
    said = page.content.decode()
    assert said.count("Say this for a deadline of that kind.") == 2 and "These words do not stand" in said
    sent(staff_client, where, **{"due-0-session": "11", "due-1-due": "date", "due-1-date": "2010-05-31"})
    found = [(row.kind, row.session_number, row.text) for row in mandate(REPORT).deadlines.all()]
    assert found == [
        ("session", 11, "to the Assembly of States Parties at its ninth session"),
        ("date", None, "by 31 May 2010"),
    ]
    sent(staff_client, where, **{"due-0-due": "", "due-1-due": ""})
    assert not mandate(REPORT).deadlines.exists()


def test_another_topic(staff_client: Client) -> None:
    where = address(REPORT, "topic")
    assert "Nothing is known by that name" in sent(staff_client, where, topic="Gardening").content.decode()
    sent(staff_client, where, topic="complementarity")
    row = mandate(REPORT)
    assert row.topic and row.topic.name == "Complementarity"


def test_split_merge_and_not_a_mandate(staff_client: Client) -> None:
    where = address(RECOMMEND, "split")
    assert sent(staff_client, where).status_code == 422
    sent(staff_client, where, place="2:0")
    assert mandate("body:16(b):recommends:0")
    where = address(REPORT, "merge")
    assert sent(staff_client, where).status_code == 422
    sent(staff_client, where, others=[mandate(UPDATE).key])
    assert bodies(mandate(REPORT)) == ["Bureau", "Court"]
    answer = sent(staff_client, address(CALLED, "not_a_mandate"))
    assert answer["Location"].endswith("/resolutions/ICC-ASP/8/Res.2/#body-15")
    shown = staff_client.get("/resolutions/ICC-ASP/8/Res.2/").content.decode()
    assert "No mandate, says staff" in shown
    assert "No mandate, says" not in Client().get("/resolutions/ICC-ASP/8/Res.2/").content.decode()


def test_missed(staff_client: Client) -> None:
    where = missed_address()
    words = "takes note of the continued development ... operability of this mechanism"
    page = sent(staff_client, where, words="takes note", do="look")
    assert "several times" in page.content.decode()
    assert "do not stand in the paragraph" in sent(staff_client, where, words="nothing like it").content.decode()
    assert "no verb" in sent(staff_client, where, words=words).content.decode()
    answer = sent(staff_client, where, words=words, verb="requests", verb_words="takes note", body_0="Registry")
    row = mandate("body:12:requests:0")
    assert answer["Location"] == row.get_absolute_url() and bodies(row) == ["Registry"]
    assert "as the tracker had missed it" in Client().get(row.get_absolute_url()).content.decode()


def test_sent_twice_is_once_also_where_the_mandate_is_gone(staff_client: Client) -> None:
    where = address(CALLED, "not_a_mandate")
    form = filled_in(staff_client, where)
    answers = [staff_client.post(where, form) for _time in range(2)]
    assert [answer["Location"] for answer in answers] == ["/resolutions/ICC-ASP/8/Res.2/#body-15"] * 2
    assert Correction.objects.count() == 1


def test_what_changed_meanwhile_is_not_stored(staff_client: Client) -> None:
    where = address(REPORT, "topic")
    form = filled_in(staff_client, where, topic="Complementarity")
    correct(entry(lambda it: OtherAddressees(it, ("Court",)), mandate(REPORT)))
    page = staff_client.post(where, form)
    assert page.status_code == 422 and "since you looked at it" in page.content.decode()
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("kind", ["addressees", "deadlines", "topic", "split", "merge", "not_a_mandate"])
def test_odd_forms_are_answered_with_sentences(staff_client: Client, kind: str) -> None:
    odd = {"seen": "\0" * 70, "place": "9:x", "others": ["\0"], "body_0": "\0", "topic": "x" * 999, "why": ""}
    for form in (odd, odd | NO_DEADLINES, {"due-TOTAL_FORMS": "x"}, {}):
        assert staff_client.post(address(APPOINT, kind), form).status_code in (200, 422)


def test_who_may(client: Client) -> None:
    for where in (address(REPORT, "topic"), missed_address(), "/review/corrections/"):
        assert client.get(where)["Location"].startswith("/accounts/login/")
    client.force_login(make_user())
    for where in (address(REPORT, "topic"), missed_address(), "/review/corrections/"):
        assert client.get(where).status_code == 403


def test_no_such_paragraph(staff_client: Client) -> None:
    assert staff_client.get(missed_address("body/999")).status_code == 404
    assert staff_client.get(reverse("mandates:correct_missed") + "?document=%00").status_code == 404
    assert staff_client.get(address("body:99:requests:0", "topic")).status_code == 404


def test_the_queue_and_undo(staff_client: Client) -> None:
    (done,) = correct(entry(lambda it: OtherAddressees(it, ("Court",)), mandate(CALLED)))
    assert done.correction
    one = reverse("mandates:review_correction", args=[done.correction.pk])
    assert "Nothing waits." in staff_client.get("/review/corrections/").content.decode()
    bring(SHORTER)
    page = staff_client.get("/review/corrections/").content.decode()
    assert "One correction has no place" in page and "The text no longer has the words." in page
    assert (
        'href="/review/corrections/">Corrections without a place</a>' in staff_client.get("/review/").content.decode()
    )
    assert "Give the reason." in staff_client.post(one, {"do": "undo"}).content.decode()
    staff_client.post(one, {"do": "undo", "note": "The paragraph is gone."})
    assert "Nothing waits." in staff_client.get("/review/corrections/").content.decode()
    assert "The paragraph is gone." in staff_client.get(one).content.decode()
    bring(TEXT + "\n")
    assert bodies(mandate(CALLED)) == ["States"]
    for state in ("applied", "not_needed", "undone", "whatever"):
        assert staff_client.get(f"/review/corrections/?state={state}&kind=addressees").status_code == 200


def test_history_keeps_what_was_undone(staff_client: Client) -> None:
    sent(staff_client, address(REPORT, "addressees"), body_0="Court")
    one = reverse("mandates:review_correction", args=[Correction.objects.get().pk])
    staff_client.post(one, {"do": "undo", "note": "It was right."})
    shown = Client().get(mandate(REPORT).get_absolute_url()).content.decode()
    assert "Correction undone" in shown and "It was right." in shown and "it was: Bureau." not in shown


def test_documents_without_a_file_say_so(staff_client: Client) -> None:
    row = mandate(REPORT)
    form = filled_in(staff_client, address(REPORT, "not_a_mandate"))
    row.document.source = None
    row.document.save()
    assert "No file of the document is kept" in staff_client.get(row.get_absolute_url()).content.decode()
    assert "is kept, so its text" in staff_client.post(address(REPORT, "not_a_mandate"), form).content.decode()


def test_words_that_were_copied() -> None:
    text = "Requests the Court to report, and requests the Bureau to report annually"
    assert words_found(text, "requests  the\nBureau") == [(34, 53)]
    assert words_found(text, "to report") == [(19, 28), (54, 63)]
    assert words_found(text, "to report", near=50) == [(54, 63)]
    assert words_found(text, "requests the Bureau … annually") == [(34, 72)]
    assert words_found(text, "requests the Bureau ... nothing") == words_found(text, "  ") == []


def test_said_to_be_none_and_decided(staff_client: Client) -> None:
    (done,) = correct(entry(NotAMandate, mandate(CALLED)))
    assert done.correction and not Mandate.objects.filter(key=f"{SYMBOL}:{CALLED}").exists()
    page = staff_client.get(reverse("mandates:review_correction", args=[done.correction.pk])).content.decode()
    assert "Undo this correction" in page
