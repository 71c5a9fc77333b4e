"""The worker's side of text messages."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from accounts.texts import delivery


@task()
def send_text(code_id: str) -> None:
    """Send one queued code, and come back soon if that failed."""
    wait = delivery.deliver(UUID(code_id))
    if wait is not None:
        send_text.using(run_after=timezone.now() + wait).enqueue(code_id)
