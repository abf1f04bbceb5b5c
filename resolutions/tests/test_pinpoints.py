"""What citations name, and whether a document has it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from resolutions.pinpoints import Finding, Pinpoint, Places


@dataclass(frozen=True)
class Row:
    """A paragraph."""

    part: str
    label: str
    key: str


def paragraphs(*names: str) -> list[Row]:
    """Make paragraphs of "part/label"; one that is printed twice gets a key of its own."""
    rows: list[Row] = []
    for name in names:
        part, _slash, label = name.rpartition("/")
        key = name.replace(" ", "-")
        rows.append(Row(part or "body", label, key if all(row.key != key for row in rows) else f"{key}.2"))
    return rows


@pytest.mark.parametrize(
    ("cited", "part", "label", "names"),
    [
        ("37", "body", "37", True),
        ("37", "body", "37(a)", True),
        ("37", "body", "3", False),
        ("3", "body", "37", False),
        ("2-4", "body", "3", True),
        ("2-4", "body", "5", False),
        ("annex I, 3(a)", "annex I", "3(a)", True),
        ("annex I, 3(a)", "annex I", "3(b)", False),
        ("annex I, 3(a)", "body", "3(a)", False),
        ("annex I", "annex I", "3", False),
        ("annex I, appendix, 7", "annex I appendix", "7", True),
        ("3(a)-(c)", "body", "3(b)", True),
        ("3(a)-3(c)", "body", "3(d)", False),
        ("9-11", "body", "10", True),
    ],
)
def test_what_a_pinpoint_names(cited: str, part: str, label: str, names: bool) -> None:
    pinpoint = Pinpoint.read(cited)
    assert (pinpoint.is_in(part) and pinpoint.names(label)) is names


TEXT = paragraphs(
    "body/1", "body/2", "body/2(a)", "body/2(b)", "body/3", "body/4(a)", "body/4(b)", "body/10", "body/10",
    "annex I/2", "annex I/3", "annex I/3(a)", "annex I/7", "annex I/8", "annex II/7", "annex I appendix/1",
)  # fmt: skip


@pytest.mark.parametrize(
    ("cited", "finding", "keys", "key"),
    [
        ("", "found", [], ""),
        ("2", "found", ["body/2"], "body/2"),
        ("2(b)", "found", ["body/2(b)"], "body/2(b)"),
        ("1-3", "found", ["body/1", "body/2", "body/3"], "body/1"),
        ("2(a)-(b)", "found", ["body/2(a)", "body/2(b)"], "body/2(a)"),
        ("4", "found", ["body/4(a)", "body/4(b)"], "body/4(a)"),
        ("8", "found", ["annex-I/8"], "annex-I/8"),
        ("7", "ambiguous", [], "annex-I/7"),
        ("10", "ambiguous", [], "body/10"),
        ("99", "not_found", [], ""),
        ("3-5", "not_found", [], "body/3"),
        ("2(f)", "not_found", [], "body/2"),
        ("annex I, 3(a)", "found", ["annex-I/3(a)"], "annex-I/3(a)"),
        ("annex I, 9", "not_found", [], ""),
        ("annex II", "found", [], "annex-II/7"),
        ("annex V", "not_found", [], ""),
        ("annex", "not_found", [], ""),
        ("appendix, 1", "found", ["annex-I-appendix/1"], "annex-I-appendix/1"),
        ("annex I, appendix, 1", "found", ["annex-I-appendix/1"], "annex-I-appendix/1"),
        ("vol. I, part III, 2", "not_found", [], ""),
    ],
)
def test_what_a_document_has(cited: str, finding: str, keys: list[str], key: str) -> None:
    found = Places(TEXT).find(cited)
    assert (found.finding, list(found.keys), found.key) == (Finding(finding), keys, key)


def test_the_annex_is_the_only_one() -> None:
    found = Places(paragraphs("body/1", "annex I/2")).find("annex, 2")
    assert found.keys == ("annex-I/2",)
