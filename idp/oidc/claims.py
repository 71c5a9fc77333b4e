"""Which claims about an account are released: by scope (OIDC Core §5.4), or one by one (§5.5)."""

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Account, EmailAddress
from clients.scopes import SCOPES
from idp.oidc import claims_parameter, profile_claims
from idp.oidc.claims_parameter import Asked

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        shared: bool

    _Address: TypeAlias = WithAnnotations[EmailAddress, _Columns]

# Decided by our rows alone, also for test accounts.
_NEVER_FROM_TEST_CLAIMS = frozenset({"sub", "email", "email_verified"})
_EMAIL = frozenset({"email", "email_verified"})
_PHONE = frozenset({"phone_number", "phone_number_verified"})


def names(scopes: Collection[str]) -> set[str]:
    """Return the names of the claims that these scopes may release, `sub` left out."""
    claims = {claim for name in scopes if name in SCOPES for claim in SCOPES[name].claims}
    return claims - {"sub"}


def shared(
    account: Account, *, scopes: Collection[str], asked: Asked, agreed: Collection[str]
) -> dict[str, Any]:
    """Return the claims, with values, that these scopes release and that were asked for besides.

    Only those whose names the resident agreed to: a claim that a scope gained since, they did not.
    """
    by_scope = names(scopes)
    values = held(account, (by_scope | asked.keys()).intersection(agreed))
    return {
        name: value
        for name, value in values.items()
        if name in by_scope or claims_parameter.fits(value, asked[name])
    }


def held(account: Account, wanted: Collection[str]) -> dict[str, Any]:
    """Return those of these claims that the account has a value for; none is null or empty.

    `sub` is not among them: it depends on the application, see `subjects`.
    """
    values: dict[str, Any] = {
        name: value
        for name, value in account.test_claims.items()
        if name not in _NEVER_FROM_TEST_CLAIMS
    }
    values |= profile_claims.own(account)
    if not _EMAIL.isdisjoint(wanted):
        values |= _email(account)
    if not _PHONE.isdisjoint(wanted):
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
