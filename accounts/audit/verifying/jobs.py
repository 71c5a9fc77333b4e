"""The worker's side of verifications."""

from typing import Final

from django_tasks import task

from accounts.audit.verifying import running

# One worker does all jobs, and a long log takes it half a minute: nobody who waits for a mailed
# code waits for that.
_AFTER_MAIL: Final = -10


@task(priority=_AFTER_MAIL)
def verify(number: str) -> None:
    """Do one verification."""
    running.run(number)
