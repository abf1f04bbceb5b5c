"""Word differences in templates: what was inserted and deleted is told by lines, colour and words that are heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django import template
from django.utils.safestring import SafeString

from mandates.lineage.differences import Change, Segment, word_difference
from resolutions.rendering import text_html

register = template.Library()

Emphases = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment as HTML; blanks at its ends stand outside, so that no line is drawn under them."""

    change: str
    deleted: SafeString
    inserted: SafeString
    lead: str = ""
    trail: str = ""


@register.simple_tag
def words_changed(before: str, after: str) -> tuple[Segment, ...]:
    """Compare two texts, for `difference` to show: ``{% words_changed a b as segments %}``."""
    return word_difference(before, after)


@register.inclusion_tag("components/difference.html")
def difference(
    segments: Sequence[Segment], side: str = "", before_emphases: Emphases = (), after_emphases: Emphases = ()
) -> dict[str, object]:
    """Show a word difference.

    Args:
        segments: as `word_difference` gives them.
        side: nothing for one text with both; ``before`` or ``after`` for that text alone, with what only it has marked.
        before_emphases, after_emphases: the italics of the texts, as `Paragraph.emphases` keeps them.
    """
    pieces = (_piece(segment, side, before_emphases, after_emphases) for segment in segments)
    return {"pieces": _spaced([piece for piece in pieces if piece.deleted or piece.inserted or piece.trail])}


def _piece(segment: Segment, side: str, before_emphases: Emphases, after_emphases: Emphases) -> Piece:
    """Show what a side has of a segment; equal words of both are shown as the later text has them."""
    deleted = "" if side == "after" else segment.before
    inserted = "" if side == "before" else segment.after
    if segment.change == Change.EQUAL and side != "before":
        deleted = ""
    words = inserted or deleted
    return Piece(
        change=segment.change.value,
        deleted=_html(deleted, segment.before_start, before_emphases),
        inserted=_html(inserted, segment.after_start, after_emphases),
        lead=words[: len(words) - len(words.lstrip())] if words.strip() else "",
        trail=words[len(words.rstrip()) :],
    )


def _html(text: str, start: int, emphases: Emphases) -> SafeString:
    """Give a stretch as HTML without the blanks at its ends, in the italics that it has in its text."""
    words = text.strip()
    start += len(text) - len(text.lstrip())
    end = start + len(words)
    inside = [
        {
            "style": row["style"],
            "start": max(int(str(row["start"])), start) - start,
            "end": min(int(str(row["end"])), end) - start,
        }
        for row in emphases
        if int(str(row["start"])) < end and int(str(row["end"])) > start
    ]
    return text_html(words, inside)


_NOTHING = Piece("", SafeString(""), SafeString(""))


def _spaced(pieces: Sequence[Piece]) -> list[Piece]:
    """Part what was left out from what stands there now, as neither text has a blank between them."""
    replaced = {Change.DELETED.value, Change.INSERTED.value}
    return [
        replace(piece, trail="" if following.lead else piece.trail or " ")
        if {piece.change, following.change} == replaced
        else piece
        for piece, following in pairwise([*pieces, _NOTHING])
    ]
