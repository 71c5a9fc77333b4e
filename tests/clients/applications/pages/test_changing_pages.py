"""Members change what is theirs to decide about a sandbox application, and nothing else."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from accounts.assurance import Level
from accounts.audit.actor import resident
from accounts.models import AuditEvent
from clients.applications.form import operations
from clients.applications.registration import Kind, Registration, ScopeWanted
from clients.applications.requests.rules import Pkce
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application, Member
from clients.signals import application_suspended
from tests import factories
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db

ADDRESSES = {"redirect_uris": factories.REDIRECT_URI}
PAGES = ["change/names", "change/addresses", "change/scopes", "change/level", "change/contacts"]
EVERY = [*PAGES, "scopes/email", "close"]


@pytest.fixture
def partner() -> Partner:
    return Partner(Member.Role.DEVELOPER)


def _save(partner: Partner, row: Application, page: str, **values: Any) -> Any:  # noqa: ANN401 - an answer
    return partner.post(partner.page(row, page), **values)


@pytest.mark.parametrize("page", EVERY)
def test_each_page_asks_and_shows_how_it_stands(partner: Partner, page: str) -> None:
    row = partner.sandbox(name="Choir & Co")
    answer = partner.get(partner.page(row, page))
    assert answer.status_code == 200
    assert "Choir &amp; Co" in text(answer)


@pytest.mark.parametrize("page", EVERY)
def test_a_viewer_changes_nothing(page: str) -> None:
    viewer = Partner(Member.Role.VIEWER)
    row = viewer.sandbox()
    assert viewer.get(viewer.page(row, page)).status_code == 403
    assert _save(viewer, row, page, name="Other").status_code == 403
    assert "/change/" not in text(viewer.get(viewer.page(row)))


@pytest.mark.parametrize("page", EVERY)
def test_another_organisations_application_is_not_changed(partner: Partner, page: str) -> None:
    other = factories.application(environment="sandbox")
    assert _save(partner, other, page, name="Mine now").status_code == 404
    assert AuditEvent.objects.filter(application_id=other.client_id).count() == 1
    other.refresh_from_db()
    assert (other.name, other.status) == ("Council Tax", "active")


@pytest.mark.parametrize("page", EVERY)
def test_a_live_application_is_not_changed_here(page: str) -> None:
    partner = Partner(two_factors=True)
    live = factories.application(of=partner.organisation)
    before = Application.objects.filter(pk=live.pk).values().get()
    values = {"name": "Other", "minimum_level": "3", "contacts": "a@example.org"}
    answer = _save(partner, live, page, **ADDRESSES, **values)
    assert (answer.status_code, answer["Location"]) == (303, partner.page(live))
    assert Application.objects.filter(pk=live.pk).values().get() == before


def test_a_change_is_saved_recorded_and_shown(partner: Partner) -> None:
    row = partner.sandbox()
    values = {"name": "Bins", "privacy_url": "https://bins.example.org/privacy"}
    answer = _save(partner, row, "change/names", **values)
    assert (answer.status_code, answer["Location"]) == (303, partner.page(row))
    page = text(partner.get(partner.page(row)))
    assert "Bins" in page
    assert "https://bins.example.org/privacy" in page
    event = AuditEvent.objects.get(event="application:application:changed")
    assert (event.actor_id, event.organisation_id) == (
        str(partner.account.pk),
        partner.organisation.pk,
    )
    assert event.detail == {"parts": "name privacy_url"}


def test_addresses_of_every_sort_are_saved(partner: Partner) -> None:
    row = partner.sandbox()
    values = {
        "redirect_uris": "http://localhost:3000/cb\r\n\r\n https://a.example.org/cb",
        "post_logout_redirect_uris": "https://a.example.org/bye",
        "backchannel_logout_uri": "https://a.example.org/logout",
        "frontchannel_logout_uri": "https://a.example.org/front",
        "initiate_login_uri": "https://a.example.org/login",
    }
    assert _save(partner, row, "change/addresses", **values).status_code == 303
    row.refresh_from_db()
    assert row.redirect_uris == "http://localhost:3000/cb https://a.example.org/cb"
    assert row.post_logout_redirect_uris == "https://a.example.org/bye"
    assert row.backchannel_logout_uri == "https://a.example.org/logout"
    assert row.frontchannel_logout_uri == "https://a.example.org/front"
    assert row.initiate_login_uri == "https://a.example.org/login"


@pytest.mark.parametrize(
    "field, value, reason",
    [
        ("redirect_uris", "javascript:alert(1)", "must start with https://"),
        ("redirect_uris", " \n ", "Enter at least one redirect URI"),
        ("post_logout_redirect_uris", "https://a.example.org/*", "wildcard"),
        ("post_logout_redirect_uris", "https://xn--80ak6aa92e.com/", "look like others"),
        ("backchannel_logout_uri", "http://a.example.org/x", "must start with https://"),
        ("backchannel_logout_uri", "https://10.0.0.5/x", "a host name, not a number"),
        ("frontchannel_logout_uri", "https://evil.example/x", "scheme, host and port of one"),
        ("initiate_login_uri", "data:text/html,x", "must start with https://"),
        ("initiate_login_uri", "https://a.example.org/\tx", "no address may hold"),
    ],
)
def test_an_unfit_address_is_refused_at_its_field(
    partner: Partner, field: str, value: str, reason: str
) -> None:
    row = partner.sandbox()
    answer = _save(partner, row, "change/addresses", **{**ADDRESSES, field: value})
    page = text(answer)
    assert reason in page
    assert f'href="#id_{field}"' in page
    again = _save(partner, row, "change/addresses", checking="yes", **{**ADDRESSES, field: value})
    assert reason in json.loads(again.content)[field]
    row.refresh_from_db()
    assert row.redirect_uris == factories.REDIRECT_URI


def test_new_scopes_begin_with_a_purpose_and_others_keep_theirs(partner: Partner) -> None:
    row = partner.sandbox(scopes=["openid", "email"])
    row.scopes.filter(scope="email").update(purpose="To send the bill", lawful_basis="contract")
    _save(partner, row, "change/scopes", scopes=["email", "phone"])
    found = dict(row.scopes.values_list("scope", "purpose"))
    assert found == {
        "openid": "To find your account",
        "email": "To send the bill",
        "phone": "To call you about what you asked for",
    }


@pytest.mark.parametrize("scope", ["admin", "openid everything", "council"])
def test_a_scope_outside_the_catalogue_is_refused(partner: Partner, scope: str) -> None:
    row = partner.sandbox(scopes=["openid"])
    answer = _save(partner, row, "change/scopes", scopes=[scope])
    assert "There is no such scope" in text(answer)
    assert set(row.scopes.values_list("scope", flat=True)) == {"openid"}


def test_what_residents_are_told_of_a_scope_is_changed_alone(partner: Partner) -> None:
    row = partner.sandbox(scopes=["openid", "email"])
    told = {"purpose": "To send the bill", "lawful_basis": "consent", "retention": "A year"}
    assert _save(partner, row, "scopes/email", **told).status_code == 303
    email = row.scopes.get(scope="email")
    assert (email.purpose, email.lawful_basis, email.retention) == tuple(told.values())
    assert row.scopes.get(scope="openid").purpose == "To find your account"
    assert partner.get(partner.page(row, "scopes/phone")).status_code == 404


@pytest.mark.parametrize(
    "values, reason",
    [
        ({"purpose": ""}, "Enter what you need it for"),
        ({"purpose": "x" * 301}, "The text is too long"),
        ({"purpose": "To \u202egnp"}, "cannot be seen"),
        ({"lawful_basis": "because"}, "Choose a lawful basis"),
        ({"privacy_notice": "javascript:alert(1)"}, "must start with https://"),
    ],
)
def test_an_unfit_purpose_is_refused(partner: Partner, values: dict[str, str], reason: str) -> None:
    row = partner.sandbox()
    told = {"purpose": "To send the bill", "lawful_basis": "consent", **values}
    assert reason in text(_save(partner, row, "scopes/email", **told))
    assert row.scopes.get(scope="email").purpose == "To find your account"


def test_contacts_and_level_are_saved(partner: Partner) -> None:
    row = partner.sandbox()
    _save(partner, row, "change/contacts", contacts="team@example.org\nboss@example.org")
    _save(partner, row, "change/level", minimum_level="2")
    row.refresh_from_db()
    assert row.contacts == ["team@example.org", "boss@example.org"]
    assert row.minimum_level == Level.TWO_FACTORS
    many = "\n".join(f"a{number}@example.org" for number in range(11))
    assert "at most 10" in text(_save(partner, row, "change/contacts", contacts=many))
    assert "Choose how strongly" in text(_save(partner, row, "change/level", minimum_level="4"))


def test_what_a_kind_does_not_have_has_no_page(partner: Partner) -> None:
    service = partner.sandbox(grant_types=["client_credentials"], redirect_uris="", scopes=[])
    for part in ("addresses", "scopes", "level", "nothing"):
        assert partner.get(partner.page(service, f"change/{part}")).status_code == 404
    assert partner.get(partner.page(service, "change/names")).status_code == 200


def test_a_new_name_keeps_the_rules_of_a_first_one(partner: Partner) -> None:
    factories.application(name="Choir Online")
    row = partner.sandbox(name="Bins")
    partner.sandbox(name="Parking")
    for name in ("Choir 0nline", "Parking", "Example Borough Council", "Bins\u202e"):
        assert "There is a problem" in text(_save(partner, row, "change/names", name=name))
    assert _save(partner, row, "change/names", name="Bins").status_code == 303
    row.refresh_from_db()
    assert row.name == "Bins"


RAISING: list[Callable[[Registration], Registration]] = [
    lambda one: replace(one, skips_sharing=True),
    lambda one: replace(one, is_sensitive=True),
    lambda one: replace(one, receives_events=True),
    lambda one: replace(one, live=True),
    lambda one: replace(one, kind=Kind.SPA),
    lambda one: replace(one, requests=replace(one.requests, pkce=Pkce.OPTIONAL)),
    lambda one: replace(one, sector_identifier="example.org"),
    lambda one: replace(one, scopes=(*one.scopes, ScopeWanted("admin", "consent", "To rule"))),
    lambda one: replace(one, scopes=one.scopes[1:]),
]


@pytest.mark.parametrize("raise_it", RAISING)
def test_no_change_by_members_decides_what_the_council_does(
    partner: Partner, raise_it: Callable[[Registration], Registration]
) -> None:
    row = partner.sandbox()
    before = Application.objects.filter(pk=row.pk).values().get()
    with pytest.raises(ApplicationRefusedError):
        operations.alter(application=row, change=raise_it, by=resident(partner.account))
    assert Application.objects.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize(
    "more",
    [
        {"pkce": "optional", "requires_pushed_requests": "on", "profile": "high"},
        {"skips_sharing": "on", "is_sensitive": "on", "receives_events": "on"},
        {"environment": "live", "slug": "council-tax", "sector_identifier": "example.org"},
        {"client_id": "chosen", "organisation": "council", "status": "closed"},
    ],
)
def test_nothing_else_that_a_form_sends_counts(partner: Partner, more: dict[str, str]) -> None:
    row = partner.sandbox(name="Bins")
    before = Application.objects.filter(pk=row.pk).values().get()
    _save(partner, row, "change/names", name="Bins", **more)
    assert Application.objects.filter(pk=row.pk).values().get() == before


def test_closing_ends_everything_and_leads_home(partner: Partner) -> None:
    row = partner.sandbox()
    factories.client_secret(row)
    assert partner.page(row) in text(partner.get(partner.home))
    heard: list[str] = []

    def hear(application: Application, **_: object) -> None:
        heard.append(application.slug)

    application_suspended.connect(hear)
    try:
        answer = _save(partner, row, "close")
    finally:
        application_suspended.disconnect(hear)
    assert (answer.status_code, answer["Location"]) == (303, partner.home)
    row.refresh_from_db()
    assert row.status == "closed"
    assert not row.secrets.filter(revoked_at=None).exists()
    assert heard == [row.slug]
    event = AuditEvent.objects.get(event="application:application:closed")
    assert event.actor_id == str(partner.account.pk)
    assert partner.get(partner.page(row)).status_code == 404
    assert partner.page(row) not in text(partner.get(partner.home))
