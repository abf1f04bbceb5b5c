"""What each picture shows, in one sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mandates.figures.bars import Bars, Line
from mandates.figures.curve import DAYS_IN_MONTH
from mandates.figures.lifetimes import OpenFor
from mandates.figures.shares import percent, share_in_words
from mandates.in_time import IN_TIME, UNANSWERED

_FEWEST_MONTHS = 2


def time_in_words(days: int) -> str:
    """Write a length of time as people say it: "45 days", "14 months" as "1 year and 2 months"."""
    if days < _FEWEST_MONTHS * DAYS_IN_MONTH:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    return months_in_words(round(days / DAYS_IN_MONTH))


def months_in_words(count: int) -> str:
    """Write months as years and months."""
    years, months = divmod(count, 12)
    in_years = ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    in_months = ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    if years and months:
        return _("%(years)s and %(months)s") % {"years": in_years, "months": in_months}
    return in_years if years else in_months


def what_became(line: Line) -> str:
    """Say how the mandates stand."""
    counts = {column.name: number.count for column, number in line.cells}
    said = []
    if "open" in counts:
        said.append(
            _("%(fulfilled)d are fulfilled, %(withdrawn)d withdrawn, %(repeated)d asked again later and %(open)d open")
        )
    if counts.get("overdue"):
        said.append(_("of the open ones %(overdue)d are overdue, %(lapsed)d of these not heard of since"))
    if "proposed" in counts:
        said.append(_("%(proposed)d are only proposed"))
    return f"{_('Of %(total)d:') % {'total': line.total.count}} {'; '.join(said) % counts}."


def who_has_most(bars: Bars) -> str:
    """Say who is asked for most, and how much of that is open."""
    if not bars.lines:
        return ""
    most = bars.lines[0]
    is_open = next((number.count for column, number in most.cells if column.name == "open"), None)
    if is_open is None:
        return _("%(body)s: asked for most, %(total)d times in proposed text.") % {
            "body": most.label,
            "total": most.total.count,
        }
    share = share_in_words(is_open, most.total.count)
    return _("%(body)s: asked for most; %(share)s are open.") % {"body": most.label, "share": share}


def how_long(found: OpenFor) -> str:
    """Say within which time half of the mandates are done, or why that cannot be said."""
    total, ended = found.survival.total, found.survival.ended
    if not total:
        return _("There is no adopted mandate here that does not recur.")
    if not ended:
        return _("None of %(total)d was marked fulfilled or withdrawn so far, so nothing can be said of how long.") % {
            "total": total
        }
    if not found.is_told:
        return ngettext(
            "%(ended)d of %(total)d was marked fulfilled or withdrawn: too few to say how long.",
            "%(ended)d of %(total)d were marked fulfilled or withdrawn: too few to say how long.",
            ended,
        ) % {"ended": ended, "total": total}
    if found.median is None:
        last = found.told.steps[-1]
        return _("Fewer than half are done: by estimate %(percent)d%% are still open after %(time)s.") % {
            "percent": round(100 * last.lasting),
            "time": time_in_words(last.time),
        }
    return _("By estimate, half of the mandates are fulfilled or withdrawn within %(time)s of their adoption.") % {
        "time": time_in_words(found.median)
    }


def median_in_words(found: OpenFor) -> str:
    """Write the time within which half are done, for a cell of a table."""
    return _("not half so far") if found.median is None else time_in_words(found.median)


def in_time(line: Line) -> str:
    """Say how many were answered in time."""
    counts = {column.name: number.count for column, number in line.cells}
    if not line.total.count:
        return _("No deadline of these mandates has passed yet.")
    words = {
        "total": line.total.count,
        "in_time": _share(counts[IN_TIME], line.total.count),
        "none": _share(counts[UNANSWERED], line.total.count),
    }
    return (
        _(
            "Of %(total)d whose last deadline has passed, %(in_time)s were answered in time; "
            "of %(none)s no answer is recorded."
        )
        % words
    )


def each_time(line: Line) -> str:
    """Say how often recurring mandates were answered in time, counted by the sessions for which they came due."""
    if not line.total.count:
        return _("No session for which one of them was to be answered has begun yet.")
    in_time = next(number.count for column, number in line.cells if column.name == IN_TIME)
    words = {"total": line.total.count, "in_time": _share(in_time, line.total.count)}
    return _("Recurring mandates came due %(total)d times so far; %(in_time)s were answered in time.") % words


def _share(part: int, whole: int) -> str:
    hundredths = percent(part, whole)
    return str(part) if hundredths is None else _("%(part)d (%(percent)d%%)") % {"part": part, "percent": hundredths}
