"""Forty residents behind one library's address get in while an attack runs from that address."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import time_machine
from django.core import mail

from accounts.limits import operations as limits
from accounts.limits.table import FORMS_NETWORK, SIGN_IN, SIGN_IN_NETWORK, SIGN_IN_SITE
from accounts.models import Account, Session
from tests.accounts import post
from tests.accounts.visitor import Response, Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

LIBRARY = "203.0.113.5"
OPENING = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
WRONG = "wrong horse battery"
_guesses = count()
# Low, so that the attack fills them at once every time.
_FEW = {limit: replace(limit, amount=5) for limit in (SIGN_IN_NETWORK, SIGN_IN_SITE, FORMS_NETWORK)}
_WIDE = {few: (LIBRARY,) if limit.counts_by else () for limit, few in _FEW.items()}


@dataclass
class Reader:
    """A resident at a library computer, who does what the pages say."""

    account: Account
    mistypes: int
    visitor: Visitor = field(default_factory=lambda: Visitor(network=LIBRARY))
    flow: str = ""

    def come(self) -> None:
        self.flow = self.visitor.begin()
        for _time in range(self.mistypes):
            self._answer(self._type(WRONG))
        self._answer(self._type(people.PASSWORD))

    @property
    def is_in(self) -> bool:
        return Session.objects.filter(account=self.account, ended_at=None).exists()

    def _type(self, password: str) -> Response:
        return self.visitor.submit(self.account.sign_in_name, password, flow=self.flow)

    def _answer(self, page: Response) -> None:
        """Have a code sent where the page offers that, type it, and the password once more."""
        if "Send me a code" not in page.content.decode():
            return
        values = {"flow": self.flow, "sign_in_name": self.account.sign_in_name}
        self.visitor.client.post("/sign-in/send-code", values)
        post.send()
        code = [one for one in post.letters() if one.to == self.account.sign_in_name][-1].code
        values = {"flow": self.flow, "code": code}
        self.visitor.client.post("/sign-in/mailed-code", values)
        self._type(people.PASSWORD)


def _attack(targets: list[Account]) -> None:
    """Guess for a minute at these accounts, and at others until every wide limit is full."""
    stranger = Visitor(network=LIBRARY)
    flow = stranger.begin()
    for target in targets:
        for _time in range(3):
            stranger.submit(target.sign_in_name, f"{WRONG} {next(_guesses)}", flow=flow)
    for limit, keys in _WIDE.items():
        while limits.peek(limit, *keys).allowed:
            limits.hit(limit, *keys)


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.signin.operations.SIGN_IN_NETWORK", _FEW[SIGN_IN_NETWORK])
    monkeypatch.setattr("accounts.signin.operations.SIGN_IN_SITE", _FEW[SIGN_IN_SITE])
    monkeypatch.setattr("accounts.sessions.flooding.FORMS_NETWORK", _FEW[FORMS_NETWORK])


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OPENING, tick=False) as traveller:
        yield traveller


def test_forty_readers_of_whom_ten_mistype_all_get_in_within_the_hour(
    clock: time_machine.Traveller,
) -> None:
    accounts = [people.account(password=people.PASSWORD) for _person in range(40)]
    readers = [Reader(account, 2 if number < 10 else 0) for number, account in enumerate(accounts)]
    # Some of them are whom the attack is about, and all tries at these from here are used up.
    targets = accounts[8:12]
    for target in targets:
        for _time in range(SIGN_IN.amount):
            limits.hit(SIGN_IN, target.sign_in_key, LIBRARY)
    for reader in readers:
        _attack(targets)
        reader.come()
        clock.shift(timedelta(minutes=1))
    assert [reader.account.sign_in_name for reader in readers if not reader.is_in] == []
    assert mail.outbox
