from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from mandates.reference_data import bodies_load, staff_group_load, topics_load
from mandates.services import references_resolve, statuses_refresh, suggestions_rebuild
from resolutions.reference_data import LoadReport, sessions_load
from resolutions.register import register_load


class Command(BaseCommand):
    help = (
        "Loads sessions, bodies, topics and the register of documents; what staff edited stays as it is, and is listed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            changed = 0
            for name, load in (("sessions", sessions_load), ("bodies", bodies_load), ("topics", topics_load)):
                changed += self._load(name, load)
            registered = self._load("known documents", register_load)
            staff_group_load()
            references_resolve()
            # Days on which mandates fall due, and whether they are tracked, follow from these tables.
            if changed:
                statuses_refresh()
            if changed or registered:
                suggestions_rebuild()

    def _load(self, name: str, load: Callable[[], LoadReport]) -> int:
        report = load()
        self.stdout.write(f"{name}: {report.new} new, {report.changed} changed, {report.unchanged} unchanged")
        for sentence in (*report.kept, *report.left_out):
            self.stdout.write(f"    {sentence}")
        return report.new + report.changed
