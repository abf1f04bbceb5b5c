"""Where the words that somebody spoke of stand in a text of today: the same words, moved, or lightly redrafted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel, Levenshtein

from mandates.correcting.records import Anchor, Reason
from mandates.extraction.records import TextSpan

_WORD = re.compile(r"\w+")
_ALIKE = 0.6  # two paragraphs that one could take for each other
_REDRAFTED = 0.7  # words that were lightly redrafted
_MOVED_AND_REDRAFTED = 0.85
_TELLING = 8  # so many words in a row say by themselves which they are


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph with its words and their places; `joined` has the words alone."""

    text: str
    words: list[str]
    places: list[tuple[int, int]]
    joined: str


def anchor_at(texts: Mapping[str, str], paragraph: str, start: int, end: int) -> Anchor:
    """Remember words of a document so that they are found again.

    Args:
        texts: the paragraphs of the document by key, in order.
        paragraph: key of theirs.
        start, end: the words in it.

    Returns:
        The anchor, its ends on words.

    Raises:
        ValueError: there is no such paragraph, or no word there.
    """
    if paragraph not in texts:
        raise ValueError(f"There is no paragraph {paragraph!r}")
    text = texts[paragraph]
    found = [match for match in _WORD.finditer(text) if match.start() < end and match.end() > start]
    if not found or start >= end:
        raise ValueError("There is no word at this place")
    # Half of a word is the word; blanks at the ends are none of theirs, marks are.
    words = text[max(0, start) : end]
    start = min(found[0].start(), max(0, start) + len(words) - len(words.lstrip()))
    end = max(found[-1].end(), min(end, len(text)) - len(words) + len(words.rstrip()))
    own, said = _read(text), " ".join(match[0].casefold() for match in found)
    same: list[str] = []
    others = []
    for key, other in texts.items():
        read = own if key == paragraph else _read(other)
        if read.joined == own.joined:
            same.append(key)
        elif _has(read, said) or _likeness(own, read) >= _ALIKE:
            others.append(read.joined)
    return Anchor(paragraph, text, start, end, same.index(paragraph), len(same), tuple(others))


class Places:
    """The paragraphs of a text, in which anchors are placed."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Prepare for a text.

        Args:
            texts: its paragraphs by key, in order.
        """
        self._texts = {key: _read(text) for key, text in texts.items()}

    def of(self, anchor: Anchor) -> TextSpan | Reason:
        """Find the words of an anchor.

        The same words in the same paragraph go before the same words in another one, those before words that were
        lightly redrafted. Where several places fit and nothing tells which, none is taken.

        Args:
            anchor: of an earlier reading of the document.

        Returns:
            Their place; the reason where there is none.
        """
        said = " ".join(word.casefold() for word in _WORD.findall(anchor.words))
        before = _read(anchor.text)
        having = {
            key: read
            for key, read in self._texts.items()
            if _has(read, said) and (read.joined == before.joined or read.joined not in anchor.others)
        }
        chosen = self._chosen(having, anchor, before)
        if len(chosen) == 1:
            return self._within(chosen[0], anchor, before, said)
        if chosen:
            return Reason.AMBIGUOUS
        best = self._most_alike(anchor, before)
        return Reason.WORDS_GONE if best is None else self._redrafted(best, anchor, before, said)

    def _chosen(self, having: Mapping[str, _Text], anchor: Anchor, before: _Text) -> list[str]:
        """Choose among the paragraphs that have the words: one, or several between which nothing decides."""
        same = [key for key, read in having.items() if read.joined == before.joined]
        if len(same) == anchor.total:
            return [same[anchor.rank]]
        if anchor.paragraph in (same or having):
            return [anchor.paragraph]
        if same:
            return same
        telling = len(_WORD.findall(anchor.words)) >= _TELLING
        return [key for key, read in having.items() if telling or _likeness(read, before) >= _ALIKE]

    def _within(self, key: str, anchor: Anchor, before: _Text, said: str) -> TextSpan | Reason:
        """Choose among several places of one paragraph that have the words."""
        read = self._texts[key]
        places = _occurrences(read, said)
        then = [start for start, _end in _occurrences(before, said)]
        first = next(place for place in before.places if place[1] > anchor.start)[0]
        if len(places) == len(then):
            place = places[then.index(first)]
        elif len(places) == 1:
            place = places[0]
        else:
            return self._redrafted(key, anchor, before, said)
        return _with_marks(key, read.text, place, anchor.words)

    def _most_alike(self, anchor: Anchor, before: _Text) -> str | None:
        """Find the paragraph that seems to be the one that was meant, its words redrafted."""
        scores: dict[str, float] = {}
        others = [words.split() for words in anchor.others]
        for key, read in self._texts.items():
            score = _likeness(read, before)
            needed = _ALIKE if key == anchor.paragraph else _MOVED_AND_REDRAFTED
            if score >= needed and all(Indel.normalized_similarity(read.words, other) < score for other in others):
                scores[key] = score
        if not scores:
            return None
        top = max(scores.values())
        best = [key for key, score in scores.items() if score == top]
        if anchor.paragraph in best:
            return anchor.paragraph
        return best[0] if len(best) == 1 else None

    def _redrafted(self, key: str, anchor: Anchor, before: _Text, said: str) -> TextSpan | Reason:
        """Follow the words through what was redrafted around and in them."""
        read = self._texts[key]
        meant = [start < anchor.end and end > anchor.start for start, end in before.places]
        first, last = meant.index(True), len(meant) - meant[::-1].index(True)
        kept: list[int] = []
        for step in Levenshtein.opcodes(before.words, read.words):
            if step.tag in ("equal", "replace"):
                low, high = max(step.src_start, first), min(step.src_end, last)
                kept += range(step.dest_start + low - step.src_start, step.dest_start + high - step.src_start)
        if not kept:
            return Reason.WORDS_GONE
        low, high, words = kept[0], kept[-1], said.split()
        if Indel.normalized_similarity(read.words[low : high + 1], words) < _REDRAFTED:
            return Reason.WORDS_GONE
        return _with_marks(key, read.text, (read.places[low][0], read.places[high][1]), anchor.words)


# Many anchors are looked for in the same paragraphs.
@lru_cache(maxsize=1024)
def _read(text: str) -> _Text:
    found = list(_WORD.finditer(text))
    words = [match[0].casefold() for match in found]
    return _Text(text, words, [match.span() for match in found], " ".join(words))


def _has(read: _Text, said: str) -> bool:
    return f" {said} " in f" {read.joined} "


def _likeness(one: _Text, other: _Text) -> float:
    return Indel.normalized_similarity(one.words, other.words)


def _occurrences(read: _Text, said: str) -> list[tuple[int, int]]:
    words = said.split(" ")
    return [
        (read.places[number][0], read.places[number + len(words) - 1][1])
        for number in range(len(read.words) - len(words) + 1)
        if read.words[number : number + len(words)] == words
    ]


def _with_marks(key: str, text: str, place: tuple[int, int], words: str) -> TextSpan:
    """Take in the marks that stood at the ends of the words, where they stand there still."""
    found = list(_WORD.finditer(words))
    head, tail = words[: found[0].start()], words[found[-1].end() :]
    start, end = place
    if head and text[:start].endswith(head):
        start -= len(head)
    if tail and text.startswith(tail, end):
        end += len(tail)
    return TextSpan(key, start, end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take blanks and the marks that join clauses from the ends of a stretch.

    Args:
        text: the paragraph.
        start, end: the stretch.
    """
    marks: Iterable[str] = " ,;:.\n\t\u00a0"
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return start, end
