"""The worker's side of deliveries."""

from uuid import UUID

from django_tasks import task

from idp.deliveries import sending


@task()
def deliver(delivery_id: str) -> None:
    """Tell one application one thing, and come back later if it did not take it."""
    at = sending.send(UUID(delivery_id))
    if at is not None:
        deliver.using(run_after=at).enqueue(delivery_id)
