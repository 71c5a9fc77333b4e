"""Writing applications."""

import re
from typing import Any

import pytest
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent
from accounts.security import keyed_hash
from clients.applications import operations
from clients.applications.addresses.rules import AddressProblem
from clients.applications.changing import operations as changing
from clients.applications.operations import Created
from clients.applications.registration import Addresses, Changes, Kind, ScopeWanted
from clients.applications.rules import RegistrationProblem
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application, ClientSecret, Organisation
from clients.organisations import operations as organisations
from clients.organisations.rules import NameProblem
from clients.signals import application_suspended
from tests.clients.registrations import ADDRESSES, OPENID, registration

pytestmark = pytest.mark.django_db

LOOPBACK = Addresses(("http://127.0.0.1:8001/callback",))


@pytest.fixture(autouse=True)
def _no_demonstration(settings: Settings) -> None:
    settings.DEMO = False


@pytest.fixture
def organisation() -> Organisation:
    return organisations.create(name="Example Council", by=OPERATOR)


def create(organisation: Organisation, **changes: Any) -> Created:
    return operations.create(
        organisation=organisation, registration=registration(**changes), by=OPERATOR
    )


def refusal(organisation: Organisation, **changes: Any) -> str:
    with pytest.raises(ApplicationRefusedError) as refused:
        create(organisation, **changes)
    (finding,) = refused.value.findings
    return finding.problem


def test_what_was_not_asked_for_is_derived_safely(organisation: Organisation) -> None:
    application = create(organisation).application
    application.refresh_from_db()
    assert (application.environment, application.status) == ("live", "active")
    assert (application.slug, application.algorithm) == ("council-tax", "ES256")
    assert (application.client_type, application.application_type) == ("confidential", "web")
    assert application.token_endpoint_auth_method == "client_secret_basic"
    assert application.grant_types == ["authorization_code"]
    assert application.sector_identifier == application.client_id
    assert re.fullmatch("[0-9a-f]{32}", application.client_id)


def test_addresses_are_kept_exactly_as_written(organisation: Organisation) -> None:
    written = ("https://service.example.org", "https://service.example.org/cb/?b=2&a=%c3%A9")
    application = create(organisation, addresses=Addresses(written, written[:1])).application
    application.refresh_from_db()
    assert tuple(application.redirect_uris.split(" ")) == written
    assert application.post_logout_redirect_uris == written[0]


def test_each_scope_keeps_its_purpose_and_lawful_basis(organisation: Organisation) -> None:
    application = create(organisation).application
    assert list(application.scopes.order_by("pk").values_list("scope", "purpose")) == [
        ("openid", "To know which account is yours"),
        ("email", "To send your bill"),
    ]
    assert set(application.scopes.values_list("lawful_basis", flat=True)) == {"public_task"}


def test_the_secret_is_returned_once_and_kept_as_a_keyed_hash(organisation: Organisation) -> None:
    created = create(organisation)
    stored = ClientSecret.objects.get(application=created.application).secret_hash
    assert len(created.client_secret) == 43
    assert keyed_hash.matches("client_secret", created.client_secret, stored)
    assert created.client_secret not in repr(created)


@pytest.mark.parametrize("kind", [Kind.SPA, Kind.NATIVE, Kind.DEVICE])
def test_what_runs_at_its_users_gets_no_secret(organisation: Organisation, kind: Kind) -> None:
    returns_nowhere = {"addresses": Addresses(())} if kind is Kind.DEVICE else {}
    created = create(organisation, kind=kind, **returns_nowhere)
    assert created.client_secret == ""
    assert created.application.client_type == "public"
    assert created.application.token_endpoint_auth_method == "none"
    assert not ClientSecret.objects.exists()


def test_only_offline_access_brings_refresh_tokens(organisation: Organisation) -> None:
    offline = ScopeWanted("offline_access", "public_task", "To tell you when your bill is due")
    application = create(organisation, scopes=(OPENID, offline)).application
    assert application.grant_types == ["authorization_code", "refresh_token"]


def test_a_device_waits_for_its_code_to_be_typed(organisation: Organisation) -> None:
    application = create(organisation, kind=Kind.DEVICE, addresses=Addresses(())).application
    assert application.grant_types == ["urn:ietf:params:oauth:grant-type:device_code"]
    assert application.redirect_uris == ""


@pytest.mark.parametrize(
    "changes", [{"live": False}, {"live": False, "kind": Kind.SPA}, {"kind": Kind.NATIVE}]
)
def test_sandbox_and_native_applications_may_use_this_machine(
    organisation: Organisation, changes: dict[str, Any]
) -> None:
    assert create(organisation, addresses=LOOPBACK, **changes).application.pk


@pytest.mark.parametrize("kind", [Kind.WEB, Kind.SPA])
def test_a_live_one_may_use_this_machine_in_the_demonstration_alone(
    organisation: Organisation, settings: Settings, kind: Kind
) -> None:
    reason = refusal(organisation, addresses=LOOPBACK, kind=kind)
    assert reason is AddressProblem.LOOPBACK
    settings.DEMO = True
    assert create(organisation, addresses=LOOPBACK, kind=kind).application.pk


def test_a_refused_registration_leaves_no_trace(organisation: Organisation) -> None:
    before = AuditEvent.objects.count()
    refusal(organisation, scopes=())
    assert not Application.objects.exists()
    assert AuditEvent.objects.count() == before


def test_a_short_name_is_given_once(organisation: Organisation) -> None:
    create(organisation)
    assert refusal(organisation) is NameProblem.SLUG_TAKEN


def test_one_organisation_may_share_a_sector_between_its_applications(
    organisation: Organisation,
) -> None:
    create(organisation, sector_identifier="example.org")
    second = create(organisation, slug="second", sector_identifier="example.org").application
    assert second.sector_identifier == "example.org"


def test_no_other_organisation_can_join_a_sector(organisation: Organisation) -> None:
    first = create(organisation).application
    other = organisations.create(name="Another", by=OPERATOR)
    for sector in (first.client_id, first.sector_identifier):
        reason = refusal(other, slug="spy", sector_identifier=sector)
        assert reason is RegistrationProblem.SECTOR_TAKEN


def test_changed_addresses_never_change_the_sector(organisation: Organisation) -> None:
    application = create(organisation).application
    sector = application.sector_identifier
    changes = Changes(
        redirect_uris=("https://new.example/cb",),
        post_logout_redirect_uris=(),
        home_url="https://new.example/",
    )
    changing.change(application=application, changes=changes, by=OPERATOR)
    application.refresh_from_db()
    assert application.redirect_uris == "https://new.example/cb"
    assert application.post_logout_redirect_uris == ""
    assert application.home_url == "https://new.example/"
    assert application.sector_identifier == sector
    assert AuditEvent.objects.filter(event="application:application:changed").count() == 1


@pytest.mark.parametrize(
    "addresses, home_url", [(LOOPBACK, ""), (ADDRESSES, "http://127.0.0.1:8001/")]
)
def test_changed_addresses_obey_the_same_rules(
    organisation: Organisation, addresses: Addresses, home_url: str
) -> None:
    application = create(organisation).application
    changes = Changes(redirect_uris=addresses.redirect_uris, home_url=home_url)
    with pytest.raises(ApplicationRefusedError):
        changing.change(application=application, changes=changes, by=OPERATOR)


def test_suspending_is_told_recorded_and_undone(organisation: Organisation) -> None:
    application = create(organisation).application
    heard: list[Application] = []

    def hear(application: Application, **_: object) -> None:
        heard.append(application)

    application_suspended.connect(hear)
    try:
        for _ in range(2):
            operations.suspend(application=application, by=OPERATOR)
    finally:
        application_suspended.disconnect(hear)
    assert heard == [application]
    assert operations.reinstate(application=application, by=OPERATOR).status == "active"
    operations.reinstate(application=application, by=OPERATOR)
    events = AuditEvent.objects.filter(application_id=application.client_id).order_by("pk")
    assert list(events.values_list("event", flat=True)) == [
        "application:application:created",
        "application:client_secret:issued",
        "application:application:suspended",
        "application:application:reinstated",
    ]


def test_a_suspended_organisation_stops_its_applications(organisation: Organisation) -> None:
    application = create(organisation).application
    organisations.suspend(organisation=organisation, by=OPERATOR)
    fresh = Application.objects.select_related("organisation").get(pk=application.pk)
    assert not fresh.is_usable()
