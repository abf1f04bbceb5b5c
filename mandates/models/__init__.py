"""Mandates, who must act, by when, and what became of it."""

from mandates.models.bodies import Body, Topic
from mandates.models.bulk import BulkDecision, BulkEntry
from mandates.models.citations import CitationCheck, Reference
from mandates.models.corrections import Correction, CorrectionPlace
from mandates.models.lineage import LineageDecision, MandateLink, MandateSketch
from mandates.models.mandates import Mandate, MandateAddressee, ReportingDeadline
from mandates.models.outcomes import OutcomeChange
from mandates.models.suggestions import DocumentAnswer, Reason, Suggestion

__all__ = [
    "Body",
    "BulkDecision",
    "BulkEntry",
    "CitationCheck",
    "Correction",
    "CorrectionPlace",
    "DocumentAnswer",
    "LineageDecision",
    "Mandate",
    "MandateAddressee",
    "MandateLink",
    "MandateSketch",
    "OutcomeChange",
    "Reason",
    "Reference",
    "ReportingDeadline",
    "Suggestion",
    "Topic",
]
