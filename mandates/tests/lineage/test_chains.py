"""Chains and parallel sets out of links."""

from __future__ import annotations

import random

from mandates.lineage.chains import chains_of
from mandates.lineage.records import LinkKind

LINKS = [
    ("17:3(b)", "16:22", LinkKind.REPEATS),
    ("17:3(b)", "16:(b)", LinkKind.REPEATS),
    ("16:22", "16:(b)", LinkKind.PARALLEL),
    ("20:25", "17:3(b)", LinkKind.REPEATS),
    ("20:40", "17:3(g)", LinkKind.REPEATS),
    ("20:1", "17:9", LinkKind.READDRESSED),
]
PLACES = {
    key: place for place, key in enumerate(["16:22", "16:(b)", "17:3(b)", "17:3(g)", "17:9", "20:1", "20:25", "20:40"])
}


def test_links_add_up_to_chains_in_the_order_of_sessions() -> None:
    found = chains_of(LINKS, PLACES.__getitem__)
    assert found.chains == (("16:22", "16:(b)", "17:3(b)", "20:25"), ("17:3(g)", "20:40"))


def test_parallel_mandates_are_one_task_under_the_first() -> None:
    found = chains_of(LINKS, PLACES.__getitem__)
    assert found.parallel_sets == (("16:22", "16:(b)"),)
    assert found.first_citation == {"16:22": "16:22", "16:(b)": "16:22"}


def test_the_order_of_links_does_not_matter() -> None:
    shuffled = random.Random(7).sample(LINKS, len(LINKS))
    assert chains_of(shuffled, PLACES.__getitem__) == chains_of(LINKS, PLACES.__getitem__)


def test_a_link_that_is_gone_cuts_the_chain() -> None:
    found = chains_of([link for link in LINKS if link[0] != "20:25"], PLACES.__getitem__)
    assert ("16:22", "16:(b)", "17:3(b)") in found.chains
