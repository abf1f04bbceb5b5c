"""Which of the candidates of a mandate it is linked to."""

from __future__ import annotations

import random

import pytest

from mandates.lineage.finding import link_all, links_of
from mandates.lineage.records import AskedMandate, ChangeKind, LinkFinding, LinkKind
from mandates.lineage.sketches import SketchIndex
from mandates.tests.lineage.asking import asks, links_made, sample_mandates

ARRESTS = "to continue consideration of the recommendations of the draft Action Plan on Arrest Strategies"
AID = "to monitor and assess the performance of the amendments to the remuneration policy for legal aid"


def test_goes_to_the_nearest_session_that_asked_it() -> None:
    found = link_all([asks(ARRESTS, session=session) for session in (15, 17, 20)])
    assert [(link.later[8:10], link.earlier[8:10]) for link in found] == [("17", "15"), ("20", "17")]


def test_goes_to_all_of_the_nearest_session_that_say_it() -> None:
    found = link_all([asks(ARRESTS, session=16), asks(ARRESTS, session=16, part="annex I"), asks(ARRESTS, session=17)])
    assert [link.kind for link in found] == [LinkKind.PARALLEL, LinkKind.REPEATS, LinkKind.REPEATS]


def test_two_documents_of_a_session_are_parallel() -> None:
    (link,) = link_all([asks(ARRESTS, document="Res.2"), asks(ARRESTS, document="Res.5")])
    assert (link.kind, link.later) == (LinkKind.PARALLEL, "ICC-ASP/20/Res.5:body:1:requests:0")


def test_the_same_words_twice_in_a_section_are_parallel_and_other_things_are_not() -> None:
    found = link_all(
        [
            asks("to intensify their efforts to promote universality", "States Parties", number=1),
            asks("to intensify their efforts to promote universality", "States Parties", number=2),
            asks("to intensify their efforts to promote the independence of judges", "States Parties", number=3),
        ]
    )
    assert links_made(found) == [("ICC-ASP/20/Res.5:body:2:requests:0", "ICC-ASP/20/Res.5:body:1:requests:0")]


def test_of_two_that_look_alike_only_one_is_the_same() -> None:
    judges = "to update the Assembly on the progress of the review of the procedure for the election of judges"
    found = link_all(
        [
            asks(judges, session=17, number=1),
            asks(judges, session=18, number=1),
            asks(judges + " and of the members of the committee on nominations", session=18, number=2),
        ]
    )
    assert links_made(found) == [("ICC-ASP/18/Res.5:body:1:requests:0", "ICC-ASP/17/Res.5:body:1:requests:0")]


def test_what_was_split_goes_back_to_the_one() -> None:
    found = link_all(
        [
            asks(f"{AID}, and to report thereon, including proposals for adjustments", "Court", 12),
            asks(AID, "Court", 13, 1),
            asks("to report on the remuneration policy for legal aid, with proposals for adjustments", "Court", 13, 2),
        ]
    )
    assert [(link.change, link.certain) for link in found] == [(ChangeKind.SPLIT, True)] * 2


def test_what_was_merged_goes_back_to_both() -> None:
    found = link_all(
        [
            asks("to compile the information received on implementing legislation", "Secretariat", 13, 1),
            asks("to organize a seminar on national prosecutions for practitioners", "Secretariat", 13, 2),
            asks(
                "to compile the information received on implementing legislation and to organize a seminar on national "
                "prosecutions for practitioners",
                "Secretariat",
                14,
            ),
        ]
    )
    assert [(link.change, link.certain) for link in found] == [(ChangeKind.MERGED, True)] * 2


def test_sub_paragraphs_that_stand_alone_later_were_split() -> None:
    listed = (
        "to (a) continue the discussions on the efficiency of proceedings; (b) examine the strategic planning process; "
        "(c) consider the seat of the regional offices"
    )
    found = link_all(
        [
            asks(listed, session=12),
            asks("to continue the discussions on the efficiency of proceedings", session=13, number=1),
            asks("to examine the strategic planning process", session=13, number=2),
        ]
    )
    assert [(link.change, link.certain) for link in found] == [(ChangeKind.SPLIT, True)] * 2


def test_a_doubtful_one_is_a_proposal_with_its_score() -> None:
    found = link_all(
        [
            asks("to enact legislation on cooperation", "States Parties", 17),
            asks("to adopt legislation on cooperation and on crimes against justice", "States", 20),
        ]
    )
    assert [(link.certain, link.kind, 0 < link.score < 1) for link in found] == [(False, LinkKind.REPEATS, True)]


def test_nobody_addressed_needs_nearly_the_same_words() -> None:
    found = link_all(
        [
            asks("further exchanges of experience among national focal points", "", 15, 1),
            asks("additional exchanges of experience among the national focal points", "", 16, 1),
            asks("more exchanges of staff among points of contact", "", 16, 2),
        ]
    )
    assert links_made(found) == [("ICC-ASP/16/Res.5:body:1:requests:0", "ICC-ASP/15/Res.5:body:1:requests:0")]


def documents() -> dict[str, list[AskedMandate]]:
    found: dict[str, list[AskedMandate]] = {}
    for mandate in sample_mandates():
        found.setdefault(mandate.symbol, []).append(mandate)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_mandates_does_not_matter(seed: int) -> None:
    mandates = list(sample_mandates())
    random.Random(seed).shuffle(mandates)
    assert link_all(mandates) == link_all(sample_mandates())


class Store:
    """Keeps links the way a database does: finds anew only those of the documents that are named."""

    def __init__(self) -> None:
        self.documents: dict[str, list[AskedMandate]] = {}
        self.links: dict[str, list[LinkFinding]] = {}

    def arrive(self, symbol: str, mandates: list[AskedMandate]) -> int:
        self.documents[symbol] = mandates
        return self._link(mandates)

    def go(self, symbol: str) -> int:
        gone = self.documents.pop(symbol)
        del self.links[symbol]
        return self._link(gone)

    def _link(self, document: list[AskedMandate]) -> int:
        everyone = {item.key: item for held in self.documents.values() for item in held}
        first, index = document[0], SketchIndex(item.text for item in document)
        named = {
            item.symbol
            for item in everyone.values()
            if item.symbol == first.symbol
            or ((item.session == first.session or item.order > first.order) and any(index.candidates(item.text)))
        }
        for symbol in named:
            mandates = self.documents[symbol]
            index = SketchIndex(item.text for item in mandates)
            candidates = [item for item in everyone.values() if any(True for _ in index.candidates(item.text))]
            self.links[symbol] = list(links_of(mandates, candidates))
        return len(named)

    def found(self) -> set[LinkFinding]:
        return {link for links in self.links.values() for link in links}


@pytest.mark.parametrize("seed", range(6))
def test_arriving_one_by_one_in_any_order_gives_what_all_at_once_gives(seed: int) -> None:
    held = documents()
    arrivals = random.Random(seed).sample(sorted(held), len(held))
    store = Store()
    for symbol in arrivals:
        store.arrive(symbol, held[symbol])
    assert store.found() == set(link_all(sample_mandates()))


@pytest.mark.parametrize("gone", ["ICC-ASP/16/17", "ICC-ASP/17/Res.5"])
def test_a_document_that_goes_leaves_what_there_would_be_without_it(gone: str) -> None:
    held = documents()
    store = Store()
    for symbol in sorted(held):
        store.arrive(symbol, held[symbol])
    store.go(gone)
    assert store.found() == set(link_all([item for item in sample_mandates() if item.symbol != gone]))


def test_candidates_from_a_table_give_the_same_links() -> None:
    mandates = sample_mandates()
    by_text: dict[str, list[str]] = {}
    for mandate in mandates:
        by_text.setdefault(mandate.text, []).append(mandate.key)
    index = SketchIndex(by_text)
    pairs = [
        (mandate.key, key) for mandate in mandates for text in index.candidates(mandate.text) for key in by_text[text]
    ]
    assert links_of(mandates, (), pairs) == link_all(mandates)
