"""What a person typed into a search box, as a question: words, phrases, AND, OR, NOT, brackets, symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resolutions.finding.places import WrittenPlace, find_places
from resolutions.finding.words import LONGEST_WORD, words_of

# Longer than any real question.
LONGEST_QUERY = 300
# Brackets within brackets; deeper ones are passed over.
_DEEPEST = 8
_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))
_TOKEN = re.compile(
    r"""(?P<minus>(?<![^\s()"])[-\u2013\u2212](?=[^\s)-]))
      | "(?P<phrase>[^"]*)(?:"|$)
      | (?P<open>\() | (?P<close>\))
      | (?P<word>[^\s"()]+(?:\([^\s"()]*\)[^\s"()]*)*)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after the other, in any form; most often it is one."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """A word that begins so, as it is written: "facilit*"."""

    letters: str


@dataclass(frozen=True, slots=True)
class Both:
    """All of some, and none of others. It asks for something: `all_of` is never empty in what `parse_query` gives."""

    all_of: tuple[Wanted, ...]
    none_of: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of several."""

    any_of: tuple[Wanted, ...]


Wanted = Phrase | Beginning | Both | Either


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A query as it was understood.

    Attributes:
        places: documents and paragraphs that it names; hits lie in one of them.
        wanted: what to look for; None where it asks for no words.
        too_long: it was cut to `LONGEST_QUERY` characters.
        only_negative: it, or one side of an OR, only left words out, which asks for nothing and was passed over.
    """

    places: tuple[WrittenPlace, ...] = ()
    wanted: Wanted | None = None
    too_long: bool = False
    only_negative: bool = False

    def __bool__(self) -> bool:
        return bool(self.places or self.wanted)


def parse_query(text: str) -> SearchQuery:
    """Read a query; whatever it is, it is none that fails.

    Args:
        text: words (all must be there, in any form), "phrases", OR, - or NOT before what must not be there, brackets,
            "word*" for words that begin so, symbols in any spelling ("20/Res.2 para 25"). Whatever else it holds is
            passed over.
    """
    text = text.replace("\x00", " ").strip()
    too_long = len(text) > LONGEST_QUERY
    text = text[:LONGEST_QUERY].translate(_QUOTES)
    places, rest = [], ""
    position = 0
    for start, end, place in find_places(text):
        before = text[:start]
        if before.count('"') % 2 or before.endswith("-"):
            continue
        places.append(place)
        rest += text[position:start] + " "
        position = end
    reader = _Reader(rest + text[position:])
    return SearchQuery(tuple(dict.fromkeys(places)), reader.read(), too_long, reader.only_negative)


class _Reader:
    """Reads `either := both (OR both)*`, `both := (NOT? unit)*`, `unit := "(" either ")" | "phrase" | word`."""

    def __init__(self, text: str) -> None:
        self.only_negative = False
        self._tokens: list[re.Match[str]] = list(_TOKEN.finditer(text))
        self._next = 0

    def read(self) -> Wanted | None:
        return self._asking(self._either(0))

    def _asking(self, wanted: Wanted | None) -> Wanted | None:
        if isinstance(wanted, Both) and not wanted.all_of:
            self.only_negative = True
            return None
        return wanted

    def _either(self, depth: int) -> Wanted | None:
        sides = []
        while True:
            side = self._side(depth)
            sides += [side] if side else []
            if not self._take("OR"):
                break
        if len(sides) > 1:
            sides = [side for side in map(self._asking, sides) if side]
        return _one_or(sides, Either)

    def _side(self, depth: int) -> Wanted | None:
        units: list[tuple[bool, Wanted]] = []
        negative = False
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            if token["word"] == "OR" or (token["close"] and depth):
                break
            self._next += 1
            unit: Wanted | None = None
            if token["minus"] or token["word"] == "NOT":
                negative = True
            elif token["word"] == "AND":
                negative = False
            elif token["open"] and depth < _DEEPEST:
                unit = self._either(depth + 1)
                self._next += self._next < len(self._tokens)  # the closing bracket
            else:
                unit = _term(token)
            if unit:
                units.append((negative, unit))
            if unit or token["open"]:
                negative = False
        return _both(units)

    def _take(self, word: str) -> bool:
        here = self._next < len(self._tokens) and self._tokens[self._next]["word"] == word
        self._next += here
        return here


def _term(token: re.Match[str]) -> Wanted | None:
    written = token["phrase"] or token["word"] or ""
    words = tuple(word for _start, _end, word in words_of(written))
    if len(words) == 1 and token["word"] and written.rstrip(",;.").endswith("*"):
        return Beginning(words[0][:LONGEST_WORD])
    return Phrase(words) if words else None


def _both(units: Sequence[tuple[bool, Wanted]]) -> Wanted | None:
    wanted: list[Wanted] = []
    unwanted: list[Wanted] = []
    for negative, unit in units:
        all_of = unit.all_of if isinstance(unit, Both) else (unit,)
        none_of = unit.none_of if isinstance(unit, Both) else ()
        if not negative:
            wanted += all_of
            unwanted += none_of
        elif all_of:
            unwanted.append(unit)
        else:  # not without them
            wanted += [each for each in [_one_or(none_of, Either)] if each]
    if wanted and not unwanted:
        return _one_or(wanted, Both)
    return Both(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted))) if unwanted else None


def _one_or(items: Sequence[Wanted], several: type[Both] | type[Either]) -> Wanted | None:
    each = tuple(dict.fromkeys(items))
    if len(each) < 2:
        return each[0] if each else None
    return several(each)


def terms_of(wanted: Wanted | None) -> Iterator[Phrase | Beginning]:
    """Give the words and phrases that a question looks for, without those that it leaves out."""
    if isinstance(wanted, Phrase | Beginning):
        yield wanted
    elif wanted is not None:
        for each in wanted.all_of if isinstance(wanted, Both) else wanted.any_of:
            yield from terms_of(each)
