"""A resident signed in by two things, one of them older than seven days, or not."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.assurance import Method, Proof
from accounts.audit.actor import resident as actor
from accounts.models import Account, Authenticator, Session
from accounts.sessions.operations import Proven, start
from tests import factories
from tests.accounts.visitor import Visitor
from tests.factories import PASSWORD


class Resident(Visitor):
    """Somebody with an account, in a browser of theirs."""

    def __init__(self, account: Account, *, ways: tuple[Authenticator, ...] = ()) -> None:
        super().__init__()
        self.account = account
        now = timezone.now()
        proofs = [Proof(Method(way.kind), now, way.pk) for way in ways]
        if account.has_password:
            proofs.insert(0, Proof(Method.PASSWORD, now))
        proven = Proven(tuple(proofs), now, now)
        started = start(account=account, proven=proven, replaces=None, by=actor(account))
        self.get("/help/contact")
        self.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = started.cookie_value
        self.signed_in: Session = started.session

    def post(self, path: str, **values: Any) -> Any:  # noqa: ANN401 - as Visitor's responses
        return self.client.post(path, values)


def old_way(account: Account, kind: str = "app", **columns: Any) -> Authenticator:
    """Return a way to sign in that was added long ago."""
    added = timezone.now() - timedelta(days=30)
    return factories.way(account, kind, created_at=added, **columns)


def strong(address: str = "ann@example.org", **columns: Any) -> Resident:
    """Return a resident with a password and an old app, signed in by both just now."""
    account = factories.account(address, password=PASSWORD, **columns)
    return Resident(account, ways=(old_way(account),))


def weak(address: str = "ann@example.org") -> Resident:
    """Return a resident with a password alone, as whoever stole it would be."""
    return Resident(factories.account(address, password=PASSWORD))
