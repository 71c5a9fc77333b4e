"""Adding text messages as a second step, sending a code, and taking it back."""

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.mfa import operations as ways
from accounts.mfa.queries import Kind, has_second_step, usable
from accounts.models import Account, Authenticator, Phone, Session, TextCode
from accounts.texts import operations as texts
from accounts.texts.queries import number_of

_PURPOSE = TextCode.Purpose.SECOND_STEP


class NotPossibleError(Exception):
    """There is no confirmed number to send to, or no other second step to stand beside."""


@transaction.atomic
def add(*, session: Session, by: Actor) -> Authenticator:
    """Let a code sent to the account's confirmed number be a second step, once.

    Raises:
        NotPossibleError: it cannot be one.
        accounts.sessions.operations.AccountChangedError: the session has ended meanwhile.
    """
    account = ways.lock(session)
    existing = Authenticator.objects.filter(account=account, kind=Kind.TEXT_MESSAGE).first()
    if existing is not None:
        return existing
    if number_of(account) is None or not has_second_step(account):
        raise NotPossibleError
    return ways.add(session=session, kind=Kind.TEXT_MESSAGE, by=by)


def send(*, account: Account, browser: str, by: Actor) -> None:
    """Send a code that works in this browser to the account's number, if it has one to be used.

    Count it against limits before: each message costs money.
    """
    number = number_of(account)
    if number is not None and _way_of(account) is not None:
        texts.send_code(account=account, number=number, purpose=_PURPOSE, by=by, browser=browser)


def check(account: Account, code: str, *, browser: str) -> Authenticator | None:
    """Use up the last code that was sent and return the way it proves; None if it is not right.

    Call it outside a transaction: every try is counted.
    """
    number, way = number_of(account), _way_of(account)
    if number is None or way is None:
        return None
    is_right = texts.take_code(
        account=account, number=number, purpose=_PURPOSE, code=code, browser=browser
    )
    if not is_right:
        return None
    now = timezone.now()
    Authenticator.objects.filter(pk=way.pk).update(last_used_at=now)
    # Its owner is asked again for a number that nobody used for a year.
    Phone.objects.filter(account=account, number=number).update(last_used_at=now)
    return way


def _way_of(account: Account) -> Authenticator | None:
    return usable(account).filter(kind=Kind.TEXT_MESSAGE).first()
