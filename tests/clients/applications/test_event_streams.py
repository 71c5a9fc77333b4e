"""An operator lets an application hear of accounts; which can, and what it gets for that."""

import pytest

from clients.applications.algorithms import Algorithm
from clients.applications.columns import columns_of, described, kind_of
from clients.applications.registration import Kind
from clients.models import Application
from tests import factories
from tests.clients.registrations import registration
from tests.commands import refused, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return factories.sandbox(slug="council-tax", home_url="https://tax.example.org/")


@pytest.mark.usefixtures("application")
def test_an_operator_gives_it_and_takes_it_back() -> None:
    given = run("application", "change", "council-tax", "--event-stream")
    assert given["event_stream"] is True
    assert given["grant_types"][-1] == "client_credentials"
    back = run("application", "change", "council-tax", "--no-event-stream")
    assert back["event_stream"] is False
    assert "client_credentials" not in back["grant_types"]


def test_a_new_application_may_have_it_at_once() -> None:
    run("organisation", "create", "--name", "Riverside", "--council")
    made = run(
        *("application", "create", "--organisation", "riverside", "--name", "Parking", "--live"),
        *("--redirect-uri", "https://parking.example.org/callback", "--event-stream"),
        *("--scope", "openid:public_task:To know who you are"),
    )
    application = Application.objects.get(client_id=made["client_id"])
    assert application.receives_events
    assert kind_of(application) is Kind.WEB
    assert described(application).receives_events


@pytest.mark.parametrize("kind", ["spa", "native", "device", "service"])
def test_what_keeps_no_secret_or_signs_nobody_in_cannot_have_it(kind: str) -> None:
    run("organisation", "create", "--name", "Riverside", "--council")
    returns = ("--redirect-uri", "https://parking.example.org/callback")
    scope = ("--scope", "openid:public_task:To know who you are")
    message, _ = refused(
        *("application", "create", "--organisation", "riverside", "--name", "Parking", "--live"),
        *("--kind", kind, "--event-stream"),
        *(() if kind in {"device", "service"} else returns),
        *(() if kind == "service" else scope),
    )
    assert "hears of their accounts" in message


def test_without_it_nothing_is_different() -> None:
    columns = columns_of(registration(algorithm=Algorithm.RS256))
    assert columns["receives_events"] is False
    assert columns["grant_types"] == ["authorization_code"]
