"""What the page that compares two documents shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mandates.lineage.alignment import Passage
from mandates.lineage.comparison import Outcome, Row, compared
from mandates.lineage.differences import Segment
from mandates.models import Mandate
from resolutions.citations import anchor, citation
from resolutions.links import document_url
from resolutions.lookup import Asked
from resolutions.models import Document, Paragraph
from resolutions.rendering import text_html

# The time that it takes grows with both documents; more is compared part by part.
MOST_PARAGRAPHS = 600
_OPENING_WORDS = 10

OUTCOMES: dict[Outcome, str | Promise] = {
    Outcome.KEPT: gettext_lazy("Kept"),
    Outcome.UPDATED: gettext_lazy("Updated"),
    Outcome.REWORDED: gettext_lazy("Reworded"),
    Outcome.MOVED: gettext_lazy("Moved"),
    Outcome.NEW: gettext_lazy("New"),
    Outcome.DROPPED: gettext_lazy("Dropped"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document, or with no name the whole of it, and how it is asked for."""

    name: str
    paragraphs: int
    written: str


@dataclass(slots=True)
class Side:
    """One of the two documents, or a part of it, with its paragraphs."""

    document: Document
    part: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.document.symbol}, {self.part}" if self.part else self.document.symbol

    @property
    def proposed(self) -> bool:
        return bool(self.paragraphs) and all(paragraph.proposed for paragraph in self.paragraphs)

    @property
    def passages(self) -> list[Passage]:
        keys = {paragraph.pk: paragraph.key for paragraph in self.paragraphs}
        return [Passage(each.key, each.text, keys.get(each.parent_id or 0)) for each in self.paragraphs]


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph in its document: how it is named there, where it is, its text as HTML, its italics."""

    name: str
    href: str
    html: SafeString
    emphases: Sequence[Mapping[str, object]]


@dataclass(slots=True)
class Line:
    """A row of the comparison.

    Attributes:
        kind: of `OUTCOMES`.
        note: what is to be said besides: from where to where it moved, that only its punctuation is another.
        same: whether both have the same words, so that one text stands for both.
        opening: its first words, where such a text can be folded away.
        anchor, following: of a difference, its own id and that of the next one; empty without one.
    """

    kind: str
    word: str | Promise
    note: str
    before: Place | None
    after: Place | None
    segments: tuple[Segment, ...]
    same: bool
    opening: str
    anchor: str = ""
    following: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many paragraphs have an outcome, and the address that shows them alone."""

    kind: str
    word: str | Promise
    number: int
    href: str
    chosen: bool


def sides_of(first: Asked, second: Asked) -> tuple[Side, Side]:
    """Fetch the paragraphs of two documents, of the parts that are asked for.

    Args:
        first, second: documents that are here.
    """
    assert first.document and second.document
    rows = Paragraph.objects.filter(document__in={first.document.pk, second.document.pk}, in_text=True)
    by_document: dict[int, list[Paragraph]] = {}
    for paragraph in rows.order_by("document", "position"):
        by_document.setdefault(paragraph.document_id, []).append(paragraph)
    return _side(first, by_document), _side(second, by_document)


def _side(asked: Asked, by_document: Mapping[int, list[Paragraph]]) -> Side:
    assert asked.document
    rows = by_document.get(asked.document.pk, [])
    counts = Counter(paragraph.part for paragraph in rows)
    parts = [Part("", len(rows), asked.symbol)]
    parts += [Part(name, number, f"{asked.symbol}, {name}") for name, number in counts.items()]
    chosen = [row for row in rows if asked.part in ("", row.part)]
    return Side(asked.document, asked.part, chosen, parts if len(counts) > 1 or (rows and asked.part) else [])


class ComparisonPage:
    """Two documents compared, as the page shows them.

    Args:
        before, after: the two, with their paragraphs.
        kinds: the outcomes that are to be shown; all of them where none is named.
        only_mandates: leave out what asks nothing in either.
        together: show each pair as one text instead of two beside each other.
    """

    def __init__(
        self, before: Side, after: Side, kinds: Sequence[str] = (), only_mandates: bool = False, together: bool = False
    ) -> None:
        self.before, self.after = before, after
        self.kinds = [kind for kind in OUTCOMES if kind in kinds]
        self.only_mandates, self.together = only_mandates, together

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.before, self.after

    @property
    def same(self) -> bool:
        """Whether a document is compared with itself."""
        return self.before.name == self.after.name

    @property
    def too_long(self) -> bool:
        return max(len(self.before.paragraphs), len(self.after.paragraphs)) > MOST_PARAGRAPHS

    @property
    def comparable(self) -> bool:
        return bool(self.before.paragraphs and self.after.paragraphs) and not (self.same or self.too_long)

    @cached_property
    def rows(self) -> list[Row]:
        """All rows, or those that hold a mandate."""
        rows = compared(self.before.passages, self.after.passages)
        return [row for row in rows if self._asks(row)] if self.only_mandates else list(rows)

    @cached_property
    def counts(self) -> list[Count]:
        numbers = Counter(row.outcome for row in self.rows)
        return [
            Count(kind.value, word, numbers[kind], self.address(kind=kind.value), kind.value in self.kinds)
            for kind, word in OUTCOMES.items()
        ]

    @property
    def sums(self) -> list[tuple[str, int, list[Count]]]:
        """For each document, how its paragraphs add up."""
        return [
            (side.name, sum(each.number for each in summands), summands)
            for side, without in ((self.before, Outcome.NEW), (self.after, Outcome.DROPPED))
            for summands in [[each for each in self.counts if each.kind != without and each.number]]
        ]

    @cached_property
    def lines(self) -> list[Line]:
        """The rows that are to be shown, each difference with the next one."""
        rows = [row for row in self.rows if not self.kinds or row.outcome in self.kinds]
        lines = [self._line(row, number) for number, row in enumerate(rows, start=1)]
        following = ""
        for index in reversed(range(len(lines))):
            lines[index].following = following
            following = lines[index].anchor or following
        return lines

    @property
    def first_difference(self) -> str:
        return next((line.anchor for line in self.lines if line.anchor), "")

    def address(self, **changed: object) -> str:
        """Give the query string of this page with some of its values changed."""
        values: dict[str, object] = {
            "a": self.before.name,
            "b": self.after.name,
            "kind": self.kinds,
            "mandates": "1" if self.only_mandates else "",
            "view": "one" if self.together else "",
        }
        given = {name: value for name, value in (values | changed).items() if value}
        return "?" + urlencode(given, doseq=True)

    @property
    def parts_before(self) -> list[tuple[Part, str]]:
        """The parts of the first document, each with the address that compares it instead."""
        return [(part, self.address(a=part.written)) for part in self.before.parts]

    @property
    def parts_after(self) -> list[tuple[Part, str]]:
        return [(part, self.address(b=part.written)) for part in self.after.parts]

    @property
    def everything_href(self) -> str:
        return self.address(kind="")

    @property
    def swapped_href(self) -> str:
        return self.address(a=self.after.name, b=self.before.name)

    @property
    def view_href(self) -> str:
        return self.address(view="" if self.together else "one")

    @cached_property
    def _paragraphs(self) -> tuple[dict[str, Paragraph], dict[str, Paragraph]]:
        ours, theirs = ({each.key: each for each in side.paragraphs} for side in (self.before, self.after))
        return ours, theirs

    @cached_property
    def _asking(self) -> set[int]:
        """The paragraphs that hold a mandate."""
        documents = {self.before.document.pk, self.after.document.pk}
        return set(Mandate.objects.filter(document__in=documents, in_text=True).values_list("paragraph_id", flat=True))

    def _asks(self, row: Row) -> bool:
        both = zip((row.before, row.after), self._paragraphs, strict=True)
        return any(passage and paragraphs[passage.key].pk in self._asking for passage, paragraphs in both)

    def _line(self, row: Row, number: int) -> Line:
        ours, theirs = self._paragraphs
        before = _place(self.before, ours[row.before.key]) if row.before else None
        after = _place(self.after, theirs[row.after.key]) if row.after else None
        same = row.wording is Outcome.KEPT and not row.repunctuated
        return Line(
            kind=row.outcome.value,
            word=OUTCOMES[row.outcome],
            note=_note(row, before, after) or self._held(row),
            before=before,
            after=after,
            segments=row.segments,
            same=same,
            opening=_opening(row.after.text) if same and row.after else "",
            anchor="" if same and row.outcome is Outcome.KEPT else f"difference-{number}",
        )

    def _held(self, row: Row) -> str:
        """Say where the words of what is new or dropped are in the other document."""
        if row.held is None:
            return ""
        if row.outcome is Outcome.NEW:
            return _("its words stood in %(place)s") % {
                "place": _place(self.before, self._paragraphs[0][row.held.key]).name
            }
        return _("its words stand in %(place)s") % {"place": _place(self.after, self._paragraphs[1][row.held.key]).name}


def _place(side: Side, paragraph: Paragraph) -> Place:
    symbol = side.document.symbol
    cited = citation(symbol, paragraph.part, paragraph.label, paragraph.key)
    return Place(
        # Where one part alone is compared, it need not be named in every line.
        name=cited.removeprefix(symbol).removeprefix(f", {side.part}").removeprefix(", ") or _("unnumbered"),
        href=f"{document_url(symbol)}#{anchor(paragraph.key)}",
        html=text_html(paragraph.text, paragraph.emphases),
        emphases=paragraph.emphases,
    )


def _note(row: Row, before: Place | None, after: Place | None) -> str:
    """Say in a few words what the outcome alone does not tell."""
    notes = []
    if row.outcome is Outcome.MOVED and before and after:
        notes.append(_("from %(before)s to %(after)s") % {"before": before.name, "after": after.name})
        if row.wording is Outcome.REWORDED:
            notes.append(_("reworded"))
    if row.wording is Outcome.UPDATED:
        notes.append(_("sessions, dates or symbols alone"))
    if row.repunctuated:
        notes.append(_("and punctuation") if row.wording is Outcome.UPDATED else _("same words, other punctuation"))
    elif row.outcome is Outcome.MOVED and row.wording is Outcome.KEPT:
        notes.append(_("same words"))
    return ", ".join(notes)


def _opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:_OPENING_WORDS]) + " …" if len(words) > _OPENING_WORDS + 4 else ""
