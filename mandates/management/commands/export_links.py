import io
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mandates.link_export import link_pairs, links_as_csv, links_as_json


class Command(BaseCommand):
    help = "Prints which mandates repeat which and which are parallel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["json", "csv"], default="json")
        parser.add_argument("--follows", action="store_true", help="with the pairs that only follow from others")
        parser.add_argument("--proposed", action="store_true", help="with the proposals that wait for a person")

    def handle(self, *args: Any, format: str, follows: bool, proposed: bool, **options: Any) -> None:  # noqa: A002 - name of the option
        if isinstance(sys.stdout, io.TextIOWrapper):
            # The same bytes in every locale, as programs read them.
            sys.stdout.reconfigure(encoding="utf-8")
        write = links_as_json if format == "json" else links_as_csv
        for line in write(link_pairs(follows=follows, proposed=proposed)):
            self.stdout.write(line)
