"""What residents, services and browsers call themselves does no harm on the pages of staff."""

import re
from uuid import UUID

import pytest
from django.test import Client

from accounts.audit.actor import resident, staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, AuditEvent, Protection, ProtectionLead
from accounts.names.operations import note_words
from clients.models import Application
from idp.console.helping.rules import Tier
from idp.models import NameSearch
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response, Visitor
from tests.idp.console.helping.person import help_session, helping
from tests.idp.console.requests.test_requests import asked
from tests.protocol.resident import Resident

pytestmark = pytest.mark.django_db

OVERRIDE = "\u202e"
MARKUP = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
# As long as a name may be: markup, a script's direction turned round, and further lines.
HOSTILE = f"Ada Lee{OVERRIDE}{MARKUP}\r\n\n</bdi></p>{{{{ 7 }}}}".ljust(200, "x")
AGENT = f"Mozilla/5.0 Firefox/140.0 {MARKUP}".ljust(300, "x")


def _is_harmless(answer: Response) -> bool:
    """Whether nothing is markup, and what turns letters round ends where the words end."""
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\0" not in page
    outside = re.sub(r"<bdi\b[^>]*>.*?</bdi>", "", page, flags=re.DOTALL)
    # What stands in a field again ends with the field.
    return OVERRIDE not in re.sub(r"<[^>]*>", "", outside)


def _hostile_staff(*roles: str) -> Desk:
    member, desk = at_work(*roles)
    Account.objects.filter(pk=member.pk).update(full_name=HOSTILE)
    return desk


def _service() -> Application:
    service = factories.application()
    Application.objects.filter(pk=service.pk).update(name=HOSTILE)
    return service


def _stuck_in_a_hostile_browser(account: Account) -> str:
    """Return the help code of the page on which somebody typed a wrong password."""
    visitor = Visitor()
    visitor.client = Client(headers={"user-agent": AGENT})
    page = visitor.submit(account.sign_in_name, f"wrong {MARKUP}").content.decode()
    found = re.search(r'borough-help__code">([^<]*)<', page)
    assert found is not None
    return found[1]


def test_the_screen_of_why_they_are_stuck_shows_none_of_it() -> None:
    account = factories.account("ada@example.org", full_name=HOSTILE, password=factories.PASSWORD)
    _member, desk = at_work("support")
    for typed in (_stuck_in_a_hostile_browser(account), "ada@example.org"):
        given = {"typed": typed, "reason": "cannot_sign_in", "channel": "phone"}
        page = desk.get(desk.post("/staff/help", **given)["Location"])
        assert _is_harmless(page)
        for part in ("Ada Lee", "alert(", OVERRIDE, "Firefox"):
            assert part not in page.content.decode()


def test_a_service_that_they_came_from_is_not_named() -> None:
    _member, desk = at_work("support")
    page = Resident().ask(_service()).content.decode()
    found = re.search(r'borough-help__code">([^<]*)<', page)
    assert found is not None
    given = {"typed": found[1], "reason": "cannot_sign_in", "channel": "phone"}
    answer = desk.get(desk.post("/staff/help", **given)["Location"])
    assert _is_harmless(answer)
    assert "Ada Lee" not in answer.content.decode()


def test_the_timeline_shows_none_of_it() -> None:
    account = factories.account(
        "ada@example.org", full_name=HOSTILE, password=factories.PASSWORD, sign_in_name="ada"
    )
    visitor = Visitor()
    visitor.client = Client(headers={"user-agent": AGENT})
    assert visitor.submit("ada").status_code == 303
    row, desk = helping(account, Tier.MAILBOX)
    about = About(
        account_id=account.pk,
        application_id=_service().client_id,
        reason=MARKUP[:60],
        detail={"name": HOSTILE, "role": MARKUP},
    )
    for event in (Event.NAME_CHANGED, Event.SESSION_STARTED):
        record(event, by=resident(account), about=about)
        record(event, by=staff(row.staff), about=about)
    answer = desk.get(f"/staff/help/{row.pk}/timeline")
    assert _is_harmless(answer)
    assert "Name changed" in answer.content.decode()
    for part in ("Ada Lee", "alert(", OVERRIDE):
        assert part not in answer.content.decode()


def test_requests_show_who_asks_and_do_no_harm() -> None:
    row, desk = asked()
    Account.objects.filter(pk__in=[row.account_id, row.asked_by_id]).update(full_name=HOSTILE)
    _lead, office = at_work("support_lead")
    for browser, path in (
        (office, "/staff/requests"),
        (office, f"/staff/requests/{row.pk}"),
        (desk, "/staff/requests/mine"),
    ):
        assert _is_harmless(browser.get(path)), path
    assert "&lt;script&gt;alert(1)" in office.get("/staff/requests").content.decode()


def test_the_audit_log_shows_all_of_it_and_does_no_harm() -> None:
    account = factories.account(full_name=HOSTILE)
    desk = _hostile_staff("auditor")
    about = About(
        account_id=account.pk,
        application_id=_service().client_id,
        organisation_id=_organisation(),
        reason=MARKUP[:60],
        detail={MARKUP: HOSTILE},
    )
    record(Event.NAME_CHANGED, by=resident(account), about=about)
    event = AuditEvent.objects.latest("pk")
    found = f"/staff/audit?account_id={account.pk}"
    for path in (found, f"/staff/audit/events/{event.pk}", "/staff/audit"):
        assert _is_harmless(desk.get(path)), path
    assert "&lt;script&gt;" in desk.get(f"/staff/audit/events/{event.pk}").content.decode()


def _organisation() -> UUID:
    row = factories.organisation()
    type(row).objects.filter(pk=row.pk).update(name=HOSTILE[:120])
    return row.pk


def test_whoever_is_found_by_name_does_no_harm() -> None:
    account = factories.account(full_name=HOSTILE)
    note_words(account=account)
    _member, desk = at_work("support")
    row = help_session(desk, None, given="name", channel="counter")
    NameSearch.objects.create(help_session=row, ground="passport")
    answer = desk.post(f"/staff/help/{row.pk}/search", name=f"Ada Lee{OVERRIDE}")
    assert _is_harmless(answer)
    answer = desk.post(f"/staff/help/{row.pk}/search", name=HOSTILE)
    assert _is_harmless(answer)


def test_colleagues_names_do_no_harm_where_they_are_listed() -> None:
    desk = _hostile_staff("support_lead")
    assert desk.signed_in is not None
    account = factories.account()
    protection = Protection.objects.create(account=account)
    ProtectionLead.objects.create(protection=protection, staff=desk.signed_in.account)
    row = help_session(desk, account, Tier.OWNER)
    assert _is_harmless(desk.get(f"/staff/help/{row.pk}/protection"))
    assert _is_harmless(desk.get("/staff"))
