"""A form of the staff that comes after their sign-in: nothing is done, nothing typed is lost."""

from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings

from accounts.models import EmailChange, StartCode
from idp.console.helping.rules import Tier
from idp.models import HelpSession, StaffRequest
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.factories.authenticators import key_of
from tests.idp.console.helping.person import help_session

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
ROLES = ("support", "support_lead", "owner")

# The page of each form, what is typed there, and what its page shows afterwards.
PAGES = {
    "helping": ("/staff/help", {"typed": "ann@example.org"}, 'value="ann@example.org"'),
    "sheet": (
        "/staff/start-codes/new",
        {
            "asked_as": str(uuid4()),
            "reason": "own_time",
            "evidence": "photo",
            "full_name": "Ann Example",
            "case_reference": "BL-CDFGHJKM",
        },
        'value="Ann Example"',
    ),
    "hold back": (
        "/staff/hold-backs/ask",
        {"account": "ann@example.org"},
        'value="ann@example.org"',
    ),
    "search": ("/staff/search", {"ground": "forgot_address"}, "Not sent yet"),
    "council": ("/staff/council/details", {"name": "Example Borough"}, "Example Borough"),
    "notice": ("/staff/council/notices/new", {"text": "Late on Sunday"}, "Late on Sunday"),
}
# The same of somebody who is being helped; their help goes on when its helper signs in again.
PERSONS = {
    "change of email": (
        "acts/change-email",
        {"new_address": "ann.new@example.org", "evidence": ["known_to_officer"]},
        'value="ann.new@example.org"',
    ),
    "change of email, evidence": (
        "acts/change-email",
        {"new_address": "", "evidence": ["known_to_officer"]},
        'value="known_to_officer" checked',
    ),
    "counter": ("know/counter", {"full_name": "Ann Example"}, 'value="Ann Example"'),
    "death": ("death", {"evidence": "certificate"}, 'value="certificate" checked'),
}


def signed_in_again(desk: Desk, late: Response) -> str:
    """Sign in where the late form led, and return the page that this leads back to, as text."""
    assert late.status_code == 302
    path = late["Location"]
    assert path.startswith("/staff/sign-in?")
    account = desk.signed_in.account
    back = desk.use(key_of(account), path=path)["Location"]
    assert back == parse_qs(urlsplit(path).query)["return_to"][0]
    assert "typed=" in back
    return unescape(desk.get(back).content.decode())


def nothing_was_done() -> bool:
    made = (StartCode, StaffRequest, EmailChange)
    return not any(model.objects.exists() for model in made)


@pytest.mark.parametrize("address, typed, shown", PAGES.values(), ids=PAGES)
def test_what_was_typed_before_the_session_ended_waits_on_its_page(
    address: str, typed: dict[str, Any], shown: str
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        _member, desk = at_work(*ROLES)
        assert desk.get(address).status_code == 200
        clock.shift(settings.STAFF_IDLE)
        text = signed_in_again(desk, desk.post(address, **typed))
    assert shown in text
    assert "Not sent yet" in text
    assert nothing_was_done()
    assert not HelpSession.objects.exists()


@pytest.mark.parametrize("address, typed, shown", PERSONS.values(), ids=PERSONS)
def test_what_was_typed_of_a_person_before_the_sign_in_grew_old_waits_too(
    address: str, typed: dict[str, Any], shown: str
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        _member, desk = at_work(*ROLES)
        row = help_session(
            desk, factories.account("ann@example.org"), Tier.OWNER, channel="counter"
        )
        clock.shift(settings.FRESH_SIGN_IN)
        text = signed_in_again(desk, desk.post(f"/staff/help/{row.pk}/{address}", **typed))
    assert shown in text
    assert "Not sent yet" in text
    assert nothing_was_done()


def test_nobody_else_at_the_desk_sees_it() -> None:
    page, typed, shown = PAGES["sheet"]
    with time_machine.travel(NOON, tick=False) as clock:
        _member, desk = at_work(*ROLES)
        clock.shift(settings.STAFF_IDLE)
        late = desk.post(page, **typed)
        other = factories.staff_member(*ROLES)
        back = desk.use(key_of(other.account), path=late["Location"])["Location"]
        text = unescape(desk.get(back).content.decode())
    assert shown not in text
