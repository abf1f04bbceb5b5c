"""Text that remembers the style of each of its letters while lines are cut and joined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from resolutions.reading.blocks import TextRun
from resolutions.structure.records import Emphasis

_NO_SPACE = re.compile(r"[^\S ]")  # white space other than the space
_EMPHASES = (("italic", "iB"), ("bold", "bB"))


@dataclass(frozen=True, slots=True)
class StyledText:
    """Characters and, one for one, their style.

    Attributes:
        text: the characters.
        style: a letter for each: ``i`` italic, ``b`` bold, ``B`` both, ``s`` superscript, a space for none.
    """

    text: str = ""
    style: str = ""

    @classmethod
    def of_runs(cls, runs: Iterable[TextRun]) -> StyledText:
        """Join the runs of a block."""
        pieces = [(run.text, _letter(run) * len(run.text)) for run in runs]
        return cls("".join(text for text, _ in pieces), "".join(style for _, style in pieces))

    @classmethod
    def unstyled(cls, text: str) -> StyledText:
        """Give text without style."""
        return cls(text, " " * len(text))

    def __add__(self, other: StyledText) -> StyledText:
        return StyledText(self.text + other.text, self.style + other.style)

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int | None = None) -> StyledText:
        """Give the part from start to end."""
        return StyledText(self.text[start:end], self.style[start:end])

    def strip(self) -> StyledText:
        """Give the text without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def collapsed(self) -> StyledText:
        """Give the text with each run of white space as one space."""
        if "  " not in self.text and _NO_SPACE.search(self.text) is None:
            return self.strip()
        pieces: list[StyledText] = []
        end = 0
        for match in re.finditer(r"\s+", self.text):
            if match[0] != " ":
                pieces += [self.cut(end, match.start()), StyledText(" ", self.style[match.start()])]
                end = match.end()
        return sum([*pieces, self.cut(end)], StyledText()).strip()

    def emphases(self) -> tuple[Emphasis, ...]:
        """Give the italic and bold stretches, without the white space at their ends."""
        found: list[Emphasis] = []
        for name, letters in _EMPHASES:
            for match in re.finditer(f"[{letters}]+", self.style):
                words = self.text[match.start() : match.end()]
                start = match.start() + len(words) - len(words.lstrip())
                end = match.start() + len(words.rstrip())
                if start < end:
                    found.append(Emphasis(start, end, name))
        return tuple(sorted(found, key=lambda emphasis: (emphasis.start, emphasis.end)))


def _letter(run: TextRun) -> str:
    if run.superscript:
        return "s"
    if run.bold:
        return "B" if run.italic else "b"
    return "i" if run.italic else " "
