"""The same resolution as text, DOCX, HTML and PDF, the last three made by a word processor, gives the same record."""

from __future__ import annotations

from pathlib import Path

import pytest

from asp_tracker.tests.services import missing
from resolutions.reading import read_blocks
from resolutions.reading.blocks import TextBlock
from resolutions.structure.document import structure_document
from resolutions.structure.records import ResolutionRecord
from resolutions.tests.forms.manuscript import manuscript
from resolutions.tests.forms.office import office, saved_as
from resolutions.tests.forms.samples import FORMS_READ, form_of
from resolutions.tests.structure.samples import CORPUS, OWN

TEXTS = pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)


def said(record: ResolutionRecord) -> list[object]:
    """All that a record says but for what the form itself brings: page numbers, headers and footers, marks of notes.

    The notes of ICC-ASP/16/17 start again at 1 in each annex; the word processor numbers them through.
    """
    head = (record.symbol, record.kind, record.title, record.session, record.adopted, record.meeting, record.mode)
    paragraphs = [
        (p.key, p.label, p.kind, p.heading, p.text, [(n.text, n.offset) for n in p.footnotes], p.parent, p.proposed)
        for p in record.paragraphs
    ]
    italics = [[e for e in p.emphases if e.style == "italic"] for p in record.paragraphs]
    return [*head, record.distributed, *record.headings, *paragraphs, *italics]


def record_of(path: Path, data: bytes) -> ResolutionRecord:
    return structure_document(read_blocks(data), path.name)


# Of our own documents those whose head has no title over two lines, which the manuscript types as two paragraphs.
OTHER_LAYOUTS = {
    "bureau_report", "capitals", "committee_report", "double_spacing", "draft_resolution", "endnotes", "labels_alone",
    "human_rights_council", "indented_tabs", "numbered_headings", "operative_unnumbered", "report_with_summary",
    "restarted_notes", "review_conference",
}  # fmt: skip
TYPED = [*CORPUS, *(path for path in OWN if path.stem in OTHER_LAYOUTS)]


@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.stem)
def test_typed_it_is_the_same(path: Path) -> None:
    assert said(record_of(path, manuscript(path))) == said(record_of(path, path.read_bytes()))


@TEXTS
@pytest.mark.parametrize("form", FORMS_READ)
def test_published_it_is_the_same(path: Path, form: str) -> None:
    assert said(record_of(path, form_of(path, form))) == said(record_of(path, path.read_bytes()))


@pytest.mark.parametrize("form", FORMS_READ)
def test_the_samples_are_what_the_word_processor_makes(form: str) -> None:
    if office() is None:
        missing("LibreOffice (soffice) is not installed")
    path = next(path for path in CORPUS if path.stem == "ICC-ASP-20-Res2-ENG")
    made = saved_as(form, {path.stem: manuscript(path)})[path.stem]
    assert words(read_blocks(made)) == words(read_blocks(form_of(path, form)))


def words(blocks: tuple[TextBlock, ...]) -> list[str]:
    """The words of a document; another edition of the program can break lines and pages elsewhere."""
    return "".join(block.text for block in blocks).replace("-", "").split()
