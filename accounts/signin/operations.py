"""Checking a name and a password, at the same cost whether there is such an account or not."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.limits import operations as limits
from accounts.limits.operations import Verdict
from accounts.limits.table import KNOWN_BROWSER, SIGN_IN, SIGN_IN_NAME, SIGN_IN_NETWORK
from accounts.models import Account
from accounts.models.account import sign_in_key
from accounts.passwords import operations as passwords
from accounts.signin import queries


class Refusal(StrEnum):
    """Why somebody is not signed in; the same for a name that nobody has as for a wrong password.

    The last three are told only to whoever knew the password.
    """

    TOO_MANY_TRIES = "sign_in_too_many_tries"
    NOT_RIGHT = "sign_in_not_right"
    SUSPENDED = "sign_in_account_suspended"
    CLOSED = "sign_in_account_closed"
    SET_ASIDE = "sign_in_password_set_aside"


@dataclass(frozen=True)
class Place:
    """Where a try comes from: its network and the hash of its browser's id."""

    network: str
    browser: str


@dataclass(frozen=True)
class Outcome:
    """The account that may be signed in, or why none may and for how long.

    `authenticator` is the id of what proved it, if something else than a password did.
    """

    account: Account | None = None
    authenticator: UUID | None = None
    refusal: Refusal | None = None
    verdict: Verdict = limits.ALLOWED


_UNUSABLE = {
    Account.Status.SUSPENDED: Refusal.SUSPENDED,
    Account.Status.CLOSED: Refusal.CLOSED,
}


def check_password(*, name: str, password: str, place: Place, by: Actor) -> Outcome:
    """Return whom the name and password belong to; call it outside a transaction."""
    key = sign_in_key(name)
    verdict = _count(key, place)
    if not verdict.allowed:
        return Outcome(refusal=Refusal.TOO_MANY_TRIES, verdict=verdict)
    account = queries.by_sign_in_key(key)
    right = passwords.check(account, password)
    if account is None or not right:
        return _refuse(account, Refusal.NOT_RIGHT, by)
    stopped = refuse_stopped(account, by=by)
    if stopped is not None:
        return stopped
    if account.password_suspect_since is not None:
        return _refuse(account, Refusal.SET_ASIDE, by)
    limits.clear(SIGN_IN, key, place.network)
    limits.remember(KNOWN_BROWSER, key, place.browser)
    return Outcome(account=account)


def refuse_stopped(account: Account, *, by: Actor) -> Outcome | None:
    """Refuse the owner of an account that nobody may use now, whatever they proved; else None."""
    if account.status not in _UNUSABLE:
        return None
    return _refuse(account, _UNUSABLE[Account.Status(account.status)], by)


def _count(key: str, place: Place) -> Verdict:
    near = limits.hit_all((SIGN_IN, (key, place.network)), (SIGN_IN_NETWORK, (place.network,)))
    if not near.allowed:
        # Whoever is stopped here shall not fill the limit that keeps the owner out everywhere.
        return near
    everywhere = limits.hit(SIGN_IN_NAME, key)
    # Whoever fills the limit from many places shall not keep the owner's own browsers out.
    if not everywhere.allowed and limits.is_known(KNOWN_BROWSER, key, place.browser):
        return limits.ALLOWED
    return everywhere


def _refuse(account: Account | None, refusal: Refusal, by: Actor) -> Outcome:
    about = About(account_id=account.pk if account else None, reason=refusal)
    with transaction.atomic():
        record(Event.SIGN_IN_REFUSED, by=by, about=about)
    return Outcome(account=None, refusal=refusal)
