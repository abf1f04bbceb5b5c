"""What a corrigendum says: where something is to be changed, and what.

The forms are those in which the secretariats of the Assembly and of the United Nations write corrigenda: "Paragraph 25:
For *twenty-first session* read *twenty-second session*", "Replace the paragraph with the following", "Delete
paragraph 7" (recalled; the series is shown by ``ICC-ASP/4/33/Add.1/Corr.1``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from resolutions.structure.records import ResolutionRecord
from resolutions.structure.styled import StyledText


class Change(StrEnum):
    """What an instruction does."""

    WORDS = "words"  # puts words in the place of others; none in their place deletes them
    TEXT = "text"  # puts a text in the place of a whole paragraph, sentence, footnote or title
    DELETION = "deletion"  # of a paragraph
    INSERTION = "insertion"  # of a paragraph
    APPENDIX = "appendix"  # of words to the end of a paragraph
    NOTE = "note"  # nothing: a footnote of the corrigendum, which explains it or belongs to the words that it gives
    RENUMBERING = "renumbering"  # of the paragraphs behind what was put in or deleted


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change is to be made, as far as the corrigendum says.

    Attributes:
        symbol: of the document, where one is named.
        part: ``annex I``; empty where none is named.
        label: of a paragraph, ``3(b)``.
        preambular: which preambular paragraph, from 1; -1 is the last one.
        footnote: its mark.
        title: the title of the document.
        sentence: which sentence, from 1; -1 is the last one.
        in_line: it counts lines of the page, of which nothing is known any more.
    """

    symbol: str = ""
    part: str = ""
    label: str = ""
    preambular: int = 0
    footnote: str = ""
    title: bool = False
    sentence: int = 0
    in_line: bool = False

    @property
    def is_named(self) -> bool:
        """True where it names a paragraph, a footnote or the title."""
        return bool(self.label or self.preambular or self.footnote or self.title)


@dataclass(frozen=True, slots=True)
class Instruction:
    """One thing that a corrigendum says.

    Attributes:
        words: as printed, with the place.
        change: what is to be done; None where that was not understood.
        places: where; more than one where the same is to be done in several paragraphs.
        old: the words that are to go, or those behind which others come.
        new: the text that comes, a piece a paragraph.
        label: number of a new paragraph, where one is given.
        before: the new paragraph comes before the place, not behind it.
        everywhere: wherever the words stand.
        whole: it says that it means the whole paragraph.
    """

    words: str
    change: Change | None = None
    places: tuple[Place, ...] = ()
    old: str = ""
    new: tuple[StyledText, ...] = ()
    label: str = ""
    before: bool = False
    everywhere: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Corrigendum:
    """A corrigendum: its head, with an instruction a paragraph, and the instructions."""

    record: ResolutionRecord
    instructions: tuple[Instruction, ...]
