"""Print the record of processing activities and the periods after which things are deleted."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from accounts.management.record import Controller, document


class Command(BaseCommand):
    """Prints what is held about people, what for and until when, as Markdown."""

    help = "Print what is held about people, what for and until when (UK GDPR article 30)."

    def handle(self, *args: str, **options: Any) -> None:
        """Print it in English, whatever this machine speaks."""
        council = Controller(
            name=settings.COUNCIL_NAME,
            address=settings.COUNCIL_ADDRESS,
            email=settings.COUNCIL_EMAIL,
        )
        with translation.override("en-gb"):
            self.stdout.write(document(council), ending="")
