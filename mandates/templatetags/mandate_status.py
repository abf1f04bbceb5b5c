"""Status of mandates in templates: shape, word and colour, with today and the next session looked up once a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from mandates.list_rows import who
from mandates.marks import MARKS, Moment, mark_of, this_moment
from mandates.models import Mandate
from resolutions.citations import citation

register = template.Library()

_KEY = "mandates_moment"


def _moment(context: Context) -> Moment:
    # On the context of the whole rendering, as an include has one of its own.
    store: dict[Any, Any] = context.render_context.dicts[0]
    if _KEY not in store:
        store[_KEY] = this_moment()
    moment: Moment = store[_KEY]
    return moment


@register.inclusion_tag("components/status.html", takes_context=True)
def status_mark(context: Context, mandate: Mandate, link: bool = False) -> dict[str, str]:
    """Show the status of a mandate; with `link` it leads to the mandate's page."""
    return {"mark": mark_of(mandate, _moment(context)), "href": mandate.get_absolute_url() if link else ""}


@register.simple_tag(takes_context=True)
def mark_name(context: Context, mandate: Mandate) -> str:
    """Give the name of a mandate's mark, for a condition or a class: ``overdue``."""
    return mark_of(mandate, _moment(context))


@register.simple_tag(takes_context=True)
def status_tally(context: Context, mandates: Iterable[Mandate]) -> SafeString:
    """Count mandates by their mark: "5 overdue, 24 open"."""
    moment = _moment(context)
    counts = Counter(mark_of(mandate, moment) for mandate in mandates)
    rows = ((counts[mark], str(word).lower()) for mark, word in MARKS.items() if counts[mark])
    return format_html_join(", ", "{} {}", rows)


@register.filter
def asked_of(mandate: Mandate) -> str:
    """Name the bodies that must act: "Bureau and Court"."""
    return who([row.body.name for row in mandate.addressee_rows.all()])


@register.simple_tag
def citation_of(mandate: Mandate) -> str:
    """Cite the paragraph of a mandate: ``ICC-ASP/20/Res.2, para. 25``."""
    return citation(mandate.document.symbol, mandate.part, mandate.label, mandate.paragraph.key)
