"""What each mail carries: its subject, and whether a link or a code is minted for it."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.limits.table import (
    CALLERS_CHECKED,
    COUNTER_CHECKS,
    HELP_LOOKS,
    HELP_LOOKS_ALONE,
    HELP_MISSES,
    HELP_SAME_PERSON,
    NAME_SEARCHES,
    START_CODES_MADE,
)
from accounts.models import OutboundMessage

Template = OutboundMessage.Template


@dataclass(frozen=True)
class Notice:
    """One kind of mail.

    `link` is the URL name that takes the minted token; the token is hashed under that name, so a
    link of one purpose never opens another. `lifetime_setting` names how long link and code work;
    `code_lifetime_setting` how long the code does, if that is shorter.
    `is_read_out`: the code is letters and digits for somebody's ear, good from the asking on.
    `stands`: a newer mail of the kind does not make it void; `each_mailbox`: one that went to
    another of the account's mailboxes does not. `amount`: how many of something it speaks of.
    """

    subject: Promise
    link: str = ""
    has_code: bool = False
    is_read_out: bool = False
    lifetime_setting: str = ""
    code_lifetime_setting: str = ""
    stands: bool = False
    each_mailbox: bool = False
    amount: int = 0

    @property
    def lifetime(self) -> timedelta:
        """How long link and code work, from sending; nothing for a mail without them."""
        if not self.lifetime_setting:
            return timedelta(0)
        lifetime: timedelta = getattr(settings, self.lifetime_setting)
        return lifetime

    @property
    def code_lifetime(self) -> timedelta:
        """How long the code works."""
        if not self.code_lifetime_setting:
            return self.lifetime
        lifetime: timedelta = getattr(settings, self.code_lifetime_setting)
        return lifetime


CONFIRM_LINK = "signup:confirm"
SIGN_IN_LINK = "signin:mailed_link"
RESET_LINK = "recovery:new_password"
EMAIL_CONFIRM_LINK = "profile:confirm_email"
EMAIL_AGREE_LINK = "profile:agree_to_email"
EMAIL_STOP_LINK = "profile:stop_email_change"
EMAIL_OBJECT_LINK = "profile:object_to_email"
# One leads to the ways back that an account has; one stops a recovery; one goes on once it is open.
WAYS_LINK = "recovery:ways"
STOP_LINK = "recovery:stop"
GO_ON_LINK = "recovery:go_on"
INVITATION_LINK = "inviting:open"
STAFF_ENROL_LINK = "staff:enrol"
# What it opens can only make the account safer.
SAFETY_LINK = "history:mailed"

_CONFIRM = Notice(
    _("Confirm your email address"),
    link=CONFIRM_LINK,
    has_code=True,
    lifetime_setting="SIGN_UP_LIFETIME",
)

_WAYS = _("Getting back into your account")
_LOOKING = _("Somebody of the staff looks up many people")
_AT_ONCE = _("The council has changed a live application at once")

# The first three share sender, subject and beginning: a phone's lock screen must not say that an
# account exists. So they are never discreet: one that came without our name would say just that.
CATALOGUE: dict[str, Notice] = {
    Template.SIGN_UP: _CONFIRM,
    Template.SIGN_UP_KNOWN_ADDRESS: _CONFIRM,
    Template.SIGN_UP_ADDRESS_FULL: Notice(_CONFIRM.subject),
    # They stand: whoever asks for another name's mail in the same sign-in makes none of them void.
    Template.SIGN_IN_CODE: Notice(
        _("Your code to go on signing in"),
        link=SIGN_IN_LINK,
        has_code=True,
        lifetime_setting="SIGN_IN_LINK_LIFETIME",
        code_lifetime_setting="SIGN_IN_CODE_LIFETIME",
        stands=True,
    ),
    Template.ACCOUNT_CREATED: Notice(
        _("Your account is ready"),
        link=SAFETY_LINK,
        lifetime_setting="SAFETY_LINK_LIFETIME",
        stands=True,
    ),
    Template.PASSWORD_RESET: Notice(
        _("Choose a new password"),
        link=RESET_LINK,
        lifetime_setting="RESET_LIFETIME",
        each_mailbox=True,
    ),
    Template.PASSWORD_RESET_SHARED_ADDRESS: Notice(_("About your password")),
    Template.PASSWORD_RESET_NO_ACCOUNT: Notice(_("About your password")),
    Template.PASSWORD_RESET_NOT_POSSIBLE: Notice(_("About your password")),
    Template.PASSWORD_RESET_DONE: Notice(
        _("Your password was changed"),
        link=SAFETY_LINK,
        lifetime_setting="SAFETY_LINK_LIFETIME",
        stands=True,
    ),
    Template.RECOVERY_WAYS: Notice(
        _WAYS, link=WAYS_LINK, lifetime_setting="RESET_LIFETIME", each_mailbox=True
    ),
    Template.RECOVERY_SHARED_ADDRESS: Notice(_WAYS),
    Template.RECOVERY_NO_ACCOUNT: Notice(_WAYS),
    Template.RECOVERY_NOT_POSSIBLE: Notice(_WAYS),
    Template.RECOVERY_STARTED: Notice(
        _("Somebody asked to get back into your account"),
        link=STOP_LINK,
        lifetime_setting="SAFETY_LINK_LIFETIME",
        stands=True,
    ),
    Template.RECOVERY_HALFWAY: Notice(
        _("Somebody still waits to get back into your account"),
        link=STOP_LINK,
        lifetime_setting="SAFETY_LINK_LIFETIME",
        stands=True,
    ),
    Template.RECOVERY_OPEN: Notice(
        _("New ways to sign in can be chosen now"),
        link=GO_ON_LINK,
        lifetime_setting="SAFETY_LINK_LIFETIME",
        stands=True,
    ),
    Template.RECOVERY_PAUSED: Notice(
        _("Getting back into your account is stopped"),
        link=SAFETY_LINK,
        lifetime_setting="SAFETY_LINK_LIFETIME",
        stands=True,
    ),
    Template.RECOVERY_DONE: Notice(
        _("Your account has new ways to sign in"),
        link=SAFETY_LINK,
        lifetime_setting="SAFETY_LINK_LIFETIME",
        stands=True,
    ),
    Template.NEW_ADDRESS_CODE: Notice(_CONFIRM.subject, has_code=True),
    Template.SECURITY_NOTICE: Notice(
        _("About the safety of your account"),
        link=SAFETY_LINK,
        lifetime_setting="SAFETY_LINK_LIFETIME",
        stands=True,
    ),
    Template.EMAIL_CONFIRM: Notice(
        _CONFIRM.subject,
        link=EMAIL_CONFIRM_LINK,
        has_code=True,
        lifetime_setting="EMAIL_CHANGE_LIFETIME",
    ),
    Template.EMAIL_ADDRESS_FULL: Notice(_CONFIRM.subject),
    Template.EMAIL_AGREE: Notice(
        _("Agree to a new email address"),
        link=EMAIL_AGREE_LINK,
        has_code=True,
        lifetime_setting="EMAIL_CHANGE_LIFETIME",
    ),
    Template.EMAIL_CHANGE_WAITING: Notice(
        _("Your email address is going to change"),
        link=EMAIL_STOP_LINK,
        lifetime_setting="OLD_EMAIL_LIFETIME",
        stands=True,
    ),
    Template.CALL_CODE: Notice(
        _("A code to read out to us"),
        link=SAFETY_LINK,
        has_code=True,
        is_read_out=True,
        lifetime_setting="SAFETY_LINK_LIFETIME",
        code_lifetime_setting="CALL_CODE_LIFETIME",
        stands=True,
    ),
    Template.COMPLAINT_MADE: Notice(_("We have what you sent us"), stands=True),
    Template.COMPLAINT_ANSWERED: Notice(_("We have answered you"), stands=True),
    Template.SHARING_TOLD: Notice(_("A service has your details"), stands=True),
    # Whoever gets it need have no account, and invitations to others make none of them void.
    Template.INVITATION: Notice(
        _("You are invited to look after an organisation’s services"),
        link=INVITATION_LINK,
        lifetime_setting="INVITATION_LIFETIME",
        stands=True,
    ),
    Template.MEMBERS_CHANGED: Notice(_("Members of an organisation have changed"), stands=True),
    Template.MEMBERSHIP_CHANGED: Notice(_("Your role in an organisation has changed"), stands=True),
    Template.PROOF_CHANGED: Notice(_("About the proof of who your organisation is"), stands=True),
    Template.SECRET_ENDS_IN_30_DAYS: Notice(_("A client secret ends within 30 days"), stands=True),
    Template.SECRET_ENDS_IN_7_DAYS: Notice(_("A client secret ends within 7 days"), stands=True),
    Template.SECRET_ENDS_IN_1_DAY: Notice(_("A client secret ends within a day"), stands=True),
    Template.SUBMISSION_CHANGED: Notice(
        _("About an application on its way to residents"), stands=True
    ),
    Template.SUBMISSION_WAITING: Notice(_("An application waits for your approval"), stands=True),
    Template.AGREEMENT_ENDS: Notice(_("A data sharing agreement is about to end"), stands=True),
    Template.CHANGED_IN_OUTAGE: Notice(_AT_ONCE, stands=True),
    Template.CHANGED_FOR_SAFETY: Notice(_AT_ONCE, stands=True),
    Template.CHANGED_BY_LAW: Notice(_AT_ONCE, stands=True),
    Template.API_TOKENS_CHANGED: Notice(
        _("API tokens of an organisation have changed"), stands=True
    ),
    Template.STAFF_ENROL: Notice(
        _("Your staff account: add your key"),
        link=STAFF_ENROL_LINK,
        lifetime_setting="STAFF_LINK_LIFETIME",
    ),
    Template.STAFF_KEYS_CHANGED: Notice(_("The keys of your staff account changed"), stands=True),
    Template.STAFF_DEATH_NOTED: Notice(
        _("One of the staff noted that somebody has died"), stands=True
    ),
    Template.STAFF_LOOKS_ALONE: Notice(
        _("Somebody of the staff opens accounts and helps nobody"),
        stands=True,
        amount=HELP_LOOKS_ALONE.amount,
    ),
    Template.STAFF_MANY_CHECKS: Notice(
        _("Somebody of the staff checks callers very often"),
        stands=True,
        amount=CALLERS_CHECKED.amount,
    ),
    Template.STAFF_MANY_LOOKS: Notice(_LOOKING, stands=True, amount=HELP_LOOKS.amount),
    Template.STAFF_MANY_MISSES: Notice(_LOOKING, stands=True, amount=HELP_MISSES.amount),
    Template.STAFF_MANY_NAMES: Notice(_LOOKING, stands=True, amount=NAME_SEARCHES.amount),
    Template.STAFF_MANY_PAPERS: Notice(
        _("Papers were checked often for one account"), stands=True, amount=COUNTER_CHECKS.amount
    ),
    Template.STAFF_MANY_STARTS: Notice(
        _("Somebody of the staff prints many start codes"),
        stands=True,
        amount=START_CODES_MADE.amount,
    ),
    Template.STAFF_SAME_PERSON: Notice(
        _("Somebody of the staff looks up one person often"),
        stands=True,
        amount=HELP_SAME_PERSON.amount,
    ),
    Template.SERVICE_ENDS: Notice(_("A service that you use is going to end"), stands=True),
    Template.ACCOUNT_CLOSES: Notice(_("Your account closes unless you sign in"), stands=True),
    Template.EXPORT_READY: Notice(_("Your copy is ready to download"), stands=True),
    Template.EMAIL_CHANGED: Notice(
        _("This email address was removed from your account"),
        link=EMAIL_OBJECT_LINK,
        lifetime_setting="OLD_EMAIL_LIFETIME",
        stands=True,
    ),
}
