"""The symbol of a document whose head lost it: as the document cites itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from resolutions.structure.records import ParagraphRecord
from resolutions.structure.symbols import DocumentSymbol, find_symbols

_REACH = 200  # letters between the title in the text and the mark of its footnote


def symbol_as_cited(
    title: str, session: int | str | None, paragraphs: Iterable[ParagraphRecord]
) -> DocumentSymbol | None:
    """Find the symbol by which a document cites itself.

    Args:
        title: its title.
        session: the session for which it was written.
        paragraphs: its text.

    Returns:
        The symbol of that session in a footnote whose mark follows the title in the text: "annex III of the report of
        the Bureau on cooperation to the sixteenth session" with the footnote "ICC-ASP/16/17, annex III."
        (ICC-ASP/16/17, annex I, para. 10). None where there is none.
    """
    words = re.sub(r"\s+", " ", title).strip().lower()
    if len(words.split()) < 3 or session is None:
        return None
    for paragraph in paragraphs:
        for note in paragraph.footnotes:
            before = paragraph.text[: note.offset or 0].lower()
            if words not in before[-_REACH - len(words) :]:
                continue
            for mention in find_symbols(note.text):
                if mention.symbol.session == session and not mention.symbol.is_resolution:
                    return mention.symbol
    return None
