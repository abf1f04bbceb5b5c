"""Writes a large corpus for measuring: resolutions of made-up series through all sessions, from real paragraphs.

    python -m benchmarks.synthetic FOLDER [--mandates 10000] [--seed 1]
    python manage.py import_documents FOLDER

Every title begins with "Synthetic", and the numbers of the resolutions begin at 501, so that nobody takes one for
real. A series keeps the grammar of the sample documents and trades their subjects for others, the same ones in every
session; from session to session a few paragraphs come, go or get a few words more, and the ordinals move on.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mandates.lineage.word_roles import Role, role, stem
from mandates.pipeline import parse_document
from resolutions.reading.ordinals import ordinal_text
from resolutions.structure.ordinals import ORDINAL
from resolutions.structure.records import ParagraphKind

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SESSIONS = range(1, 26)
FIRST_NUMBER = 501
_PARAGRAPHS = 45
_DROPPED, _EXTENDED, _ADDED = 0.08, 0.1, 0.05
_LEAST_LETTERS = 5
_SESSION = re.compile(rf"\b{ORDINAL}(?= sessions?\b)")
_WORD = re.compile(rf"\b[a-z]{{{_LEAST_LETTERS},}}")
_TAILS = ("within existing resources", "taking into account the views of States", "as a matter of priority")


@dataclass(frozen=True, slots=True)
class Sample:
    """A real operative paragraph, and how many mandates stand in it."""

    text: str
    mandates: int


def samples() -> list[Sample]:
    """Give the operative paragraphs of the sample resolutions that ask for something and stand alone."""
    found = []
    for path in sorted(CORPUS.glob("*.txt")):
        parsed = parse_document(path.read_bytes(), path.name)
        asking: dict[str, int] = defaultdict(int)
        for mandate in parsed.extraction.mandates:
            if not mandate.clause.continuations:
                asking[mandate.clause.span.paragraph] += 1
        found += [
            Sample(" ".join(paragraph.text.split()).rstrip(" ;.,"), asking[paragraph.key])
            for paragraph in parsed.record.paragraphs
            if paragraph.kind is ParagraphKind.OPERATIVE and asking[paragraph.key] and paragraph.label.isdigit()
        ]
    return found


def write_corpus(folder: Path, *, mandates: int, seed: int = 1) -> tuple[int, int]:
    """Write the documents.

    Args:
        folder: made where it is not there.
        mandates: about how many there shall be.
        seed: the same seed writes the same documents.

    Returns:
        The number of documents and of the mandates that their paragraphs have.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    real = samples()
    endings = _by_ending(real)
    folder.mkdir(parents=True, exist_ok=True)
    documents = asked = number = 0
    while asked < mandates:
        chosen = chance.sample(real, min(_PARAGRAPHS, len(real)))
        trade = _trade(endings, chance)
        title = f"Synthetic series {number + 1}: {' '.join(chance.sample(sorted(trade.values()), 3))}"
        for session in SESSIONS:
            edition = list(_edition(chosen, real, chance))
            symbol = f"ICC-ASP/{session}/Res.{FIRST_NUMBER + number}"
            text = _document(symbol, title, session, [_traded(each.text, trade, session) for each in edition])
            (folder / f"ICC-ASP-{session}-Res{FIRST_NUMBER + number}-SYNTHETIC.txt").write_text(text, encoding="utf-8")
            documents += 1
            asked += sum(each.mandates for each in edition)
            if asked >= mandates:
                break
        number += 1
    return documents, asked


def _edition(chosen: Sequence[Sample], real: Sequence[Sample], chance: random.Random) -> Iterator[Sample]:
    for each in chosen:
        if chance.random() < _DROPPED:
            continue
        tail = f", {chance.choice(_TAILS)}" if chance.random() < _EXTENDED else ""
        yield Sample(each.text + tail, each.mandates)
        if chance.random() < _ADDED:
            yield chance.choice(real)


def _by_ending(real: Sequence[Sample]) -> Mapping[str, list[str]]:
    """Words that say what a paragraph is about, by their ending: one of them fits where another stood."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in real:
        for word in _WORD.findall(each.text):
            if role(stem(word)) is Role.CONTENT:
                found[word[-3:]].add(word)
    return {ending: sorted(words) for ending, words in found.items()}


def _trade(endings: Mapping[str, list[str]], chance: random.Random) -> dict[str, str]:
    trade: dict[str, str] = {}
    for words in endings.values():
        trade.update(zip(words, chance.sample(words, len(words)), strict=True))
    return trade


def _traded(text: str, trade: Mapping[str, str], session: int) -> str:
    text = _WORD.sub(lambda match: trade.get(match[0], match[0]), text)
    return _SESSION.sub(ordinal_text(session + 1, "ordinal"), text)


def _document(symbol: str, title: str, session: int, paragraphs: Sequence[str]) -> str:
    numbered = "".join(f"{number}. {text};\n\n" for number, text in enumerate(paragraphs, 1))
    return (
        f"Resolution {symbol}\n\nAdopted at the 9th plenary meeting, on 9 December {2001 + session}, by consensus\n\n"
        f"{symbol} {title}\n\nThe Assembly of States Parties,\n\nRecalling its previous resolutions,\n\n{numbered}"
    )


def main() -> None:
    """Write the documents that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mandates", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    documents, mandates = write_corpus(options.folder, mandates=options.mandates, seed=options.seed)
    sys.stdout.write(f"{documents} documents with about {mandates} mandates in {options.folder}\n")


if __name__ == "__main__":
    main()
