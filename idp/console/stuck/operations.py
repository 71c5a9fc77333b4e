"""What staff may do before they have checked who calls; each goes to the account's own mailbox.

None of these tells staff or caller whether there is an account.
"""

from dataclasses import replace
from enum import StrEnum

from django.db import transaction

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.limits.lifting import lift
from accounts.limits.operations import hit
from accounts.limits.table import HELP_LIFTS, HELP_MAILS
from accounts.models import Account, AuditEvent
from accounts.recovery.asking.operations import request_ways
from accounts.recovery.reset.operations import request_reset
from accounts.signup.confirmation.operations import send_new_code
from idp.console.helping.operations import about
from idp.console.stuck import queries
from idp.console.stuck.rules import Cause
from idp.models import HelpSession


class Outcome(StrEnum):
    """What came of a wish to help before anybody was checked."""

    SEND_AGAIN = "send_again"
    LIFT_LIMITS = "lift_limits"
    START_RECOVERY = "start_recovery"
    NOWHERE = "nowhere"
    BOUNCED = "bounced"
    ENOUGH = "enough"


@transaction.atomic
def note_cause(*, help_session: HelpSession, cause: Cause) -> None:
    """Record why somebody is stuck, once for each cause that a help session showed."""
    touched = _about(help_session, cause, queries.account_of(help_session))
    before = AuditEvent.objects.filter(
        event=Event.HELP_CAUSE_FOUND,
        case_reference=touched.case_reference,
        object_id=touched.object_id,
        reason=cause,
    )
    if not before.exists():
        record(Event.HELP_CAUSE_FOUND, by=staff(help_session.staff), about=touched)


def send_again(*, help_session: HelpSession) -> Outcome:
    """Have the mail sent anew that somebody waits for, to where it went before.

    Call it outside a transaction: it counts against limits.
    """
    typed = queries.name_of(help_session)
    if stopped := _stopped(help_session, typed):
        return stopped
    mail, by = queries.mail_of(help_session), staff(help_session.staff)
    if mail is not None and mail.sign_up_id is not None:
        send_new_code(sign_up_id=str(mail.sign_up_id), by=by)
    elif mail is not None and mail.template in queries.RESET:
        request_reset(typed=typed, by=by)
    else:
        request_ways(typed=typed, by=by)
    _note(help_session, Outcome.SEND_AGAIN)
    return Outcome.SEND_AGAIN


def start_recovery(*, help_session: HelpSession) -> Outcome:
    """Mail the ways to get back in, as the resident's own page would.

    Call it outside a transaction: it counts against limits.
    """
    typed = queries.name_of(help_session)
    if stopped := _stopped(help_session, typed):
        return stopped
    request_ways(typed=typed, by=staff(help_session.staff))
    _note(help_session, Outcome.START_RECOVERY)
    return Outcome.START_RECOVERY


def lift_limits(*, help_session: HelpSession) -> Outcome:
    """Let them try again at once: passwords from anywhere, and having mails sent.

    Call it outside a transaction: it counts against a limit.
    """
    typed = queries.name_of(help_session)
    if not typed:
        return Outcome.NOWHERE
    reached = queries.account_reached(help_session)
    # By whose it is: each of several addresses would else have lifts of its own.
    if not hit(HELP_LIFTS, reached.sign_in_key if reached else typed).allowed:
        return Outcome.ENOUGH
    lift(queries.names_of(help_session))
    _note(help_session, Outcome.LIFT_LIMITS)
    return Outcome.LIFT_LIMITS


def _stopped(help_session: HelpSession, typed: str) -> Outcome | None:
    if not typed:
        return Outcome.NOWHERE
    if queries.has_bounced(help_session):
        return Outcome.BOUNCED
    return None if hit(HELP_MAILS, typed).allowed else Outcome.ENOUGH


@transaction.atomic
def _note(help_session: HelpSession, outcome: Outcome) -> None:
    touched = _about(help_session, outcome, queries.account_reached(help_session))
    record(Event.HELP_GIVEN, by=staff(help_session.staff), about=touched)


def _about(help_session: HelpSession, reason: str, account: Account | None) -> About:
    # Its owner is told, also where a code led there and nobody may look any further.
    return replace(about(help_session, reason), account_id=account.pk if account else None)
