"""`manage.py demo`: rows for a demonstration, and the file that says how to use them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Misused, Refused
from clients.applications.wording import sentence
from clients.applications.writing import ApplicationRefusedError
from idp.demo.seed import seed


class Command(BaseCommand):
    """Seeds the demonstration; running it again changes only what no longer fits."""

    help = "Make the demonstration's organisations, services and people; write DIR/demo.json."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say where the file goes and where the services are."""
        parser.add_argument("--data", required=True, metavar="DIR")
        parser.add_argument("--council-tax-url", required=True, metavar="URL")
        parser.add_argument("--hub-url", required=True, metavar="URL")
        parser.add_argument("--housing-url", required=True, metavar="URL")

    def handle(self, *args: str, **options: Any) -> None:
        """Seed, unless real residents may be here."""
        if not settings.DEMO:
            message = "Made-up people with known passwords are for a demonstration: BOROUGH_DEMO"
            raise Refused(message)
        urls = {
            "council-tax": options["council_tax_url"].rstrip("/"),
            "community-hub": options["hub_url"].rstrip("/"),
            "housing-benefit": options["housing_url"].rstrip("/"),
        }
        try:
            seed(file=Path(options["data"]) / "demo.json", urls=urls, by=OPERATOR)
        except ApplicationRefusedError as refused:
            raise Misused("\n".join(map(sentence, refused.findings))) from refused
