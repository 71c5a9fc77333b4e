"""The worker's side of deliveries."""

from typing import Final
from uuid import UUID

from django_tasks import task

from idp.deliveries import sending

# One worker does all jobs, and an application may take seconds to answer each time: whoever waits
# for a mailed code does not wait for that.
_AFTER_MAIL: Final = -10
# An application that did not answer is asked again behind all that were not asked yet: one that is
# down must not keep the news from the others.
_AFTER_FIRST_TRIES: Final = -20


@task(priority=_AFTER_MAIL)
def deliver(delivery_id: str) -> None:
    """Tell one application one thing, and come back later if it did not take it."""
    at = sending.send(UUID(delivery_id))
    if at is not None:
        deliver.using(run_after=at, priority=_AFTER_FIRST_TRIES).enqueue(delivery_id)
