"""Other forms of a document, re-wrapped, bare or with page heads in it, give the same record."""

from __future__ import annotations

from pathlib import Path

import pytest

from resolutions.structure.records import ResolutionRecord
from resolutions.tests.structure import mutations
from resolutions.tests.structure.samples import CORPUS, read_sample, structured, structured_sample


def _said(record: ResolutionRecord) -> tuple[object, ...]:
    head = (record.symbol, record.kind, record.title, record.session, record.adopted, record.meeting, record.mode)
    paragraphs = [
        (p.key, p.label, p.kind, p.heading, p.text, [(note.mark, note.text) for note in p.footnotes], p.parent)
        for p in record.paragraphs
    ]
    return *head, record.distributed, [heading.text for heading in record.headings], paragraphs


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "mutate",
    [
        pytest.param(mutations.without_emphasis, id="bare"),
        pytest.param(mutations.with_crlf, id="crlf"),
        pytest.param(mutations.indented, id="indented"),
        pytest.param(mutations.without_empty_lines, id="dense"),
        *(pytest.param(lambda t, w=w: mutations.rewrapped(t, w), id=f"wrapped-{w}") for w in (60, 66, 72, 80, 90, 110)),
        pytest.param(lambda t: mutations.rewrapped(mutations.without_emphasis(t), 76), id="wrapped-bare"),
        *(pytest.param(lambda t, w=w: mutations.hyphenated(t, w), id=f"hyphenated-{w}") for w in (66, 84)),
        pytest.param(lambda t: mutations.indented(mutations.rewrapped(t, 72), 8), id="wrapped-indented"),
        pytest.param(lambda t: mutations.without_empty_lines(mutations.rewrapped(t, 72)), id="wrapped-dense-72"),
        pytest.param(lambda t: mutations.without_empty_lines(mutations.rewrapped(t, 90)), id="wrapped-dense-90"),
    ],
)
def test_the_same_record(path: Path, mutate: mutations.Mutation) -> None:
    assert _said(structured(mutate(read_sample(path)))) == _said(structured_sample(path))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [0, 80])
@pytest.mark.parametrize("seed", range(6))
def test_the_same_record_through_page_heads(path: Path, width: int, seed: int) -> None:
    text = read_sample(path)
    text = mutations.rewrapped(text, width) if width else text
    text = mutations.with_page_breaks(text, structured_sample(path).symbol, seed)
    assert _said(structured(text)) == _said(structured_sample(path))
