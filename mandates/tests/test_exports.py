"""The list as a workbook and as JSON: the same mandates as the CSV, with a choice of columns."""

import csv
import datetime
import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from mandates import workbook
from mandates.columns import COLUMNS, permalinks
from mandates.models import Mandate
from mandates.tests.factories import make_link, make_mandate
from mandates.tests.many import make_many
from resolutions.tests.factories import make_document, make_paragraph, make_session

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FIRST_DAY = datetime.date(1899, 12, 30)


def content(client: Client, ending: str, query: str = "") -> bytes:
    response = client.get(reverse(f"mandates:export_{ending}") + query)
    assert response.status_code == 200
    assert response.streaming
    return b"".join(response.streaming_content)


def csv_rows(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(client, "csv", query).decode("utf-8-sig"), newline="")))


def as_json(client: Client, query: str = "") -> Any:
    return json.loads(content(client, "json", query))


class Book:
    """A workbook, as a spreadsheet program reads it."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        assert self.zip.testzip() is None
        names = self.xml("xl/workbook.xml").findall(f"{MAIN}sheets/{MAIN}sheet")
        self.sheets = {
            sheet.get("name", ""): self.xml(f"xl/worksheets/sheet{n}.xml") for n, sheet in enumerate(names, start=1)
        }

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.zip.read(name))

    def cells(self, sheet: str) -> list[dict[str, tuple[str | None, str]]]:
        """Give each row: by column letter, the type and the value of the cell."""
        rows = []
        for row in self.sheets[sheet].iter(f"{MAIN}row"):
            cells = row.findall(f"{MAIN}c")
            rows.append(
                {cell.get("r", "").rstrip("0123456789"): (cell.get("t"), "".join(cell.itertext())) for cell in cells}
            )
        return rows

    def words(self, sheet: str) -> list[list[str]]:
        return [[value for _type, value in row.values()] for row in self.cells(sheet)]


def book(client: Client, query: str = "") -> Book:
    return Book(content(client, "xlsx", query))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?status=open&ordering=citation",
        "?category=all&proposed=all&as_at=2022-06-01",
        "?q=matter&page=2",
        "?q=none",
    ],
)
def test_the_same_mandates_in_every_form(client: Client, query: str) -> None:
    mandates = make_many(30)
    make_link(mandates[5], mandates[7], kind="parallel")
    keys = [row["key"] for row in csv_rows(client, query)]
    assert [mandate["key"] for mandate in as_json(client, query)["mandates"]] == keys
    assert [row[0] for row in book(client, query).words("Mandates")[1:]] == keys
    # An export has each mandate, also those that the list shows beside another.
    if query == "":
        assert {mandates[5].key, mandates[7].key} <= set(keys)


@pytest.mark.django_db
def test_chosen_columns(client: Client) -> None:
    mandate = make_mandate()
    query = "?columns=paragraph,key,due_date&columns=key"
    assert csv_rows(client, query) == [{"paragraph": mandate.label, "key": mandate.key, "due_date": ""}]
    assert as_json(client, query)["mandates"] == [{"paragraph": mandate.label, "key": mandate.key, "due_date": None}]
    header, row = book(client, query).words("Mandates")
    assert (header, row) == (["Paragraph", "Key", "Due on"], [mandate.label, mandate.key])


@pytest.mark.django_db
def test_a_column_that_is_not_known_is_named(client: Client) -> None:
    make_mandate()
    page = client.get(reverse("mandates:list") + "?columns=key,colour")
    assert "columns: “colour” is not known here" in page.content.decode()
    assert "/mandates/export.xlsx?columns=key" in page.content.decode()
    said = as_json(client, "?columns=colour")
    assert list(said["mandates"][0]) == [column.name for column in COLUMNS]
    assert "colour" in said["about"]["notices"][0]
    assert any("colour" in words for row in book(client, "?columns=colour").words("About") for words in row)


@pytest.mark.django_db
def test_json_has_types(client: Client) -> None:
    make_session(21)
    mandate = make_mandate(
        addressees=["Bureau", "Committee on Budget and Finance"],
        deadlines=[{"session_number": 21}],
        due_session=21,
        due_on=datetime.date(2022, 12, 5),
        action='to consult "Côte d’Ivoire",\nand = to report',
    )
    said = as_json(client, "?as_at=2022-12-06")
    assert said["about"]["day"] == "2022-12-06"
    assert said["about"]["subject"] == (
        "Mandates asked of Assembly bodies and Court organs in adopted text, as they stood on 6 December 2022"
    )
    assert said["about"]["address"] == "http://testserver/mandates/?as_at=2022-12-06"
    assert (said["about"]["mandates"], said["about"]["tasks"]) == (1, 1)
    assert list(said["about"]["columns"]) == list(said["mandates"][0])
    row = said["mandates"][0]
    assert row["addressees"] == ["Bureau", "Committee on Budget and Finance"]
    assert (row["due_session"], row["due_date"], row["overdue"]) == (21, "2022-12-05", True)
    assert (row["topic"], row["repeats"], row["parallel_of"]) == (None, [], None)
    assert row["action"] == mandate.action
    assert as_json(client, "?q=nothing-like-it")["mandates"] == []


@pytest.mark.django_db
def test_the_workbook_has_days_as_days_and_formulas_as_text(client: Client) -> None:
    make_session(21)
    text = "=HYPERLINK(1) requests the Bureau to report to https://example.org;"
    mandate = make_mandate(
        make_paragraph(make_document(), "25", text=text),
        action="{=1+1}",
        deadlines=[{"session_number": 21, "text": "0012"}],
        due_session=21,
        due_on=datetime.date(2022, 12, 5),
    )
    read = book(client)
    _header, row = read.cells("Mandates")
    value = {column.name: row.get(chr(ord("A") + n)) for n, column in enumerate(COLUMNS)}
    assert value["due_date"] == (None, str((datetime.date(2022, 12, 5) - FIRST_DAY).days))
    assert value["due_session"] == (None, "21")
    assert value["text"] == ("inlineStr", text)
    assert value["action"] == ("inlineStr", "{=1+1}")
    assert value["deadline"] == ("inlineStr", "0012")
    assert value["overdue"] == ("inlineStr", "yes")
    assert value["permalink"] == ("inlineStr", f"http://testserver{mandate.get_absolute_url()}")
    sheet = read.sheets["Mandates"]
    assert not list(sheet.iter(f"{MAIN}f", f"{MAIN}hyperlink"))
    pane = next(sheet.iter(f"{MAIN}pane"))
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert next(sheet.iter(f"{MAIN}autoFilter")).get("ref") == "A1:V2"
    styles = etree.tostring(read.xml("xl/styles.xml")).decode()
    assert 'formatCode="yyyy\\-mm\\-dd"' in styles or 'formatCode="yyyy-mm-dd"' in styles
    assert 'wrapText="1"' in styles


@pytest.mark.django_db
def test_the_workbook_says_what_it_is(client: Client) -> None:
    make_many(3)
    read = book(client, "?status=open&as_at=2023-01-02")
    assert list(read.sheets) == ["Mandates", "About"]
    lines = {row[0]: row[1] for row in read.words("About") if len(row) > 1}
    assert lines["What is listed"].startswith("Open mandates asked of Assembly bodies and Court organs")
    assert lines["As at"] == "2 January 2023"
    assert lines["Address"] == "http://testserver/mandates/?status=open&as_at=2023-01-02"
    assert lines["How many"].startswith(f"{len(csv_rows(client, '?status=open&as_at=2023-01-02'))} mandates.")
    assert all(lines[str(column.heading)] == f"{column.name}: {column.meaning}" for column in COLUMNS)
    properties = etree.tostring(read.xml("docProps/core.xml")).decode()
    assert "Mandates" in properties and "Open mandates asked of" in properties
    response = client.get(reverse("mandates:export_xlsx") + "?as_at=2023-01-02")
    assert response["Content-Disposition"] == 'attachment; filename="mandates-2023-01-02.xlsx"'
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    response.close()


@pytest.mark.django_db
def test_more_rows_than_a_sheet_holds_go_on_in_the_next(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_many(25)
    monkeypatch.setattr(workbook, "MOST_ROWS", 11)
    read = book(client, "?category=all")
    assert list(read.sheets) == ["Mandates", "Mandates 2", "Mandates 3", "About"]
    keys = [row[0] for name in list(read.sheets)[:-1] for row in read.words(name)[1:]]
    assert keys == [row["key"] for row in csv_rows(client, "?category=all")]
    assert [len(read.words(name)) for name in list(read.sheets)[:-1]] == [11, 11, 6]


@pytest.mark.django_db
def test_a_text_longer_than_a_cell_is_cut_and_that_is_said(client: Client) -> None:
    make_mandate(make_paragraph(text="x" * 40_000))
    read = book(client, "?columns=key,text")
    assert len(read.words("Mandates")[1][1]) == workbook.MOST_SIGNS
    assert any(row[0] == "Texts cut" for row in read.words("About"))


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_queries_do_not_grow(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
) -> None:
    make_many(60)
    with django_assert_max_num_queries(8) as queries:
        content(client, ending, "?category=all")
    monkeypatch.setattr("mandates.exports.CHUNK", 20)
    with django_assert_max_num_queries(len(queries) + 2 * 5):
        content(client, ending, "?category=all")


@pytest.mark.django_db
def test_permalinks_are_the_addresses_of_the_pages() -> None:
    permalink = permalinks(lambda path: f"https://example.org{path}")
    for key in ("ICC-ASP/20/Res.2:body:3(b):calls-upon:0", "RC/Res.6:annex-I:1 é%?#[x]:requests:1", "key:key"):
        assert permalink(key) == f"https://example.org{Mandate(key=key).get_absolute_url()}"
