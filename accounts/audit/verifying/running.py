"""The worker's work: verify the whole log, and record what came of it."""

from django.db import transaction

from accounts.audit import keys
from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.audit.sealing import copy
from accounts.audit.verifying import newest, queries
from accounts.audit.verifying.queries import Report
from accounts.audit.verifying.results import KIND, Compared, as_detail


def run(number: str) -> None:
    """Do the verification of this number; a second time does nothing."""
    if newest.is_done(number):
        return
    report, compared = _report()
    about = About(object_kind=KIND, object_id=number, detail=as_detail(report, compared))
    with transaction.atomic():
        record(Event.AUDIT_VERIFICATION_DONE, by=SYSTEM, about=about)


def _report() -> tuple[Report, Compared]:
    public, file = keys.public(), copy.path()
    if file is None:
        return queries.verify(public=public), Compared.NO_COPY
    try:
        return queries.verify(public=public, copy=file), Compared.COMPARED
    except OSError:
        return queries.verify(public=public), Compared.UNREADABLE
