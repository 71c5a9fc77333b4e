"""A command of several steps that a timer runs, of which one that fails keeps no other back."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, TypeAlias

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.management import printing

logger = logging.getLogger(__name__)
Counts: TypeAlias = dict[str, int]
Steps: TypeAlias = Mapping[str, Callable[[datetime], Counts | int]]


class StepsCommand(BaseCommand):
    """Does its `steps` one by one, each in small transactions, and says what each was about."""

    steps: ClassVar[Steps] = {}

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer the answer as JSON."""
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: str, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Do every step and say how many rows each was about."""
        now = timezone.now()
        done: Counts = {}
        failed = []
        for name, step in self.steps.items():
            try:
                counts = step(now)
            except Exception as error:  # noqa: BLE001 - one that fails keeps no other from its turn
                # Its class alone: the text may hold what a row does.
                logger.error("%s failed: %s", name, type(error).__name__)  # noqa: TRY400
                failed.append(name)
            else:
                done |= counts if isinstance(counts, dict) else {name: counts}
        show = printing.as_json if options["json"] else printing.as_text
        self.stdout.write(show(done))
        if failed:
            message = f"Not all was done, as the log tells: {', '.join(failed)}"
            raise CommandError(message)
