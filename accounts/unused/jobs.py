"""The worker's side of telling the day on which an unused account closes."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from accounts.letters import delivery
from accounts.texts import telling
from accounts.unused import contents


@task()
def send_letter(letter_id: str) -> None:
    """Write one queued letter and hand it over; come back later if that failed."""
    wait = delivery.deliver(UUID(letter_id), contents.letter)
    if wait is not None:
        send_letter.using(run_after=timezone.now() + wait).enqueue(letter_id)


@task()
def send_text(message_id: str) -> None:
    """Write one queued text message and send it; come back later if that failed."""
    wait = telling.deliver(UUID(message_id), contents.text)
    if wait is not None:
        send_text.using(run_after=timezone.now() + wait).enqueue(message_id)
