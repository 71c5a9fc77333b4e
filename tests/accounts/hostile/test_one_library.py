"""Forty residents behind one library's address get in while an attack runs from that address.

Each begins at a service and comes back to it, by a password, a password and a second step, or a
passkey. The attack sends ten forms a second to every page that counts by network, for an hour.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.limits import operations as limits
from accounts.limits.table import LIMITS, SIGN_IN, Limit
from accounts.models import Account, PendingSignIn, Session
from clients.models import Application
from tests import factories
from tests.accounts import post
from tests.factories import people, ways
from tests.factories.authenticators import SoftwareKey, key_of
from tests.protocol.resident import Resident, Response, parameters, sent

pytestmark = pytest.mark.django_db

LIBRARY = "203.0.113.5"
OPENING = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
WRONG = "wrong horse battery"
A_MINUTE = 600
# Whatever strangers fill in the library, and what they fill for everybody.
_FLOODED: dict[Limit, tuple[str, ...]] = {
    limit: (LIBRARY,) for limit in LIMITS if limit.counts_by == ("network",)
}
_FLOODED |= {limit: () for limit in LIMITS if not limit.counts_by}
# The box that a careful reader ticks.
_SHARED = {"shared_device": "on"}
_guesses = count()


@dataclass
class Reader:
    """A resident at a library computer, who does what the pages say."""

    account: Account
    service: Application
    mistypes: int = 0
    code: Callable[[], str] | None = None
    key: SoftwareKey | None = None
    browser: Resident = field(default_factory=lambda: Resident(Client(REMOTE_ADDR=LIBRARY)))

    def come(self) -> Response:
        """Sign in to the service, and return what sends the browser back to it."""
        page = self.browser.ask(self.service)
        if self.key is not None:
            page = self._touch(page, self.key)
        else:
            for _time in range(self.mistypes):
                page = self._type(page, WRONG)
            page = self._type(page, people.PASSWORD)
        if self.code is not None:
            page = self.browser.press(page, "continue", code=self.code())
        # Others use the computer too, so each service asks who is at it.
        page = self.browser.press(page, "continue")
        return self.browser.press(page, "share")

    def _type(self, page: Response, password: str) -> Response:
        """Type the password, and a mailed code and it once more where that is asked for."""
        name = self.account.sign_in_name
        typed = {"sign_in_name": name, "password": password, **_SHARED}
        page = self.browser.press(page, "sign-in", **typed)
        if "Send me a code" not in page.content.decode():
            return page
        page = self.browser.press(page, "send-code")
        code = [one for one in post.letters() if one.to == name][-1].code
        page = self.browser.press(page, "continue", code=code)
        return self.browser.press(page, "sign-in", **typed)

    def _touch(self, page: Response, key: SoftwareKey) -> Response:
        question: Any = self.browser.client.post("/sign-in/passkey/options").json()
        answered = {"passkey": key.get(question), **_SHARED}
        return self.browser.press(page, "sign-in", **answered)


@dataclass
class Attacker:
    """Somebody who sends forms from the library, minute by minute."""

    targets: list[Account]
    browser: Client = field(default_factory=lambda: Client(REMOTE_ADDR=LIBRARY))

    def guess(self, service: Application) -> None:
        """Begin as the readers do, and try a password of each account that it is after."""
        begun = self.browser.get("/authorize", parameters(service), follow=True)
        flow = begun.wsgi_request.GET["flow"]
        for target in self.targets:
            name, password = target.sign_in_name, f"{WRONG} {next(_guesses)}"
            values = {"flow": flow, "sign_in_name": name, "password": password}
            self.browser.post("/sign-in", values)

    def flood(self) -> None:
        """Send what ten forms a second at each page are in a minute."""
        for limit, keys in _FLOODED.items():
            item, key = limits._item(limit), limits._identifier(limit, keys)  # noqa: SLF001
            limits._limiter.hit(item, key, cost=A_MINUTE)  # noqa: SLF001


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OPENING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def service() -> Application:
    factories.signing_keys()
    return factories.application()


def _reader(number: int, service: Application) -> Reader:
    if number % 4 == 3:
        account = people.account()
        return Reader(account, service, key=key_of(account))
    account = people.account(password=people.PASSWORD)
    reader = Reader(account, service, mistypes=2 if number % 4 == 0 else 0)
    if number % 4 == 1:
        secret = ways.app(account)
        reader.code = lambda: ways.code_of(secret)
    return reader


def test_forty_readers_of_whom_ten_mistype_all_get_in_within_the_hour(
    clock: time_machine.Traveller, service: Application
) -> None:
    readers = [_reader(number, service) for number in range(40)]
    # Some of them are whom the attack is about, and all tries at these from here are used up.
    attacker = Attacker([reader.account for reader in readers[8:11]])
    for target in attacker.targets:
        for _time in range(SIGN_IN.amount):
            limits.hit(SIGN_IN, target.sign_in_key, LIBRARY)
    waiting = iter(readers)
    for minute in range(60):
        attacker.flood()
        attacker.guess(service)
        if minute % 3 != 2:
            reader = next(waiting)
            assert "code" in sent(reader.come()), reader
        clock.shift(timedelta(minutes=1))
    assert list(waiting) == []
    assert Session.objects.filter(ended_at=None).count() == 40
    assert mail.outbox


def test_far_more_than_that_is_answered_by_a_plain_page_and_stores_nothing(
    clock: time_machine.Traveller,
) -> None:
    attacker = Attacker([])
    for _minute in range(40):
        attacker.flood()
    clock.shift(timedelta(minutes=1))
    page = attacker.browser.get("/sign-in")
    assert (page.status_code, page["Retry-After"]) == (429, str(14 * 60))
    assert not PendingSignIn.objects.exists()
