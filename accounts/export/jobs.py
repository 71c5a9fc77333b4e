"""The worker's side of copies."""

from typing import Final
from uuid import UUID

from django_tasks import task

from accounts.export import preparing

# One worker does all jobs, and a long life may take it half a minute: nobody who waits for a mailed
# code waits for that.
_AFTER_MAIL: Final = -10


@task(priority=_AFTER_MAIL)
def prepare(export_id: str) -> None:
    """Prepare one copy."""
    preparing.prepare(UUID(export_id))
