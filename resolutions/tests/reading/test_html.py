"""Web pages: each test is one thing that pages do, in the markup that programs write for it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolutions.reading import read_blocks
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.html import read_html


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def texts(body: str, head: str = "") -> list[str]:
    return [block.text for block in read_blocks(page(body, head)) if block.text]


def marked(body: str, head: str = "") -> list[str]:
    """The blocks with italics as <i>, bold as <b>, superscript as <s>."""
    return [
        "".join("<i>" * x.italic + "<b>" * x.bold + "<s>" * x.superscript + x.text for x in block.runs)
        for block in read_blocks(page(body, head))
    ]


class TestBlocks:
    @pytest.mark.parametrize(
        ("body", "blocks"),
        [
            ("<p>one<p>two", ["one", "two"]),
            ("<h1>one</h1><h6>two</h6>", ["one", "two"]),
            ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
            ("<blockquote><p>one</p></blockquote>two", ["one", "two"]),
            ("<p>one\n  and   <b>two</b>\n</p>", ["one and two"]),
            ("<p>one<br>two</p>", ["one", "two"]),
            ("<pre>one\n two</pre>", ["one", " two"]),
            ("<dl><dt>one<dd>two</dl>", ["one", "two"]),
            ("<table><tr><td>1.<td>Recalls<tr><td><p>a<p>b<td>c</table>", ["1.\tRecalls", "a", "b", "c"]),
            ("<p>R&eacute;union&nbsp;&#8220;a&#x201D; co&shy;op non&#8209;paper", ["Réunion “a” coop non-paper"]),
        ],
    )  # fmt: skip
    def test_are_paragraphs(self, body: str, blocks: list[str]) -> None:
        assert texts(body) == blocks

    def test_are_whole_unless_lines_are_broken_in_them(self) -> None:
        assert [block.whole for block in read_html(page("<p>one<p>two<br>three"))] == [True, False, False, False, False]

    @pytest.mark.parametrize(
        "body",
        [
            "<script>no</script>", "<style>no</style>", "<nav>no</nav>", "<header>no</header>", "<footer>no</footer>",
            "<div role=navigation>no</div>", "<p hidden>no</p>", '<p style="display: none">no</p>', "<del>no</del>",
            '<p class="h">no</p>', "<button>no</button>", "<template>no</template>", "<!-- no -->",
            '<div title="footer">no</div>',
        ],
    )  # fmt: skip
    def test_leave_out_what_is_no_text_of_the_document(self, body: str) -> None:
        assert texts(body + "<p>text</p>", "<title>no</title><style>.h {display:none}</style>") == ["text"]

    def test_keep_the_header_of_an_article(self) -> None:
        assert texts("<article><header><h1>Resolution</h1></header><p>text</article>") == ["Resolution", "text"]


class TestStyle:
    @pytest.mark.parametrize(
        ("body", "blocks"),
        [
            ("<i>a</i><em>b</em> c", ["<i>ab c"]),
            ("<b>a</b><strong>b</strong>", ["<b>ab"]),
            ("x<sup>2</sup>", ["x<s>2"]),
            ('<span style="font-style:italic; font-weight: 700">a</span>', ["<i><b>a"]),
            ('<i>a<span style="font-style:normal">b</span></i>', ["<i>ab"]),
            ('<span class="c1">a</span>', ["<i>a"]),
            ('<p class="c2">a</p>', ["<b>a"]),
            ("<i>Takes</i> <i>note</i> of", ["<i>Takes note of"]),
            ("<h2>a</h2>", ["<b>a"]),
        ],
    )
    def test_comes_from_elements_and_classes(self, body: str, blocks: list[str]) -> None:
        head = (
            "<style><!-- .c1 {font-style: italic} p.c2, a.x {font-weight:bold} span.c2 {font-style:italic} --></style>"
        )
        assert marked(body, head) == blocks


class TestLists:
    @pytest.mark.parametrize(
        ("body", "labels"),
        [
            ("<ol><li>x<li>x</ol>", ["1.", "2."]),
            ("<ol start=7><li>x<li value=12>x<li>x</ol>", ["7.", "12.", "13."]),
            ("<ol reversed><li>x<li>x</ol>", ["2.", "1."]),
            ("<ol reversed start=9><li>x<li>x</ol>", ["9.", "8."]),
            ("<ol type=a><li>x<li>x</ol>", ["a.", "b."]),
            ("<ol type=I><li>x<li type=i>x</ol>", ["I.", "ii."]),
            ('<ol style="list-style-type: lower-roman"><li>x</ol>', ["i."]),
            ("<ol><li>x<ol type=a><li>x</ol></li><li>x</ol>", ["1.", "a.", "2."]),
            ("<ol><li><p>x</p></li><li><p>x</p></li></ol>", ["1.", "2."]),
            ("<ul><li>x</ul>", ["•"]),
        ],
    )
    def test_are_numbered_as_browsers_do(self, body: str, labels: list[str]) -> None:
        assert texts(body) == [f"{label}\tx" for label in labels]

    def test_without_a_sign_have_none(self) -> None:
        assert texts('<ul style="list-style: none"><li>x</ul>') == ["x"]

    def test_in_a_list_without_text_before_put_their_numbers_together(self) -> None:
        assert texts("<ol start=5><li><ol type=a><li>x</ol></ol>") == ["5.\ta.\tx"]

    def test_keep_the_number_of_an_empty_item(self) -> None:
        assert texts("<ol><li></li><li>x</ol>") == ["1.\t", "2.\tx"]


class TestNotes:
    @pytest.mark.parametrize(
        ("mark", "note"),
        [
            pytest.param(
                '<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>',
                '<div id="sdfootnote1"><p><a name="sdfootnote1sym" href="#sdfootnote1anc">1</a> See it.</p></div>',
                id="LibreOffice",
            ),
            pytest.param(
                '<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>',
                '<div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> See it.</p></div>',
                id="Word",
            ),
            pytest.param(
                '<sup id="fnref:1"><a href="#fn:1">1</a></sup>',
                '<ol><li id="fn:1"><p>See it.&nbsp;<a href="#fnref:1">↩</a></p></li></ol>',
                id="Markdown",
            ),
            pytest.param('<a href="#n" id=r>1</a>', '<p id=n><a href="#r">1</a> See it.', id="plain links both ways"),
        ],
    )
    def test_stand_behind_their_paragraph(self, mark: str, note: str) -> None:
        notes = [block.rstrip() for block in marked(f"<p>text{mark}</p><p>more</p>{note}")]
        assert notes == ["text<s>1", "<s>1 See it.", "more"]

    def test_are_no_links_to_headings(self) -> None:
        assert texts('<p><a href="#s1">1</a> Background</p><h2 id=s1>Background</h2>') == ["1 Background", "Background"]

    def test_are_read_once(self) -> None:
        sign = '<sup><a href="#n">1</a></sup>'
        assert texts(f"<p>a{sign}<p>b{sign}<p id=n>Note") == ["a1", "1 Note", "b1"]


class TestEncoding:
    BODY = "<p>Résolution “one”"

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(page(BODY), id="nothing said"),
            pytest.param(codecs.BOM_UTF8 + page(BODY), id="mark"),
            pytest.param(page(BODY).decode().encode("cp1252"), id="windows"),
            pytest.param(page(BODY, "<meta charset=iso-8859-1>").decode().encode("cp1252"), id="called latin-1"),
            pytest.param(page(BODY, '<meta content="text/html; charset=utf-8">'), id="named"),
            pytest.param(page(BODY, "<meta charset=nonsense>"), id="unknown name"),
            pytest.param(page("<p>R\u00e9solution \u201cone\u201d", "<meta charset=utf-16>"), id="wrong name"),
            pytest.param(codecs.BOM_UTF16_LE + page(BODY).decode().encode("utf-16-le"), id="utf-16"),
        ],
    )
    def test_is_told_by_mark_name_and_bytes(self, data: bytes) -> None:
        assert [block.text for block in read_html(data)] == ["Résolution “one”"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            pytest.param(page("<script>x</script>"), "empty_file", id="nothing to read"),
            pytest.param(b"<!DOCTYPE html>", "broken_html", id="nothing at all"),
            pytest.param(page("<div>" * 3000 + "x"), "too_deep", id="deep"),
            pytest.param(page("<b>" * 100_000 + "x"), "too_deep", id="very deep"),
        ],
    )
    def test_have_a_reason(self, data: bytes, code: str) -> None:
        with pytest.raises(UnreadableDocument) as refused:
            read_html(data)
        assert refused.value.code == code
        assert refused.value.reason.endswith(".")


WHOLE = page(
    '<h1>A</h1><ol start=3><li>x<sup><a href="#n" id=r>1</a></sup><ol type=a><li>y</ol></ol><table><tr><td>z</table>'
    '<p id=n><a href="#r">1</a> Note',
    "<style>.c{font-style:italic}</style>",
)


@given(place=st.integers(0, len(WHOLE) - 1), patch=st.binary(min_size=1, max_size=8))
@settings(deadline=None)
def test_damaged_bytes_raise_nothing_but_a_reason(place: int, patch: bytes) -> None:
    try:
        read_html(WHOLE[:place] + patch + WHOLE[place + len(patch) :])
    except UnreadableDocument as refused:
        assert refused.reason.endswith(".")  # noqa: PT017 - it may be read as well


@given(text=st.text('<>/="#a1p&; \n', max_size=60))
@settings(deadline=None)
def test_any_markup_raises_nothing_but_a_reason(text: str) -> None:
    try:
        read_html(text.encode())
    except UnreadableDocument as refused:
        assert refused.reason.endswith(".")  # noqa: PT017 - it may be read as well
