"""`manage.py resource`, down to the rows and the audit log."""

from typing import Any

import pytest

from accounts.models import AuditEvent
from clients.models import Application, Resource
from clients.resources.queries import may_call
from tests import factories
from tests.commands import refused, run

pytestmark = pytest.mark.django_db
API = "https://bins.example.org/api"


@pytest.fixture
def bins() -> dict[str, Any]:
    factories.organisation(slug="riverside")
    arguments = ["--organisation", "riverside", "--name", "Bin Days", "--identifier", API]
    created: dict[str, Any] = run("resource", "create", *arguments, "--scope", "bins:read")
    return created


def events() -> list[tuple[str, str]]:
    rows = AuditEvent.objects.order_by("pk")
    return [(row.event, row.object_id) for row in rows]


def test_it_is_created_listed_and_shown(bins: dict[str, Any]) -> None:
    assert (bins["resource"], bins["identifier"]) == ("bin-days", API)
    assert (bins["scopes"], bins["called_by"], bins["served_by"]) == (["bins:read"], [], [])
    assert [row["resource"] for row in run("resource", "list")] == ["bin-days"]
    assert run("resource", "show", "bin-days") == bins
    assert events() == [("organisation:resource:created", "bin-days")]


@pytest.mark.usefixtures("bins")
def test_an_identifier_and_a_short_name_are_given_once() -> None:
    words = "Another resource has this identifier or short name"
    again = ["--organisation", "riverside", "--identifier"]
    assert words in refused("resource", "create", *again, API, "--name", "Other")[0]
    other = "https://other.example.org"
    assert words in refused("resource", "create", *again, other, "--name", "Bin Days")[0]
    assert Resource.objects.count() == 1


def test_every_reason_is_told_and_nothing_is_written() -> None:
    factories.organisation(slug="riverside")
    message, code = refused(
        *("resource", "create", "--organisation", "riverside", "--name", "Bins"),
        *("--identifier", "http://bins.example.org", "--scope", "openid"),
    )
    assert code == 1
    assert [line.split(":")[0] for line in message.splitlines()] == [
        "identifier 'http",
        "scope 'openid'",
    ]
    assert events() == []


@pytest.mark.usefixtures("bins")
def test_applications_call_it_until_they_may_not() -> None:
    application = factories.application()
    assert not may_call(application, API)
    for _ in range(2):
        run("resource", "let-call", "bin-days", application.slug)
    assert may_call(application, API)
    assert run("application", "show", application.slug)["calls"] == ["bin-days"]
    for _ in range(2):
        run("resource", "stop-calls", "bin-days", application.slug)
    assert not may_call(application, API)
    assert events()[1:] == [("application:application:changed", "bin-days")] * 2


def test_nobody_calls_a_resource_of_a_suspended_organisation(bins: dict[str, Any]) -> None:
    application = factories.application()
    run("resource", "let-call", bins["resource"], application.slug)
    run("organisation", "suspend", "riverside")
    assert not may_call(application, API)


@pytest.mark.usefixtures("bins")
def test_one_of_its_own_organisation_serves_it() -> None:
    resource = Resource.objects.get()
    server = factories.application(of=resource.organisation)
    for _ in range(2):
        assert run("resource", "let-serve", "bin-days", server.slug)["served_by"] == [server.slug]
    assert Application.objects.get(pk=server.pk).serves == resource
    assert run("application", "show", server.slug)["serves"] == "bin-days"
    for _ in range(2):
        assert run("resource", "stop-serving", "bin-days", server.slug)["served_by"] == []
    assert events()[1:] == [("application:application:changed", "bin-days")] * 2


@pytest.mark.usefixtures("bins")
def test_no_public_one_and_none_of_another_organisation_serves_it() -> None:
    resource = Resource.objects.get()
    public = factories.application(public=True, of=resource.organisation)
    for application in (public, factories.application()):
        message, code = refused("resource", "let-serve", "bin-days", application.slug)
        assert (message.partition("'")[0], code) == ("application ", 1)
    assert not Application.objects.exclude(serves=None).exists()


@pytest.mark.usefixtures("bins")
def test_what_does_not_exist_is_refused() -> None:
    assert refused("resource", "show", "nothing")[1] == 1
    assert refused("resource", "let-call", "bin-days", "nothing")[1] == 1
    assert refused("resource", "let-call", "nothing", "nothing")[1] == 1


@pytest.mark.usefixtures("bins")
def test_a_service_is_created_without_addresses_and_may_call_it() -> None:
    create = [
        "application",
        "create",
        "--organisation",
        "riverside",
        "--sandbox",
        "--name",
        "Robot",
    ]
    created = run(*create, "--kind", "service")
    assert created["grant_types"] == ["client_credentials"]
    assert (created["client_type"], created["redirect_uris"]) == ("confidential", [])
    assert created["client_secret"]
    assert run("resource", "let-call", "bin-days", "robot")["called_by"] == ["robot"]
    message, code = refused(
        *create, "--slug", "other", "--kind", "service", "--scope", "openid:consent:x"
    )
    assert (message.partition(":")[0], code) == ("kind 'service'", 1)
