"""What the program does to mandates, one transaction each; what people decide is in `mandates.actions`."""

from mandates.services.references import references_of, references_resolve
from mandates.services.statuses import calendar_load, statuses_refresh
from mandates.services.suggestions import register_suggest, suggestions_rebuild

__all__ = [
    "calendar_load",
    "references_of",
    "references_resolve",
    "register_suggest",
    "statuses_refresh",
    "suggestions_rebuild",
]
