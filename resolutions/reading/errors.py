"""Why a document cannot be read, in words for the person who brought it."""

from __future__ import annotations


class UnreadableDocument(Exception):
    """A document that cannot be read or is not what the tracker is for.

    Args:
        code: stable identifier of the reason, for example ``empty_file``; screens and import runs store it.
        reason: one sentence for people that says what is wrong and, where it helps, what to do next.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
