"""The worker's side of letters."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from accounts.letters import delivery


@task()
def send_letter(letter_id: str) -> None:
    """Write one queued letter and hand it over; come back later if that failed."""
    wait = delivery.deliver(UUID(letter_id))
    if wait is not None:
        send_letter.using(run_after=timezone.now() + wait).enqueue(letter_id)
