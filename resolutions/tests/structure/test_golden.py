"""Records of the corpus and of our own documents, held to golden files that were read when they were written."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from resolutions.structure.records import ParagraphRecord, ResolutionRecord
from resolutions.tests.golden import GoldenCheck
from resolutions.tests.structure.samples import CORPUS, OWN, structured_sample


def _as_json(record: ResolutionRecord) -> dict[str, object]:
    fields = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    fields["adopted"], fields["distributed"] = (str(fields[name]) for name in ("adopted", "distributed"))
    fields["headings"] = [dataclasses.astuple(heading) for heading in record.headings]
    fields["paragraphs"] = [_paragraph(paragraph) for paragraph in record.paragraphs]
    fields["warnings"] = [(warning.sentence, *warning.paragraphs) for warning in record.warnings]
    return fields


def _paragraph(paragraph: ParagraphRecord) -> dict[str, object]:
    fields = dataclasses.asdict(paragraph)
    fields["emphases"] = [paragraph.text[e.start : e.end] for e in paragraph.emphases]
    fields["footnotes"] = [(note.mark, note.offset, note.text) for note in paragraph.footnotes]
    del fields["part"]  # the key has it
    return {name: value for name, value in fields.items() if value not in (None, "", [], False)}


@pytest.mark.parametrize("path", CORPUS + OWN, ids=lambda path: path.stem)
def test_record_is_as_it_was(path: Path, golden: GoldenCheck) -> None:
    golden("structure", path.stem, _as_json(structured_sample(path)))
