"""Word documents: each test is one thing that Word does, in the XML that Word writes for it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolutions.reading import docx_package, read_blocks
from resolutions.reading.docx import read_docx
from resolutions.reading.errors import UnreadableDocument
from resolutions.tests.reading.word import a_list, definition, level, numbered, p, packed, r, starting, word, xml


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_blocks(data)]


def marked(data: bytes) -> list[str]:
    """The blocks with italics as <i>, bold as <b>, superscript as <s>."""
    return [
        "".join(
            "<i>" * run.italic + "<b>" * run.bold + "<s>" * run.superscript + run.text + "</>" * any_style
            for run in block.runs
            if (any_style := run.italic or run.bold or run.superscript) is not None
        )
        for block in read_blocks(data)
    ]


class TestNumbers:
    OUTLINE = definition(
        0,
        level(0, "%1."),
        level(1, "(%2)", "lowerLetter"),
        level(2, "(%3)", "lowerRoman"),
        level(3, "%1.%4", "upperRoman"),
    )

    def test_count_level_by_level_and_start_again_under_a_higher_one(self) -> None:
        levels = [0, 1, 1, 2, 2, 1, 2, 0, 1]
        body = "".join(p("x", numbered(1, depth)) for depth in levels)
        labels = ["1.", "(a)", "(b)", "(i)", "(ii)", "(c)", "(i)", "2.", "(a)"]
        assert texts(word(body, numbering=self.OUTLINE + a_list(1, 0))) == [f"{label}\tx" for label in labels]

    def test_print_the_numbers_of_higher_levels_each_in_its_own_form(self) -> None:
        body = p("x", numbered(1)) + p("x", numbered(1, 3)) + p("x", numbered(1, 3))
        assert texts(word(body, numbering=self.OUTLINE + a_list(1, 0))) == ["1.\tx", "1.I\tx", "1.II\tx"]

    def test_in_legal_form_are_all_decimal(self) -> None:
        outline = definition(0, level(0, "%1", "upperRoman"), level(1, "%1.%2", "lowerLetter", "<w:isLgl/>"))
        body = p("x", numbered(1)) + p("x", numbered(1, 1))
        assert texts(word(body, numbering=outline + a_list(1, 0))) == ["I\tx", "1.1\tx"]

    def test_of_a_level_that_was_never_reached_are_printed_with_their_start(self) -> None:
        outline = definition(0, level(0, "%1"), level(1, "%1.%2"))
        body = p("x", numbered(1, 1)) + p("x", numbered(1)) + p("x", numbered(1, 1))
        assert texts(word(body, numbering=outline + a_list(1, 0))) == ["1.1\tx", "1\tx", "1.1\tx"]

    def test_go_on_in_another_list_of_the_same_definition(self) -> None:
        body = p("x", numbered(1)) + p("x", numbered(2)) + p("x", numbered(1))
        assert texts(word(body, numbering=self.OUTLINE + a_list(1, 0) + a_list(2, 0))) == ["1.\tx", "2.\tx", "3.\tx"]

    def test_start_where_a_list_overrides_its_definition_and_then_go_on(self) -> None:
        body = p("x", numbered(1)) + p("x", numbered(2)) + p("x", numbered(2)) + p("x", numbered(1))
        lists = a_list(1, 0) + a_list(2, 0, starting(0, 7))
        assert texts(word(body, numbering=self.OUTLINE + lists)) == ["1.\tx", "7.\tx", "8.\tx", "9.\tx"]

    @pytest.mark.parametrize(
        ("restart", "last"),
        [("", "(i)"), ('<w:lvlRestart w:val="0"/>', "(iii)"), ('<w:lvlRestart w:val="1"/>', "(ii)")],
        ids=["after any higher level", "never", "only after the first"],
    )
    def test_start_again_where_the_level_says(self, restart: str, last: str) -> None:
        outline = definition(
            0, level(0, "%1."), level(1, "(%2)", "lowerLetter"), level(2, "(%3)", "lowerRoman", restart)
        )
        levels = [0, 1, 2, 1, 2] if "1" in restart else [0, 1, 2, 0, 1, 2, 0, 1, 2] if restart else [0, 1, 2, 1, 2]
        body = "".join(p("x", numbered(1, depth)) for depth in levels)
        assert texts(word(body, numbering=outline + a_list(1, 0)))[-1] == f"{last}\tx"

    @pytest.mark.parametrize(
        ("form", "count", "printed"),
        [
            ("decimal", 3, "3."),
            ("lowerLetter", 28, "bb."),
            ("upperLetter", 2, "B."),
            ("lowerRoman", 44, "xliv."),
            ("upperRoman", 9, "IX."),
            ("decimalZero", 4, "04."),
            ("ordinal", 22, "22nd."),
            ("none", 2, "."),
            ("bullet", 2, "•"),
        ],
    )
    def test_have_many_forms(self, form: str, count: int, printed: str) -> None:
        outline = definition(0, level(0, "%1.", form, start=count))
        assert texts(word(p("x", numbered(1)), numbering=outline + a_list(1, 0))) == [f"{printed}\tx"]

    def test_stand_apart_as_the_level_says(self) -> None:
        outline = definition(
            0,
            level(0, "%1.", more='<w:suff w:val="space"/>'),
            level(1, "%2)", more='<w:suff w:val="nothing"/>'),
        )
        body = p("x", numbered(1)) + p("x", numbered(1, 1))
        assert texts(word(body, numbering=outline + a_list(1, 0))) == ["1. x", "1)x"]

    def test_come_from_the_style_and_its_base_and_zero_takes_them_away(self) -> None:
        own = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        styles = (
            f'<w:style w:type="paragraph" w:styleId="Op">{own}</w:style>'
            f'<w:style w:type="paragraph" w:styleId="Op2"><w:basedOn w:val="Op"/></w:style>'
            f'<w:style w:type="paragraph" w:styleId="Sub">{own}</w:style>'
        )
        outline = definition(0, level(0, "%1."), level(1, "(%2)", "lowerLetter", '<w:pStyle w:val="Sub"/>'))
        body = (
            p("one", '<w:pStyle w:val="Op"/>')
            + p("two", '<w:pStyle w:val="Op2"/>')
            + p("plain", '<w:pStyle w:val="Op"/><w:numPr><w:numId w:val="0"/></w:numPr>')
            + p("sub", '<w:pStyle w:val="Sub"/>')
            + p("three", '<w:pStyle w:val="Op"/>')
        )
        data = word(body, numbering=outline + a_list(1, 0), styles=styles)
        assert texts(data) == ["1.\tone", "2.\ttwo", "plain", "(a)\tsub", "3.\tthree"]

    def test_come_from_a_numbering_style(self) -> None:
        styles = (
            '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        )
        pointer = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
        numbering = self.OUTLINE + pointer + a_list(1, 0) + a_list(2, 5)
        assert texts(word(p("x", numbered(2)), numbering=numbering, styles=styles)) == ["1.\tx"]

    def test_are_not_counted_for_paragraphs_that_were_deleted(self) -> None:
        gone = p("<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", numbered(1) + "<w:rPr><w:del/></w:rPr>")
        body = p("x", numbered(1)) + gone + p("x", numbered(1))
        assert texts(word(body, numbering=self.OUTLINE + a_list(1, 0))) == ["1.\tx", "2.\tx"]


class TestStyle:
    STYLES = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
        '<w:style w:type="paragraph" w:styleId="Quote"><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Quote2"><w:basedOn w:val="Quote"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1"><w:rPr><w:b/><w:sz w:val="33"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Emphasis"><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )

    def test_of_runs(self) -> None:
        body = p(r("Recalls", "<w:i/>") + r(" it", '<w:i w:val="0"/>') + r("all", "<w:i/><w:b/>"))
        assert marked(word(body)) == ["<i>Recalls</> it<i><b>all</>"]

    def test_comes_through_styles_and_their_base(self) -> None:
        body = p(r("x", '<w:rStyle w:val="Emphasis"/>') + r("1", '<w:rStyle w:val="Mark"/>')) + p(
            "y", '<w:pStyle w:val="Quote2"/>'
        )
        assert marked(word(body, styles=self.STYLES)) == ["<i>x</><s>1</>", "<i>y</>"]

    def test_set_by_two_styles_is_undone_and_set_directly_holds(self) -> None:
        body = p(
            r("undone", '<w:rStyle w:val="Emphasis"/>') + r("set", '<w:rStyle w:val="Emphasis"/><w:i/>'),
            '<w:pStyle w:val="Quote"/>',
        )
        assert marked(word(body, styles=self.STYLES)) == ["undone<i>set</>"]

    def test_of_italics_that_come_and_go_inside_a_verb_is_one(self) -> None:
        body = p(r("Takes", "<w:i/>") + r(" ") + r("no", "<w:i/>") + r("te", "<w:i/>") + r(" of it"))
        assert marked(word(body)) == ["<i>Takes note</> of it"]

    def test_knows_size_beside_the_usual_one(self) -> None:
        body = p("Heading", '<w:pStyle w:val="H1"/>') + p("A longer text of the usual size")
        heading, text = read_blocks(word(body, styles=self.STYLES))
        assert (heading.runs[0].size, heading.runs[0].bold, text.runs[0].size) == (1.5, True, 1.0)


class TestNotes:
    NOTES = "".join(
        f'<w:footnote w:id="{name}">{p(r("<w:footnoteRef/>") + r(text))}</w:footnote>'
        for name, text in [(2, " ICC-ASP/20/25."), (3, "\tSee above."), (4, "* Reissued.")]
    )

    def refer(self, name: int, kind: str = "footnote") -> str:
        return f'<w:r><w:{kind}Reference w:id="{name}"/></w:r>'

    def test_stand_behind_their_paragraph_with_a_raised_mark(self) -> None:
        body = p(r("on cooperation,") + self.refer(2) + r(" submitted")) + p(r("system") + self.refer(3))
        assert marked(word(body, footnotes=self.NOTES)) == [
            "on cooperation,<s>1</> submitted",
            "<s>1</> ICC-ASP/20/25.",
            "system<s>2</>",
            "<s>2</> See above.",
        ]

    def test_have_marks_of_their_own_that_do_not_count(self) -> None:
        star = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>'
        body = p(r("Title") + star) + p(r("text") + self.refer(2))
        assert marked(word(body, footnotes=self.NOTES)) == [
            "Title<s>*</>",
            "<s>*</> Reissued.",
            "text<s>1</>",
            "<s>1</> ICC-ASP/20/25.",
        ]

    def test_are_counted_in_the_form_of_the_settings_and_anew_in_a_section(self) -> None:
        given = '<w:footnotePr><w:numFmt w:val="chicago"/><w:numRestart w:val="eachSect"/></w:footnotePr>'
        body = p(r("x") + self.refer(2), "<w:sectPr/>") + p(r("y") + self.refer(3)) + "<w:sectPr/>"
        assert marked(word(body, footnotes=self.NOTES, settings=given))[::2] == ["x<s>*</>", "y<s>*</>"]

    def test_at_the_end_of_the_document_are_roman(self) -> None:
        notes = self.NOTES.replace("footnote", "endnote")
        data = word(p(r("x") + self.refer(2, "endnote")), endnotes=notes)
        assert marked(data) == ["x<s>i</>", "<s>i</> ICC-ASP/20/25."]

    def test_that_are_missing_or_refer_to_themselves_leave_their_mark(self) -> None:
        own = f'<w:footnote w:id="2">{p(r("see") + self.refer(2))}</w:footnote>'
        assert marked(word(p(r("x") + self.refer(2) + self.refer(9)), footnotes=own)) == [
            "x<s>13</>",
            "<s>1</> see<s>2</>",
        ]


FIELD_BEGIN, FIELD_TURN, FIELD_END = (
    r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
)


class TestText:
    @pytest.mark.parametrize(
        ("content", "text"),
        [
            pytest.param(f"<w:ins>{r('a')}</w:ins><w:del>{r('<w:delText>b</w:delText>')}</w:del>", "a", id="changes"),
            pytest.param("<w:moveFrom>" + r("a") + "</w:moveFrom><w:moveTo>" + r("b") + "</w:moveTo>", "b", id="moved"),
            pytest.param("<w:hyperlink>" + r("link") + "</w:hyperlink>", "link", id="link"),
            pytest.param("<w:smartTag>" + r("tag") + "</w:smartTag>", "tag", id="smart tag"),
            pytest.param(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('in')}</w:sdtContent></w:sdt>", "in", id="control"),
            pytest.param(r("<w:t>a</w:t><w:tab/><w:t>b</w:t>"), "a\tb", id="tab"),
            pytest.param(r("<w:t>ICC</w:t><w:noBreakHyphen/><w:t>ASP\u00a020</w:t>"), "ICC-ASP 20", id="unbroken"),
            pytest.param(r("<w:t>co\u00adop</w:t><w:softHyphen/><w:t>eration</w:t>"), "cooperation", id="soft hyphens"),
            pytest.param(r('<w:sym w:font="Symbol" w:char="F0B7"/>') + r("x"), "•x", id="symbol"),
            pytest.param(r("a") + r("secret", "<w:vanish/>") + r("b"), "ab", id="hidden"),
            pytest.param("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1", id="formula"),
            pytest.param(
                r(f"<w:ruby><w:rt>{r('up')}</w:rt><w:rubyBase>{r('base')}</w:rubyBase></w:ruby>"), "base", id="ruby"
            ),
            pytest.param(
                FIELD_BEGIN + r("<w:instrText>PAGEREF x</w:instrText>") + r("lost") + FIELD_TURN + r("12") + FIELD_END,
                "12",
                id="field",
            ),
            pytest.param('<w:fldSimple w:instr="DATE">' + r("today") + "</w:fldSimple>", "today", id="simple field"),
            pytest.param("<w:unknown>" + r("kept") + "</w:unknown>", "kept", id="unknown element"),
        ],
    )  # fmt: skip
    def test_is_what_word_prints(self, content: str, text: str) -> None:
        assert texts(word(p(content))) == [text]

    def test_of_a_field_over_paragraphs_is_kept_even_where_it_is_never_closed(self) -> None:
        start = FIELD_BEGIN + r("<w:instrText>TOC</w:instrText>")
        assert texts(word(p(start + r("x")) + p("Background") + p("Annex"))) == ["", "Background", "Annex"]

    def test_of_a_paragraph_whose_mark_was_deleted_runs_on(self) -> None:
        body = p("one ", "<w:rPr><w:del/></w:rPr>") + p("two") + p("three")
        assert texts(word(body)) == ["one two", "three"]

    def test_with_line_breaks_is_given_line_by_line_apart_from_the_rest(self) -> None:
        blocks = read_blocks(word(p("before") + p(r("<w:t>Annex I</w:t><w:br/><w:t>Draft</w:t>"))))
        assert [(block.text, block.whole) for block in blocks] == [
            ("before", True),
            ("", False),
            ("Annex I", False),
            ("Draft", False),
            ("", False),
        ]

    def test_box_is_read_once_behind_its_paragraph(self) -> None:
        box = f"<w:txbxContent>{p('box')}</w:txbxContent>"
        content = (
            f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        )
        assert texts(word(p(r("host ") + r(content) + r("goes on")))) == ["host goes on", "box"]
        assert texts(word(p(r(f"<w:pict><v:textbox>{box}</v:textbox></w:pict>")))) == ["", "box"]

    def test_of_tables_is_read_row_by_row(self) -> None:
        def row(*cells: str, change: str = "") -> str:
            inside = "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells)
            return f"<w:tr><w:trPr>{change}</w:trPr>{inside}</w:tr>"

        table = row(p("1."), p("Recalls it;")) + row(p("gone"), change="<w:del/>")
        table += row(p("left") + p("lower left"), p("right"))
        assert texts(word(f"<w:tbl><w:tblPr/>{table}</w:tbl>")) == ["1.\tRecalls it;", "left", "lower left", "right"]

    def test_of_page_headers_and_of_empty_paragraphs(self) -> None:
        more = {"word/header1.xml": xml("hdr", p("ICC-ASP/20/20")).encode()}
        assert texts(word(p("") + p("text"), more)) == ["", "text"]

    def test_of_strict_documents(self) -> None:
        data = word(p("text", numbered(1)), numbering=TestNumbers.OUTLINE + a_list(1, 0))
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        usual, strict = (
            b"schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"purl.oclc.org/ooxml/wordprocessingml/main",
        )
        assert texts(packed({name: file.replace(usual, strict) for name, file in files.items()})) == ["1.\ttext"]


class TestRefusals:
    DOCUMENT = word(p("text"))

    def code(self, data: bytes) -> str:
        with pytest.raises(UnreadableDocument) as refused:
            read_docx(data)
        assert refused.value.reason.endswith(".")
        return refused.value.code

    def test_of_what_is_damaged(self) -> None:
        assert self.code(self.DOCUMENT[: len(self.DOCUMENT) // 2]) == "broken_docx"
        assert self.code(packed({"word/document.xml": b"<w:document"})) == "broken_docx"

    def test_of_what_is_no_document(self) -> None:
        assert self.code(packed({"notes.txt": b"text"})) == "not_docx"
        assert self.code(packed({"word/document.xml": b"<html/>"})) == "not_docx"

    def test_of_what_holds_no_text(self) -> None:
        assert self.code(word(p(""))) == "empty_file"

    def test_of_passwords(self) -> None:
        assert self.code(packed({"EncryptedPackage": b"x", "word/document.xml": b""})) == "encrypted"
        assert (
            self.code(self.DOCUMENT.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"))
            == "encrypted"
        )

    @pytest.mark.parametrize(
        "declaration",
        ['<!DOCTYPE x SYSTEM "http://example.org/x.dtd">', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_of_entities_and_other_files(self, declaration: str, encoding: str) -> None:
        part = xml("document", "<w:body/>").replace('<?xml version="1.0" encoding="UTF-8"?>', declaration)
        assert self.code(packed({"word/document.xml": part.encode(encoding)})) == "external_entity"

    def test_of_bombs_by_their_directory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.code(packed({"word/document.xml": b"<a/>", "word/x.xml": b" " * 30_000_000})) == "zip_bomb"
        monkeypatch.setattr(docx_package, "MOST_PARTS", 2)
        assert self.code(self.DOCUMENT) == "zip_bomb"

    def test_of_bombs_that_hide_their_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(docx_package, "LARGEST_PART", 100)
        assert self.code(self.DOCUMENT) == "zip_bomb"

    def test_of_elements_in_one_another_without_end(self) -> None:
        assert self.code(word("<w:sdt>" * 2000 + p("x") + "</w:sdt>" * 2000)) == "broken_docx"


WHOLE = word(
    p(r("Recalls", "<w:i/>") + '<w:r><w:footnoteReference w:id="2"/></w:r>', numbered(1)),
    numbering=TestNumbers.OUTLINE + a_list(1, 0),
    footnotes=TestNotes.NOTES,
    styles=TestStyle.STYLES,
)


@given(place=st.integers(0, len(WHOLE) - 1), patch=st.binary(min_size=1, max_size=8))
@settings(deadline=None)
def test_damaged_bytes_raise_nothing_but_a_reason(place: int, patch: bytes) -> None:
    try:
        read_docx(WHOLE[:place] + patch + WHOLE[place + len(patch) :])
    except UnreadableDocument as refused:
        assert refused.reason.endswith(".")  # noqa: PT017 - it may be read as well


@given(
    part=st.sampled_from(["document", "numbering", "styles", "footnotes"]),
    place=st.floats(0, 1),
    patch=st.text('<>/"w:=09 abr', max_size=6),
)
@settings(deadline=None)
def test_damaged_parts_raise_nothing_but_a_reason(part: str, place: float, patch: str) -> None:
    with zipfile.ZipFile(BytesIO(WHOLE)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    data = files[f"word/{part}.xml"]
    at = int(place * len(data))
    try:
        read_docx(packed({**files, f"word/{part}.xml": data[:at] + patch.encode() + data[at + len(patch) :]}))
    except UnreadableDocument as refused:
        assert refused.reason.endswith(".")  # noqa: PT017 - it may be read as well
