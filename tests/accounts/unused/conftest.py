"""Somebody whose unused account the clock may close."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Account, Phone
from tests import factories
from tests.accounts.letters import pillar_box
from tests.accounts.texts import phone
from tests.accounts.unused.nights import NUMBER, START


@pytest.fixture
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    settings.UNUSED_YEARS = settings.UNUSED_CLOSING_YEARS = 5
    settings.TEXTS_ADAPTER = "tests.accounts.texts.phone.PhoneInHand"
    settings.LETTERS_ADAPTER = "tests.accounts.letters.pillar_box.PillarBox"
    for kept in (phone.received, phone.broken, pillar_box.posted, pillar_box.broken):
        kept.clear()
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann(clock: time_machine.Traveller) -> Account:
    """Return somebody with a confirmed phone number, whom nobody has seen for years."""
    del clock
    account = factories.account("ann@example.org", password=factories.PASSWORD)
    Phone.objects.create(account=account, number=NUMBER, confirmed_at=timezone.now())
    return account
