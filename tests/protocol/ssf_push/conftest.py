"""A stream by push, of one application that knows one account."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Account
from idp.models import EventStream
from tests import factories
from tests.accounts.security.outgoing.servers import serving
from tests.protocol.ssf_push.receiving import Receiver, push_stream


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    receiver = Receiver()
    with serving(receiver.answer) as receiver.server:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{receiver.server.port}"]
        yield receiver


@pytest.fixture
def account() -> Account:
    return factories.account("amara@example.com")


@pytest.fixture
def stream(account: Account, receiver: Receiver) -> EventStream:
    return push_stream(account, receiver.url)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller
