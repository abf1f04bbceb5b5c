"""Documents of a few words, as the structure stage would give them."""

from __future__ import annotations

import csv
import datetime
import functools
from pathlib import Path

from mandates.extraction.records import Deadline, DeadlineKind
from mandates.pipeline import ParsedDocument, parse_document
from resolutions.structure.records import (
    DocumentKind,
    Emphasis,
    Footnote,
    ParagraphKind,
    ParagraphRecord,
    ResolutionRecord,
)

CORPUS = sorted((Path(__file__).parents[3] / "corpus").glob("ICC-ASP-*.txt"))
PHRASES = Path(__file__).parent / "phrases"
# Assemblies end in December; the United Nations organs adopt all year.
_ADOPTED = {"ICC-ASP": (2001, 12), "A": (1945, 12), "A/HRC": (2010, 6), "RC": (2010, 6), "S": (2005, 3), "E": (2006, 7)}


def paragraph(
    text: str,
    label: str = "1",
    heading: str | None = None,
    kind: ParagraphKind = ParagraphKind.OPERATIVE,
    parent: str | None = None,
    emphases: tuple[Emphasis, ...] = (),
    footnotes: tuple[Footnote, ...] = (),
) -> ParagraphRecord:
    """Make a paragraph of the body."""
    key = f"body/{label or 'unnumbered.1'}"
    return ParagraphRecord(key, "body", label, kind, heading, text, emphases, footnotes, parent)


def document(
    *paragraphs: ParagraphRecord, symbol: str = "ICC-ASP/17/Res.5", title: str = "Strengthening the Court"
) -> ResolutionRecord:
    """Make a resolution whose session and day of adoption follow from its symbol."""
    series = "A/HRC" if symbol.startswith("A/HRC") else symbol.split("/")[0]
    numbers = [part for part in symbol.split("/") if part.isdecimal()]
    session = int(numbers[0]) if numbers and series in ("ICC-ASP", "A", "A/HRC") else None
    year, month = _ADOPTED[series]
    adopted = datetime.date(year + session if session and series in ("ICC-ASP", "A") else year, month, 12)
    if series == "A/HRC":
        adopted = datetime.date(2018, 9, 28)
    return ResolutionRecord(
        symbol,
        DocumentKind.RESOLUTION,
        title,
        session,
        adopted,
        "13th plenary meeting",
        "by consensus",
        None,
        paragraphs,
    )


def with_points(chapeau: str, *points: str, symbol: str = "ICC-ASP/17/Res.5") -> ResolutionRecord:
    """Make a resolution of one paragraph with lettered sub-paragraphs."""
    rows = [paragraph(chapeau)]
    rows += [paragraph(text, f"1({letter})", parent="body/1") for letter, text in zip("abcdefgh", points, strict=False)]
    return document(*rows, symbol=symbol)


def phrases(name: str) -> list[dict[str, str]]:
    """Read a phrase table."""
    with (PHRASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_short(deadline: Deadline) -> str:
    """Write a deadline as the phrase tables do: "session 18", "period 2019-01-01 .."."""
    if deadline.kind in (DeadlineKind.SESSION, DeadlineKind.BEFORE_SESSION):
        return f"{deadline.kind.value} {deadline.session}"
    if deadline.kind is DeadlineKind.PERIOD:
        return " ".join(f"period {deadline.start or ''} .. {deadline.end or ''}".split())
    return f"{deadline.kind.value} {deadline.date or deadline.interval or deadline.event}"


@functools.cache
def parsed(path: Path) -> ParsedDocument:
    """Parse a document of the corpus once."""
    return parse_document(path.read_bytes(), path.name)
