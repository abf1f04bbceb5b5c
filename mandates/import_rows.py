"""A file of an import as a line of its page: how far it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resolutions.models import ImportRun

_STATES = ImportRun.Status
_MARKS = {
    _STATES.READY: "open",
    _STATES.NEW: "fulfilled",
    _STATES.CHANGED: "fulfilled",
    _STATES.UNCHANGED: "fulfilled",
    _STATES.FAILED: "failed",
    _STATES.DISCARDED: "withdrawn",
}
# How far a file is when a stage begins, in per cent: the stages take about so long.
_STAGES: dict[str, tuple[int, str | Promise]] = {
    "waiting": (0, gettext_lazy("waiting its turn")),
    "reading": (10, gettext_lazy("reading the file")),
    "structure": (40, gettext_lazy("finding paragraphs")),
    "mandates": (65, gettext_lazy("finding mandates")),
    "storing": (80, gettext_lazy("storing")),
}


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file: `mark` of its state where it rests, `percent` where it moves, `words`, and a `note` of what to mind."""

    run: ImportRun
    mark: str
    state: str
    percent: int
    words: str
    href: str
    note: str


def import_row(run: ImportRun, *, shared: bool = False) -> ImportRow:
    """Give the line of a run.

    Args:
        run: with its document fetched.
        shared: another file that waits has its symbol.
    """
    percent, stage = _STAGES.get(run.stage, (0, ""))
    href = ""
    if run.status == _STATES.READY:
        href = reverse("mandates:import_preview", args=[run.batch_id, run.pk])
    elif run.document is not None:
        href = reverse("resolutions:detail", args=[run.document.symbol])
    note = _("Another file here has this symbol; the one that is stored last stands.") if shared else ""
    mark = _MARKS.get(_STATES(run.status), "")
    return ImportRow(run, mark, run.get_status_display(), percent, _words(run, stage), href, note)


def _words(run: ImportRun, stage: str | Promise) -> str:
    if run.status == _STATES.FAILED:
        return run.error
    if run.status == _STATES.DISCARDED:
        return _("%(symbol)s: nothing was stored") % {"symbol": run.symbol or run.name}
    if run.status in ImportRun.AT_WORK:
        return str(stage)
    if run.status == _STATES.UNCHANGED and run.warnings:
        return f"{run.symbol}: {' '.join(run.warnings)}"
    if run.status == _STATES.UNCHANGED:
        return _("%(symbol)s, read before") % {"symbol": run.symbol}
    said = [_counted(run, "paragraphs"), _counted(run, "mandates")]
    if run.warnings:
        count = len(run.warnings)
        said.append(ngettext("%(count)s warning", "%(count)s warnings", count) % {"count": count})
    return f"{run.symbol or _('Symbol unknown')}: {', '.join(said)}"


def _counted(run: ImportRun, what: str) -> str:
    counts = run.counts.get(what, {})
    found = counts.get("found", 0)
    if what == "paragraphs":
        said = ngettext("%(count)s paragraph", "%(count)s paragraphs", found)
    else:
        said = ngettext("%(count)s mandate", "%(count)s mandates", found)
    said %= {"count": found}
    names = {
        "new": _("new"),
        "changed": _("changed"),
        "unchanged": _("unchanged"),
        "removed": _("removed"),
        "flagged": _("to check"),
    }
    done = ", ".join(f"{counts[key]} {name}" for key, name in names.items() if counts.get(key))
    return f"{said} ({done})" if done else said
