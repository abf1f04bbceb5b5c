"""The queue of links: who is let in, what it shows, and what its forms do."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.actions.links import RejectLink
from mandates.models import LineageDecision, Mandate, MandateLink
from mandates.tests.factories import make_link, make_mandate, make_staff, make_user
from resolutions.tests.factories import make_document, make_paragraph, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_new_findings")]

QUEUE = "/review/links/"


def mandate_of(session: int, label: str | None = None, body: str = "Bureau", **fields: Any) -> Mandate:
    document = make_document(f"ICC-ASP/{session}/Res.2", session=make_session(session))
    paragraph = make_paragraph(document, label, text=f"Requests the {body} to report on matter {session};")
    return make_mandate(paragraph, addressees=[body], **fields)


def propose(session: int = 20, **fields: Any) -> MandateLink:
    later, earlier = mandate_of(session), mandate_of(17)
    values: dict[str, Any] = {"decision": "proposed", "score": 0.8, "matched": ["body: Bureau"]}
    return make_link(later, earlier, **(values | fields))


@pytest.fixture
def staff(client: Client) -> Any:
    user = make_staff()
    client.force_login(user)
    return user


def content(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("person", [None, {}, {"is_staff": True}, {"may_import": True}])
def test_only_for_those_who_may_decide(client: Client, person: dict[str, Any] | None) -> None:
    link = propose()
    if person is not None:
        client.force_login(make_user("someone", **person))
    for path in (QUEUE, f"{QUEUE}{link.pk}/", f"{QUEUE}new/{link.later.key}/"):
        for method in (client.get, client.post):
            answer = method(
                path,
                {"do": "confirm", "link": f"{link.pk}:0", "version": "0", "other": link.earlier.key, "sure": "yes"},
            )
            if person is None:
                assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/?next=/review/")
            else:
                assert answer.status_code == 403
    assert not LineageDecision.objects.exists()
    assert "/review/links/" not in content(client.get("/"))


def test_the_queue_shows_what_waits(client: Client, staff: Any) -> None:
    link = propose()
    for decision in ("found", "confirmed", "rejected"):
        propose(19, decision=decision)
    propose(19, kind="readdressed")
    page = client.get(QUEUE)
    assert [row.link for row in page.context["rows"]] == [link]
    said = content(page)
    assert "One proposal waits" in said and "Very alike" in said and "(0.80)" in said and "same body" in said
    assert "<del>" in said and "<ins>" in said
    assert QUEUE in content(client.get("/review/"))


def test_an_empty_queue_says_so(client: Client, staff: Any) -> None:
    assert "Nothing waits." in content(client.get(QUEUE))
    propose()
    assert "No link is like that." in content(client.get(QUEUE, {"session": make_session(25).code}))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [0, 1]),
        ({"session": "20"}, [0]),
        ({"body": "court"}, [1]),
        ({"body": "court", "session": "20"}, []),
        ({"state": "found"}, [2]),
        ({"state": "nonsense", "session": "999", "body": "\x00", "page": "x"}, [0, 1]),
    ],
)
def test_filters(client: Client, staff: Any, query: dict[str, str], found: list[int]) -> None:
    earlier = mandate_of(17)
    links = [
        make_link(mandate_of(20), earlier, decision="proposed"),
        make_link(mandate_of(21, body="Court"), earlier, decision="proposed"),
        make_link(mandate_of(22), earlier),
    ]
    assert [row.link for row in client.get(QUEUE, query).context["rows"]] == [links[index] for index in found]


def test_queries_and_rows_are_bounded(client: Client, staff: Any) -> None:
    counts = []
    for _ in range(2):
        for _ in range(20):
            propose()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(QUEUE)
        counts.append(len(queries))
    assert len(page.context["rows"]) == 25 and page.context["page"].paginator.count == 40
    assert counts[0] == counts[1] <= 25
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{QUEUE}{MandateLink.objects.latest('pk').pk}/")
    assert len(queries) <= 35


def test_one_after_the_other_without_leaving(client: Client, staff: Any) -> None:
    links = [propose(session) for session in (20, 21, 22)]
    page = client.get(f"{QUEUE}{links[1].pk}/")
    said = content(page)
    assert f'href="/review/links/{links[0].pk}/"' in said and f'href="/review/links/{links[2].pk}/"' in said
    assert "2 of 3" in said
    data = {"do": "confirm", "version": "0", "note": "The same.\r\nReally."}
    answer = client.post(f"{QUEUE}{links[1].pk}/?session=21", data)
    assert answer["Location"] == "/review/links/?session=21"
    answer = client.post(f"{QUEUE}{links[0].pk}/", {"do": "reject", "version": "0"})
    assert answer["Location"] == f"/review/links/{links[2].pk}/"
    said = content(client.get(answer["Location"]))
    assert "Rejected." in said and "1 of 1" in said
    assert [each.decision for each in MandateLink.objects.order_by("pk")] == ["rejected", "confirmed", "proposed"]
    assert links[1].decisions.get().note == "The same.\nReally."


def test_taken_back(client: Client, staff: Any) -> None:
    link = propose()
    RejectLink(link=link, version=0).execute(staff)
    said = content(client.get(f"{QUEUE}{link.pk}/"))
    assert "Take the decision back" in said and "one in the queue" not in said and "0 in the queue" in said
    client.post(f"{QUEUE}{link.pk}/", {"do": "restore", "version": "1"})
    link.refresh_from_db()
    assert link.decision == "proposed"


def test_another_is_chosen(client: Client, staff: Any) -> None:
    link = propose()
    rival, unknown = mandate_of(18), mandate_of(16, "25")
    make_link(link.later, rival, decision="proposed", score=0.7)
    here = f"{QUEUE}{link.pk}/"
    assert client.get(here).context["candidates"] == [rival]
    assert client.get(here, {"find": "16/Res.2 para 25"}).context["candidates"] == [unknown]
    assert client.get(here, {"find": "matter 18"}).context["candidates"] == [rival]
    assert client.get(here, {"find": 'zzz " OR -('}).context["candidates"] == []
    answer = client.post(here, {"do": "link", "version": "0", "other": unknown.key})
    assert answer.status_code == 302
    link.refresh_from_db()
    made = MandateLink.objects.get(later=link.later, earlier=unknown)
    assert (link.decision, made.decision, made.kind) == ("rejected", "confirmed", "repeats")


def test_two_are_linked_by_hand(client: Client, staff: Any) -> None:
    later, earlier = mandate_of(20), mandate_of(17)
    here = f"{QUEUE}new/{later.key}/"
    assert here in content(client.get(later.get_absolute_url()))
    assert client.get(here).context["candidates"] == []
    assert client.get(here, {"find": "matter"}).context["candidates"] == [earlier]
    answer = client.post(here, {"other": earlier.key, "note": "Overlooked."})
    assert answer["Location"] == later.get_absolute_url()
    link = MandateLink.objects.get()
    assert (link.later, link.earlier, link.decision, link.decisions.get().note) == (
        later, earlier, "confirmed", "Overlooked.",
    )  # fmt: skip
    for other, said in (
        (earlier.key, "linked already"),
        (later.key, "the mandate itself"),
        ("x", "Choose the mandate"),
    ):
        answer = client.post(f"{here}?find=matter", {"other": other})
        assert answer.status_code == 422 and said in content(answer)
    assert client.get(f"{QUEUE}new/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"do": "link", "version": "0"}, 422, "Choose the mandate that it repeats."),
        ({"do": "link", "version": "0", "other": "no\x00key"}, 422, "Choose the mandate that it repeats."),
        ({"do": "restore", "version": "0"}, 422, "nothing to take back"),
        ({"do": "confirm", "version": "x"}, 422, "The form is not whole."),
        ({"do": "confirm"}, 422, "The form is not whole."),
        ({"do": "erase", "version": "0"}, 404, ""),
    ],
)
def test_what_is_not_taken(client: Client, staff: Any, data: dict[str, str], status: int, said: str) -> None:
    link = propose()
    answer = client.post(f"{QUEUE}{link.pk}/", data | {"note": "Kept as typed."})
    assert answer.status_code == status
    assert said in content(answer)
    assert status == 404 or "Kept as typed." in content(answer)
    assert not LineageDecision.objects.exists()


def test_somebody_was_quicker(client: Client, staff: Any) -> None:
    link = propose()
    RejectLink(link=link, version=0).execute(make_staff("ana", first_name="Ana"))
    answer = client.post(f"{QUEUE}{link.pk}/", {"do": "confirm", "version": "0"})
    assert answer.status_code == 409
    assert "Ana decided about this link" in content(answer)
    assert 'name="version" value="1"' in content(answer)


def test_a_link_that_is_not_there(client: Client, staff: Any) -> None:
    assert client.get(f"{QUEUE}12345/").status_code == 404
    assert client.post(f"{QUEUE}12345/", {"do": "confirm", "version": "0"}).status_code == 404


def test_many_are_previewed_and_then_decided(client: Client, staff: Any) -> None:
    links = [propose(session) for session in (20, 21, 22)]
    RejectLink(link=links[1], version=0).execute(make_staff("ana", first_name="Ana"))
    chosen = [f"{link.pk}:0" for link in links[:2]] + ["99999:0", "nonsense", "1:x"]
    preview = client.post(f"{QUEUE}?session=20", {"do": "confirm", "link": chosen})
    said = content(preview)
    assert "Confirm one link?" in said and "Open, then Repeated" in said
    assert "Ana decided about this link" in said and "Gone: the texts say otherwise by now." in said
    assert LineageDecision.objects.count() == 1
    assert Mandate.objects.get(pk=links[0].earlier_id).headline_status == "open"

    send = {"do": "confirm", "link": chosen, "sure": "yes", "note": "x", "seal": preview.context["seal"]}
    done = client.get(client.post(f"{QUEUE}?session=20", send)["Location"])
    bulk = done.context["bulk"]
    assert (bulk.kind, bulk.done, bulk.refused) == ("confirm_link", 1, 1)
    assert bulk.list_address == f"{QUEUE}?session=20"
    assert [link.decision for link in MandateLink.objects.order_by("pk")] == ["confirmed", "rejected", "proposed"]
    assert Mandate.objects.get(pk=links[0].earlier_id).headline_status == "repeated"
    assert links[0].decisions.get().note == "x"


def test_many_are_looked_at_again_only_once(client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    links = [propose(20), propose(20), propose(21)]
    chosen = {"do": "reject", "link": [f"{link.pk}:0" for link in links]}
    seal = client.post(QUEUE, chosen).context["seal"]
    looked_at: list[list[int]] = []
    monkeypatch.setattr("mandates.actions.links.links_refind", lambda *, documents: looked_at.append(list(documents)))
    client.post(QUEUE, chosen | {"sure": "yes", "seal": seal})
    assert [link.decision for link in MandateLink.objects.all()] == ["rejected"] * 3
    documents = {link.later.document_id for link in links}
    assert [set(each) for each in looked_at] == [documents, documents]  # to be seen again before it is done, and done


def test_one_button_decides_about_its_row_alone(client: Client, staff: Any) -> None:
    first, second = propose(20), propose(21)
    client.post(QUEUE, {"do": f"reject {first.pk}:0", "link": [f"{first.pk}:0", f"{second.pk}:0"]})
    assert [link.decision for link in MandateLink.objects.order_by("pk")] == ["rejected", "proposed"]


@pytest.mark.parametrize(
    "data", [{}, {"do": "confirm"}, {"do": "erase", "link": "1:0"}, {"do": "confirm", "link": "x"}]
)
def test_nothing_selected(client: Client, staff: Any, data: dict[str, str]) -> None:
    client.post(QUEUE, data)
    assert "Select the links" in content(client.get(QUEUE))
    assert not LineageDecision.objects.exists()


def test_a_form_from_elsewhere_is_refused(staff: Any) -> None:
    link, strict = propose(), Client(enforce_csrf_checks=True)
    strict.force_login(staff)
    data = {"do": "confirm", "link": f"{link.pk}:0", "version": "0", "sure": "yes"}
    for path in (QUEUE, f"{QUEUE}{link.pk}/", f"{QUEUE}new/{link.later.key}/"):
        assert strict.post(path, data).status_code == 403
    assert not LineageDecision.objects.exists()


def test_decisions_stand_in_the_history_of_both(client: Client, staff: Any) -> None:
    link = propose()
    client.post(f"{QUEUE}{link.pk}/", {"do": "confirm", "version": "0", "note": "As the report says."})
    for mandate in (link.later, link.earlier):
        said = content(client.get(mandate.get_absolute_url()))
        assert "As the report says." in said and "Confirmed" in said
