"""The worker's side of letters."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from accounts.letters import delivery
from accounts.letters.contents import recovery_letter


@task()
def send_letter(letter_id: str) -> None:
    """Write one queued letter with a code to get back in; come back later if it did not leave."""
    wait = delivery.deliver(UUID(letter_id), recovery_letter)
    if wait is not None:
        send_letter.using(run_after=timezone.now() + wait).enqueue(letter_id)
