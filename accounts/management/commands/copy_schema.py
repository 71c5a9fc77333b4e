"""Print the JSON Schema of the copy that residents can download."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.export.schema import schema
from accounts.management import printing


class Command(BaseCommand):
    """Prints the schema; idp/export/schema.json is what it printed last."""

    help = "Print the JSON Schema (draft 2020-12) of the copy that residents can download."

    def handle(self, *args: str, **options: Any) -> None:
        """Print it."""
        self.stdout.write(printing.as_json(schema()))
