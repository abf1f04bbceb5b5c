"""Holds what the parser finds against what careful readers found (`corpus/gold/`), and keeps the scores from falling.

    python -m benchmarks.scoring            prints precision, recall and F1 of each document and line
    python -m benchmarks.scoring --misses   lists what was missed and what was too much
    python -m benchmarks.scoring --record   writes the scores to corpus/scores.json, where none is lower than before

What a line counts:

- header: one field each of symbol, kind, title, session, adoption;
- paragraphs: operative paragraphs and sub-paragraphs, by part and label;
- texts: of those, the first and last words, with no footnote in between;
- headings: of those, the section heading or topic;
- mandates: by part, label, verb and number of that verb; with what is proposed;
- addressees: mandate and body; deadlines: mandate, kind and value;
- references: document and numbered paragraph that are cited.

What a careful reader could doubt is marked `optional` in the gold and not counted.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
GOLD = CORPUS / "gold"
SCORES = CORPUS / "scores.json"

HEADER = ("symbol", "kind", "title", "session", "adopted", "distributed", "meeting", "mode")
SAME_VERB = {"calls on": "calls upon", "renews its call upon": "calls upon", "asks": "requests"}

Document = Mapping[str, Any]
Items = Counter[Hashable]


@dataclass(frozen=True, slots=True)
class Score:
    """How well one line was found.

    Attributes:
        right, found, wanted: how many items both sides have, the parser has, the readers have.
        missing, extra: those that only the readers, or only the parser, have.
    """

    right: int
    found: int
    wanted: int
    missing: tuple[Hashable, ...] = ()
    extra: tuple[Hashable, ...] = ()

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / self.wanted if self.wanted else float(not self.found)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(gold: Document, parsed: Document) -> dict[str, Score]:
    """Score one document.

    Args:
        gold: what readers found, in the form of `corpus/gold/FORM.md`.
        parsed: what `parse_document --format json` prints.

    Returns:
        The score of each line, by its name.
    """
    lines = {"header": _compare(_header(parsed, gold), _header(gold, gold))}
    wanted, found = _paragraphs(gold), _paragraphs(parsed)
    lines["paragraphs"] = _compare(Counter(found.keys()), Counter(wanted.keys()))
    lines["texts"] = _compare(
        Counter(key for key, row in wanted.items() if key in found and _same_text(row, found[key])),
        Counter(wanted.keys()),
    )
    lines["headings"] = _compare(
        Counter(key for key, row in wanted.items() if key in found and _heading(row) == _heading(found[key])),
        Counter(wanted.keys()),
    )
    sure, asked = _mandates(gold), _mandates(parsed)
    doubtful = {key for key, row in sure.items() if row.get("optional")}
    sure = {key: row for key, row in sure.items() if key not in doubtful}
    asked = {key: row for key, row in asked.items() if key not in doubtful}
    lines["mandates"] = _compare(_with_proposed(asked), _with_proposed(sure))
    lines["addressees"] = _compare(_addressees(asked), _addressees(sure))
    unsure = {(key, row["kind"]) for key, m in sure.items() for row in m["deadlines"] if row.get("optional")}
    lines["deadlines"] = _compare(_deadlines(asked, unsure), _deadlines(sure, unsure))
    lines["references"] = _compare(_references(parsed), _references(gold))
    return lines


def gold_names() -> list[str]:
    """Give the documents that have a gold file, by the stem of their file."""
    return sorted(path.stem for path in GOLD.glob("ICC-*.json"))


def measure(name: str) -> dict[str, Score]:
    """Parse a document of the corpus and score it.

    Args:
        name: stem of its file.

    Returns:
        The score of each line.
    """
    # Imported here, so that the scorer can be used on files alone.
    from mandates.extraction.extraction_json import extraction_as_json
    from mandates.pipeline import parse_document

    path = CORPUS / f"{name}.txt"
    parsed = parse_document(path.read_bytes(), path.name)
    gold = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    # Through JSON, so that it is measured as it is printed.
    return score(gold, json.loads(json.dumps(extraction_as_json(parsed.record, parsed.extraction))))


def recorded() -> dict[str, dict[str, float]]:
    """Give the recorded F1 of each document and line; empty where nothing was recorded."""
    if not SCORES.exists():
        return {}
    scores: dict[str, dict[str, float]] = json.loads(SCORES.read_text(encoding="utf-8"))
    return scores


def fallen(now: Mapping[str, Mapping[str, Score]]) -> list[str]:
    """Say which scores are lower than recorded.

    Args:
        now: the scores of each document.

    Returns:
        A sentence a line that fell, also for one that is no longer measured.
    """
    said = []
    for name, lines in recorded().items():
        for line, before in lines.items():
            score = now.get(name, {}).get(line)
            # Scores are recorded with four digits.
            if score is None or score.f1 < before - 0.0001:
                said.append(f"{name}, {line}: {before:.4f} before, now {score.f1 if score else 0:.4f}")
    return said


def main() -> int:
    """Print, list or record the scores; 1 where one fell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list what was missed and what was too much")
    parser.add_argument("--record", action="store_true", help="write the scores, where none is lower than before")
    options = parser.parse_args()
    now = {name: measure(name) for name in gold_names()}
    for name, lines in now.items():
        sys.stdout.write(f"{name}\n")
        for line, score in lines.items():
            sys.stdout.write(
                f"  {line:<11} precision {score.precision:.4f}  recall {score.recall:.4f}  F1 {score.f1:.4f}\n"
            )
            if options.misses:
                sys.stdout.writelines(f"    missing {item}\n" for item in score.missing)
                sys.stdout.writelines(f"    extra {item}\n" for item in score.extra)
    if losses := fallen(now):
        sys.stderr.writelines(f"fallen: {sentence}\n" for sentence in losses)
        return 1
    if options.record:
        rounded = {name: {line: round(score.f1, 4) for line, score in lines.items()} for name, lines in now.items()}
        SCORES.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
    return 0


def _compare(found: Items, wanted: Items) -> Score:
    return Score(
        right=(found & wanted).total(),
        found=found.total(),
        wanted=wanted.total(),
        missing=tuple((wanted - found).elements()),
        extra=tuple((found - wanted).elements()),
    )


def _words(text: object) -> list[str]:
    """Lower-case words alone: markup, marks, quotes and spacing are nothing to differ over."""
    plain = re.sub(r"[*_`⁰¹²³⁴⁵⁶⁷⁸⁹\u00ad]", "", str(text or "")).lower()
    return re.findall(r"[a-z0-9]+", plain)


def _place(row: Document) -> tuple[str, str]:
    return " ".join(row["part"].lower().split()), re.sub(r"[\s.]", "", row["label"].lower())


def _header(document: Document, gold: Document) -> Items:
    return Counter((name, " ".join(_words(document.get(name)))) for name in HEADER if gold.get(name))


def _paragraphs(document: Document) -> dict[tuple[str, str], Document]:
    return {_place(row): row for row in document["paragraphs"] if not _place(row)[1].startswith("pre")}


def _same_text(gold: Document, parsed: Document) -> bool:
    words, first, last = _words(parsed["text"]), _words(gold["first"]), _words(gold["last"])
    if words[: len(first)] != first or words[len(words) - len(last) :] != last:
        return False
    whole = f" {' '.join(words)} "
    # A short note could be words of the text by chance.
    notes = [note for note in map(_words, gold.get("footnotes", ())) if len(note) > 3]
    return not any(f" {' '.join(note)} " in whole for note in notes)


def _heading(row: Document) -> list[str]:
    """Without its own number: "A. Universality" and "Universality" are one."""
    return _words(re.sub(r"^(?:[A-Z]|[IVX]+|[0-9]+)[.)]\s+", "", row.get("heading") or ""))


def _mandates(document: Document) -> dict[Hashable, Document]:
    """By place, verb and number of that verb in its paragraph."""
    seen: Counter[Hashable] = Counter()
    rows: dict[Hashable, Document] = {}
    for row in document["mandates"]:
        verb = " ".join(row["verb"].lower().split())
        key = (*_place(row), SAME_VERB.get(verb, verb))
        rows[(*key, seen[key])] = row
        seen[key] += 1
    return rows


def _with_proposed(rows: Mapping[Hashable, Document]) -> Items:
    return Counter((key, bool(row.get("proposed"))) for key, row in rows.items())


def _addressees(rows: Mapping[Hashable, Document]) -> Items:
    return Counter(
        (key, " ".join(_words(re.sub(r"^the ", "", body, flags=re.IGNORECASE))))
        for key, row in rows.items()
        for body in row["addressees"]
    )


def _deadlines(rows: Mapping[Hashable, Document], unsure: Iterable[Hashable]) -> Items:
    skip = set(unsure)
    return Counter(
        (key, _deadline(row)) for key, m in rows.items() for row in m["deadlines"] if (key, row["kind"]) not in skip
    )


def _deadline(row: Document) -> Hashable:
    fields = {
        "session": ("session",),
        "before_session": ("session",),
        "date": ("date",),
        "period": ("start", "end"),
        "recurring": ("interval",),
        # Readers name an event each in their own words.
        "event": (),
    }[row["kind"]]
    return row["kind"], tuple(row.get(name) for name in fields)


def _references(document: Document) -> Items:
    """Documents cited with a numbered paragraph, each pair once."""
    cited = set()
    for row in document["references"]:
        paragraph = str(row.get("paragraph") or "").strip()
        if re.fullmatch(r"[0-9]+(?:\([a-z]+\))*", paragraph):
            cited.add((re.sub(r"\s", "", row["symbol"]), paragraph))
    return Counter(cited)


if __name__ == "__main__":
    sys.exit(main())
