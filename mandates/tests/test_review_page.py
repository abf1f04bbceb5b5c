"""The page of all that waits for a person."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mandates.models import Mandate
from mandates.tests.factories import make_link, make_mandate, make_reference, make_staff, make_user
from resolutions.tests.factories import make_document, make_session

pytestmark = pytest.mark.django_db


def test_each_queue_has_its_count_and_its_page(client: Client) -> None:
    earlier = make_mandate(document=make_document("ICC-ASP/19/Res.2", session=make_session(19)))
    later = make_mandate()
    make_link(later, earlier, decision="proposed", score=0.6)
    make_reference(later.paragraph, "ICC-ASP/12/Res.3")
    Mandate.objects.filter(pk=earlier.pk).update(flag="21 November 2026: The action changed.")
    client.force_login(make_staff())
    response = client.get(reverse("mandates:review"))
    counts = {queue.name: queue.count for queue in response.context["queues"]}
    assert counts == {
        "Suggestions": 0, "Proposed links": 1, "Flagged mandates": 1, "Corrections without a place": 0,
        "Failed imports": 0, "Corrigenda": 0, "Citations": 1, "Imports to look at": 0,
    }  # fmt: skip
    assert "The action changed." in client.get("/review/flagged/").content.decode()
    for queue in response.context["queues"]:
        assert client.get(queue.href).status_code == 200


def test_who_may_only_import_sees_the_queues_of_imports(client: Client) -> None:
    client.force_login(make_user("importer", may_import=True))
    response = client.get(reverse("mandates:review"))
    assert [queue.name for queue in response.context["queues"]] == [
        "Failed imports",
        "Corrigenda",
        "Citations",
        "Imports to look at",
    ]


def test_others_are_not_let_in(client: Client) -> None:
    assert client.get(reverse("mandates:review")).status_code == 302
    client.force_login(make_user("reader"))
    assert client.get(reverse("mandates:review")).status_code == 403


def test_queries_do_not_grow(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client.force_login(make_staff())
    for _each in range(12):
        mandate = make_mandate()
        Mandate.objects.filter(pk=mandate.pk).update(flag="Look.")
    with django_assert_max_num_queries(14):
        client.get(reverse("mandates:review"))
