"""A place that a form of deadline found, and the time of the document that it is read by."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from mandates.extraction.vocabulary import DeadlinePattern, Speaker


@dataclass(frozen=True, slots=True)
class Timing:
    """What a document says of its own time.

    Attributes:
        session: number of the session at which it was adopted or for which it was written; None where unknown.
        given: the day of adoption or distribution; None where unknown.
        speaker: whose sessions count; None where the symbol tells none.
    """

    session: int | None
    given: datetime.date | None
    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that a pattern found.

    Attributes:
        before, after: what the clause says before and after it.
        said: what the paragraph said before, for "at that session".
        asked: what is asked, up to the place; what tells of those who are asked ("those which intend ...") is left out.
    """

    pattern: DeadlinePattern
    match: re.Match[str]
    before: str
    after: str
    said: str
    asked: str
