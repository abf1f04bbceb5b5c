"""Golden files: what a stage gave for a document, kept beside the corpus and rewritten only on purpose."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[2] / "corpus" / "golden"

GoldenCheck = Callable[[str, str, object], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one way to rewrite golden files."""
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files anew, then read the diff")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> GoldenCheck:
    """Compare a value with `corpus/golden/<stage>/<document>.json`."""

    def check(stage: str, document: str, value: object) -> None:
        path = GOLDEN / stage / f"{document}.json"
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        if request.config.getoption("--rewrite-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden file for {stage}/{document}: run pytest --rewrite-golden and read it"
        assert json.loads(text) == json.loads(path.read_text(encoding="utf-8"))

    return check
