"""Mailing a code for a sign-in, and taking it."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.limits import operations as limits
from accounts.limits.operations import Verdict
from accounts.limits.table import (
    SIGN_IN_CODE,
    SIGN_IN_MAIL,
    SIGN_IN_MAIL_CROWD,
    SIGN_IN_MAIL_DAILY,
    SIGN_IN_MAIL_NAME,
    SIGN_IN_MAIL_NETWORK,
    SIGN_IN_PROVED,
)
from accounts.mailbox.rules import CodeOutcome
from accounts.models import OutboundMessage, PendingSignIn
from accounts.models.account import sign_in_key
from accounts.notices.catalogue import SIGN_IN_LINK
from accounts.notices.operations import queue
from accounts.notices.queries import code_matches, lock_link
from accounts.notices.rules import LinkState
from accounts.signin.mailed_code import queries
from accounts.signin.rules import usable_hint


def count_mail(*, name: str, network: str) -> Verdict:
    """Count one mail and say whether it may be sent; call it outside a transaction."""
    key = sign_in_key(name)
    near = limits.hit(SIGN_IN_MAIL, key, network)
    if near.allowed and not limits.hit(SIGN_IN_MAIL_NETWORK, network).allowed:
        near = limits.hit(SIGN_IN_MAIL_CROWD, key, network)
    if not near.allowed:
        return near
    return limits.hit_all((SIGN_IN_MAIL_NAME, (key,)), (SIGN_IN_MAIL_DAILY, (key,)))


@transaction.atomic
def send(*, flow: PendingSignIn, name: str, by: Actor) -> None:
    """Mail a code to the name's owner, if there is one who can be mailed; nobody learns which."""
    flow.login_hint = usable_hint(name)
    flow.save(update_fields=["login_hint"])
    recipient = queries.recipient(name)
    account = recipient.account if recipient else None
    queue(
        template=OutboundMessage.Template.SIGN_IN_CODE,
        address=recipient.address if recipient else "",
        account=account,
        sign_in=flow,
        language=account.language if account else get_language() or settings.LANGUAGE_CODE,
    )
    about = About(account_id=account.pk if account else None, object_kind="sign_in_code")
    record(Event.SIGN_IN_CODE_REQUESTED, by=by, about=about)


def take(*, flow: PendingSignIn, code: str, by: Actor) -> CodeOutcome:
    """Let the sign-in try passwords if the code is its newest mail's; each try uses up one."""
    message = queries.newest(flow)
    # From the asking, also where no mail ever left: the answer must be the same.
    if message is None or timezone.now() >= message.created_at + settings.SIGN_IN_CODE_LIFETIME:
        return CodeOutcome.ENDED
    # Counted before it is looked at, so that tries at once are no more than tries one by one.
    if not limits.hit(SIGN_IN_CODE, str(message.pk)).allowed:
        return CodeOutcome.TOO_MANY_TRIES
    if not _accept(flow, code, by):
        return CodeOutcome.WRONG
    limits.clear(SIGN_IN_PROVED, flow.pk)
    return CodeOutcome.CONFIRMED


def follow(*, flow: PendingSignIn, token: str, by: Actor) -> LinkState:
    """Let this sign-in, whichever it is, try passwords if the link is good; it works once.

    It proves who reads the mailbox in the browser that follows it, and nothing elsewhere: whoever
    asked for the mail gains nothing by it.
    """
    state = _follow(flow, token, by)
    if state is LinkState.GOOD:
        limits.clear(SIGN_IN_PROVED, flow.pk)
    return state


@transaction.atomic
def _follow(flow: PendingSignIn, token: str, by: Actor) -> LinkState:
    found = lock_link(SIGN_IN_LINK, token)
    if found.state is not LinkState.GOOD or found.message is None:
        return found.state
    if not _use(found.message, flow, how="link", by=by):
        return LinkState.EXPIRED
    return LinkState.GOOD


@transaction.atomic
def _accept(flow: PendingSignIn, code: str, by: Actor) -> bool:
    message = queries.locked_newest(flow)
    if message is None or message.used_at is not None or not code_matches(message, code):
        return False
    return _use(message, flow, how="code", by=by)


def _use(message: OutboundMessage, flow: PendingSignIn, *, how: str, by: Actor) -> bool:
    account = message.account
    if account is None or not queries.is_still_its_own(message):
        return False
    message.used_at = timezone.now()
    message.save(update_fields=["used_at"])
    flow.mailbox_proved_key = account.sign_in_key
    flow.login_hint = usable_hint(account.sign_in_name)
    flow.save(update_fields=["mailbox_proved_key", "login_hint"])
    about = About(account_id=account.pk, object_kind="sign_in_code", reason=how)
    record(Event.SIGN_IN_CODE_USED, by=by, about=about)
    return True
