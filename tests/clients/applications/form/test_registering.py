"""Developers register a sandbox application with a name and an address to return to."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from accounts.security import keyed_hash
from clients.applications.credentials.operations import PURPOSE
from clients.applications.form import queries
from clients.applications.form.rules import MOST_APPLICATIONS
from clients.applications.form.starting import starting
from clients.applications.registration import Kind
from clients.models import Application, Member, Organisation
from tests import factories
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db

CALLBACK = "http://localhost:9000/callback"
NEW = {"name": "Bin Days", "redirect_uris": CALLBACK}


@pytest.fixture
def partner() -> Partner:
    return Partner(Member.Role.DEVELOPER)


def _register(partner: Partner, kind: str = "web", **values: str) -> Any:  # noqa: ANN401 - an answer
    return partner.post(f"{partner.home}/new-application/{kind}", **{**NEW, **values})


def test_the_kind_is_asked_first_and_leads_to_its_own_page(partner: Partner) -> None:
    page = f"{partner.home}/new-application"
    assert 'value="web" checked' in text(partner.get(page))
    answer = partner.post(page, kind="native")
    assert (answer.status_code, answer["Location"]) == (303, f"{page}/native")
    assert "Choose what kind of application it is" in text(partner.post(page, kind="mainframe"))
    assert partner.get(f"{page}/mainframe").status_code == 404


@pytest.mark.parametrize(
    "kind, columns",
    [
        ("web", ("confidential", "client_secret_basic", "web", ["authorization_code"])),
        ("spa", ("public", "none", "web", ["authorization_code"])),
        ("native", ("public", "none", "native", ["authorization_code"])),
        ("service", ("confidential", "client_secret_basic", "web", ["client_credentials"])),
        ("device", ("public", "none", "web", ["urn:ietf:params:oauth:grant-type:device_code"])),
    ],
)
def test_each_kind_gets_what_is_safe_for_it(
    partner: Partner, kind: str, columns: tuple[object, ...]
) -> None:
    assert _register(partner, kind).status_code == 200
    row = Application.objects.get()
    method = row.token_endpoint_auth_method
    assert (row.client_type, method, row.application_type, row.grant_types) == columns
    assert (row.environment, row.pkce, row.profile) == ("sandbox", "required", "standard")
    assert (row.slug, row.organisation) == ("bin-days", partner.organisation)
    assert row.redirect_uris == (CALLBACK if kind in {"web", "spa", "native"} else "")
    scopes = set(row.scopes.values_list("scope", flat=True))
    assert scopes == (set() if kind == "service" else {"openid", "profile", "email"})
    assert row.secrets.count() == (1 if kind in {"web", "service"} else 0)


def test_the_secret_is_in_the_answer_alone_and_kept_by_nobody(partner: Partner) -> None:
    answer = _register(partner)
    found = re.search(r'id="client-secret">([^<]+)<', text(answer))
    assert found is not None
    row = Application.objects.get().secrets.get()
    assert row.secret_hash in keyed_hash.candidates(PURPOSE, found[1])
    assert "no-store" in answer["Cache-Control"]
    events = list(AuditEvent.objects.values_list("detail", "reason", "object_id"))
    assert found[1] not in str(events)


def test_what_was_done_is_recorded_with_who_did_it(partner: Partner) -> None:
    _register(partner)
    row = Application.objects.get()
    event = AuditEvent.objects.get(event="application:application:created")
    assert (event.actor_id, event.application_id) == (str(partner.account.pk), row.client_id)
    assert event.organisation_id == partner.organisation.pk


def test_a_form_sent_again_neither_adds_nor_shows_anything(partner: Partner) -> None:
    _register(partner)
    again = _register(partner)
    assert "has an application of this name already" in text(again)
    assert "client-secret" not in text(again)
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    "uri, reason",
    [
        ("javascript:alert(1)", "must start with https://"),
        ("data:text/html,hello", "must start with https://"),
        ("java\tscript:alert(1)", "\\t"),
        ("https://service.example.org/\tcb", "another that no address may hold"),
        ("https://*.example.org/cb", "wildcard"),
        ("https://service.example.org/cb#top", "fragment"),
        ("https://10.0.0.5/cb", "a host name, not a number"),
        ("https://[fd00::1]/cb", "a host name, not a number"),
        ("https://service.internal/cb", "private network"),
        ("https://xn--80ak6aa92e.com/cb", "letters that look like others"),
        ("https://cr\u043eydon.example/cb", "letters outside ASCII"),
        ("http://service.example.org/cb", "http can be read on the way"),
        ("https://user@service.example.org/cb", "user name or password"),
    ],
)
def test_a_hostile_address_is_refused_in_words(partner: Partner, uri: str, reason: str) -> None:
    answer = _register(partner, redirect_uris=f"{CALLBACK}\n{uri}")
    assert answer.status_code == 200
    assert reason in text(answer)
    assert "There is a problem" in text(answer)
    assert not Application.objects.exists()


def test_every_problem_is_shown_at_once(partner: Partner) -> None:
    page = text(_register(partner, name="", redirect_uris="ftp://a\nhttps://b.example.org/#x"))
    assert "Enter the name of the application" in page
    assert "ftp://a – The address must start with https://" in page
    assert "https://b.example.org/#x – The address must not have a fragment" in page


@pytest.mark.parametrize(
    "name",
    ["Bins\u202egnp", "Bins\u200b", "Bins\n", " ", "x" * 101, "x" * 500, "Example Borough Council"],
)
def test_an_unfit_name_is_refused(partner: Partner, name: str) -> None:
    page = text(_register(partner, name=f"{name}\u200d" if name == "Bins\n" else name))
    assert "There is a problem" in page
    assert not Application.objects.exists()


def test_script_in_a_name_does_nothing(partner: Partner) -> None:
    page = text(_register(partner, name="<script>alert(1)</script>"))
    assert Application.objects.count() == 1
    assert "<script>alert" not in page


def test_the_name_of_another_organisations_service_is_refused(partner: Partner) -> None:
    factories.application(name="Choir Online")
    assert "residents cannot mistake" in text(_register(partner, name="CH01R online"))


def test_a_short_name_that_is_taken_gets_an_ending(partner: Partner) -> None:
    factories.application(slug="bin-days", environment="sandbox")
    _register(partner)
    made = Application.objects.get(organisation=partner.organisation)
    assert re.fullmatch(r"bin-days-[0-9a-f]{6}", made.slug)


def test_a_name_without_latin_letters_gets_a_short_name(partner: Partner) -> None:
    _register(partner, name="\u4f4f\u6c11")
    assert Application.objects.get().slug == "application"


@pytest.mark.parametrize(
    "more",
    [
        {"pkce": "optional"},
        {"skips_sharing": "on", "is_sensitive": "on"},
        {"receives_events": "on", "profile": "high", "live": "on", "environment": "live"},
        {"organisation": "council", "slug": "council-tax", "sector_identifier": "example.org"},
        {"scopes": "everything", "client_id": "chosen", "secret": "chosen"},
    ],
)
def test_nothing_else_that_is_sent_counts(partner: Partner, more: dict[str, str]) -> None:
    _register(partner, **more)
    row = Application.objects.get()
    assert (row.pkce, row.skips_sharing, row.is_sensitive) == ("required", False, False)
    assert (row.receives_events, row.profile, row.environment) == (False, "standard", "sandbox")
    assert (row.organisation, row.slug) == (partner.organisation, "bin-days")
    assert row.sector_identifier == row.client_id != "chosen"


def test_a_viewer_adds_nothing() -> None:
    viewer = Partner(Member.Role.VIEWER)
    assert viewer.get(f"{viewer.home}/new-application").status_code == 403
    assert _register(viewer).status_code == 403
    assert not Application.objects.exists()


def test_nothing_is_added_to_another_organisation(partner: Partner) -> None:
    other = factories.organisation()
    answer = partner.post(f"/organisations/{other.slug}/new-application/web", **NEW)
    assert answer.status_code == 404
    assert not Application.objects.exists()


def test_a_suspended_organisation_adds_nothing(partner: Partner) -> None:
    Organisation.objects.update(status=Organisation.Status.SUSPENDED)
    assert "Your organisation is suspended" in text(_register(partner))


def test_an_organisation_has_so_many_at_most(partner: Partner) -> None:
    for number in range(MOST_APPLICATIONS):
        partner.sandbox(name=f"Service {number}")
    assert "close one that you do not need" in text(_register(partner))
    assert Application.objects.count() == MOST_APPLICATIONS


def test_what_is_typed_is_checked_without_being_written(partner: Partner) -> None:
    answer = _register(partner, name="", redirect_uris="https://a.example.org/*", checking="yes")
    found = json.loads(answer.content)
    assert "wildcard" in found["redirect_uris"]
    assert found["name"] == "Enter the name of the application"
    good = _register(partner, checking="yes")
    assert json.loads(good.content) == {"name": None, "redirect_uris": None}
    assert not Application.objects.exists()


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=60))
def test_no_text_whatever_makes_the_rules_stumble(typed: str) -> None:
    registration = starting(Kind.WEB, name=typed, redirect_uris=(typed, f"https://{typed}/cb"))
    for finding in queries.new_findings(None, registration):
        assert finding.part in {"name", "redirect_uri"}
