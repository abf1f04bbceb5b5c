"""What a reader gives: the words of a document with their style and their place on the page."""

from __future__ import annotations

from dataclasses import dataclass

HIDDEN = "hidden"  # the band of what is in the file and cannot be seen


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of text in one style.

    Attributes:
        text: the characters, as the document has them, without markup.
        italic: set in italics (`*...*` in the text forms).
        bold: set in bold (`**...**` in the text forms).
        superscript: raised, as footnote marks are.
        size: font size relative to the document's most frequent one (1.0); None where the form knows no size.
    """

    text: str
    italic: bool = False
    bold: bool = False
    superscript: bool = False
    size: float | None = None


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A line (text, PDF) or a paragraph (DOCX, HTML) of the document, in reading order.

    Attributes:
        runs: the styled text; `text` joins it.
        position: ordinal of the block in the document, from 0.
        page: page number from 1; None where the form has no pages.
        whole: True where the block is a whole paragraph, False where it is one line of the page and
            the structure stage has to join it with its neighbours.
        band: where it stands on the page, if that tells what it is: ``head`` and ``foot`` come again from page to page
            and are no text, ``notes`` stand above the foot, ``hidden`` is what a reader of the page does not see;
            empty for what runs, and where the form has no pages.
    """

    runs: tuple[TextRun, ...]
    position: int
    page: int | None = None
    whole: bool = False
    band: str = ""

    @property
    def text(self) -> str:
        """The characters of the block without style."""
        return "".join(run.text for run in self.runs)
