"""Where a text has what a question looks for: what a page marks, and what the databases must agree with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from resolutions.finding.query import Beginning, Both, Phrase, SearchQuery, Wanted, terms_of
from resolutions.finding.words import stem, words_of

Term = Phrase | Beginning


@dataclass(frozen=True, slots=True)
class _Read:
    """The words of a text with their places, and their stems."""

    words: tuple[tuple[int, int, str], ...]
    stems: tuple[str, ...]

    @classmethod
    def text(cls, text: str) -> _Read:
        words = tuple(words_of(text))
        return cls(words, tuple(stem(word) for _start, _end, word in words))

    def places(self, term: Term) -> Iterator[tuple[int, int]]:
        """Give first and last word of each place where the term is."""
        if isinstance(term, Beginning):
            yield from ((rank, rank) for rank, (*_, word) in enumerate(self.words) if word.startswith(term.letters))
            return
        wanted = tuple(map(stem, term.words))
        for rank, stemmed in enumerate(self.stems):
            if stemmed == wanted[0] and self.stems[rank : rank + len(wanted)] == wanted:
                yield rank, rank + len(wanted) - 1

    def met(self, wanted: Wanted) -> list[Term] | None:
        """Give the terms by which a text meets a question; None where it does not."""
        if isinstance(wanted, Phrase | Beginning):
            return [wanted] if next(self.places(wanted), None) else None
        if isinstance(wanted, Both):
            parts = [self.met(each) for each in wanted.all_of]
            if any(part is None for part in parts) or any(self.met(each) is not None for each in wanted.none_of):
                return None
        else:
            parts = [part for part in map(self.met, wanted.any_of) if part is not None]
            if not parts:
                return None
        return [term for part in parts for term in part or ()]


# The same paragraph is read for its action, its excerpt and its marks.
_read = lru_cache(maxsize=1024)(_Read.text)


def is_met(text: str, query: SearchQuery) -> bool:
    """Say whether a text has what a query looks for; one that looks for nothing is met by none."""
    return query.wanted is not None and _read(text).met(query.wanted) is not None


def hit_spans(text: str, query: SearchQuery, within: str | None = None) -> list[tuple[int, int]]:
    """Find what a query found in a text.

    Args:
        text: words to be shown.
        query: as `parse_query` gives it.
        within: the whole text that was found, of which `text` is a part; `text` itself where it is None.

    Returns:
        Start and end of each hit, in order, without overlaps: what made the whole text a hit, phrases as a whole, and
        nothing of a side of an OR that it does not meet. Where the whole is none, as its hit stands in a
        sub-paragraph, whatever is looked for is a hit.
    """
    if query.wanted is None:
        return []
    terms = _read(text if within is None else within).met(query.wanted)
    return _spans(text, terms if terms is not None else terms_of(query.wanted))


def _spans(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    read = _read(text)
    spans: list[tuple[int, int]] = []
    for first, last in sorted({place for term in terms for place in read.places(term)}):
        start, end = read.words[first][0], read.words[last][1]
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
