"""The worker's side of posted sheets."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from accounts.letters import delivery
from accounts.mfa.posted_sheets.letter import write


@task()
def send_sheet(letter_id: str) -> None:
    """Write one queued sheet and hand it over; come back later if that failed."""
    wait = delivery.deliver(UUID(letter_id), write)
    if wait is not None:
        send_sheet.using(run_after=timezone.now() + wait).enqueue(letter_id)
