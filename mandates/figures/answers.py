"""Which mandates were answered in time, of those whose last deadline has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count, F, Value
from django.utils.translation import gettext as _

from mandates.figures.bars import Bars, Choice, Column, Line, Lists, Number, asked_of, make_line
from mandates.figures.shares import share_in_words
from mandates.filter_values import ANSWERED
from mandates.filters import MandateFilterSet
from mandates.in_time import ANSWERS, IN_TIME, with_answers
from mandates.models import Body

# No body has this id.
_ALL = 0
COLUMNS = tuple(Column(name, ANSWERED[name], (("answered", name),)) for name in ANSWERS)


def answered(filterset: MandateFilterSet, bodies: Mapping[int, Body]) -> Bars:
    """Count how the mandates whose last deadline has passed were answered, by body and all, in one query.

    Args:
        filterset: what was asked for, no status among it.
        bodies: all of them, by id.
    """
    passed = with_answers(filterset.narrowed(without=["ordering"]).order_by(), filterset.day)
    together = passed.annotate(body=Value(_ALL))
    # Texts of a parallel set may have deadlines of their own, so that a total is no sum.
    parts = [
        mandates.annotate(kind=kind).values_list("body", "kind").annotate(count=Count("task", distinct=True))
        for mandates in (asked_of(filterset, passed), together)
        for kind in (F("answer"), Value("total"))
    ]
    counts: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys((*ANSWERS, "total"), 0))
    for body, kind, count in parts[0].union(*parts[1:], all=True):
        counts[body][kind] = count
    total = counts.pop(_ALL, dict.fromkeys((*ANSWERS, "total"), 0))
    lists = Lists([*filterset.pairs(without=["proposed"]), *(("answered", name) for name in ANSWERS)])
    longest = max((each["total"] for each in counts.values()), default=0)
    rows = sorted(counts, key=lambda pk: (-counts[pk]["total"], bodies[pk].name))
    return Bars(
        COLUMNS,
        [
            answer_line(bodies[pk].name, counts[pk], lists, about=("addressee", bodies[pk].slug), longest=longest)
            for pk in rows
        ],
        answer_line(_("All"), total, lists),
    )


def answer_line(
    label: str,
    counts: Mapping[str, int],
    lists: Lists,
    *,
    about: Choice | None = None,
    longest: int = 0,
    mandates: Number | None = None,
) -> Line:
    """Make a line of counts by answer, with the share that was in time; the arguments are those of `make_line`."""
    words = share_in_words(counts[IN_TIME], counts["total"])
    return make_line(label, counts, COLUMNS, lists, about=about, longest=longest, share=words, mandates=mandates)
