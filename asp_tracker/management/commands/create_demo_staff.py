import os
import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from mandates.reference_data import staff_group_load

USERNAME = "demo"


class Command(BaseCommand):
    help = "Creates the staff account 'demo' for a demonstration, and prints its password this once."

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects
        if users.filter(username=USERNAME).exists():
            self.stdout.write(
                f"The account '{USERNAME}' exists. A new password: python manage.py changepassword {USERNAME}"
            )
            return
        password = os.environ.get("DEMO_STAFF_PASSWORD") or secrets.token_urlsafe(12)
        user = users.create_user(USERNAME, password=password, is_staff=True)
        user.groups.add(staff_group_load())
        self.stdout.write(f"Staff account for the demonstration: {USERNAME}, password {password}")
