"""Checking a name and a password, at the same cost whether there is such an account or not."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing.queries import reopenable
from accounts.limits import operations as limits
from accounts.limits.lifting import is_let_through
from accounts.limits.operations import Verdict
from accounts.limits.table import (
    KNOWN_BROWSER,
    SIGN_IN,
    SIGN_IN_NAME,
    SIGN_IN_NETWORK,
    SIGN_IN_PROVED,
    SIGN_IN_SITE,
    SIGN_IN_STOPPED,
)
from accounts.models import Account, PendingSignIn
from accounts.models.account import sign_in_key
from accounts.passwords import operations as passwords
from accounts.signin import queries


class Refusal(StrEnum):
    """Why somebody is not signed in; the same for a name that nobody has as for a wrong password.

    Another way: before the next password we ask for a mailed code or a passkey.
    The last three are told only to whoever knew the password.
    """

    TOO_MANY_TRIES = "sign_in_too_many_tries"
    ANOTHER_WAY = "sign_in_another_way"
    NOT_RIGHT = "sign_in_not_right"
    SUSPENDED = "sign_in_account_suspended"
    CLOSED = "sign_in_account_closed"
    SET_ASIDE = "sign_in_password_set_aside"


@dataclass(frozen=True)
class Place:
    """Where a try comes from: its network, the hash of its browser's id, and its sign-in."""

    network: str
    browser: str
    flow: PendingSignIn


@dataclass(frozen=True)
class Outcome:
    """The account that may be signed in, or why none may and for how long.

    `authenticator` is the id of what proved it, if something else than a password did. With
    `ANOTHER_WAY`, the verdict tells how long the other way is asked for.
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
    """Return whom the name and password belong to; call it outside a transaction.

    Every limit comes before the queue for hashes: what is beyond one never stands in it.

    Raises:
        accounts.passwords.hash_queue.HashesBusyError: nothing was checked.
    """
    key = sign_in_key(name)
    stopped = _count(key, place)
    if stopped is not None:
        return stopped
    account = queries.by_sign_in_key(key, test_group=place.flow.test_group)
    right = passwords.check(account, password)
    if account is None or not right:
        return _refuse(account, Refusal.NOT_RIGHT, by)
    stopped = refuse_stopped(account, by=by)
    if stopped is not None:
        return stopped
    if account.password_suspect_since is not None:
        return _refuse(account, Refusal.SET_ASIDE, by)
    limits.clear(SIGN_IN, key, place.network)
    limits.clear(SIGN_IN_STOPPED, key)
    if not place.flow.is_shared_device:
        limits.remember(KNOWN_BROWSER, key, place.browser)
    return Outcome(account=account)


def refuse_stopped(account: Account, *, by: Actor) -> Outcome | None:
    """Refuse the owner of an account that nobody may use now, whatever they proved; else None.

    Whoever may have a closed account back goes on, to the page that offers it.
    """
    if account.status not in _UNUSABLE or reopenable(account) is not None:
        return None
    return _refuse(account, _UNUSABLE[Account.Status(account.status)], by)


def _count(key: str, place: Place) -> Outcome | None:
    if _is_proved(key, place.flow):
        return None
    near = limits.hit(SIGN_IN, key, place.network)
    if not near.allowed and not is_let_through(key):
        limits.hit(SIGN_IN_STOPPED, key)
        return Outcome(refusal=Refusal.TOO_MANY_TRIES, verdict=near)
    wide = _count_wide(key, place)
    # Whoever fills these limits shall not keep the owner's own browsers out.
    if wide.allowed or limits.is_known(KNOWN_BROWSER, key, place.browser):
        return None
    return Outcome(refusal=Refusal.ANOTHER_WAY, verdict=wide)


def _is_proved(key: str, flow: PendingSignIn) -> bool:
    if flow.mailbox_proved_key != key:
        return False
    return limits.hit(SIGN_IN_PROVED, flow.pk).allowed


def _count_wide(key: str, place: Place) -> Verdict:
    network = limits.hit(SIGN_IN_NETWORK, place.network)
    if not network.allowed:
        # Whoever is stopped here shall not fill the limits that hold for everybody.
        return network
    return limits.hit_all((SIGN_IN_NAME, (key,)), (SIGN_IN_SITE, ()))


def _refuse(account: Account | None, refusal: Refusal, by: Actor) -> Outcome:
    about = About(account_id=account.pk if account else None, reason=refusal)
    with transaction.atomic():
        record(Event.SIGN_IN_REFUSED, by=by, about=about)
    return Outcome(account=None, refusal=refusal)
