"""Somebody who looks after an organisation, signed in without a form."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.assurance import Method, level_of
from accounts.models import Account
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from accounts.sessions.queries import COOKIE_PURPOSE
from clients.models import Member, Organisation
from tests import factories
from tests.accounts.visitor import Response, Visitor


class Colleague(Visitor):
    """A browser in which the account signed in just now, by these methods."""

    def __init__(self, account: Account | None = None, *methods: Method) -> None:
        super().__init__()
        self.account = account or factories.account()
        methods = methods or (Method.PASSWORD,)
        now, cookie = timezone.now(), random_token()
        self.signed_in = factories.session(
            self.account,
            cookie_hash=keyed_hash.digest(COOKIE_PURPOSE, cookie),
            proofs=[{"method": method, "at": int(now.timestamp())} for method in methods],
            level=level_of(methods),
        )
        self.get("/help/contact")
        self.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = cookie

    def post(self, path: str, **values: Any) -> Response:
        """Send a form."""
        return self.client.post(path, values)


def member(
    role: str = Member.Role.OWNER, *methods: Method, of: Organisation | None = None
) -> tuple[Member, Colleague]:
    """Return a new member of an organisation in this role, and their browser."""
    row = factories.member(factories.account(), of=of, role=Member.Role(role))
    return row, Colleague(row.account, *methods)
