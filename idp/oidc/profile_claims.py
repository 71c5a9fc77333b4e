"""The claims that residents' own profiles give values to (OIDC Core §5.1)."""

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value

from accounts.models import Account, EmailAddress, Phone, PostalAddress
from accounts.profile.phone.queries import standing
from accounts.profile.phone.rules import Standing
from accounts.profile.postal.rules import formatted

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        main_address: str | None
        is_shared: bool

    _Contact: TypeAlias = WithAnnotations[Account, _Columns]

_EMAIL = frozenset({"email", "email_verified"})
_PHONE = frozenset({"phone_number", "phone_number_verified"})


def own(account: Account) -> dict[str, Any]:
    """Return what the account's row says; a former name only if its owner wants it told."""
    values: dict[str, Any] = {"name": account.full_name}
    if account.date_of_birth is not None:
        values["birthdate"] = account.date_of_birth.isoformat()
    if account.shares_former_name and account.former_name:
        # Of OpenID Connect for Identity Assurance: Core has no claim for it.
        values["also_known_as"] = account.former_name
    return values


def contact(account: Account, wanted: Collection[str]) -> dict[str, Any]:
    """Return those of email, phone and address that are wanted, by one statement at most.

    None that its owner calls unsafe: services would write, ring or come there.
    """
    kinds = (
        not _EMAIL.isdisjoint(wanted),
        not _PHONE.isdisjoint(wanted),
        "address" in wanted,
    )
    if not any(kinds):
        return {}
    of_email, of_phone, of_address = kinds
    row = _rows(of_email=of_email, of_phone=of_phone, of_address=of_address).get(pk=account.pk)
    values: dict[str, Any] = {}
    if of_email and row.main_address:
        # One that several people read proves nobody's identity.
        values |= {"email": row.main_address, "email_verified": not row.is_shared}
    if of_phone:
        values |= _phone(getattr(row, "phone", None))
    if of_address:
        values |= _address(getattr(row, "postal_address", None))
    return values


@cache
def _rows(*, of_email: bool, of_phone: bool, of_address: bool) -> "QuerySet[_Contact]":
    """Return the query that each request narrows to one row: building it costs more than asking."""
    main = EmailAddress.objects.filter(account=OuterRef("pk"), is_primary=True, unsafe_since=None)
    others = EmailAddress.objects.filter(
        address_key=OuterRef("address_key"), account__status=Account.Status.ACTIVE
    ).exclude(account=OuterRef("account"))
    related = [*(["phone"] if of_phone else []), *(["postal_address"] if of_address else [])]
    rows = Account.objects.select_related(*related) if related else Account.objects.all()
    if not of_email:
        return rows.annotate(main_address=Value(""), is_shared=Value(value=False))
    return rows.annotate(
        main_address=Subquery(main.values("address")[:1]),
        is_shared=Exists(main.filter(Exists(others))),
    )


def _phone(row: Phone | None) -> dict[str, Any]:
    """Return the phone number, in E.164, and whether its owner has confirmed it lately."""
    if row is None:
        return {}
    if row.unsafe_since is not None:
        return _WITHHELD_PHONE
    is_confirmed = standing(row) is Standing.CONFIRMED
    return {"phone_number": row.number, "phone_number_verified": is_confirmed}


def _address(row: PostalAddress | None) -> dict[str, Any]:
    """Return the postal address (§5.1.1); that there is none fixed is an answer too."""
    if row is None:
        return {}
    if row.unsafe_since is not None:
        return _WITHHELD_ADDRESS
    if row.no_fixed_address:
        return {"address": {"formatted": "No fixed address"}}
    parts = {"formatted": formatted(row.lines, row.postcode), "postal_code": row.postcode}
    return {"address": {name: part for name, part in parts.items() if part}}


# In the place of what a test account's own claims say.
_WITHHELD_PHONE: dict[str, Any] = {"phone_number": None, "phone_number_verified": None}
_WITHHELD_ADDRESS: dict[str, Any] = {"address": None}
