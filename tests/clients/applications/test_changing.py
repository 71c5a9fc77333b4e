"""Changing what residents are told of an application, and how they must sign in to it."""

from typing import Any

import pytest

from accounts.assurance import Level
from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent
from clients.applications.addresses.rules import AddressProblem
from clients.applications.changing import operations
from clients.applications.registration import Changes
from clients.applications.rules import Problem, RegistrationProblem
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application
from clients.organisations.rules import NameProblem
from tests import factories
from tests.commands import refused, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return factories.sandbox(slug="council-tax", home_url="https://tax.example.org/")


def change(application: Application, **changes: Any) -> Application:
    changed = operations.change(application=application, changes=Changes(**changes), by=OPERATOR)
    return changed.application


def test_what_is_not_named_stays(application: Application) -> None:
    change(application, minimum_level=Level.TWO_FACTORS, is_sensitive=True)
    application.refresh_from_db()
    assert (application.minimum_level, application.is_sensitive) == (2, True)
    assert (application.name, application.home_url) == ("Council Tax", "https://tax.example.org/")


def test_an_empty_text_takes_away(application: Application) -> None:
    assert change(application, home_url="").home_url == ""


def test_the_audit_log_names_the_parts_and_no_text(application: Application) -> None:
    change(application, name="Rates", is_sensitive=True)
    event = AuditEvent.objects.get()
    assert (event.event, event.application_id) == (
        "application:application:changed",
        application.client_id,
    )
    assert event.detail == {"parts": "is_sensitive name"}


def test_what_is_so_already_is_no_change(application: Application) -> None:
    before = application.updated
    change(application, name="Council Tax", minimum_level=Level.ONE_FACTOR, is_sensitive=False)
    application.refresh_from_db()
    assert application.updated == before
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "changes, problem",
    [
        ({"name": ""}, NameProblem.EMPTY),
        ({"name": "Tax\u202e"}, NameProblem.UNSEEN_CHARACTER),
        ({"home_url": "http://tax.example.org/"}, AddressProblem.HTTP),
        ({"privacy_url": "javascript:alert(1)"}, AddressProblem.SCHEME),
        ({"other_way": "x" * 501}, RegistrationProblem.TEXT_TOO_LONG),
        ({"other_way": "Ring\n020"}, RegistrationProblem.TEXT_UNSEEN_CHARACTER),
    ],
)
def test_an_unfit_change_changes_nothing_at_all(
    application: Application, changes: dict[str, str], problem: Problem
) -> None:
    with pytest.raises(ApplicationRefusedError) as refusal:
        change(application, is_sensitive=True, **changes)
    assert [finding.problem for finding in refusal.value.findings] == [problem]
    application.refresh_from_db()
    assert not application.is_sensitive


@pytest.mark.usefixtures("application")
def test_the_command_changes_what_was_typed() -> None:
    shown = run("application", "change", "council-tax", "--level", "two-factors", "--sensitive")
    assert (shown["level"], shown["sensitive"]) == ("two-factors", True)
    shown = run("application", "change", "council-tax", "--no-sensitive", "--name", "Rates")
    assert (shown["level"], shown["sensitive"]) == ("two-factors", False)
    assert shown["name"] == "Rates"


@pytest.mark.usefixtures("application")
def test_the_command_changes_what_signs() -> None:
    shown = run("application", "change", "council-tax", "--algorithm", "EdDSA")
    assert (shown["algorithm"], shown["userinfo_algorithm"]) == ("EdDSA", "")
    shown = run("application", "change", "council-tax", "--userinfo-algorithm", "RS256")
    assert (shown["algorithm"], shown["userinfo_algorithm"]) == ("EdDSA", "RS256")
    shown = run("application", "change", "council-tax", "--userinfo-algorithm", "")
    assert shown["userinfo_algorithm"] == ""


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("option", ["--algorithm", "--userinfo-algorithm"])
@pytest.mark.parametrize("algorithm", ["none", "HS256", "es256"])
def test_what_cannot_sign_is_misuse(option: str, algorithm: str) -> None:
    message, _ = refused("application", "change", "council-tax", option, algorithm)
    assert message.startswith(f"Error: argument {option}: ")


@pytest.mark.usefixtures("application")
def test_the_command_says_why_it_refuses() -> None:
    message, code = refused("application", "change", "council-tax", "--home-url", "ftp://x")
    assert (message, code) == ("home_url 'ftp://x': The address must start with https://", 1)


@pytest.mark.usefixtures("application")
def test_a_command_that_changes_nothing_is_misuse() -> None:
    _, code = refused("application", "change", "council-tax")
    assert code == 2


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("level", ["3", "TWO_FACTORS", ""])
def test_a_level_that_is_none_is_misuse(level: str) -> None:
    message, _ = refused("application", "change", "council-tax", "--level", level)
    assert message.startswith("Error: ")


def test_an_application_is_created_with_its_level_and_sensitivity() -> None:
    run("organisation", "create", "--name", "Riverside", "--council")
    created = run(
        *("application", "create", "--organisation", "riverside", "--name", "Refuge", "--live"),
        *("--scope", "openid:public_task:To know you"),
        *("--redirect-uri", "https://refuge.example.org/cb"),
        *("--level", "phishing-resistant", "--sensitive"),
        *("--algorithm", "PS256", "--userinfo-algorithm", "ES256"),
    )
    assert (created["level"], created["sensitive"]) == ("phishing-resistant", True)
    assert (created["algorithm"], created["userinfo_algorithm"]) == ("PS256", "ES256")
    row = Application.objects.get()
    assert (row.minimum_level, row.is_sensitive) == (Level.PHISHING_RESISTANT, True)
