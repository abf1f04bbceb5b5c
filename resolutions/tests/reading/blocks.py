"""What the tests say of blocks, in short."""

from __future__ import annotations

from resolutions.reading.blocks import TextBlock, TextRun


def texts(blocks: tuple[TextBlock, ...]) -> list[str]:
    """The words of each block."""
    return [block.text.strip() for block in blocks]


def styled(block: TextBlock) -> list[tuple[str, str]]:
    """The runs of a block with a letter for each style."""

    def letter(run: TextRun) -> str:
        return ("s" if run.superscript else "") + ("i" if run.italic else "") + ("b" if run.bold else "")

    return [(run.text, letter(run)) for run in block.runs]
