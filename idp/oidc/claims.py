"""Which claims a set of scopes releases about an account (OIDC Core §5.4)."""

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Account, EmailAddress
from clients.scopes import SCOPES
from idp.oidc import profile_claims

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        shared: bool

    _Address: TypeAlias = WithAnnotations[EmailAddress, _Columns]

# Decided by our rows alone, also for test accounts.
_NEVER_FROM_TEST_CLAIMS = frozenset({"sub", "email", "email_verified"})


def names(scopes: Collection[str]) -> set[str]:
    """Return the names of the claims that these scopes may release, `sub` left out."""
    claims = {claim for name in scopes if name in SCOPES for claim in SCOPES[name].claims}
    return claims - {"sub"}


def released(account: Account, scopes: Collection[str]) -> dict[str, Any]:
    """Return the claims, with values, that these scopes release; none is null or empty.

    `sub` is not among them: it depends on the application, see `subjects`.
    """
    wanted = names(scopes)
    values: dict[str, Any] = {
        name: value
        for name, value in account.test_claims.items()
        if name not in _NEVER_FROM_TEST_CLAIMS
    }
    values |= profile_claims.own(account)
    if "email" in wanted:
        values |= _email(account)
    if "phone_number" in wanted:
        values |= profile_claims.phone(account)
    if "address" in wanted:
        values |= profile_claims.address(account)
    return {
        name: values[name] for name in sorted(wanted) if values.get(name) not in (None, "", [], {})
    }


def _email(account: Account) -> dict[str, Any]:
    """Return the main address; one that several people read proves nobody's identity.

    None that its owner calls unsafe: services would write there.
    """
    try:
        row = _addresses().get(account=account, is_primary=True, unsafe_since=None)
    except EmailAddress.DoesNotExist:
        return {}
    return {"email": row.address, "email_verified": not row.shared}


@cache
def _addresses() -> "QuerySet[_Address]":
    """Return the query that each request narrows to one row: building it costs more than asking."""
    others = EmailAddress.objects.filter(
        address_key=OuterRef("address_key"), account__status=Account.Status.ACTIVE
    ).exclude(account=OuterRef("account"))
    return EmailAddress.objects.annotate(shared=Exists(others))
