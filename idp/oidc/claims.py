"""Which claims about an account are released: by scope (OIDC Core §5.4), or one by one (§5.5)."""

from collections.abc import Collection
from typing import Any

from accounts.models import Account
from clients.scopes import SCOPES
from idp.oidc import claims_parameter, profile_claims
from idp.oidc.claims_parameter import Asked

# Decided by our rows alone, also for test accounts.
_NEVER_FROM_TEST_CLAIMS = frozenset({"sub", "email", "email_verified"})


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
    values |= profile_claims.contact(account, wanted)
    return {
        name: values[name] for name in sorted(wanted) if values.get(name) not in (None, "", [], {})
    }
