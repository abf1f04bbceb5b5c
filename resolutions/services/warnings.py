"""What a person should look at in a document that was read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from resolutions.models import AssemblySession, Document
from resolutions.structure.records import DocumentWarning, ResolutionRecord


def document_warnings(*, record: ResolutionRecord, known: Document | None) -> list[DocumentWarning]:
    """Give the warnings about a document: those of reading it, and those that what is stored here adds.

    Args:
        record: what was read, its head corrected.
        known: the document of that symbol, as it was before; None where there is none.
    """
    warnings = list(record.warnings)
    if known is not None and known.source_id is not None and known.kind != record.kind:
        sentence = _("%(symbol)s was known as a %(old)s and is now read as a %(new)s.") % {
            "symbol": known.symbol,
            "old": known.get_kind_display().lower(),
            "new": Document.Kind(record.kind).label.lower(),
        }
        warnings.append(DocumentWarning(sentence, field="kind"))
    if record.session is None:
        warnings.append(DocumentWarning(_("The document names no session."), field="session"))
    elif not AssemblySession.objects.filter(code=str(record.session)).exists():
        sentence = _("The session %(code)s is not in the table of sessions.") % {"code": record.session}
        warnings.append(DocumentWarning(sentence, field="session"))
    return warnings
