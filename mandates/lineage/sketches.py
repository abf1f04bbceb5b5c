"""Which mandates are worth comparing: those that share pairs of words, found through a few hashes of each.

A sketch holds the smallest hashes of the pairs of neighbouring words. Two mandates that share `SHARED`
of them are candidates; a table of hashes with an index answers that in any database.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, pairwise

from mandates.lineage.masking import masked_words
from mandates.lineage.word_roles import Role, role, stem

SHARED = 2
_SMALLEST = 12
# Of a long text, every second hash: a sub-paragraph that became a mandate of its own has to find it.
_SAMPLED_BELOW = 0
_SHORT = 8
_FEW_PAIRS = 4


@lru_cache(maxsize=32768)
def sketch(text: str) -> tuple[int, ...]:
    """Give the hashes by which a mandate is found.

    Args:
        text: its words.

    Returns:
        Signed 64-bit numbers in ascending order: the twelve smallest, and of a long text half of all. Masked and
        joining words are left out, endings and the order of two neighbours do not count, and two words of the
        Assembly's frame ("report to the Assembly") count only in a text that has hardly any others; of such a short
        text its single words count too.
    """
    words = [
        item
        for item in (stem(word.norm) for word in masked_words(text) if word.mask is None)
        if role(item) is not Role.JOINING
    ]
    telling = {word for word in words if role(word) is Role.CONTENT}
    pairs = {" ".join(sorted(pair)) for pair in pairwise(words)}
    chosen = {pair for pair in pairs if not telling.isdisjoint(pair.split())}
    few = len(chosen) < _FEW_PAIRS
    if len(chosen) < _SHORT:
        chosen |= {f"{word}." for word in telling}
    if few:
        chosen |= pairs | {" ".join(words)}
    hashes = sorted(_hash(item) for item in chosen)
    return tuple(item for place, item in enumerate(hashes) if place < _SMALLEST or item < _SAMPLED_BELOW)


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


class SketchIndex:
    """The table of hashes in memory: what a database does with an index, for tests, benchmarks and small sets."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts: dict[int, list[str]] = defaultdict(list)
        self._known: set[str] = set()
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Add a text; one that is there already is not added again."""
        if text in self._known:
            return
        self._known.add(text)
        for item in sketch(text):
            self._texts[item].append(text)

    def candidates(self, text: str) -> Iterator[str]:
        """Give the texts that share enough hashes with one, itself among them where it was added."""
        hashes = (item for item in sketch(text) if item in self._texts)
        counts = Counter(chain.from_iterable(self._texts[item] for item in hashes))
        return (found for found, shared in counts.items() if shared >= SHARED)
