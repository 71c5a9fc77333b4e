"""Giving and replacing the addresses for signing out and in by `manage.py application`."""

import pytest

from accounts.audit.events import Event
from accounts.models import AuditEvent
from tests.clients.test_commands import WEB
from tests.commands import refused, run

pytestmark = pytest.mark.django_db

BACK = "https://library.example.org/back"
AT_ONCE = ("--override", "outage")


@pytest.fixture(autouse=True)
def _riverside() -> None:
    run("organisation", "create", "--name", "Riverside", "--council")


def test_they_are_given_at_creation_and_replaced_together() -> None:
    created = run("application", "create", *WEB, "--backchannel-logout-uri", BACK)
    assert created["backchannel_logout_uri"] == BACK
    start = "https://library.example.org/start"
    shown = run(
        "application", "replace-callbacks", "library", "--initiate-login-uri", start, *AT_ONCE
    )
    assert (shown["backchannel_logout_uri"], shown["initiate_login_uri"]) == ("", start)
    assert AuditEvent.objects.filter(event=Event.APPLICATION_CHANGED).count() == 1


def test_unfit_ones_are_refused_and_nothing_changes() -> None:
    run("application", "create", *WEB, "--backchannel-logout-uri", BACK)
    message, code = refused(
        *("application", "replace-callbacks", "library"),
        *("--frontchannel-logout-uri", "https://elsewhere.example.org/"),
    )
    assert code == 1
    assert "one that sign-ins return to" in message
    assert run("application", "show", "library")["backchannel_logout_uri"] == BACK
