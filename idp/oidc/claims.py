"""Which claims about an account are released: by scope (OIDC Core §5.4), or one by one (§5.5)."""

from collections.abc import Collection
from typing import Any

from accounts.models import Account
from clients.scopes import SCOPES
from idp.consent import queries as consents
from idp.consent.rules import MAIN, Mailbox
from idp.models import Consent
from idp.oidc import claims_parameter, profile_claims
from idp.oidc.claims_parameter import Asked
from idp.oidc.profile_claims import Contact

# Decided by our rows alone, also for test accounts.
_NEVER_FROM_TEST_CLAIMS = frozenset({"sub", "email", "email_verified"})
_NOTHING: tuple[object, ...] = (None, "", [], {})


def names(scopes: Collection[str]) -> set[str]:
    """Return the names of the claims that these scopes may release, `sub` left out."""
    claims = {claim for name in scopes if name in SCOPES for claim in SCOPES[name].claims}
    return claims - {"sub"}


def at_hand(account: Account) -> frozenset[str]:
    """Return the claims that the account has values for, or that its owner may give it one.

    Of what a scope may release, an agreement covers these alone: the sharing page names no other.
    """
    known = {**account.test_claims, **profile_claims.own(account)}
    return profile_claims.OWN | {name for name, value in known.items() if value not in _NOTHING}


def shared(
    account: Account,
    *,
    scopes: Collection[str],
    asked: Asked,
    consent: Consent,
    contact: Contact | None = None,
) -> dict[str, Any]:
    """Return the claims, with values, that these scopes release and that were asked for besides.

    Only those whose names the resident agreed to: not one that a scope gained since, nor one for
    which there was no value then and no place to give it one.
    `contact` is what was read already.
    """
    by_scope = names(scopes)
    wanted = (by_scope | asked.keys()).intersection(consent.claims)
    mailbox = consents.mailbox_of(consent)
    values = held(account, wanted, mailbox=mailbox, contact=contact)
    return {
        name: value
        for name, value in values.items()
        if name in by_scope or claims_parameter.fits(value, asked[name])
    }


def held(
    account: Account,
    wanted: Collection[str],
    *,
    mailbox: Mailbox = MAIN,
    contact: Contact | None = None,
) -> dict[str, Any]:
    """Return those of these claims that the account has a value for; none is null or empty.

    `sub` is not among them: it depends on the application, see `subjects`. `mailbox` says which
    email address is shared; `contact` is what was read already.
    """
    values: dict[str, Any] = {
        name: value
        for name, value in account.test_claims.items()
        if name not in _NEVER_FROM_TEST_CLAIMS
    }
    values |= profile_claims.own(account)
    if profile_claims.asks_contact(wanted):
        contact = contact or profile_claims.contact_of(account, mailbox)
        values |= profile_claims.told(contact, wanted)
    return {name: values[name] for name in sorted(wanted) if values.get(name) not in _NOTHING}
