"""`python -m tests.serving.planted NUMBER REASON`: edits an event as the database's owner can."""

import sys

import django
from django.db import transaction


def _plant(number: int, reason: str) -> None:
    django.setup()
    # Only now is there a database to go behind the back of.
    from accounts.models import AuditEvent  # noqa: PLC0415
    from tests.accounts.audit.log import behind_our_back  # noqa: PLC0415

    with transaction.atomic(), behind_our_back():
        assert AuditEvent.objects.filter(pk=number).update(reason=reason) == 1


if __name__ == "__main__":
    _plant(int(sys.argv[1]), sys.argv[2])
