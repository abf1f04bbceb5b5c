"""Bytes become blocks, or are refused with a reason."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.reading import read_blocks
from resolutions.reading.blocks import TextRun
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.sniff import LARGEST_DOCUMENT

TEXT = "Résolution «one»\n\n1. Recalls “it”;\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), id="utf-8 with mark"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), id="utf-16 little-endian"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), id="utf-16 big-endian"),
        pytest.param(TEXT.encode("cp1252"), id="windows-1252"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="windows line ends"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="old macintosh line ends"),
    ],
)
def test_encodings_and_line_ends_give_the_same_lines(data: bytes) -> None:
    assert [block.text for block in read_blocks(data)] == ["Résolution «one»", "", "1. Recalls “it”;", ""]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "empty_file", id="nothing"),
        pytest.param(b" \n\t\r\n", "empty_file", id="white space"),
        pytest.param(codecs.BOM_UTF8, "empty_file", id="a mark alone"),
        pytest.param(b"%PDF-1.7\n...", "broken_pdf", id="PDF that ends early"),
        pytest.param(b"PK\x03\x04word/document.xml", "broken_docx", id="DOCX that ends early"),
        pytest.param(b"PK\x03\x04xl/workbook.xml", "unsupported_type", id="another ZIP"),
        pytest.param(b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "unsupported_type", id="old Word"),
        pytest.param(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="password"),
        pytest.param(b"\xd0\xcf\x11\xe0", "unsupported_type", id="another OLE container"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_text", id="picture"),
        pytest.param(b"\x7fELF\x02\x01\x01\x00\x00", "not_text", id="program"),
        pytest.param(bytes(range(1, 9)) * 40, "not_text", id="control characters"),
        pytest.param(b"a" * (LARGEST_DOCUMENT + 1), "too_large", id="too large"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_blocks(data)
    assert refused.value.code == code
    assert refused.value.reason.endswith(".")


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ("*Recalls* it", [TextRun("Recalls", italic=True), TextRun(" it")]),
        ("on **legal aid**,", [TextRun("on "), TextRun("legal aid", bold=True), TextRun(",")]),
        ("***both***", [TextRun("both", italic=True, bold=True)]),
        ("the Court¹² and", [TextRun("the Court"), TextRun("¹²", superscript=True), TextRun(" and")]),
        ("*focal points*⁹", [TextRun("focal points", italic=True), TextRun("⁹", superscript=True)]),
        ("ICC-ASP/4/33* and ICC-ASP/19/14*", [TextRun("ICC-ASP/4/33* and ICC-ASP/19/14*")]),
        ("2 * 3 * 4", [TextRun("2 * 3 * 4")]),
        ("* See the report", [TextRun("* See the report")]),
        ("an *open star", [TextRun("an *open star")]),
    ],
)
def test_stars_become_style(line: str, runs: list[TextRun]) -> None:
    (block,) = read_blocks(line.encode())
    assert list(block.runs) == runs


def test_emphasis_runs_over_a_line_end_but_not_over_an_empty_line() -> None:
    over, under = read_blocks(b"*Takes\nnote* of"), read_blocks(b"*Takes\n\nnote* of")
    assert [block.runs[0].italic for block in over] == [True, True]
    assert [block.text for block in under] == ["*Takes", "", "note* of"]


def test_form_feeds_count_the_pages() -> None:
    assert [(block.text, block.page) for block in read_blocks(b"one\ntwo\fthree")] == [
        ("one", 1),
        ("two", 1),
        ("three", 2),
    ]
    assert [block.page for block in read_blocks(b"one\ntwo")] == [None, None]


REFUSALS = {"empty_file", "not_text", "unsupported_type", "broken_html", "broken_docx", "broken_pdf"}


@given(data=st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_reason(data: bytes) -> None:
    try:
        blocks = read_blocks(data)
    except UnreadableDocument as refused:
        assert refused.code in REFUSALS  # noqa: PT017 - it may be read as well
    else:
        assert [block.position for block in blocks] == list(range(len(blocks)))
