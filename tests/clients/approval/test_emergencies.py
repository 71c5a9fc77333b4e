"""A live application changed at once: for a named reason that everybody learns."""

from pathlib import Path

import pytest

from accounts.audit.events import Event
from accounts.models import AuditEvent, OutboundMessage
from clients.approval.operators.rules import Emergency
from clients.models import Application
from clients.organisations.history.wording import WHY
from tests.clients.approval.by_operator import change, with_members
from tests.commands import refused, run

pytestmark = pytest.mark.django_db
ADDRESS = "https://new.example.org/callback"


@pytest.mark.parametrize("emergency", list(Emergency))
def test_an_emergency_counts_at_once_and_everybody_learns_why(
    live: Application, emergency: Emergency
) -> None:
    shown = change(live, "--redirect-uri", ADDRESS, "--override", emergency)
    assert (shown["redirect_uris"], shown["waits_for_review"]) == ([ADDRESS], [])
    event = AuditEvent.objects.get(event=Event.REVIEW_OVERRIDDEN)
    assert (event.reason, event.detail) == (emergency, {"parts": "redirect_uris"})
    assert (event.organisation_id, event.actor_kind) == (live.organisation_id, "operator")
    mails = OutboundMessage.objects.filter(template__startswith="partners/changed_")
    assert mails.values_list("template", "about_name").distinct().count() == 1
    assert mails.count() == 2
    assert emergency in WHY


def test_each_emergency_has_a_mail_of_its_own(live: Application) -> None:
    for number, emergency in enumerate(Emergency):
        change(live, "--name", f"Permits {number}", "--override", emergency)
    mails = OutboundMessage.objects.filter(template__startswith="partners/changed_")
    assert mails.values_list("template").distinct().count() == len(Emergency)


def test_an_override_that_overrides_nothing_alarms_nobody(live: Application) -> None:
    change(live, "--terms-url", "https://a.example.org/terms", "--override", "outage")
    assert not AuditEvent.objects.filter(event=Event.REVIEW_OVERRIDDEN).exists()


def test_an_emergency_takes_nothing_along_that_waits(live: Application) -> None:
    change(live, "--name", "Permits", "--event-stream")
    change(live, "--name", "Permits", "--override", "law")
    live.refresh_from_db()
    assert (live.name, live.receives_events) == ("Permits", False)
    assert run("application", "show", live.slug)["waits_for_review"] == [
        "receives_events: false -> true"
    ]


def test_a_reason_that_is_none_is_misuse(live: Application) -> None:
    for override in (["--override"], ["--override", "haste"]):
        message, _ = refused("application", "change", live.slug, "--name", "Permits", *override)
        assert message.startswith("Error: ")


def test_a_partners_live_application_comes_of_an_approved_one(file: Path) -> None:
    path = with_members(file, slug="new-one", name="New One")
    message, _ = refused("application", "apply", path)
    assert "reviewed" in message
    assert not Application.objects.filter(slug="new-one").exists()
    (made,) = run("application", "apply", path, "--override", "law")
    assert made["came_to"] == "created"
    event = AuditEvent.objects.get(event=Event.REVIEW_OVERRIDDEN)
    assert (event.application_id, event.reason) == (made["client_id"], "law")
