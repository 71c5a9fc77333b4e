"""A form that is sent too late loses nothing that was typed, and nobody is signed in by it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings

from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


def test_a_late_sign_in_keeps_the_name_and_the_place() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    with time_machine.travel(NOON, tick=False) as clock:
        flow = visitor.begin("/help/privacy", service_name="Council Tax")
        clock.shift(settings.FLOW_LIFETIME)
        late = visitor.submit("ann@example.org", flow=flow)
        assert visitor.cookie == ""
        page = visitor.get(late["Location"]).content.decode()
        assert "open for too long. Type your password once more" in page
        assert 'value="ann@example.org"' in page
        assert "Sign in to Council Tax" in page
        anew = late["Location"].partition("flow=")[2].partition("&")[0]
        assert visitor.submit("ann@example.org", flow=anew)["Location"] == "/help/privacy"


def test_somebody_elses_late_sign_in_is_not_taken_over() -> None:
    visitor, other = Visitor(), Visitor()
    with time_machine.travel(NOON, tick=False) as clock:
        flow = visitor.begin("/help/privacy")
        other.begin()
        clock.shift(settings.FLOW_LIFETIME)
        assert other.submit("ann@example.org", flow=flow).status_code == 400
