from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    help = "Brings the database up to date; an empty one is given the reference data and the sample documents."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if apps.get_model("resolutions", "AssemblySession").objects.exists():
            return
        self.stdout.write("An empty database: loading the reference data and the sample documents.")
        # All or nothing: what is interrupted here starts again from an empty database.
        with transaction.atomic():
            call_command("load_reference_data", stdout=self.stdout)
            call_command("import_documents", settings.BASE_DIR / "corpus", stdout=self.stdout)
