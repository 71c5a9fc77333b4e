"""Changing where an application is, what it asks for and how it authenticates; closing it."""

from typing import Any

import pytest

from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent
from clients.applications import operations as applications
from clients.applications.callbacks.rules import Callbacks
from clients.applications.changing import operations
from clients.applications.columns import columns_of, described
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application, ClientSecret
from clients.signals import application_narrowed
from tests import factories
from tests.commands import refused, run
from tests.protocol.signing import signing_key

pytestmark = pytest.mark.django_db
OPENID = "openid:public_task:To know you"


@pytest.fixture
def application() -> Application:
    return factories.sandbox(slug="council-tax", jwks={"keys": [signing_key("ES256").jwk]})


def change(*arguments: str) -> dict[str, Any]:
    shown: dict[str, Any] = run("application", "change", "council-tax", *arguments)
    return shown


def test_a_row_and_its_registration_say_the_same(application: Application) -> None:
    application.refresh_from_db()
    columns = columns_of(described(application))
    assert {name: getattr(application, name) for name in columns} == columns


def test_addresses_are_replaced_and_the_sector_stays(application: Application) -> None:
    sector = application.sector_identifier
    first, second = "https://new.example.org/cb", "https://other.example.org/cb"
    shown = change("--redirect-uri", first, "--redirect-uri", second)
    assert shown["redirect_uris"] == [first, second]
    assert shown["post_logout_redirect_uris"] == ["https://service.example.org/signed-out"]
    assert change("--post-logout-redirect-uri", "")["post_logout_redirect_uris"] == []
    assert shown["sector_identifier"] == sector


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--redirect-uri", ""], "Give at least one address"),
        (["--redirect-uri", "http://x.example/"], "The address must start with https://"),
        (["--scope", "email:consent:To write"], "Ask for the scope openid too"),
        (["--auth-method", "none"], "Only web applications and services"),
        (["--terms-url", "javascript:alert(1)"], "The address must start with https://"),
        (["--default-max-age", "99999999999"], "whole number of seconds"),
        (["--default-acr-values", "\u00e9"], "each a word of ASCII"),
    ],
)
def test_an_unfit_change_is_refused(arguments: list[str], words: str) -> None:
    message, code = refused("application", "change", "council-tax", *arguments)
    assert words in message
    assert code == 1
    assert not AuditEvent.objects.exists()


@pytest.mark.usefixtures("application")
def test_defaults_and_algorithms_are_changed_and_taken_away() -> None:
    shown = change(
        *("--default-max-age", "0", "--default-acr-values", "phr urn:x"),
        *("--assertion-algorithm", "ES256", "--request-object-algorithm", "PS256"),
        *("--terms-url", "https://service.example.org/terms"),
    )
    assert (shown["default_max_age"], shown["default_acr_values"]) == (0, ["phr", "urn:x"])
    assert (shown["assertion_algorithm"], shown["request_object_algorithm"]) == ("ES256", "PS256")
    shown = change(
        *("--default-max-age", "", "--default-acr-values", ""),
        *("--assertion-algorithm", "", "--request-object-algorithm", "", "--terms-url", ""),
    )
    assert (shown["default_max_age"], shown["default_acr_values"]) == (None, [])
    assert (shown["assertion_algorithm"], shown["terms_url"]) == ("", "")


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("age", ["-1", "1.5", "x"])
def test_an_age_that_is_none_is_misuse(age: str) -> None:
    message, _ = refused("application", "change", "council-tax", f"--default-max-age={age}")
    assert message.startswith("Error: ")


def test_scopes_are_replaced_and_fewer_are_told_to_who_issued_tokens(
    application: Application,
) -> None:
    heard: list[Application] = []

    def hear(application: Application, **_: object) -> None:
        heard.append(application)

    application_narrowed.connect(hear)
    try:
        more = ["--scope", OPENID, "--scope", "phone:consent:To ring you"]
        everything = [f"{name}:consent:To try" for name in factories.OFFLINE if name != "openid"]
        change(*more, *(part for scope in everything for part in ("--scope", scope)))
        assert heard == []
        shown = change("--scope", OPENID)
    finally:
        application_narrowed.disconnect(hear)
    assert heard == [application]
    assert [scope["scope"] for scope in shown["scopes"]] == ["openid"]
    # Without offline_access there is nothing to refresh.
    assert shown["grant_types"] == ["authorization_code"]


def test_a_secret_ends_with_its_method_and_a_new_one_is_shown_once(
    application: Application,
) -> None:
    factories.client_secret(application)
    shown = change("--auth-method", "private_key_jwt")
    assert shown["token_endpoint_auth_method"] == "private_key_jwt"
    assert "client_secret" not in shown
    assert not ClientSecret.objects.filter(revoked_at=None).exists()
    shown = change("--auth-method", "client_secret_post")
    assert len(shown["client_secret"]) == 43
    assert "client_secret" not in change("--auth-method", "client_secret_basic")
    assert ClientSecret.objects.filter(revoked_at=None).count() == 1


def test_what_became_unfit_meanwhile_does_not_bar_other_changes(application: Application) -> None:
    Application.objects.filter(pk=application.pk).update(home_url="http://old.example/")
    assert change("--name", "Rates")["name"] == "Rates"
    message, _code = refused(
        "application", "change", "council-tax", "--home-url", "http://new.example/"
    )
    assert message.startswith("home_url")


def test_callbacks_obey_the_same_rules(application: Application) -> None:
    unfit = Callbacks(frontchannel_logout_uri="https://elsewhere.example.org/")
    with pytest.raises(ApplicationRefusedError):
        operations.change_callbacks(application=application, callbacks=unfit, by=OPERATOR)


class TestClosing:
    def test_it_is_for_good(self, application: Application) -> None:
        factories.client_secret(application)
        for _ in range(2):
            assert run("application", "close", "council-tax")["status"] == "closed"
        message, code = refused("application", "reinstate", "council-tax")
        assert (message, code) == (
            "application 'council-tax': The application has ended, and stays so",
            1,
        )
        assert applications.suspend(application=application, by=OPERATOR).status == "closed"
        rows = AuditEvent.objects.order_by("pk").values_list("event", flat=True)
        assert list(rows) == [
            "application:client_secret:ended",
            "application:application:closed",
        ]
