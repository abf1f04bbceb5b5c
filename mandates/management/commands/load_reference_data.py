from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from mandates.reference_data import bodies_load, staff_group_load, topics_load
from mandates.services import statuses_refresh
from resolutions.reference_data import sessions_load


class Command(BaseCommand):
    help = "Loads sessions, bodies and topics from reference/; what staff edited stays as it is, and is listed."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            changed = 0
            for name, load in (("sessions", sessions_load), ("bodies", bodies_load), ("topics", topics_load)):
                report = load()
                changed += report.new + report.changed
                self.stdout.write(f"{name}: {report.new} new, {report.changed} changed, {report.unchanged} unchanged")
                for sentence in report.kept:
                    self.stdout.write(f"    {sentence}")
            staff_group_load()
            # Days on which mandates fall due, and whether they are tracked, follow from these tables.
            if changed:
                statuses_refresh()
