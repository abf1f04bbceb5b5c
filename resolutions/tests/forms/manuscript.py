"""A text of the corpus as a secretariat types it: a Word document with styles, lists, notes, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from resolutions.reading import read_blocks
from resolutions.structure.document import structure_document
from resolutions.structure.footnotes import without_footnotes
from resolutions.structure.furniture import without_furniture
from resolutions.structure.header import read_header
from resolutions.structure.joining import join, vocabulary_of
from resolutions.structure.labels import Family, Level
from resolutions.structure.lines import lines_of, measure_of
from resolutions.structure.notemarks import FIRST_ANCHOR
from resolutions.structure.outline import passages_of
from resolutions.structure.passages import Passage, Role
from resolutions.structure.styled import StyledText
from resolutions.tests.reading.word import (
    a_list,
    definition,
    level,
    numbered,
    p,
    r,
    relation,
    relations_file,
    starting,
    word,
    xml,
)

JOB_NUMBER = "21-E-011212"
_LOOK = {"i": "<w:i/>", "b": "<w:b/>", "B": "<w:i/><w:b/>"}
_BOTH, _RIGHT, _CENTRE = ('<w:jc w:val="both"/>', '<w:jc w:val="right"/>', '<w:jc w:val="center"/>')
_RUN_STYLE = '<w:rStyle w:val="{}"/>'
_HEADS = {Role.PART: "Heading1", Role.TITLE: "Heading2", Role.HEADING: "Heading3"}
_LEVELS = (  # how the labels of the corpus are printed, and the level of the list that prints them so
    level(0, "%1."),
    level(1, "(%2)", "lowerLetter"),
    level(2, "(%3)", "lowerRoman"),
    level(3, "%4)", "lowerLetter"),
    level(4, "(%5)", "lowerLetter"),
)


def manuscript(path: Path) -> bytes:
    """Type a document of the corpus.

    Args:
        path: of its text.

    Returns:
        A DOCX: automatic numbers, real footnotes, headings, italics, justified and hyphenated text, and headers and
        footers with symbol, page and job number that differ on the first, odd and even pages.
    """
    blocks = read_blocks(path.read_bytes())
    symbol = structure_document(blocks, path.name).symbol
    lines = lines_of(blocks)
    vocabulary = vocabulary_of(lines)
    lines, _ = without_furniture(lines)
    lines, notes = without_footnotes(lines, measure_of(lines))
    header, text = read_header(lines, path.name)
    lists, footnotes = _Lists(), _Footnotes([note.text for note in notes])
    body = "".join(_masthead(header.lines))
    for passage in passages_of(text, measure_of(text)):
        body += _passage(passage, "".join(_runs(join(passage.pieces, vocabulary), footnotes)), lists)
    return typed(body, symbol, numbering=lists.definitions + lists.lists, footnotes=footnotes.xml)


def typed(body: str, symbol: str, *, numbering: str, footnotes: str) -> bytes:
    """Put paragraphs on paper as the Assembly does: styles, hyphenation, symbol and job number on every page.

    Args:
        body: paragraphs.
        symbol: of the document.
        numbering: definitions of its lists, and the lists.
        footnotes: those that it refers to, from 2 on.

    Returns:
        A DOCX.
    """
    return word(
        body + _SECTION,
        more={"word/_rels/document.xml.rels": _relations(), **_furniture(symbol)},
        styles=_STYLES,
        numbering=numbering,
        footnotes=_SEPARATORS + footnotes,
        settings='<w:autoHyphenation w:val="true"/><w:evenAndOddHeaders/>',
    )


def footnote(number: int, words: str) -> tuple[str, str]:
    """Give a raised mark and the footnote that it leads to; words are runs."""
    raised = _RUN_STYLE.format("FootnoteReference")
    text = p(r("<w:footnoteRef/>", raised) + r(" ") + words, _style("FootnoteText"))
    return r(f'<w:footnoteReference w:id="{number}"/>', raised), f'<w:footnote w:id="{number}">{text}</w:footnote>'


def _masthead(lines: tuple[str, ...]) -> Iterator[str]:
    """The head: beside the name of the body, a report has a column that says when it was distributed."""
    beside = [line for line in lines[1:4] if lines[1].startswith("Distr")]
    if beside:
        yield columns(lines[:1], beside)
    for line in lines[1 + len(beside) :] if beside else lines:
        yield p(escape(line), _style("Title"))


def columns(left: Iterable[str], right: Iterable[str]) -> str:
    """Make the two columns of a masthead: who issues it, and symbol, distribution and day."""
    cells = (
        "".join(p(escape(line)) for line in left),
        "".join(p(escape(line), _RIGHT) for line in right),
    )
    row = "".join(f'<w:tc><w:tcPr><w:tcW w:w="4500" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells)
    grid = '<w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid>'
    return f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr>{grid}<w:tr>{row}</w:tr></w:tbl>'


def _passage(passage: Passage, runs: str, lists: _Lists) -> str:
    if passage.role in _HEADS:
        return p(r(escape(f"{passage.printed} ")) * bool(passage.printed) + runs, _style(_HEADS[passage.role]))
    if passage.role is not Role.NUMBERED:
        return p(runs, _BOTH + '<w:ind w:firstLine="567"/>')
    label = passage.printed.removeprefix("- ")
    number = lists.numbered(passage.part, passage.levels, label)
    if number is None:
        return p(r(f"<w:t>{escape(label)}</w:t><w:tab/>") + runs, _BOTH)
    return p(runs, number + _BOTH)


def _runs(text: StyledText, footnotes: _Footnotes) -> Iterator[str]:
    start = 0
    for style, letters in groupby(text.style):
        end = start + len(list(letters))
        for is_mark, characters in groupby(text.text[start:end], lambda character: ord(character) >= FIRST_ANCHOR):
            if is_mark:
                yield from (footnotes.reference(ord(character) - FIRST_ANCHOR) for character in characters)
            else:
                yield r(escape("".join(characters)), _LOOK.get(style, ""))
        start = end


class _Footnotes:
    """Gives each mark a footnote; where two marks share one in the text (ICC-ASP/16/17, annex I), a second one."""

    def __init__(self, notes: list[str]) -> None:
        self.notes = notes
        self.xml = ""
        self.last = 1

    def reference(self, note: int) -> str:
        self.last += 1
        words = ""
        for piece in re.split(r"(\S*://\S*)", self.notes[note]):
            # Word breaks no address with a hyphen; to LibreOffice one says so by its language, none.
            words += r(escape(piece), '<w:lang w:val="zxx"/>' * ("://" in piece)) if piece else ""
        mark, text = footnote(self.last, words)
        self.xml += text
        return mark


class _Lists:
    """Gives each paragraph a list that prints its number; a list for each part, and one where a number is left out."""

    def __init__(self) -> None:
        self.definitions = self.lists = ""
        self.last = 0
        self.part = ""
        self.counts: dict[int, int] = {}

    def numbered(self, part: str, levels: tuple[Level, ...], label: str) -> str | None:
        """Give the properties that number a paragraph; None where its label has to be typed."""
        ordinal = levels[-1].ordinal
        depth = _depth(label, levels)
        if depth is None:
            return None
        if part != self.part or (depth == 0 and ordinal != self.counts.get(0, 0) + 1):
            self._begin(part, ordinal if depth == 0 else 1)
        if self.counts.get(depth, 0) + 1 != ordinal:
            return None
        self.counts = {upper: count for upper, count in self.counts.items() if upper < depth} | {depth: ordinal}
        return numbered(self.last, depth)

    def _begin(self, part: str, start: int) -> None:
        self.part, self.last, self.counts = part, self.last + 1, {0: start - 1}
        self.definitions += definition(self.last, *(_indented(each, depth) for depth, each in enumerate(_LEVELS)))
        self.lists += a_list(self.last, self.last, starting(0, start))


def _depth(label: str, levels: tuple[Level, ...]) -> int | None:
    """Find the level whose numbers look like a label."""
    if len(levels) == 1 and re.fullmatch(r"\d+\.", label):
        return 0
    if levels[-1].family is Family.ROMAN and re.fullmatch(r"\([ivx]+\)", label):
        return 2
    if levels[-1].family is Family.LETTER and (match := re.fullmatch(r"(\(?)[a-z]\)", label)):
        return (4 if len(levels) == 1 else 1) if match[1] else 3
    return None


def _indented(each: str, depth: int) -> str:
    left, hanging = (0, -567) if depth == 0 else (1134, 567)
    tab = f'<w:tabs><w:tab w:val="num" w:pos="{left or 567}"/></w:tabs>'
    indent = f'<w:ind w:left="{left}" w:hanging="{max(hanging, 0)}"/>'
    return each.replace("</w:lvl>", f"<w:pPr>{tab}{indent}</w:pPr></w:lvl>")


def _style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def _field(instruction: str) -> str:
    turns = [r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")]
    return turns[0] + r(f"<w:instrText> {instruction} </w:instrText>") + turns[1] + r("1") + turns[2]


def _furniture(symbol: str) -> dict[str, bytes]:
    """Headers and footers as the Assembly's documents have them: the symbol outside, page and job number below."""
    job, page, tab = r(JOB_NUMBER), _field("PAGE"), r("<w:tab/><w:tab/>")
    parts = {
        "header1": xml("hdr", p(escape(symbol), _RIGHT)),
        "header2": xml("hdr", p(escape(symbol))),
        "header3": xml("hdr", p("")),
        "footer1": xml("ftr", p(job + tab + page, _style("Footer"))),
        "footer2": xml("ftr", p(page + tab + job, _style("Footer"))),
        "footer3": xml("ftr", p(job, _style("Footer"))),
    }
    return {f"word/{name}.xml": part.encode() for name, part in parts.items()}


def _relations() -> bytes:
    parts = [relation(name, name, f"{name}.xml") for name in ("styles", "numbering", "footnotes", "settings")]
    parts += [relation(f"{kind}{n}", kind, f"{kind}{n}.xml") for kind in ("header", "footer") for n in (1, 2, 3)]
    return relations_file(parts)


_SECTION = (
    "<w:sectPr>"
    + "".join(
        f'<w:{kind}Reference w:type="{page}" r:id="{kind}{number}"/>'
        for kind in ("header", "footer")
        for number, page in enumerate(("default", "even", "first"), start=1)
    )
    + '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>'
    "<w:titlePg/></w:sectPr>"
)
_SEPARATORS = (
    f'<w:footnote w:type="separator" w:id="0">{p(r("<w:separator/>"))}</w:footnote>'
    f'<w:footnote w:type="continuationSeparator" w:id="1">{p(r("<w:continuationSeparator/>"))}</w:footnote>'
)


def _defined(name: str, paragraph: str, run: str = "", title: str = "") -> str:
    usual = ' w:default="1"' if name == "Normal" else ""
    based = "" if usual else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{usual}><w:name w:val="{title or name}"/>{based}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_NEXT = "<w:keepNext/>"
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
    '<w:sz w:val="20"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + _defined("Normal", '<w:spacing w:after="120"/>')
    + _defined("Title", _CENTRE, '<w:b/><w:sz w:val="26"/>')
    + _defined("Heading1", _NEXT + _CENTRE, '<w:b/><w:sz w:val="28"/>', "heading 1")
    + _defined("Heading2", _NEXT + _CENTRE, '<w:b/><w:sz w:val="24"/>', "heading 2")
    + _defined("Heading3", _NEXT, '<w:b/><w:sz w:val="22"/>', "heading 3")
    + _defined("FootnoteText", "", '<w:sz w:val="16"/>', "footnote text")
    + _defined(
        "Footer",
        '<w:tabs><w:tab w:val="center" w:pos="4535"/><w:tab w:val="right" w:pos="9070"/></w:tabs>',
        title="footer",
    )
    + '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)
