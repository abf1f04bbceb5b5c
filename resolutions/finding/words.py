"""Words as a search compares them: without case and accents, by their stem, the same for every database."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

# What both indexes can hold: PostgreSQL keeps that many places of one word, and no place beyond the last.
MOST_PLACES = 255
LAST_PLACE = 16_383
LONGEST_WORD = 64
# Stands before a word that is indexed as it is written, and for a word whose place is not kept. No stem is like these.
WHOLE = "__"
_NO_WORD = "_"
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
# Soft hyphen and joiners: nothing that is read.
_UNREAD = "\u00ad\u200c\u200d"
_STEMMER = snowballstemmer.stemmer("english")


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Cut a text into words: letters and digits of any script, with the marks that go with them.

    Yields:
        Start, end, and the word in lower case without accents.
    """
    if text.isascii():
        yield from ((match.start(), match.end(), match[0].lower()) for match in _ASCII_WORD.finditer(text))
        return
    start, end, word = -1, 0, ""
    for offset, letter in enumerate(text):
        plain = _plain(letter)
        if plain:
            start = offset if start < 0 else start
            word += plain
        if plain is None and start >= 0:
            yield start, end, word
            start, word = -1, ""
        elif plain is not None:
            end = offset + 1
    if start >= 0:
        yield start, end, word


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str | None:
    """Give what a letter is compared as; nothing for an accent, None for what ends a word."""
    if unicodedata.category(letter)[0] == "M" or letter in _UNREAD:
        return ""
    if not _is_of_a_word(letter):
        return None
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(each for each in plain if _is_of_a_word(each))


def _is_of_a_word(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] == "L" or category == "Nd"


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Give the stem of a word in lower case (Snowball's English): "report" for "reports" and "reporting"."""
    return str(_STEMMER.stemWord(word[:LONGEST_WORD]))


def spelled(word: str) -> str:
    """Write a word with nothing but letters, digits and underscores of ASCII, which no database changes."""
    if word.isascii():
        return word
    return "".join(letter if letter.isascii() else f"_{ord(letter):x}_" for letter in word)


def whole(word: str) -> str:
    """Give the form in which a word is indexed as written, or how words that begin so are."""
    return WHOLE + spelled(word[:LONGEST_WORD])


def index_of(text: str) -> str:
    """Give what is indexed of a text: the stem of each word in its place, then each word as written, once.

    Args:
        text: of a paragraph. Words beyond `LAST_PLACE` are not indexed; of one that comes more often than
            `MOST_PLACES` times, the later places are not.
    """
    places: Counter[str] = Counter()
    stems: list[str] = []
    written: dict[str, None] = {}
    for _start, _end, word in words_of(text):
        if len(stems) == LAST_PLACE:
            break
        stemmed = spelled(stem(word))
        places[stemmed] += 1
        stems.append(stemmed if places[stemmed] <= MOST_PLACES else _NO_WORD)
        written[whole(word)] = None
    return " ".join([*stems, *written])
