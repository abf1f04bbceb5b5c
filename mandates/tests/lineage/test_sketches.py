"""Which mandates are found as candidates of each other."""

from __future__ import annotations

import pytest

from mandates.lineage.sketches import SHARED, SketchIndex, sketch

AID = "requests the Court to monitor the performance of the remuneration policy for legal aid"


@pytest.mark.parametrize(
    ("one", "two", "candidates"),
    [
        pytest.param(
            AID + " by 31 July 2017", AID + " at its twenty-first session", True, id="masked words do not count"
        ),
        pytest.param(
            "encourages States Parties to continue to express diplomatic and political support for the Court",
            "calls upon States Parties to express their political and diplomatic support to the Court",
            True,
            id="8/Res.2, 14, and 16/17, annex II, 3: the order of two neighbours does not count",
        ),
        pytest.param(
            "urges States to do so", "urges States to do so", True, id="17/Res.5, 127: short texts find each other"
        ),
        pytest.param(
            "requests the Bureau to report on cooperation to the Assembly at its twentieth session in 2021",
            "requests the Court to submit an updated report on cooperation to the Assembly",
            True,
            id="one word in common that says something, in short texts",
        ),
        pytest.param(
            AID + " and to report to the Assembly at its next session",
            "requests the Bureau to examine the seat of regional offices, and to report to the Assembly at its session",
            False,
            id="the frame alone does not make candidates",
        ),
    ],
)
def test_candidates_share_hashes(one: str, two: str, candidates: bool) -> None:
    assert (len(set(sketch(one)) & set(sketch(two))) >= SHARED) is candidates
    assert (two in SketchIndex([two]).candidates(one)) is candidates


def test_a_sketch_fits_a_column_of_64_bits_and_is_in_order() -> None:
    found = sketch(AID)
    assert list(found) == sorted(set(found))
    assert all(-(2**63) <= item < 2**63 for item in found)


def test_a_sub_paragraph_finds_the_long_list_it_stood_in() -> None:
    points = [
        "to explore ways to continue enhancing public and diplomatic awareness",
        "to undertake an assessment of other forms of assistance not listed in the Statute",
        "to develop a framework of action for the adoption of national legislation",
        "to promote the conclusion of agreements for the protection or relocation of witnesses",
        "to examine the strategic planning process and its link with the budget cycle",
        "to set up national protection programmes with technical assistance in situ",
    ]
    whole = "requests the Bureau: " + "; ".join(points)
    for point in points:
        assert whole in SketchIndex([whole]).candidates(f"requests the Bureau {point}")
