"""A bar on the terminal for commands that take long; nothing where nobody looks."""

from __future__ import annotations

from typing import TextIO

_WIDTH = 30


class ProgressBar:
    """How many files are done of those that were found so far.

    Args:
        stream: where it is drawn, if that is a terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.shown = stream.isatty()
        self.done = self.total = 0
        self.more = True

    def found(self) -> None:
        """Count one more file that is to be done."""
        self.total += 1

    def found_all(self) -> None:
        """Say that there are no more files."""
        self.more = False

    def step(self) -> None:
        """Count one more file that is done, and draw."""
        self.done += 1
        if not self.shown:
            return
        full = _WIDTH * self.done // max(self.total, 1)
        more = "+" if self.more else ""
        self.stream.write(f"[{'#' * full}{'.' * (_WIDTH - full)}] {self.done} of {self.total}{more}")
        self.stream.flush()

    def clear(self) -> None:
        """Take the bar away, before a line is printed."""
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
