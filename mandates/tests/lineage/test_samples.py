"""The links of the sample documents beside those that careful readers made."""

from __future__ import annotations

from typing import Any

import pytest

from mandates.lineage.chains import Groups
from mandates.lineage.finding import link_all
from mandates.tests.lineage.asking import End, end_of, links_made, read_links, sample_mandates

# `links.json` was given; `links-read.json` are the links of the other documents, read before anything was tuned.
GIVEN, READ = "links.json", "links-read.json"


def groups_of(pairs: list[tuple[End, End]]) -> Groups:
    groups = Groups()
    for later, earlier in pairs:
        groups.join(repr(later), repr(earlier))
    return groups


def ends(pair: dict[str, Any]) -> tuple[End, End]:
    one, two = pair["later"], pair["earlier"]
    return (one[0], one[1], one[2], one[3], one[4]), (two[0], two[1], two[2], two[3], two[4])


@pytest.fixture(scope="module")
def found() -> list[tuple[End, End]]:
    mandates = {mandate.key: mandate for mandate in sample_mandates()}
    return [
        (end_of(later, mandates), end_of(earlier, mandates))
        for later, earlier in links_made(link_all(sample_mandates()))
    ]


@pytest.mark.parametrize("names", [(GIVEN,), (GIVEN, READ)], ids=["given", "all documents"])
def test_links_what_readers_linked_and_nothing_else(names: tuple[str, ...], found: list[tuple[End, End]]) -> None:
    read = read_links(*names)
    documents = {end[0] for pair in read for end in ends(pair)}
    within = [pair for pair in found if pair[0][0] in documents and pair[1][0] in documents]
    tracker, readers = groups_of(within), groups_of([ends(pair) for pair in read])
    required = [ends(pair) for pair in read if not pair["optional"]]
    missed = [pair for pair in required if tracker.root(repr(pair[0])) != tracker.root(repr(pair[1]))]
    wrong = [pair for pair in within if readers.root(repr(pair[0])) != readers.root(repr(pair[1]))]
    assert (missed, wrong) == ([], [])


def test_chains_hold_only_what_readers_connected(found: list[tuple[End, End]]) -> None:
    read = groups_of([ends(pair) for pair in read_links(GIVEN, READ)])
    apart = [chain for chain in groups_of(found).groups() if len({read.root(mandate) for mandate in chain}) > 1]
    assert apart == []


def test_every_mandate_that_readers_name_is_there() -> None:
    mandates = {mandate.key: mandate for mandate in sample_mandates()}
    known = {end_of(key, mandates) for key in mandates}
    assert [end for pair in read_links(GIVEN, READ) for end in ends(pair) if end not in known] == []
