"""The scores on the gold may not fall; and the scorer counts what it says."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from benchmarks import scoring

GOAL = 0.97


@pytest.fixture(scope="module")
def scores() -> dict[str, dict[str, scoring.Score]]:
    return {name: scoring.measure(name) for name in scoring.gold_names()}


def test_every_gold_document_is_recorded() -> None:
    assert scoring.recorded().keys() == set(scoring.gold_names())


def test_no_score_fell(scores: dict[str, dict[str, scoring.Score]]) -> None:
    assert scoring.fallen(scores) == [], "python -m benchmarks.scoring --misses lists what changed"


@pytest.mark.parametrize("name", scoring.gold_names())
def test_the_goal_is_reached(scores: dict[str, dict[str, scoring.Score]], name: str) -> None:
    low = {line: score.f1 for line, score in scores[name].items() if score.f1 < (1 if line == "header" else GOAL)}
    assert low == {}


def gold() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((scoring.GOLD / "ICC-ASP-8-Res2-ENG.json").read_text(encoding="utf-8"))
    return document


def as_parsed(document: dict[str, Any]) -> dict[str, Any]:
    parsed = copy.deepcopy(document)
    for paragraph in parsed["paragraphs"]:
        paragraph["text"] = f"{paragraph.pop('first')} ... {paragraph.pop('last')}"
    return parsed


def test_the_gold_itself_is_perfect() -> None:
    assert {score.f1 for score in scoring.score(gold(), as_parsed(gold())).values()} == {1.0}


def spoil(line: str, parsed: dict[str, Any]) -> None:
    mandate = next(row for row in parsed["mandates"] if row["deadlines"] and not row.get("optional"))
    {
        "header": lambda: parsed.update(title="Another title"),
        "paragraphs": lambda: parsed["paragraphs"].pop(),
        "texts": lambda: parsed["paragraphs"][0].update(text="Other words"),
        "headings": lambda: parsed["paragraphs"][0].update(heading="Another heading"),
        "mandates": lambda: mandate.update(proposed=True),
        "addressees": lambda: mandate.update(addressees=["Somebody else"]),
        "deadlines": lambda: mandate["deadlines"].append({"kind": "session", "session": 99}),
        "references": lambda: parsed["references"].append({"symbol": "ICC-ASP/1/Res.1", "paragraph": "9"}),
    }[line]()


@pytest.mark.parametrize(
    "line", ["header", "paragraphs", "texts", "headings", "mandates", "addressees", "deadlines", "references"]
)
def test_a_fault_costs_its_line(line: str) -> None:
    parsed = as_parsed(gold())
    spoil(line, parsed)
    assert scoring.score(gold(), parsed)[line].f1 < 1


def test_a_footnote_in_the_text_costs_its_text() -> None:
    wanted = gold()
    wanted["paragraphs"][0]["footnotes"] = ["See the report of the Bureau"]
    parsed = as_parsed(wanted)
    text = parsed["paragraphs"][0]["text"]
    parsed["paragraphs"][0]["text"] = text.replace("...", "See the report of the Bureau")
    assert scoring.score(wanted, parsed)["texts"].right == len(wanted["paragraphs"]) - 1


def test_a_fall_is_noticed() -> None:
    now = {name: dict(scoring.measure(name)) for name in scoring.gold_names()[:1]}
    name = scoring.gold_names()[0]
    now[name]["mandates"] = scoring.Score(right=1, found=2, wanted=2)
    assert any(sentence.startswith(f"{name}, mandates") for sentence in scoring.fallen(now))
