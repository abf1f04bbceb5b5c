"""PDF files for the tests, drawn word by word."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

ROMAN, ITALIC, BOLD = "Times-Roman", "Times-Italic", "Times-Bold"
LIGATURES = "Vera"  # comes with reportlab, and has signs for fi and fl


@dataclass
class Drawing:
    """A document that is drawn from the top of its first page.

    Attributes:
        leading: distance of lines.
        left: where lines begin.
    """

    leading: float = 12
    left: float = 120
    canvas: Canvas = field(init=False)
    height: float = 700

    def __post_init__(self) -> None:
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=(612, 792), pageCompression=0)

    def words(
        self, x: float, y: float, *pieces: str | tuple[str, str] | tuple[str, str, float], size: float = 10
    ) -> None:
        """Draw pieces one behind the other: text, text in a font, or text in a font raised by points."""
        text = self.canvas.beginText(x, y)
        for piece in pieces:
            words, font, rise = (piece, ROMAN, 0.0) if isinstance(piece, str) else (*piece, 0.0)[:3]
            text.setFont(font, size * 0.65 if rise else size)
            text.setRise(rise)
            text.textOut(words)
        self.canvas.drawText(text)

    def line(
        self, *pieces: str | tuple[str, str] | tuple[str, str, float], gap: bool = False, size: float = 10
    ) -> None:
        """Draw the next line, after a gap if it opens a paragraph."""
        self.height -= self.leading * (1.5 if gap else 1)
        self.words(self.left, self.height, *pieces, size=size)

    def paragraph(self, *lines: str) -> None:
        """Draw lines with a gap before the first."""
        for number, line in enumerate(lines):
            self.line(line, gap=number == 0)

    def page(self) -> None:
        """Begin a new page."""
        self.canvas.showPage()
        self.height = 700

    def data(self) -> bytes:
        """End the document."""
        self.canvas.save()
        return self.file.getvalue()


def with_ligatures() -> None:
    """Make the font with ligatures known."""
    if LIGATURES not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(LIGATURES, "Vera.ttf"))


def of_objects(objects: Sequence[bytes]) -> bytes:
    """Write a file from its objects, of which the first is the catalog."""
    data = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def of_content(content: bytes, *more: bytes, resources: bytes = b"<< /Font << /F1 5 0 R >> >>") -> bytes:
    """Write a file of one page with a content stream, which is compressed, and further objects from number 6 on."""
    packed = zlib.compress(content, 9)
    return of_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources %s >>" % resources,
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *more,
        ]
    )
