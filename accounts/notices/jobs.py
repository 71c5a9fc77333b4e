"""The worker's side of mails."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from accounts.notices import delivery


@task()
def send_message(message_id: str) -> None:
    """Send one queued mail, and come back later if that failed."""
    wait = delivery.deliver(UUID(message_id))
    if wait is not None:
        send_message.using(run_after=timezone.now() + wait).enqueue(message_id)
