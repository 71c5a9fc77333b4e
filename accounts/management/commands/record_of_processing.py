"""Print the record of processing activities and the periods after which things are deleted."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from accounts.council import queries
from accounts.management.record import Controller, document


class Command(BaseCommand):
    """Prints what is held about people, what for and until when, as Markdown."""

    help = "Print what is held about people, what for and until when (UK GDPR article 30)."

    def handle(self, *args: str, **options: Any) -> None:
        """Print it in English, whatever this machine speaks."""
        shown = queries.council()
        council = Controller(name=shown.name, address=shown.address, email=shown.email)
        with translation.override("en-gb"):
            self.stdout.write(document(council), ending="")
