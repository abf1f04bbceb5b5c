from typing import Any

from django.core.management.base import BaseCommand

from mandates.services import statuses_refresh


class Command(BaseCommand):
    help = "Brings status and due day of every mandate up to date; a worker does so by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{statuses_refresh()} mandates changed")
