"""Making a set of recovery codes, and using one of them."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.mfa import numbered_codes
from accounts.mfa import operations as ways
from accounts.mfa.queries import Kind, has_second_step
from accounts.mfa.recovery_codes import rules
from accounts.mfa.removal import discard
from accounts.models import Account, Authenticator, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.security.tokens import READABLE


class NotAloneError(Exception):
    """Recovery codes stand beside another second step, and there is none."""


@transaction.atomic
def make(*, session: Session, by: Actor) -> list[str]:
    """Give the account ten new codes in place of any before, and return them, this once.

    Raises:
        NotAloneError: the account has no other second step.
        accounts.sessions.operations.AccountChangedError: the session has ended meanwhile.
    """
    account = ways.lock(session)
    if not has_second_step(account):
        raise NotAloneError
    for earlier in Authenticator.objects.filter(account=account, kind=Kind.RECOVERY_CODES):
        discard(earlier, session=session, by=by, reason="replaced")
    way = ways.add(session=session, kind=Kind.RECOVERY_CODES, by=by)
    codes = [_code() for _number in range(rules.COUNT)]
    numbered_codes.store(way, codes)
    return [rules.shown(code) for code in codes]


@transaction.atomic
def check(account: Account, typed: str) -> Authenticator | None:
    """Use up the recovery code and return the set it is of; None if it is none."""
    way = Authenticator.objects.filter(
        account=account, kind=Kind.RECOVERY_CODES, suspect_since=None
    ).first()
    if way is None or not numbered_codes.take(way, rules.plain(typed)):
        return None
    Authenticator.objects.filter(pk=way.pk).update(last_used_at=timezone.now())
    tell(account=account, news=News.RECOVERY_CODE_USED)
    return way


def _code() -> str:
    return "".join(secrets.choice(READABLE) for _place in range(rules.LENGTH))
