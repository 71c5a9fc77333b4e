"""Events in their owner's words; what is not here is of no use to them, or shown elsewhere."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit.actor import ActorKind
from accounts.audit.events import Event
from accounts.models import AuditEvent
from accounts.notices.wording import DETAILS
from accounts.staff import Role

TOLD: Final[dict[str, Promise]] = {
    Event.ACCOUNT_CLOSED: _("Account closed"),
    Event.ACCOUNT_CREATED: _("Account created"),
    Event.ACCOUNT_FROZEN: _("Account frozen"),
    Event.ACCOUNT_JOINED: _("Accounts joined"),
    Event.ACCOUNT_REINSTATED: _("Account no longer suspended"),
    Event.ACCOUNT_REOPENED: _("Account opened again"),
    Event.ACCOUNT_SUSPENDED: _("Account suspended"),
    Event.ACCOUNT_UNFROZEN: _("Account unfrozen"),
    Event.AUTHENTICATOR_ADDED: _("Way to sign in added"),
    Event.AUTHENTICATOR_LENT: _("Security key noted as lent to you by us"),
    Event.AUTHENTICATOR_NOT_LENT: _("Security key of yours not noted as ours"),
    Event.AUTHENTICATOR_KEPT: _("Way to sign in kept, and works again"),
    Event.AUTHENTICATOR_REMOVED: _("Way to sign in removed"),
    Event.AUTHENTICATOR_SET_ASIDE: _("Way to sign in stopped, because it was not you"),
    Event.CALL_CODE_REFUSED: _("Our staff could not check that they talk to you"),
    Event.CALL_CODE_SENT: _("Code to read out on the phone sent to you"),
    Event.CALL_CODE_SHOWN: _("Code to read out on the phone shown"),
    Event.CHANNEL_MARKED_SAFE: _("Way to reach you marked as safe"),
    Event.CHANNEL_MARKED_UNSAFE: _("Way to reach you marked as not safe"),
    Event.CLOSING_ASKED: _("Closing the account asked for"),
    Event.CLOSING_CANCELLED: _("Closing the account cancelled"),
    Event.COLLEAGUE_FLAGGED: _("Noted as the account of one of our staff"),
    Event.COLLEAGUE_UNFLAGGED: _("No longer noted as the account of one of our staff"),
    Event.COMPLAINT_READ: _("Complaint read by our staff"),
    Event.COMPLAINT_REFUSED: _("Complaint not shown to one of our staff"),
    Event.DATE_OF_BIRTH_CHANGED: _("Date of birth changed"),
    Event.DEATH_CONFIRMED: _("Told of a death once more, which was wrong"),
    Event.DEATH_NOTED: _("Account held because we were told of a death, which was wrong"),
    Event.DEATH_UNDONE: _("Account no longer held"),
    Event.DEVICE_REMEMBERED: _("Device may skip the second step for a while"),
    Event.DEVICES_FORGOTTEN: _("Devices must do the second step again"),
    Event.DISCRETION_CHANGED: _("What our emails give away changed"),
    Event.EMAIL_ADDED: _("Email address added"),
    Event.EMAIL_CHANGE_BEGUN_BY_STAFF: _(
        "Change of your main email address agreed to by our staff"
    ),
    Event.EMAIL_CHANGE_CANCELLED: _("Change of email address cancelled"),
    Event.EMAIL_MADE_MAIN: _("Main email address changed"),
    Event.EMAIL_REMOVED: _("Email address removed"),
    Event.EXPORT_ASKED: _("Copy of everything asked for"),
    Event.EXPORT_DELETED: _("Copy of everything deleted"),
    Event.EXPORT_DOWNLOADED: _("Copy of everything downloaded"),
    Event.EXPORT_READY: _("Copy of everything prepared"),
    Event.FREEZE_REFERRED: _("Freezing by email not done: we need to check first"),
    Event.HELP_CALLED_BACK: _("Rung back by our staff"),
    Event.HELP_GIVEN: _("Helped by our staff"),
    Event.HELP_NUMBER_SEEN: _("Phone number read by our staff, to ring you back"),
    Event.HELP_TIMELINE_SEEN: _("History of the account read by our staff"),
    Event.HELP_STARTED: _("Looked at by our staff"),
    Event.HELP_TIER_REACHED: _("Our staff checked that they talk to you"),
    Event.HOLD_BACK_AGREED: _("Two of our staff agreed to show you later that we looked"),
    Event.HOLD_BACK_ASKED: _("One of our staff asked to show you later that we looked"),
    Event.HOLD_BACK_ENDED: _("You see again at once when we look"),
    Event.HOLD_BACK_REFUSED: _("Showing you later that we looked was refused"),
    Event.LETTER_QUEUED: _("Letter on its way to you"),
    Event.NAME_CHANGED: _("Name changed"),
    Event.NOT_ME_SAID: _("“This wasn’t me” chosen"),
    Event.PROTECTION_BEGUN: _("Ways to reach you hidden from most of our staff"),
    Event.PROTECTION_ENDED: _("Ways to reach you no longer hidden from our staff"),
    Event.PASSWORD_CHANGED: _("Password changed"),
    Event.PASSWORD_REMOVED: _("Password removed"),
    Event.PASSWORD_RESET: _("Password changed by a link in an email"),
    Event.PASSWORD_RESET_REQUESTED: _("Link for a new password asked for"),
    Event.PASSWORD_SET_ASIDE: _("Password stopped, because it was not you"),
    Event.PHONE_CHANGED: _("Phone number changed"),
    Event.PHONE_REMOVED: _("Phone number removed"),
    Event.POSTAL_ADDRESS_CHANGED: _("Postal address changed"),
    Event.POSTAL_ADDRESS_REMOVED: _("Postal address removed"),
    Event.RECOVERY_CANCELLED: _("Getting back in cancelled"),
    Event.RECOVERY_COMPLETED: _("Ways to sign in replaced, to get back in"),
    Event.RECOVERY_PAUSED: _("Getting back in stopped until we have checked who asks"),
    Event.RECOVERY_CODE_GIVEN: _("Code to get back in given"),
    Event.RECOVERY_RESUMED: _("Getting back in goes on, after we have checked who asks"),
    Event.RECOVERY_STARTED: _("Getting back in without the usual ways begun"),
    Event.SECOND_STEP_REFUSED: _("Second step of a sign-in not right"),
    Event.SESSION_ENDED: _("Signed out"),
    Event.SESSION_STARTED: _("Signed in"),
    Event.SESSIONS_ENDED: _("Signed out everywhere"),
    Event.STAFF_REQUEST_AGREED: _("What one of our staff asked for agreed to by another"),
    Event.STAFF_REQUEST_MADE: _("Something asked for that two of our staff have to agree to"),
    Event.STAFF_REQUEST_REFUSED: _("What one of our staff asked for not agreed to by another"),
    Event.STAFF_REQUEST_STOPPED: _("What one of our staff asked for stopped"),
    Event.STAFF_REQUEST_WITHDRAWN: _("What one of our staff asked for taken back"),
    Event.STAFF_ROLE_GRANTED: _("Became one of our staff, or got one more role"),
    Event.STAFF_ROLE_REVOKED: _("Role as one of our staff ended"),
    Event.START_CODE_USED: _("Account begun with a code that we printed"),
    Event.UNUSED_CLOSING_ANNOUNCED: _("Told on which day it closes, as nobody has signed in"),
    Event.UNUSED_REMINDED: _("Reminded that nobody has signed in for years"),
    Event.SIGN_IN_REFUSED: _("Sign-in refused"),
}
# As what our staff acted.
ROLES: Final[dict[str, Promise]] = {
    Role.SUPPORT: _("Support"),
    Role.SUPPORT_LEAD: _("Support lead"),
    Role.APPROVER: _("Approver"),
    Role.AUDITOR: _("Auditor"),
    Role.OPERATOR: _("Operator"),
    Role.OWNER: _("Owner"),
}
_GIVEN: Final[dict[str, Promise]] = {
    "send_again": _("email sent again"),
    "lift_limits": _("tries allowed again"),
    "start_recovery": _("ways to get back in emailed"),
}
# Why staff could not check a caller.
UNCHECKED: Final[dict[str, Promise]] = {
    "wrong_code": _("the code read out was not right"),
    "other_person": _("what was shown at a counter was not what your account says"),
    "not_at_a_counter": _("nobody was at a counter"),
    "no_safe_email": _("no code could be emailed to you"),
    "no_confirmed_phone": _("no phone number to ring you back on"),
    "too_many_codes": _("too many codes were asked for"),
    "too_many_checks": _("too many tries"),
}
# Of these the reason names how; of the others it is for staff.
_WITH_METHOD: Final = frozenset({Event.SESSION_STARTED})
_ENDINGS: Final[dict[str, Promise]] = {
    "ended_by_owner": _("from another device"),
    "ended_by_operator": _("by us"),
    "password_changed": _("by a changed password"),
    "password_reset": _("by a changed password"),
    "way_removed": _("by a removed way to sign in"),
    "not_me": _("by “This wasn’t me”"),
    "frozen": _("by a freeze"),
    "recovered": _("by getting back in"),
    "account_closed": _("by closing the account"),
}


def words(event: AuditEvent, team: str = "") -> str:
    """Return the event in one line, without its time; `team`: where who did it works."""
    what = str(TOLD[event.event])
    detail = _detail(event)
    if detail:
        what = gettext("{what} ({detail})").format(what=what, detail=detail)
    if event.actor_kind == ActorKind.OPERATOR:
        return gettext("{what}, by us").format(what=what)
    if event.actor_kind == ActorKind.STAFF:
        return gettext("{what}, by {who}").format(what=what, who=_who(event, team))
    return what


def _who(event: AuditEvent, team: str) -> str:
    """Return role and team: who it was by name is for those whom a complaint reaches."""
    role = ROLES.get(str(event.detail.get("role", "")), gettext("one of our staff"))
    return gettext("{role}, {team}").format(role=role, team=team) if team else str(role)


def _detail(event: AuditEvent) -> str:
    if event.event == Event.SESSION_ENDED:
        return str(_ENDINGS.get(event.reason, ""))
    if event.event == Event.HELP_GIVEN:
        return str(_GIVEN.get(event.reason, ""))
    if event.event == Event.CALL_CODE_REFUSED:
        return str(UNCHECKED.get(event.reason, ""))
    named = event.reason if event.event in _WITH_METHOD else event.object_kind
    return str(DETAILS.get(named, ""))
