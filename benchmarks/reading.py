"""Times the line from the bytes of a PDF to its mandates beside pdfium's plain text of the same pages.

    python -m benchmarks.reading [FILE ...] [--repeat 5]

Without files it draws a resolution of some pages itself. Both sides are measured in this process; what the process of
its own costs that reads hostile forms is told apart, for it is the same for a file of any length.
"""

from __future__ import annotations

import argparse
import ctypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2_raw as pdfium

from benchmarks.timing import best_in_turn
from mandates.extraction.extract import extract
from resolutions.reading import read_blocks
from resolutions.reading.pdf import read_pdf
from resolutions.structure.document import structure_document

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that each stage takes for some files, the best of some runs.

    Attributes:
        pages: of all files.
        plain: pdfium's text of the pages.
        read, structured, extracted: the stages of the line.
        apart: what reading in a process of its own takes beyond `read`, for a file.
    """

    pages: int
    plain: float
    read: float
    structured: float
    extracted: float
    apart: float

    @property
    def ratio(self) -> float:
        """How many times as long as pdfium's text the whole line takes."""
        return (self.read + self.structured + self.extracted) / self.plain

    def __str__(self) -> str:
        def each(seconds: float) -> str:
            return f"{seconds / self.pages * 1000:.2f}"

        return (
            f"{self.pages} pages; ms a page: plain text {each(self.plain)}, reading {each(self.read)}, structure "
            f"{each(self.structured)}, extraction {each(self.extracted)}; {self.ratio:.1f} times; "
            f"a process of its own: {self.apart * 1000:.0f} ms a file"
        )


def time_reading(files: Sequence[bytes], repeat: int = 5) -> Timing:
    """Time the line.

    Args:
        files: PDF files.
        repeat: how often.

    Returns:
        The timing.
    """
    pages = sum(_plain_text(data) for data in files)
    blocks = [read_pdf(data) for data in files]
    records = [structure_document(found) for found in blocks]
    for data in files:
        read_blocks(data)
    best = best_in_turn(
        {
            "plain": lambda: [_plain_text(data) for data in files],
            "read": lambda: [read_pdf(data) for data in files],
            "structured": lambda: [structure_document(found) for found in blocks],
            "extracted": lambda: [extract(record) for record in records],
            "isolated": lambda: [read_blocks(data) for data in files],
        },
        repeat,
    )
    apart = (best.pop("isolated") - best["read"]) / len(files)
    return Timing(pages=pages, apart=apart, **best)


def sample() -> bytes:
    """Draw a resolution of ten pages."""
    from resolutions.tests.reading.pdf_files import ITALIC, Drawing

    drawing = Drawing()
    drawing.line("Resolution ICC-ASP/20/Res.2", size=14)
    drawing.paragraph("Adopted at the 8th plenary meeting, on 9 December 2021, by consensus")
    drawing.paragraph("The Assembly of States Parties,")
    for number in range(1, 121):
        drawing.line(f"{number}. ", ("Requests", ITALIC), " the Court to submit an updated report on the", gap=True)
        drawing.line("execution of arrest warrants and on cooperation with States to the Assembly of States")
        drawing.line("Parties at its twenty-first session, in consultation with the Bureau;")
        if number % 12 == 0:
            drawing.page()
    return drawing.data()


def _plain_text(data: bytes) -> int:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    pages: int = pdfium.FPDF_GetPageCount(document)
    for number in range(pages):
        page = pdfium.FPDF_LoadPage(document, number)
        text = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text)
        letters = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text, 0, count, letters)
        bytes(letters).decode("utf-16-le", errors="replace")
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return pages


def main() -> int:
    """Print the timing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="PDF files; without, those of the corpus, else a drawn one")
    parser.add_argument("--repeat", type=int, default=5, help="the best of so many runs counts")
    options = parser.parse_args()
    paths = options.files or sorted(CORPUS.glob("*.pdf"))
    files = [path.read_bytes() for path in paths] or [sample()]
    sys.stdout.write(f"{time_reading(files, options.repeat)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
