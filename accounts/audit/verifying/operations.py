"""Asking for a verification."""

from uuid import uuid4

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.audit.verifying import jobs, newest
from accounts.audit.verifying.results import KIND


@transaction.atomic
def ask(*, by: Actor) -> bool:
    """Have the worker verify the whole log; say whether it will, as it does one at a time.

    Two who ask in the same moment may have two: neither changes anything.
    """
    last = newest.asked()
    if last is not None and last.is_under_way:
        return False
    number = str(uuid4())
    about = About(object_kind=KIND, object_id=number)
    record(Event.AUDIT_VERIFICATION_ASKED, by=by, about=about)
    jobs.verify.enqueue(number)
    return True
