from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    help = "Brings database and reference data up to date; an empty database is given the sample documents."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        # Every time, as an upgrade may bring new rows; what staff changed stays as it is.
        call_command("load_reference_data", stdout=self.stdout)
        if apps.get_model("resolutions", "Document").objects.exists():
            if not apps.get_model("mandates", "MandateSketch").objects.exists():
                call_command("find_links", stdout=self.stdout)  # documents from before there was lineage
            return
        self.stdout.write("No documents yet: importing the samples.")
        # All or nothing: interrupted here, the next start finds an empty database again.
        with transaction.atomic():
            call_command("import_documents", settings.BASE_DIR / "corpus", stdout=self.stdout)
