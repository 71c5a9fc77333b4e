"""The worker's side of pushing."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django_tasks import task

from idp.ssf.push import sending, window

# As with logout tokens: mails come before what applications are told, and first tries before those
# at a receiver that has failed.
_AFTER_MAIL: Final = -10
_AFTER_FIRST_TRIES: Final = -20


@task(priority=_AFTER_MAIL)
def push(event_id: str) -> None:
    """Push one event, come back later if that is not its end, and let others follow."""
    at = sending.send(UUID(event_id))
    if at is not None:
        push.using(run_after=at, priority=_AFTER_FIRST_TRIES).enqueue(event_id)
    with transaction.atomic():
        for event in window.let_go_after(UUID(event_id)):
            push.enqueue(str(event.pk))
