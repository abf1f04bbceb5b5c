"""Pairs of mandates of two sessions: what is the same mandate, and what only looks like it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mandates.lineage.finding import link_all
from mandates.lineage.records import ChangeKind, LinkKind
from mandates.tests.lineage.asking import asks

UPDATED = "to submit an updated report on cooperation"
FRAMEWORK = "the discussions on voluntary framework agreements or arrangements"

_SAME_MANDATE = [
    pytest.param(
        [f"to continue {FRAMEWORK}", f"to continue {FRAMEWORK}"], {}, ChangeKind.SAME, id="20/Res.2, 25, the same words"
    ),
    pytest.param(
        [
            f"to continue {FRAMEWORK}, and to report thereon to the Assembly at its eighteenth session",
            f"to continue {FRAMEWORK} and to report thereon to the Assembly at its twenty-first session",
        ],
        {},
        ChangeKind.UPDATED,
        id="17/Res.5, annex I, 3(b), and 20/Res.2, 25: the session alone",
    ),
    pytest.param(
        [
            f"{UPDATED} to the Bureau in advance of the Review Conference and to the Assembly at its tenth session",
            f"{UPDATED} to the Assembly at its seventeenth session and annually thereafter",
        ],
        {"of": "Court"},
        ChangeKind.REWORDED,
        id="8/Res.2, 17, and 16/17, annex II, (g): reported otherwise",
    ),
    pytest.param(
        [
            "to continue to express diplomatic and political support for the Court and for cooperation with the Court",
            "to continue to express their political and diplomatic support to the Court",
        ],
        {"of": "States Parties"},
        ChangeKind.NARROWED,
        id="8/Res.2, 14, and 16/17, annex II, 3: another order, less",
    ),
    pytest.param(
        ["to pay their assessed contributions in full and on time", "to transfer their assessed contributions in full"],
        {"of": "States Parties"},
        ChangeKind.REWORDED,
        id="another verb for the same act, as in 17/Res.5, 144",
    ),
    pytest.param(
        [
            "to identify issues for plenary discussions on cooperation, including financial investigations",
            "to identify issues for plenary discussions on cooperation, including financial investigations and arrests",
        ],
        {},
        ChangeKind.WIDENED,
        id="16/17, annex I, 30, and 20/Res.2, 36: arrests added",
    ),
    pytest.param(
        [
            "to submit its report on procurement",
            "to submit its report on procurement, taking into account the views of the Committee on Budget and Finance",
        ],
        {"of": "Court"},
        ChangeKind.REWORDED,
        id="how it is to be done is not what is asked",
    ),
    pytest.param(
        [
            "to improve equitable geographical representation and gender balance, without prejudice to the model",
            "to improve equitable geographical representation and gender balance in professional posts",
        ],
        {},
        ChangeKind.WIDENED,
        id="17/Res.5, annex I, 13(c): another tail is not another thing",
    ),
    pytest.param(
        [
            "to establish the Working Capital Fund at €11.6 million",
            "that the Working Capital Fund shall be established at €11.9 million",
        ],
        {"of": "Assembly of States Parties", "verb": "decides"},
        ChangeKind.REWORDED,
        id="the same decision of every budget: another amount",
    ),
    pytest.param(
        ["to report to its next session", "to report back to its next session"],
        {"of": "Study Group on Governance", "topic": "Study Group on Governance"},
        ChangeKind.REWORDED,
        id="17/Res.5, annex I, 9(b): a word of the frame",
    ),
    pytest.param(
        ["to ratify or accept the amendments to article 8", "to ratify or accept the amendments to article 8"],
        {"of": "States Parties"},
        ChangeKind.SAME,
        id="17/Res.5, 153: the same article",
    ),
    pytest.param(
        ["to ratify or accede to the Convention on Archives", "to become parties to the Convention on Archives"],
        {"of": "States Parties"},
        ChangeKind.REWORDED,
        id="words that drafters put for each other: a treaty",
    ),
    pytest.param(
        [
            "to provide details on the challenges that it faces in the tracing of suspects",
            "to inform States Parties of the difficulties that it encounters in tracing suspects",
        ],
        {"of": "Court"},
        ChangeKind.REWORDED,
        id="words that drafters put for each other: what is hard",
    ),
    pytest.param(
        [
            "to publish the calendar of hearings",
            (
                "to publish the calendar of hearings, in order to facilitate attendance by observers, journalists, "
                "families and local students"
            ),
        ],
        {"of": "Court"},
        ChangeKind.WIDENED,
        id="a purpose is added",
    ),
    pytest.param(
        [
            "to update its strategy on witnesses",
            (
                "to update its strategy on witnesses and to set measurable, realistic and time-bound objectives "
                "for each region"
            ),
        ],
        {"of": "Court"},
        ChangeKind.WIDENED,
        id="a second act is added",
    ),
    pytest.param(
        [
            "to intensify their efforts to promote universality",
            "to further their efforts to promote universality, in particular in regions that are under-represented",
        ],
        {"of": "States Parties"},
        ChangeKind.WIDENED,
        id="an example is added",
    ),
]

_OTHER_MANDATE = [
    pytest.param(
        ["to report on cooperation to the Assembly at its twentieth session"],
        ["to report on complementarity to the Assembly at its twenty-first session"],
        id="the frame is the same, the thing another",
    ),
    pytest.param(
        ["to continue to review the procedure for the nomination and election of judges"],
        ["to continue to review the procedure for the nomination and election of the Prosecutor"],
        id="17/Res.5, annex I, 6(a): one word says what it is about",
    ),
    pytest.param(
        ["to ratify or accept the amendment to article 124"],
        ["to ratify or accept the amendments to article 8"],
        id="17/Res.5, 152 and 153: another article",
    ),
    pytest.param(
        ["to contribute voluntarily to the Trust Fund for Victims"],
        ["to contribute voluntarily to the Special Fund for Relocations"],
        id="another fund",
    ),
    pytest.param(
        ["to continue to review the procedure for the election of the Registrar"],
        ["to discontinue the review of the procedure for the election of the Registrar"],
        id="an act that undoes the other",
    ),
    pytest.param(
        ["to consider concluding an agreement with the African Union"],
        ["to consider concluding an agreement with the European Union"],
        id="another partner",
    ),
]


@pytest.mark.parametrize(("actions", "more", "change"), _SAME_MANDATE)
def test_links_the_same_mandate_of_a_later_session(
    actions: list[str], more: dict[str, Any], change: ChangeKind
) -> None:
    (link,) = link_all([asks(actions[0], session=17, **more), asks(actions[1], session=20, **more)])
    assert (link.kind, link.certain, link.change) == (LinkKind.REPEATS, True, change)
    assert link.later.startswith("ICC-ASP/20/")


@pytest.mark.parametrize(("earlier", "later"), _OTHER_MANDATE)
def test_leaves_another_thing_alone_however_alike_the_words_are(earlier: list[str], later: list[str]) -> None:
    found = link_all([asks(earlier[0], session=17), asks(later[0], session=20)])
    assert [link for link in found if link.certain] == []


def test_asked_of_another_body_is_shown_and_not_linked() -> None:
    action = "to examine the liquidity situation of the Court and to report thereon to the Assembly at its next session"
    (link,) = link_all(
        [asks(action, "Committee on Budget and Finance", session=17), asks(action, "Registrar", session=20)]
    )
    assert (link.kind, link.certain, link.change) == (LinkKind.READDRESSED, False, ChangeKind.READDRESSED)


def test_a_body_is_the_same_in_small_letters() -> None:
    action = "to finalize its manual of procedures"
    found = link_all(
        [asks(action, "independent oversight mechanism", 17), asks(action, "Independent Oversight Mechanism", 18)]
    )
    assert [link.certain for link in found] == [True]


def test_each_organ_of_the_court_is_the_court() -> None:
    action = "to designate focal points for the follow-up to the audit"
    found = link_all([asks(action, "Court", 17), asks(action, "organ of the Court", 18)])
    assert [link.certain for link in found] == [True]


def test_states_not_party_are_states() -> None:
    action = "to become parties to the Agreement on the Privileges and Immunities of the Court"
    found = link_all([asks(action, "States not party", 17), asks(action, "States", 18)])
    assert [link.certain for link in found] == [True]


def test_what_is_said_of_those_who_are_asked_explains_a_difference() -> None:
    earlier = asks("to settle their arrears without delay", "States Parties", 17)
    later = asks("to settle their accounts", "States Parties", 18)
    later = replace(later, text="calls upon States Parties in arrears to settle their accounts")
    assert [link.certain for link in link_all([earlier, later])] == [True]


def test_a_body_more_widens() -> None:
    action = "to consider further measures to enhance their implementation of the recommendations on arrest strategies"
    (link,) = link_all([asks(action, "States Parties", 17), asks(action, "Court|States Parties", 20)])
    assert (link.certain, link.change) == (True, ChangeKind.WIDENED)


@pytest.mark.parametrize(
    ("topics", "linked"),
    [
        pytest.param(("Cooperation", "Cooperation"), True, id="under the same heading"),
        pytest.param(("Cooperation", "Legal aid"), False, id="under another heading"),
    ],
)
def test_words_that_every_request_has_need_the_topic(topics: tuple[str, str], linked: bool) -> None:
    action = "to report to the Assembly at its next session"
    found = link_all(
        [asks(action, "Court", 17, topic=topics[0]), asks(action, "Court", 18, topic=topics[1])],
    )
    assert bool(found) is linked


def test_this_end_is_what_stands_before_it() -> None:
    action = "to enter into agreements with the Court to this end"
    prison = "Emphasizes the responsibility for enforcing sentences of imprisonment, and"
    assets = "Stresses that the tracing and freezing of assets are indispensable for reparations, and"
    found = link_all(
        [
            asks(action, "States Parties", 17, 1, context=prison),
            asks(action, "States Parties", 17, 2, context=assets),
            asks(action, "States Parties", 18, 1, context=assets),
        ]
    )
    assert [link.earlier.split(":")[2] for link in found if link.certain] == ["2"]


def test_release_that_was_widened_before_the_clause() -> None:
    # ICC-ASP/16/17, annex I, para. 20, and ICC-ASP/20/Res.2, para. 23.
    action = "to actively consider the conclusion of agreements with the Court to this end"
    before = "recalls that States Parties should share the responsibility for enforcing sentences of imprisonment"
    (link,) = link_all(
        [
            asks(action, "States Parties", 16, context=before + " and"),
            asks(action, "States Parties", 20, context=before + " and for the interim and final release, and"),
        ]
    )
    assert link.change is ChangeKind.WIDENED


def test_names_the_keys_that_matched() -> None:
    (link,) = link_all(
        [
            asks("to submit an updated report on cooperation", "Court", 17, topic="Cooperation"),
            asks("to submit a report on cooperation", "Court", 18, topic="Cooperation"),
        ]
    )
    assert link.matched == ("body: Court", "thing: cooperation", "topic: Cooperation")
