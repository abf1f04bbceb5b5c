"""Documents made up by chance, with the structure that a careful reader would find in them."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

from hypothesis import strategies as st

_SUBJECTS = ("the Bureau", "the Court", "States Parties", "the Registrar", "the Committee on Budget and Finance")
_TASKS = (
    "to continue the discussions on voluntary agreements and to report thereon to the Assembly at its next session",
    "to keep the matter under review, in accordance with paragraph 7 of resolution ICC-ASP/9/Res.3",
    "to hold consultations on the budget for 2012",
    (
        "to submit, in the course of 2013, a report on the measures taken under article 87, paragraph 5(b), of the "
        "Statute and on the difficulties that were met, including those of a financial nature"
    ),
    "to ensure the non-disclosure of the list of counsel",
)
_VERBS = ("Requests", "Also invites", "Strongly encourages", "Calls upon", "Decides to ask", "Further urges")
_OPENINGS = (
    "Recalling",
    "Also recalling",
    "Deeply concerned by",
    "Mindful of",
    "Bearing in mind",
    "Noting with concern",
)
_MATTERS = (
    "the importance of cooperation between the Court and States",
    (
        "resolution ICC-ASP/7/Res.3 of 21 November 2008 and all the other resolutions in which the Assembly took up "
        "the matter of the contributions of States Parties, and the commitments made in Kampala"
    ),
    "the report of the Bureau",
)
_HEADINGS = (
    "Programme budget",
    "Relationship with the United Nations",
    "Legal aid",
    "Victims and affected communities",
)
_ITEMS = (
    "the state of the archives",
    "the costs of the premises, including rent, heating and the cleaning of the windows",
)
_NOTES = ("ICC-ASP/8/10.", "See resolution ICC-ASP/6/Res.2, annex II.", "Ibid., para. 12.", "As of 1 November 2012.")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass
class Paragraph:
    """A paragraph as it is meant, before it is printed."""

    text: str
    items: list[str] = field(default_factory=list)
    heading: str | None = None
    note: str | None = None


@dataclass
class Layout:
    """How a document is printed."""

    number: str
    letter: str
    width: int
    dense: bool
    indent: int
    lettered: bool
    notes: str


@dataclass
class Document:
    """A document, meant and printed."""

    preamble: list[str]
    paragraphs: list[Paragraph]
    layout: Layout

    @property
    def text(self) -> str:
        """The document as printed."""
        blocks = ["Resolution ICC-ASP/9/Res.9", "Adopted at the 5th plenary meeting, on 10 December 2010, by consensus"]
        blocks += ["ICC-ASP/9/Res.9", "Matters of the Assembly", "The Assembly of States Parties,"]
        blocks += [f"{text}," for text in self.preamble]
        notes: list[str] = []
        letters = iter("ABCDEFGH")
        heading = None
        for number, paragraph in enumerate(self.paragraphs, start=1):
            if paragraph.heading != heading and paragraph.heading is not None:
                heading = paragraph.heading
                blocks.append(f"{next(letters)}. {heading}" if self.layout.lettered else heading)
            mark = ""
            if paragraph.note is not None:
                notes.append(paragraph.note)
                mark = self._mark(len(notes))
            last = number == len(self.paragraphs)
            label = self.layout.number.format(number)
            end = ":" if paragraph.items else "." if last else ";"
            blocks.append(f"{label} {paragraph.text}{mark}{end}")
            for index, item in enumerate(paragraph.items):
                stop = "." if last and index == len(paragraph.items) - 1 else ";"
                blocks.append(f"{self.layout.letter.format('abcdefghijkl'[index])} {item}{stop}")
        blocks += [f"{self._mark(index)} {note}" for index, note in enumerate(notes, start=1)]
        return ("\n" if self.layout.dense else "\n\n").join(self._printed(block) for block in blocks)

    def _mark(self, number: int) -> str:
        if self.layout.notes == "bracketed":
            return f"[{number}]"
        return str(number).translate(_SUPERSCRIPTS)

    def _printed(self, block: str) -> str:
        width = self.layout.width
        lines = textwrap.wrap(block, width, break_on_hyphens=True, break_long_words=False) if width else [block]
        return "\n".join(" " * self.layout.indent + line for line in lines)

    @property
    def meant(self) -> list[tuple[str, str | None, str, list[str]]]:
        """Key, heading, text and notes of each paragraph."""
        found: list[tuple[str, str | None, str, list[str]]] = [
            (f"body/preamble.{number}", None, f"{text},", []) for number, text in enumerate(self.preamble, start=1)
        ]
        letters = dict(zip(dict.fromkeys(p.heading for p in self.paragraphs if p.heading), "ABCDEFGH", strict=False))
        for number, paragraph in enumerate(self.paragraphs, start=1):
            last = number == len(self.paragraphs)
            heading = paragraph.heading
            if heading is not None and self.layout.lettered:
                heading = f"{letters[heading]}. {heading}"
            end = ":" if paragraph.items else "." if last else ";"
            notes = [paragraph.note] if paragraph.note is not None else []
            found.append((f"body/{number}", heading, paragraph.text + end, notes))
            for index, item in enumerate(paragraph.items):
                stop = "." if last and index == len(paragraph.items) - 1 else ";"
                found.append((f"body/{number}({'abcdefghijkl'[index]})", heading, item + stop, []))
        return found


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a document."""
    openings = st.tuples(st.sampled_from(_OPENINGS), st.sampled_from(_MATTERS)).map(" ".join)
    tasks = st.tuples(st.sampled_from(_VERBS), st.sampled_from(_SUBJECTS), st.sampled_from(_TASKS)).map(" ".join)
    headings = draw(st.lists(st.sampled_from(_HEADINGS), unique=True, max_size=4))
    paragraphs: list[Paragraph] = []
    for heading in [None, *headings]:
        for text in draw(st.lists(tasks, min_size=1, max_size=4)):
            items = draw(st.lists(st.sampled_from(_ITEMS), max_size=11))
            note = draw(st.none() | st.sampled_from(_NOTES))
            paragraphs.append(Paragraph(text, items, heading, note))
    layout = Layout(
        number=draw(st.sampled_from(["{}.", "{})", "OP{}."])),
        letter=draw(st.sampled_from(["({})", "{})", "- ({})"])),
        width=draw(st.sampled_from([0, 64, 80, 100])),
        dense=draw(st.booleans()),
        indent=draw(st.sampled_from([0, 5])),
        lettered=draw(st.booleans()),
        notes=draw(st.sampled_from(["raised", "bracketed"])),
    )
    return Document(draw(st.lists(openings, min_size=1, max_size=4)), paragraphs, layout)
