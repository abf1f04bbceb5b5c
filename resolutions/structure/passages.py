"""Passages: stretches of a document with one role on the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from resolutions.structure.labels import Level
from resolutions.structure.styled import StyledText


class Role(Enum):
    """What a passage is on the page."""

    PART = auto()  # "Annex I"
    TITLE = auto()  # the title under it
    HEADING = auto()
    ENACTING = auto()
    NUMBERED = auto()  # number or letter, in `levels`
    UNNUMBERED = auto()
    CLOSING = auto()  # "Resolution adopted without vote."
    REPEATED = auto()  # a part's title again, as a running head


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the document with one role.

    Attributes:
        role: what it is.
        part: the part in which it stands.
        pieces: its lines, without the printed label.
        levels: its place in the numbering, outermost first; empty where it has no label.
        printed: its label as it stands in the document.
        chapeau: ordinal of the passage that it continues as a sub-paragraph.
        page, last_page: pages on which it starts and ends.
        position: ordinal of the block in which it starts.
        warning: what is odd about its number.
    """

    role: Role
    part: str
    pieces: tuple[StyledText, ...]
    levels: tuple[Level, ...] = ()
    printed: str = ""
    chapeau: int | None = None
    page: int | None = None
    last_page: int | None = None
    position: int = 0
    warning: str = ""


@dataclass(slots=True)
class OpenPassage:
    """The passage that is being read; its fields are those of `Passage`."""

    role: Role
    part: str
    pieces: list[StyledText] = field(default_factory=list)
    levels: tuple[Level, ...] = ()
    printed: str = ""
    chapeau: int | None = None
    page: int | None = None
    last_page: int | None = None
    position: int = 0
    warning: str = ""

    @property
    def text(self) -> str:
        """The words so far; a line end counts as a space."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def is_paragraph(self) -> bool:
        """True for text, numbered or not; False for what stands over it."""
        return self.role in (Role.NUMBERED, Role.UNNUMBERED)

    def closed(self) -> Passage:
        """Give the passage as it stands."""
        return Passage(
            self.role,
            self.part,
            tuple(self.pieces),
            self.levels,
            self.printed,
            self.chapeau,
            self.page,
            self.last_page,
            self.position,
            self.warning,
        )
