"""What the program does to mandates, one transaction each; what people decide is in `mandates.actions`."""

from mandates.services.statuses import calendar_load, statuses_refresh

__all__ = ["calendar_load", "statuses_refresh"]
