"""Clauses, mandates and references of the corpus, held to golden files that were read when they were written."""

from __future__ import annotations

from pathlib import Path

import pytest

from mandates.extraction.extraction_json import mandate_as_json, reference_as_json
from mandates.extraction.records import Clause
from mandates.tests.extraction.samples import CORPUS, parsed
from resolutions.tests.golden import GoldenCheck


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_clauses_are_as_they_were(path: Path, golden: GoldenCheck) -> None:
    texts = {paragraph.key: paragraph.text for paragraph in parsed(path).record.paragraphs}
    golden("clauses", path.stem, [_in_short(clause, texts) for clause in parsed(path).extraction.clauses])


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_mandates_are_as_they_were(path: Path, golden: GoldenCheck) -> None:
    golden("mandates", path.stem, [mandate_as_json(mandate) for mandate in parsed(path).extraction.mandates])


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_references_are_as_they_were(path: Path, golden: GoldenCheck) -> None:
    golden("references", path.stem, [reference_as_json(reference) for reference in parsed(path).extraction.references])


def _in_short(clause: Clause, texts: dict[str, str]) -> dict[str, object]:
    span, verb = clause.span, clause.verb_span
    text = texts[span.paragraph]
    return {
        "paragraph": span.paragraph,
        "verb": text[verb.start : verb.end],
        "entry": clause.rule,
        "strength": clause.strength.value if clause.strength else None,
        "begins": text[span.start : span.end][:60],
        "ends": text[span.start : span.end][-30:],
        "continued_in": [part.paragraph for part in clause.continuations],
    }
