"""Short forms of names ("the Tribunal"), read as the longer name that the document used before."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left

from mandates.extraction.vocabulary import Vocabulary
from mandates.extraction.written_names import proper_names
from resolutions.structure.records import ParagraphRecord, ResolutionRecord

_DEFINED = re.compile(
    r"\((?:hereinafter|hereafter|henceforth)?[:,]?\s?(?:referred to as\s)?(?:the\s)?"
    r"[“\"](?:the\s)?([A-Z][\w’ -]{2,40})[”\"]\)"
)
_SHORT = re.compile(r"[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,2}")


class ShortNames:
    """The names of one document, by the short forms that they may be taken up with."""

    def __init__(self, record: ResolutionRecord, vocabulary: Vocabulary) -> None:
        """Prepare for a document; its text is read when the first short form is asked for."""
        self._record = record
        self._vocabulary = vocabulary
        self._order = {paragraph.key: number for number, paragraph in enumerate(record.paragraphs)}

    def full(self, name: str, paragraph: ParagraphRecord, position: int) -> str:
        """Give the longer name that a short form stands for.

        Args:
            name: the words of the text.
            paragraph, position: where they stand.

        Returns:
            The last longer name before that place, or in the title, of which the words are the head: "the Tribunal"
            after "International Tribunal for Environmental Crimes", "the Panel" after "Panel of Experts". The words
            themselves where there is none, or where the document defines them as the name (“the Mission”).
        """
        # "the Parties" of one treaty are not those of the treaty named before.
        if _SHORT.fullmatch(name) is None or name.endswith("s") or name in self._defined:
            return name
        places = self._names.get(name, [])
        before = bisect_left([place for place, _ in places], (self._order[paragraph.key], position))
        return places[before - 1][1] if before else name

    @functools.cached_property
    def _defined(self) -> frozenset[str]:
        return frozenset(match[1] for row in self._record.paragraphs for match in _DEFINED.finditer(row.text))

    @functools.cached_property
    def _names(self) -> dict[str, list[tuple[tuple[int, int], str]]]:
        found: dict[str, list[tuple[tuple[int, int], str]]] = {}
        texts = [
            (-1, f": {self._record.title}"),
            *((self._order[row.key], row.text) for row in self._record.paragraphs),
        ]
        for number, text in texts:
            for start, end in proper_names(text, self._vocabulary):
                full = " ".join(text[start:end].split())
                words = re.split(r"\s(of|on|for|against|in|to)\s", full, maxsplit=1)
                head = words[0].split()
                # "the Parties to the Convention", "the Agency in the Territory": what follows is no part of the name.
                if words[1:2] == ["to"] or (words[1:2] == ["in"] and len(head) == 1):
                    continue
                # "Office" and "Working Group" of "Working Group on Arbitrary Detention", never the whole name
                for length in (1, 2):
                    short = " ".join(head[-length:])
                    if len(head) >= length and short != full:
                        found.setdefault(short, []).append(((number, start), full))
        return found
