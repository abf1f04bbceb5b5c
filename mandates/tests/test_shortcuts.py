"""The table of keyboard shortcuts, and the page that lists it."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from django.test import Client

from mandates.shortcuts import shortcut_table, shortcuts
from mandates.tests.factories import make_staff

pytestmark = pytest.mark.django_db


def test_a_key_means_one_thing_in_a_place() -> None:
    counts = Counter((str(each.group), keys) for each in shortcuts() for keys in each.keys)
    assert set(counts.values()) == {1}
    begun = {keys.partition(" ")[0] for each in shortcuts() for keys in each.keys if " " in keys}
    assert not begun & {keys for each in shortcuts() for keys in each.keys}, "a key would wait for a second one"
    everywhere = {keys for each in shortcuts() if not each.unless and "around" not in each.at for keys in each.keys}
    assert {"?", "/", "g d", "g m", "g r", "g s"} <= everywhere


def test_the_page_and_the_script_read_the_same_table(client: Client) -> None:
    page = client.get("/shortcuts/").content.decode()
    for each in shortcuts():
        assert str(each.words) in page and all(f"<kbd>{keys}</kbd>" in page for keys in each.keys)
    table = re.search(r'<script id="keyboard" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert table is not None and json.loads(table[1])["shortcuts"] == shortcut_table()


def test_every_page_leads_to_them(client: Client) -> None:
    client.force_login(make_staff())
    for path in ("/", "/mandates/", "/review/", "/accounts/login/", "/nowhere/"):
        page = client.get(path).content.decode()
        assert 'class="open-shortcuts" href="/shortcuts/"' in page or path == "/accounts/login/"


def test_where_they_lead_is_in_the_head_of_the_page(client: Client) -> None:
    client.force_login(make_staff())
    page = client.get("/").content.decode()
    head = page.partition("<header")[2].partition("</header>")[0]
    leading = [each for each in shortcuts() if each.keys[0].startswith("g ")]
    assert len(leading) == 4
    for each in leading:
        assert each.at.partition("[")[2].removesuffix("]") in head
