"""A browser at the residents' pages, without Chromium: Django's own test client."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from unittest import mock

import argon2
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.assurance import Method
from accounts.audit.actor import SYSTEM
from accounts.models import Account, PendingSignIn, Session
from accounts.security.browser import BrowserId
from accounts.sessions import operations as sessions
from accounts.sessions.middleware import BoroughRequest
from tests.factories import people
from tests.factories.people import PASSWORD

# What Django's client answers with has attributes that its types do not show.
Response = Any


class Visitor:
    """Somebody's browser; keeps cookies between pages."""

    def __init__(self, *, network: str = "192.0.2.1", csrf: bool = False) -> None:
        self.client = Client(enforce_csrf_checks=csrf, REMOTE_ADDR=network)

    def get(self, path: str) -> Response:
        return self.client.get(path)

    def begin(self, return_to: str = "/help/contact", **columns: Any) -> str:
        """Begin a pending sign-in in this browser, as a service would, and return its id."""
        if settings.BROWSER_COOKIE_NAME not in self.client.cookies:
            self.get("/help/contact")
        browser = BrowserId(self.client.cookies[settings.BROWSER_COOKIE_NAME].value)
        columns = {"expires_at": timezone.now() + settings.FLOW_LIFETIME, **columns}
        row = PendingSignIn.objects.create(
            browser_hash=browser.hash, return_to=return_to, **columns
        )
        return row.pk

    def submit(self, name: str, password: str = PASSWORD, *, flow: str | None = None) -> Response:
        """Fill in the sign-in form."""
        values = {"sign_in_name": name, "password": password, "flow": flow or self.begin()}
        return self.client.post("/sign-in", values)

    def enter(self, account: Account, *methods: Method) -> None:
        """Be signed in as the account, by these proofs given now: a password unless told otherwise.

        Quicker than to fill in the pages, for tests of what comes after them.
        """
        proven = people.proven(*methods)
        started = sessions.start(account=account, proven=proven, replaces=None, by=SYSTEM)
        self.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = started.cookie_value

    @property
    def cookie(self) -> str:
        """The value of the session cookie, empty when there is none."""
        morsel = self.client.cookies.get(settings.SIGNED_IN_COOKIE_NAME)
        return morsel.value if morsel else ""

    @property
    def session(self) -> Session | None:
        """The session this browser is signed in with, as pages see it."""
        request = self.client.get("/help/contact").wsgi_request
        return cast("BoroughRequest", request).signed_in


@contextmanager
def counted_hashes() -> Iterator[mock.Mock]:
    """Count Argon2 hashes, made or checked, in `call_count`."""
    calls = mock.Mock()
    make, check = argon2.low_level.hash_secret, argon2.low_level.verify_secret

    def counting_make(*args: Any, **kwargs: Any) -> bytes:
        calls()
        return make(*args, **kwargs)

    def counting_check(*args: Any, **kwargs: Any) -> bool:
        calls()
        return check(*args, **kwargs)

    with (
        mock.patch("argon2.low_level.hash_secret", counting_make),
        mock.patch("argon2._password_hasher.verify_secret", counting_check),
    ):
        yield calls


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the shape of each SQL statement: its verb and the tables it names."""
    shapes: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield shapes
    for query in queries.captured_queries:
        words = query["sql"].replace('"', " ").split()
        tables = [word for word in words if word.startswith(("accounts_", "idp_", "django_"))]
        shapes.append(" ".join([words[0], *sorted(set(tables))]))
