"""What an account can prove itself by."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.assurance import Level, Method, lasting_level_of, methods_in
from accounts.mfa.rules import keeps_recovery_codes
from accounts.models import Account, Authenticator
from accounts.texts.queries import number_of

Kind = Authenticator.Kind
# So long can a way that was added with a password alone not remove others.
YOUNG_FOR = timedelta(hours=24)

METHOD_OF = {
    Kind.PASSKEY: Method.PASSKEY,
    Kind.SECURITY_KEY: Method.SECURITY_KEY,
    Kind.APP: Method.APP,
    Kind.CODE_SHEET: Method.CODE_SHEET,
    Kind.RECOVERY_CODES: Method.RECOVERY_CODE,
    Kind.TEXT_MESSAGE: Method.TEXT_MESSAGE,
}


def usable(account: Account) -> QuerySet[Authenticator]:
    """Return the account's authenticators that open something, the one used last first."""
    rows = all_of(account).filter(suspect_since=None)
    return rows if number_of(account) is not None else rows.exclude(kind=Kind.TEXT_MESSAGE)


def methods_of(account: Account, *, without: Authenticator | None = None) -> frozenset[Method]:
    """Return the methods that the account can prove itself by now, or could without one of them."""
    rows = usable(account).exclude(pk=without.pk) if without is not None else usable(account)
    methods = {METHOD_OF[Kind(kind)] for kind in rows.values_list("kind", flat=True)}
    return frozenset(methods | ({Method.PASSWORD} if _has_good_password(account) else set()))


def set_aside_of(account: Account) -> frozenset[Method]:
    """Return the methods of ways that open nothing, because a change was said not to be theirs."""
    rows = all_of(account).exclude(suspect_since=None)
    methods = {METHOD_OF[Kind(kind)] for kind in rows.values_list("kind", flat=True)}
    is_aside = account.has_password and account.password_suspect_since is not None
    return frozenset(methods | ({Method.PASSWORD} if is_aside else set()))


def all_of(account: Account) -> QuerySet[Authenticator]:
    """Return every authenticator of the account, also suspect ones, the one used last first."""
    rows = Authenticator.objects.filter(account=account)
    return rows.order_by(F("last_used_at").desc(nulls_last=True), "-created_at")


def young(account: Account) -> frozenset[UUID]:
    """Return those that were added a short while ago by a password alone, or by such a one."""
    since = timezone.now() - YOUNG_FOR
    rows = Authenticator.objects.filter(
        account=account, added_at_one_factor=True, created_at__gt=since
    )
    return frozenset(rows.values_list("pk", flat=True))


def settled_level(account: Account, proofs: Iterable[dict[str, Any]]) -> Level:
    """Return how strongly the proofs, as columns keep them, change the account without young ways.

    For what a thief of the password could bring about by adding a way first.
    """
    new = {str(way) for way in young(account)}
    settled = (proof for proof in proofs if proof.get("authenticator") not in new)
    return lasting_level_of(methods_in(settled))


def has_second_step(account: Account) -> bool:
    """Say whether there is a second step that recovery codes may stand beside."""
    return keeps_recovery_codes(methods_of(account))


def _has_good_password(account: Account) -> bool:
    return account.has_password and account.password_suspect_since is None
