"""What a person who corrects looks at: a paragraph with its sub-paragraphs and all that was found there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q

from mandates.correcting.records import Anchor
from mandates.models import Mandate
from mandates.services.correcting import document_texts, mandate_anchor, seen_of
from resolutions.models import Document, Paragraph

_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)\s*")
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a clause, with the place at which it begins: number of the stretch and offset."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A paragraph with what it continues and what continues it.

    Attributes:
        document: in which it stands.
        paragraph: the one that is spoken of.
        family: the mandates of all of them, in the order of the text, with all that `seen_of` reads.
        texts: the paragraphs of the document by key.
    """

    document: Document
    paragraph: Paragraph
    family: tuple[Mandate, ...]
    texts: dict[str, str]

    @property
    def seen(self) -> str:
        """The mark of all of this; a form carries it, and holds only while it is the same."""
        return seen_of(self.family, self.texts.get(self.paragraph.key, ""))

    def anchor(self, mandate: Mandate) -> Anchor:
        """Give the anchor of a mandate of the family."""
        return mandate_anchor(mandate, self.texts)


def ground_of(document: Document, paragraph: Paragraph) -> Ground:
    """Gather what stands around a paragraph.

    Args:
        document: in which it stands.
        paragraph: of its text.
    """
    top = paragraph
    for _step in range(_DEEPEST):
        if top.parent is None:
            break
        top = top.parent
    above = "paragraph"
    within = Q(paragraph=top)
    for _step in range(_DEEPEST):
        above += "__parent"
        within |= Q(**{above: top})
    family = (
        Mandate.objects.filter(within, document=document, in_text=True)
        .select_related("paragraph", "topic", "document")
        .prefetch_related("addressee_rows__body", "deadlines")
        .order_by("position")
    )
    return Ground(document, paragraph, tuple(family), document_texts(document))


def stretches_of(mandate: Mandate, texts: dict[str, str]) -> list[tuple[str, int, int]]:
    """Give where the clause of a mandate stands: paragraph key, start, end."""
    own = (mandate.paragraph.key, mandate.clause_start, mandate.clause_end)
    rest = [(str(row["paragraph"]), int(row["start"]), int(row["end"])) for row in mandate.continuations]
    return [stretch for stretch in (own, *rest) if stretch[0] in texts]


def words_of_clause(mandate: Mandate, texts: dict[str, str]) -> list[list[Word]]:
    """Give the words of a clause, stretch by stretch, each with its place."""
    return [
        [Word(match[0], f"{number}:{start + match.start()}") for match in re.finditer(r"\S+", texts[key][start:end])]
        for number, (key, start, end) in enumerate(stretches_of(mandate, texts))
    ]


def words_found(text: str, typed: str, near: int | None = None) -> list[tuple[int, int]]:
    """Find where words stand that somebody copied or typed.

    Args:
        text: of the paragraph.
        typed: the words; or the first ones, "..." and the last ones.
        near: about where they were marked; of several places only the nearest is given then.

    Returns:
        Each place; blanks, case and line breaks make no difference.
    """
    found = _places(text, typed)
    ends = _ELLIPSIS.split(typed.strip())
    if not found and len(ends) == 2 and all(ends):
        found = [
            (start, last)
            for start, end in _places(text, ends[0])
            for last in [next((last for first, last in _places(text, ends[1]) if first >= end), None)]
            if last is not None
        ]
    if near is not None and len(found) > 1:
        found = [min(found, key=lambda place: abs(place[0] - near))]
    return found


def _places(text: str, words: str) -> list[tuple[int, int]]:
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)] if pattern else []
