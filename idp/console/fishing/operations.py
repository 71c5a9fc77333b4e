"""Recording that somebody looks people up very often, and telling those who watch over it."""

from typing import Final

from django.db import transaction

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.limits.operations import hit
from accounts.limits.table import HELP_ALERTS
from accounts.models import Account
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue_about
from accounts.staff import Role
from accounts.staffing.queries import holders
from idp.console.fishing.rules import Pattern

_MAILS: Final = {
    Pattern.LOOKS_ALONE: Template.STAFF_LOOKS_ALONE,
    Pattern.MANY_LOOKS: Template.STAFF_MANY_LOOKS,
    Pattern.MANY_MISSES: Template.STAFF_MANY_MISSES,
    Pattern.MANY_NAMES: Template.STAFF_MANY_NAMES,
    Pattern.MANY_CHECKS: Template.STAFF_MANY_CHECKS,
    Pattern.MANY_PAPERS: Template.STAFF_MANY_PAPERS,
    Pattern.MANY_STARTS: Template.STAFF_MANY_STARTS,
    Pattern.SAME_PERSON: Template.STAFF_SAME_PERSON,
}
_LONGEST_NAME: Final = 120


def note(*, by: Account, pattern: Pattern) -> None:
    """Record what somebody of the staff does too often, and tell of each such thing once a day.

    Call it outside a transaction: it counts against a limit.
    """
    is_told = hit(HELP_ALERTS, str(by.pk), pattern).allowed
    _note(by=by, pattern=pattern, is_told=is_told)


@transaction.atomic
def _note(*, by: Account, pattern: Pattern, is_told: bool) -> None:
    # Without the person looked for: the log tells auditors that, by the events of each look.
    record(
        Event.HELP_LIMIT_REACHED,
        by=staff(by),
        about=About(account_id=by.pk, reason=pattern, detail={"told": is_told}),
    )
    if is_told:
        _tell(by, _MAILS[pattern])


def _tell(by: Account, template: Template) -> None:
    watching = {one.pk: one for role in (Role.SUPPORT_LEAD, Role.AUDITOR) for one in holders(role)}
    # A lead who does it does not hear what was noticed.
    watching.pop(by.pk, None)
    for account in watching.values():
        queue_about(
            template=template,
            name=by.full_name[:_LONGEST_NAME],
            address=account.staff_member.work_email,
            language=account.language,
            account=account,
        )
