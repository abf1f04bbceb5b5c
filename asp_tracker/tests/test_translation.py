"""Every string of the interface is marked for translation, in templates from the first one on."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# What carries no words of ours: marked strings, tags, values, comments, and the contents of elements that are no prose.
NOT_PROSE = re.compile(
    r"{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}"
    r"|{%\s*blocktranslate\b.*?%}.*?{%\s*endblocktranslate\s*%}"
    r"|{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->|<svg\b.*?</svg>|<code\b.*?</code>|<kbd\b.*?</kbd>",
    re.DOTALL,
)
READ_ALOUD = re.compile(r"\b(?:alt|aria-label|placeholder|title)=(\"[^\"]*\"|'[^']*')")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
PROPER_NAMES = {"CSV", "ICC", "ASP", "XLSX", "JSON", "en"}


def unmarked_words(template: str) -> list[str]:
    """The words of a template that a reader sees or hears and that no tag marks for translation."""
    bare = NOT_PROSE.sub(" ", template)
    spoken = " ".join(READ_ALOUD.findall(bare))
    words = re.findall(r"[^\W\d_]{2,}", TAG.sub(" ", bare) + " " + spoken)
    entities = set(re.findall(r"&(\w+);", bare))
    return [word for word in words if word not in PROPER_NAMES | entities]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_strings_are_marked(template: Path) -> None:
    assert unmarked_words(template.read_text(encoding="utf-8")) == []


def test_an_unmarked_string_would_be_found() -> None:
    assert unmarked_words("<p class=a>{% translate 'Fine' %} not fine {{ value }}</p>") == ["not", "fine"]
    assert unmarked_words('<img alt="Seal of" src="a.png">') == ["Seal", "of"]
