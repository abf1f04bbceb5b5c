"""Word search over the text of paragraphs, the same on SQLite and PostgreSQL.

What is compared are the words of `resolutions.finding.words`, kept in `Paragraph.search_index`; the databases only find
them again, by the indexes of migration 0007.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import connections, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from resolutions.finding.places import WrittenPlace
from resolutions.finding.query import Beginning, Both, Phrase, SearchQuery, Wanted, parse_query
from resolutions.finding.words import spelled, stem, whole
from resolutions.models import Paragraph

AnyModel = TypeVar("AnyModel", bound=models.Model)


def search(
    queryset: models.QuerySet[AnyModel], query: str | SearchQuery, paragraph: str = "pk"
) -> models.QuerySet[AnyModel]:
    """Narrow a queryset to what a query finds.

    Args:
        queryset: of paragraphs, or of anything that has one.
        query: what was typed, or what `parse_query` made of it; one that asks for nothing narrows nothing.
        paragraph: the field that holds the paragraph; ``pk`` where the queryset is of paragraphs.

    Returns:
        A queryset like any other, unordered by relevance.
    """
    if isinstance(query, str):
        query = parse_query(query)
    if query.places:
        named = Q()
        for place in query.places:
            named |= _at(place)
        queryset = queryset.filter(**{f"{paragraph}__in": Paragraph.objects.filter(named).values("pk")})
    if query.wanted:
        queryset = queryset.filter(**{f"{paragraph}__in": _matching(query.wanted, connections[queryset.db].vendor)})
    return queryset


def _at(place: WrittenPlace) -> Q:
    named = Q(document__symbol=place.symbol)
    if place.part:
        named &= Q(part=place.part)
    elif place.label and ("Res." in place.symbol or "Decl." in place.symbol):
        # "ICC-ASP/17/Res.5, para. 3" is of the body; only annexes are named. A report has its numbers in its annexes.
        named &= Q(part="body")
    if "." in place.label:
        named &= Q(key__endswith=f"/{place.label}")
    elif place.label:
        named &= Q(label=place.label) | Q(label__startswith=f"{place.label}(")
    return named


def _matching(wanted: Wanted, vendor: str) -> RawSQL:
    # What a person typed is in the parameters.
    if vendor == "postgresql":
        sql = "SELECT id FROM resolutions_paragraph WHERE search_vector @@ %s::tsquery"
        return RawSQL(sql, [_written(wanted, _Tsquery)])  # noqa: S611 - see above
    sql = "SELECT rowid FROM resolutions_paragraph_search WHERE resolutions_paragraph_search MATCH %s"
    return RawSQL(sql, [_written(wanted, _Fts5)])  # noqa: S611 - see above


class _Fts5:
    """How SQLite writes a query; words hold letters, digits and underscores only, so quotation marks are enough."""

    all_of, any_of, none_of = " AND ", " OR ", " NOT "

    @staticmethod
    def phrase(words: Iterable[str]) -> str:
        return '"' + " ".join(words) + '"'

    @staticmethod
    def beginning(word: str) -> str:
        return f'"{word}" *'


class _Tsquery:
    """How PostgreSQL writes a query."""

    all_of, any_of, none_of = " & ", " | ", " & !"

    @staticmethod
    def phrase(words: Iterable[str]) -> str:
        return "(" + " <-> ".join(f"'{word}'" for word in words) + ")"

    @staticmethod
    def beginning(word: str) -> str:
        return f"'{word}':*"


def _written(wanted: Wanted, form: type[_Fts5] | type[_Tsquery]) -> str:
    if isinstance(wanted, Phrase):
        return form.phrase(spelled(stem(word)) for word in wanted.words)
    if isinstance(wanted, Beginning):
        return form.beginning(whole(wanted.letters))
    if not isinstance(wanted, Both):
        return f"({form.any_of.join(_written(each, form) for each in wanted.any_of)})"
    sides = f"({form.all_of.join(_written(each, form) for each in wanted.all_of)})"
    if not wanted.none_of:
        return sides
    return f"({sides}{form.none_of}({form.any_of.join(_written(each, form) for each in wanted.none_of)}))"
