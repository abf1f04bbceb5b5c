"""What the tests of corrections share: how a person makes one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mandates.actions.corrections import CorrectFindings, Entry, Result, UndoCorrections
from mandates.correcting.placing import anchor_at
from mandates.correcting.records import Anchor, Correction
from mandates.models import Correction as Row
from mandates.models import Mandate
from mandates.services.correcting import document_texts, mandate_anchor, seen_of
from mandates.tests.factories import make_staff
from resolutions.models import Document


def anchor(mandate: Mandate) -> Anchor:
    """The clause of a mandate as it stands."""
    return mandate_anchor(mandate, document_texts(mandate.document))


def words_anchor(document: Document, paragraph: str, words: str) -> Anchor:
    """Words of a paragraph as they stand."""
    texts = document_texts(document)
    start = texts[paragraph].index(words)
    return anchor_at(texts, paragraph, start, start + len(words))


def entry(
    correction: Correction | Callable[[Anchor], Correction], *mandates: Mandate, why: str = "It says so.", **fields: Any
) -> Entry:
    """What a form about mandates says, or about words where there is none."""
    said = correction(anchor(mandates[0])) if callable(correction) else correction
    seen = seen_of(mandates) if mandates else seen_of((), said.anchor.text)
    return Entry(said, tuple(mandates), fields.pop("seen", seen), why, **fields)


def correct(*entries: Entry, user: Any = None, document: Document | None = None) -> list[Result]:
    """Carry corrections of one document out."""
    document = document or entries[0].mandates[0].document
    return CorrectFindings(document=document, entries=entries).execute(user or make_staff(f"clerk{_next()}"))


def undo(*corrections: Row, user: Any = None) -> list[Result]:
    """Undo corrections of one document."""
    document = corrections[0].document
    action = UndoCorrections(document=document, corrections=corrections, why="It is right as found.")
    return action.execute(user or make_staff(f"clerk{_next()}"))


def _next() -> int:
    _COUNT.append(0)
    return len(_COUNT)


_COUNT: list[int] = []
