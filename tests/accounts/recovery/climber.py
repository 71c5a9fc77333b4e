"""Somebody who cannot sign in any more, without a server."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Account, RecoveryRequest, Session
from accounts.recovery.waiting.due import run
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from accounts.sessions.queries import COOKIE_PURPOSE
from tests.accounts import post
from tests.accounts.recovery.reset.forgetful import NEW
from tests.factories import PASSWORD, session

Response = Any  # the test client's own


@dataclass
class Climber:
    """A browser on the pages for getting back in."""

    client: Client = field(default_factory=Client)

    def ask(self, typed: str) -> Response:
        """Ask for the ways back by sign-in name or address."""
        return self.client.post("/get-back-in", {"sign_in_name": typed})

    def token(self, typed: str) -> str:
        """Ask, and return the token of the mailed link."""
        self.ask(typed)
        return post.newest().path("/get-back-in/ways/").rpartition("/")[2]

    def know_password(self, typed: str, password: str = PASSWORD) -> Response:
        """Ask, and begin the wait with the password."""
        address = f"/get-back-in/password/{self.token(typed)}"
        return self.client.post(address, {"password": password})

    def type_code(self, typed: str, code: str) -> Response:
        """Ask, and begin the wait with a code."""
        return self.client.post(f"/get-back-in/code/{self.token(typed)}", {"code": code})

    def go_on(self, typed: str = PASSWORD, field: str = "password") -> Response:
        """Follow the last mail's link, show it once more and be led on, if it was right."""
        link = post.newest().path("/get-back-in/go-on/")
        return self.client.post(link, {field: typed})

    def choose(self, shown: Response, password: str = NEW) -> Response:
        """Choose a new password on the page that one was led to, or on the one beside it."""
        address = shown["Location"].replace("/choose-passkey", "/choose")
        return self.client.post(address, {"password": password})

    def sign_in_as(self, account: Account, *methods: str) -> Session:
        """Hold a session with these proofs, signed in just now."""
        row = session(account)
        cookie_value = random_token()
        row.cookie_hash = keyed_hash.digest(COOKIE_PURPOSE, cookie_value)
        at = int(timezone.now().timestamp())
        row.proofs = [{"method": method, "at": at} for method in methods]
        row.save()
        self.client.cookies["session"] = cookie_value
        return row


def pass_time(clock: time_machine.Traveller, by: timedelta) -> None:
    """Let time pass, and do what is due by then."""
    clock.shift(by)
    run(now=timezone.now())


def wait_it_out(clock: time_machine.Traveller, hours: float = 72) -> None:
    """Let the whole wait pass, its middle told in between."""
    pass_time(clock, timedelta(hours=hours / 2))
    pass_time(clock, timedelta(hours=hours / 2))


def recovery(account: Account) -> RecoveryRequest:
    """Return the account's newest recovery."""
    return RecoveryRequest.objects.filter(account=account).latest("started_at")


def path_of(response: Response) -> str:
    """Return where the response leads, without its query."""
    return urlsplit(str(response["Location"])).path
