"""What an account can prove itself by."""

from django.db.models import F, QuerySet

from accounts.assurance import Method
from accounts.models import Account, Authenticator

Kind = Authenticator.Kind

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
    rows = Authenticator.objects.filter(account=account, suspect_since=None)
    return rows.order_by(F("last_used_at").desc(nulls_last=True), "-created_at")


def methods_of(account: Account) -> frozenset[Method]:
    """Return the methods that the account can prove itself by now."""
    methods = {METHOD_OF[Kind(kind)] for kind in usable(account).values_list("kind", flat=True)}
    return frozenset(methods | ({Method.PASSWORD} if _has_good_password(account) else set()))


def _has_good_password(account: Account) -> bool:
    return account.has_password and account.password_suspect_since is None
