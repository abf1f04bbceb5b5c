from typing import Any

from django.core.management.base import BaseCommand

from mandates.services.lineage import lineage_rebuild


class Command(BaseCommand):
    help = "Finds anew which mandate repeats which, in all documents; what people decided stays."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{lineage_rebuild()} documents looked at")
