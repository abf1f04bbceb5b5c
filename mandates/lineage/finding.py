"""The links of mandates: to the nearest session that asked the same, and to what the same session says twice.

A link of a mandate depends on its document and on the documents before it or of its session that hold candidates of
it; on nothing else, and not on the order of arrival. So where a document arrives, changes or goes, the links to be
found anew are those of its own mandates, and of documents behind it or in its session that hold candidates of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mandates.lineage.asked import Asked, asked
from mandates.lineage.pairing import Comparisons, Match, match_documents, match_within, place
from mandates.lineage.records import AskedMandate, ChangeKind, LinkFinding, LinkKind
from mandates.lineage.sketches import SketchIndex

_PROPOSALS = 3
_LEFT_OPEN = 0.3
_WORDS_SHOWN = 8


def link_all(mandates: Sequence[AskedMandate]) -> tuple[LinkFinding, ...]:
    """Find every link among mandates.

    Args:
        mandates: of any number of documents, in any order.

    Returns:
        The links, ordered by the later mandate and then by the earlier one.
    """
    return links_of(mandates, ())


def links_of(
    later: Sequence[AskedMandate],
    earlier: Sequence[AskedMandate],
    pairs: Iterable[tuple[str, str]] | None = None,
) -> tuple[LinkFinding, ...]:
    """Find the links of mandates to earlier ones and to parallel ones.

    Args:
        later: all mandates of one document or of several: they compete with each other for the earlier ones.
        earlier: the mandates of other documents that may be candidates of them. Those that are none, and those of
        documents that
            come later, do no harm.
        pairs: keys of candidates, where the caller has them from its table of sketches: those that share `SHARED`
        hashes, either
            key first. Found here where None.

    Returns:
        The links from `later`, ordered by the later mandate and then by the earlier one.
    """
    everyone = {mandate.key: mandate for mandate in (*earlier, *later)}
    candidates = _Candidates(later, everyone, pairs)
    comparisons = Comparisons()
    documents: dict[str, list[AskedMandate]] = defaultdict(list)
    for mandate in later:
        documents[mandate.symbol].append(mandate)
    found = [link for document in documents.values() for link in _links_of_document(document, candidates, comparisons)]
    return tuple(
        sorted(found, key=lambda link: (place(everyone[link.later]), place(everyone[link.earlier]), link.kind))
    )


def _answered(mandate: AskedMandate, earlier: Iterable[AskedMandate]) -> bool:
    """Say whether what was found so far asks nearly all of a mandate: then older sessions are not searched."""
    found = [asked(item).content for item in earlier]
    content = asked(mandate).content
    return bool(found) and len(content.difference(*found)) <= _LEFT_OPEN * len(content)


class _Candidates:
    """The candidates of mandates, session by session, so that what was answered is not searched further back."""

    def __init__(
        self, later: Iterable[AskedMandate], known: Mapping[str, AskedMandate], pairs: Iterable[tuple[str, str]] | None
    ) -> None:
        self._last: dict[str, Any] = {}
        for mandate in known.values():
            session = _session(mandate)
            self._last[session] = max(self._last.get(session, mandate.order), mandate.order)
        self._by_text: dict[str, dict[str, list[AskedMandate]]] = defaultdict(lambda: defaultdict(list))
        self._indexes: dict[str, SketchIndex] = {}
        self._given: dict[str, dict[str, dict[str, AskedMandate]]] | None = None
        if pairs is None:
            for mandate in sorted(known.values(), key=place):
                self._by_text[_session(mandate)][mandate.text].append(mandate)
            return
        # Only of the later ones is anything asked; the others may be many.
        self._given = {mandate.key: defaultdict(dict) for mandate in later}
        for pair in pairs:
            for one, two in (pair, pair[::-1]):
                if one in self._given and two in known:
                    self._given[one][_session(known[two])][two] = known[two]

    def sessions(self) -> list[str]:
        """Give the sessions, the last one first."""
        return sorted(self._last, key=lambda session: (self._last[session], session), reverse=True)

    def of(self, mandate: AskedMandate, session: str) -> list[AskedMandate]:
        """Give the candidates of a mandate in a session."""
        if self._given is not None:
            return sorted(self._given[mandate.key].get(session, {}).values(), key=place)
        if session not in self._indexes:
            self._indexes[session] = SketchIndex(self._by_text[session])
        texts = self._by_text[session]
        return [item for text in sorted(self._indexes[session].candidates(mandate.text)) for item in texts[text]]


def _links_of_document(
    document: Sequence[AskedMandate], candidates: _Candidates, comparisons: Comparisons
) -> Iterator[LinkFinding]:
    """Go back from the document session by session, until nothing better can be found."""
    mandates = sorted(document, key=place)
    first = mandates[0]
    yield from _parallels(mandates, candidates, comparisons)
    searches = {mandate.key: _Search(mandate) for mandate in mandates}
    for session in candidates.sessions():
        if session == _session(first):
            continue
        pairs: dict[str, list[tuple[AskedMandate, AskedMandate]]] = defaultdict(list)
        reached: set[str] = set()
        # Mandates that are answered compete with those that are not, where these look in the same document.
        for mandate in sorted(mandates, key=lambda item: searches[item.key].ended):
            ended = searches[mandate.key].ended
            if ended and not reached:
                break
            for candidate in candidates.of(mandate, session):
                if candidate.order < first.order and (not ended or candidate.symbol in reached):
                    pairs[candidate.symbol].append((mandate, candidate))
                    reached.add(candidate.symbol)
        matches: dict[str, list[Match]] = defaultdict(list)
        for symbol in reached:
            for match in match_documents(pairs[symbol], comparisons):
                matches[match.later.key].append(match)
        for key, found in matches.items():
            searches[key].add(found)
    for search in searches.values():
        yield from search.links()


def _parallels(
    mandates: Sequence[AskedMandate], candidates: _Candidates, comparisons: Comparisons
) -> Iterator[LinkFinding]:
    first = mandates[0]
    pairs: dict[str, list[tuple[AskedMandate, AskedMandate]]] = defaultdict(list)
    for mandate in mandates:
        for candidate in candidates.of(mandate, _session(first)):
            # Each two are held against each other once, from the one that stands later.
            if (
                (place(candidate) < place(mandate))
                if candidate.symbol == first.symbol
                else _stands_before(candidate, first)
            ):
                pairs[candidate.symbol].append((mandate, candidate))
    for symbol, found in pairs.items():
        match = match_within if symbol == first.symbol else match_documents
        for item in match(found, comparisons):
            readdressed = item.change is ChangeKind.READDRESSED
            yield _finding(item, LinkKind.READDRESSED if readdressed else LinkKind.PARALLEL)


def _stands_before(one: AskedMandate, other: AskedMandate) -> bool:
    """Say whether the document of a mandate stands before that of another of the same session."""
    return (one.order, one.symbol) < (other.order, other.symbol)


class _Search:
    """What was found for a mandate so far, from its own session backwards."""

    def __init__(self, mandate: AskedMandate) -> None:
        self._mandate = mandate
        self._certain: list[Match] = []
        self._proposed: list[Match] = []
        self._readdressed: list[Match] = []
        self.ended = False

    def add(self, matches: Sequence[Match]) -> None:
        """Take the matches of one session, the next one back."""
        if self.ended:
            return
        certain = [match for match in matches if match.certain]
        if self._certain:
            # What the nearest session did not ask may go on from an older one.
            unasked = asked(self._mandate).content.difference(
                *(asked(match.earlier).content for match in self._certain)
            )
            certain = [match for match in certain if not unasked.isdisjoint(asked(match.earlier).content)]
        elif not certain:
            proposed = sorted(
                (match for match in matches if match.change is not ChangeKind.READDRESSED),
                key=lambda match: (-round(match.score, 6), place(match.earlier)),
            )
            self._proposed = self._proposed or proposed[:_PROPOSALS]
            readdressed = [match for match in matches if match.change is ChangeKind.READDRESSED]
            self._readdressed = self._readdressed or readdressed
        self._certain += certain
        self.ended = _answered(self._mandate, [match.earlier for match in self._certain])

    def links(self) -> Iterator[LinkFinding]:
        for match in (*self._certain, *self._proposed):
            yield _finding(match, LinkKind.REPEATS)
        for match in self._readdressed:
            yield _finding(match, LinkKind.READDRESSED)


def _session(mandate: AskedMandate) -> str:
    """Give the session; a document without one is alone."""
    return mandate.session or mandate.symbol


def _finding(match: Match, kind: LinkKind) -> LinkFinding:
    return LinkFinding(
        later=match.later.key,
        earlier=match.earlier.key,
        kind=kind,
        score=round(min(match.score, 1.0), 4),
        certain=match.certain,
        change=match.change,
        matched=_matched(match.later, match.earlier),
    )


def _matched(later: AskedMandate, earlier: AskedMandate) -> tuple[str, ...]:
    """Name the keys that matched, for people."""
    one, two = asked(later), asked(earlier)
    shared = sorted(later.addressees & earlier.addressees) or sorted(later.addressees)
    keys = [f"body: {', '.join(shared)}"] if shared and not one.addressees.isdisjoint(two.addressees) else []
    words = _shared_words(one, two)
    if words:
        keys.append(f"thing: {words}")
    if one.topic and one.topic == two.topic:
        keys.append(f"topic: {later.topic}")
    return tuple(keys)


def _shared_words(later: Asked, earlier: Asked) -> str:
    """Give the words of what is asked that the other has too, the telling ones where there are any."""
    stems = earlier.content or earlier.frame
    shared = {word: item for word, item in zip(later.said, later.thing, strict=True) if item in stems}
    shown = [word for word, item in shared.items() if item in later.content] or list(shared)
    return " ".join(shown[:_WORDS_SHOWN]) + (" …" if len(shown) > _WORDS_SHOWN else "")
