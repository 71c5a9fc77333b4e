"""Gathers what decides why somebody is stuck."""

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from accounts.assurance import Method
from accounts.limits.lifting import is_limited, is_stopped
from accounts.mfa.queries import methods_of
from accounts.models import Account, HelpCode, OutboundMessage, PendingSignIn, RecoveryRequest
from accounts.models.account import sign_in_key
from accounts.notices.rules import LinkState, link_state
from idp.console.helping.finding import accounts_of, residents, whose
from idp.console.helping.rules import Tier, Whose
from idp.console.stuck.rules import Facts, Mail, Person, Status, Step
from idp.console.stuck.steps import trail
from idp.models import HelpSession

# Older mail is not what somebody waits for.
_RECENT: Final = timedelta(days=7)
_State = OutboundMessage.State
_STATUS: Final = {
    Account.Status.ACTIVE: Status.ACTIVE,
    Account.Status.SUSPENDED: Status.SUSPENDED,
    Account.Status.FROZEN: Status.FROZEN,
    Account.Status.CLOSED: Status.CLOSED,
}
_Template = OutboundMessage.Template
SIGN_UP: Final = (
    _Template.SIGN_UP,
    _Template.SIGN_UP_KNOWN_ADDRESS,
    _Template.SIGN_UP_ADDRESS_FULL,
)
RESET: Final = tuple(one for one in _Template if one.value.startswith("password_reset"))
RECOVERY: Final = (
    _Template.RECOVERY_WAYS,
    _Template.RECOVERY_SHARED_ADDRESS,
    _Template.RECOVERY_NO_ACCOUNT,
    _Template.RECOVERY_NOT_POSSIBLE,
)
# Whose link or code somebody waits for; of others it is no obstacle that they were not opened.
_WAITED_FOR: Final = (*SIGN_UP, *RESET, *RECOVERY, _Template.SIGN_IN_CODE)


def facts_of(help_session: HelpSession) -> Facts:
    """Return what is known of whoever the help session is about."""
    code = help_session.help_code
    account = account_of(help_session)
    return Facts(
        steps=steps_of(code),
        mail=_fate(mail_of(help_session), code),
        person=_person(account) if account else None,
        found=_found(help_session),
        is_stopped=is_stopped(names_of(help_session)),
        is_limited=is_limited(names_of(help_session)),
        lost_way=help_session.reason == HelpSession.Reason.LOST_WAY,
    )


def steps_of(code: HelpCode | None) -> tuple[Step, ...]:
    """Return the trail behind a help code, the oldest first."""
    return tuple(Step(one.page, one.reason) for one in trail(code))


def mail_of(help_session: HelpSession) -> OutboundMessage | None:
    """Return the mail that it is about: the code's own, else the newest that somebody waits for."""
    code = help_session.help_code
    if code is not None and code.message is not None:
        return code.message
    theirs = Q()
    if help_session.address_key:
        theirs |= Q(address_key=help_session.address_key)
    if code is not None and code.browser_hash:
        theirs |= Q(sign_up__flow__browser_hash=code.browser_hash)
    if not theirs:
        return None
    recent = OutboundMessage.objects.filter(created_at__gt=timezone.now() - _RECENT)
    return recent.filter(theirs, template__in=_WAITED_FOR).order_by("-created_at").first()


def name_of(help_session: HelpSession) -> str:
    """Return the address or sign-in name by which something is sent; empty if none is known."""
    if help_session.address_key:
        return help_session.address_key
    account = account_of(help_session)
    if account is not None:
        return account.sign_in_key
    mail = mail_of(help_session)
    key = mail.address_key if mail else ""
    return "" if any(_is_of_staff(one, help_session) for one in accounts_of(key)) else key


def account_of(help_session: HelpSession) -> Account | None:
    """Return whose account it is about, if that is known: of a browser's, a resident's alone."""
    return help_session.account or _in_browser(help_session)


def account_reached(help_session: HelpSession) -> Account | None:
    """Return whose account is reached by what is sent or lifted, where it can be no other."""
    account = account_of(help_session)
    if account is not None:
        return account
    rows = list(accounts_of(name_of(help_session))[:2])
    return rows[0] if len(rows) == 1 else None


def is_more_than_named(help_session: HelpSession) -> bool:
    """Say whether the caller was checked, or holds a page or mail that shows its code.

    The code of any page says nothing of an account that was only named beside it.
    """
    if help_session.tier > Tier.UNCHECKED:
        return True
    code = help_session.help_code
    if code is None:
        return False
    if code.message is None:
        return not help_session.address_key and help_session.account_id is None
    return help_session.account_id == code.message.account_id


def has_bounced(help_session: HelpSession) -> bool:
    """Say whether the newest mail that left for them came back: then another would too."""
    name = name_of(help_session)
    rows = OutboundMessage.objects.filter(address_key=name, state__in=(_State.SENT, _State.BOUNCED))
    newest = rows.order_by("-created_at").first()
    return newest is not None and newest.state == _State.BOUNCED


def names_of(help_session: HelpSession) -> set[str]:
    """Return the mailbox and sign-in name under which tries of theirs may be counted."""
    account = account_reached(help_session)
    return {name_of(help_session), account.sign_in_key if account else ""} - {""}


def _fate(mail: OutboundMessage | None, code: HelpCode | None) -> Mail | None:
    if mail is None:
        return None
    if mail.state in {_State.BOUNCED, _State.FAILED}:
        return Mail.BOUNCED
    if mail.state == _State.QUEUED:
        return Mail.ON_ITS_WAY
    # A sign-up's mail without a link is for a mailbox that has all the accounts it can have; to
    # whoever holds the page it must end when any other would.
    ends = mail.secret_expires_at or (mail.sign_up.expires_at if mail.sign_up else None)
    state = link_state(
        used=mail.used_at is not None,
        overtaken=mail.state == _State.DROPPED,
        expired=ends is not None and timezone.now() >= ends,
    )
    if state is not LinkState.GOOD:
        return Mail.EXPIRED if state is LinkState.EXPIRED else Mail.SPENT
    # Whoever reads out what stands in a mail has it before them.
    return Mail.IN_HAND if code is not None and code.message_id == mail.pk else Mail.UNOPENED


def _in_browser(help_session: HelpSession) -> Account | None:
    """Return whose first proof was given in the browser that shows the code, if it still counts.

    Nobody of the staff is found so: a browser beside them would open their own account to them.
    """
    code = help_session.help_code
    if code is None or not code.browser_hash:
        return None
    rows = PendingSignIn.objects.filter(
        browser_hash=code.browser_hash, account__in=residents(), expires_at__gt=timezone.now()
    )
    newest = rows.select_related("account").order_by("-created_at").first()
    account = newest.account if newest else None
    return None if account is None or _is_of_staff(account, help_session) else account


def _is_of_staff(account: Account, help_session: HelpSession) -> bool:
    return whose(account, staff=help_session.staff) is not Whose.RESIDENT


def _person(account: Account) -> Person:
    methods = methods_of(account)
    recoveries = RecoveryRequest.objects.filter(account=account)
    state = RecoveryRequest.State
    return Person(
        status=_STATUS[Account.Status(account.status)],
        recovery_waits=recoveries.filter(state=state.WAITING).exists(),
        recovery_paused=recoveries.filter(state=state.PAUSED).exists(),
        owes_second_step=Method.PASSWORD in methods and len(methods) > 1,
        spare_ways=len(methods - {Method.PASSWORD}) > 1,
    )


def _found(help_session: HelpSession) -> int | None:
    # Once it is known whose it is, others of the mailbox no longer matter.
    if not help_session.address_key or help_session.account_id:
        return None
    return accounts_of(help_session.address_key)[:2].count()


def named(help_session: HelpSession, typed: str) -> Account | None:
    """Return the account of this sign-in name that has the mailbox which was typed before."""
    if not help_session.address_key:
        return None
    return accounts_of(help_session.address_key).filter(sign_in_key=sign_in_key(typed)).first()
