"""The documentation is held to the code: what it names is there, and what it must list is listed."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TOP_LEVEL = {path.name for path in ROOT.iterdir()}
PYTHON_PACKAGES = ("asp_tracker", "mandates", "resolutions")

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
CODE = re.compile(r"`([^`\n]+)`")
MAKE_TARGET = re.compile(r"\bmake ([a-z]+)\b")
MANAGE_COMMAND = re.compile(r"manage\.py ([a-z_]+)")


def page_id(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_lead_somewhere(page: Path) -> None:
    dead = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / target).exists()]
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_paths_that_are_named_exist(page: Path) -> None:
    named = {
        code.strip("/")
        for code in CODE.findall(page.read_text(encoding="utf-8"))
        if re.fullmatch(r"[\w./-]+", code) and "/" in code and code.split("/")[0] in TOP_LEVEL - {"var", ".venv"}
    }
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_commands_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = "\n".join([*CODE.findall(text), *re.findall(r"```.*?```", text, re.DOTALL)])
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(MAKE_TARGET.findall(code)) <= targets
    assert set(MANAGE_COMMAND.findall(code)) <= set(get_commands())


def test_every_command_of_ours_is_documented() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    ours = [name for name, app in get_commands().items() if app in PYTHON_PACKAGES]
    assert ours and [name for name in sorted(ours) if f"manage.py {name}" not in text] == []


def test_the_index_lists_every_page() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages and [name for name in sorted(pages) if f"({name})" not in index] == []


def test_every_decision_says_status_context_decision_and_consequences() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert records
    numbers = [record.name[:4] for record in records]
    assert len(set(numbers)) == len(numbers), "a number is given once"
    for record in records:
        text = record.read_text(encoding="utf-8").lower()
        missing = [word for word in ("status", "context", "decision", "consequences") if word not in text]
        assert missing == [], record.name
