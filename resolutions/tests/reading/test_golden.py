"""Blocks of the corpus, held to golden files."""

from __future__ import annotations

from pathlib import Path

import pytest

from resolutions.reading import read_blocks
from resolutions.reading.blocks import TextBlock, TextRun
from resolutions.tests.golden import GoldenCheck
from resolutions.tests.structure.samples import CORPUS


def _compact(block: TextBlock) -> str:
    return "".join(_marked(run) for run in block.runs)


def _marked(run: TextRun) -> str:
    opening, closing = "i<" * run.italic + "b<" * run.bold + "s<" * run.superscript, ">"
    return f"{opening}{run.text}{closing * (len(opening) // 2)}"


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_blocks_are_as_they_were(path: Path, golden: GoldenCheck) -> None:
    golden("reading", path.stem, [_compact(block) for block in read_blocks(path.read_bytes())])
