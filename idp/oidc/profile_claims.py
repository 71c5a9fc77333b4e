"""The claims that residents' own profiles give values to (OIDC Core §5.1)."""

from typing import Any

from accounts.models import Account, Phone, PostalAddress
from accounts.profile.phone.queries import standing
from accounts.profile.phone.rules import Standing
from accounts.profile.postal.rules import formatted


def own(account: Account) -> dict[str, Any]:
    """Return what the account's row says; a former name only if its owner wants it told."""
    values: dict[str, Any] = {"name": account.full_name}
    if account.date_of_birth is not None:
        values["birthdate"] = account.date_of_birth.isoformat()
    if account.shares_former_name and account.former_name:
        # Of OpenID Connect for Identity Assurance: Core has no claim for it.
        values["also_known_as"] = account.former_name
    return values


def phone(account: Account) -> dict[str, Any]:
    """Return the phone number, in E.164, and whether its owner has confirmed it lately."""
    row = Phone.objects.filter(account=account).first()
    if row is None:
        return {}
    if row.unsafe_since is not None:
        return _WITHHELD_PHONE
    is_confirmed = standing(row) is Standing.CONFIRMED
    return {"phone_number": row.number, "phone_number_verified": is_confirmed}


def address(account: Account) -> dict[str, Any]:
    """Return the postal address (§5.1.1); that there is none fixed is an answer too."""
    row = PostalAddress.objects.filter(account=account).first()
    if row is None:
        return {}
    if row.unsafe_since is not None:
        return _WITHHELD_ADDRESS
    if row.no_fixed_address:
        return {"address": {"formatted": "No fixed address"}}
    parts = {"formatted": formatted(row.lines, row.postcode), "postal_code": row.postcode}
    return {"address": {name: part for name, part in parts.items() if part}}


# Services would ring and write there.
_WITHHELD_PHONE: dict[str, Any] = {"phone_number": None, "phone_number_verified": None}
_WITHHELD_ADDRESS: dict[str, Any] = {"address": None}
