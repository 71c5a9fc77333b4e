"""Versions of what an application tells of its scopes."""

from dataclasses import replace
from typing import Any

import pytest

from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent
from clients.applications import terms
from clients.applications.changing import operations as changing
from clients.applications.columns import described
from clients.applications.registration import Changes, ScopeWanted, Told
from clients.applications.rules import RegistrationProblem
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application
from tests import factories
from tests.commands import refused, run

pytestmark = pytest.mark.django_db

EMAIL = ScopeWanted("email", "consent", "To write to you")
OTHER = ScopeWanted("email", "consent", "To send you news")


@pytest.fixture
def application() -> Application:
    return factories.application(scopes=())


def _told(application: Application) -> list[tuple[str, int, str]]:
    rows = application.scope_terms.order_by("scope", "version")
    return list(rows.values_list("scope", "version", "purpose"))


def test_the_same_terms_again_are_no_new_version(application: Application) -> None:
    terms.write(application, [EMAIL])
    terms.write(application, [EMAIL])
    assert _told(application) == [("email", 1, "To write to you")]
    assert application.scopes.get().version == 1


def test_another_purpose_is_the_next_version_and_the_former_stays(application: Application) -> None:
    terms.write(application, [EMAIL])
    terms.write(application, [OTHER])
    assert _told(application) == [("email", 1, "To write to you"), ("email", 2, "To send you news")]
    assert application.scopes.get().version == 2


def test_a_scope_that_comes_back_with_terms_of_before_last_is_a_version_of_its_own(
    application: Application,
) -> None:
    terms.write(application, [EMAIL])
    terms.write(application, [OTHER])
    terms.write(application, [])
    terms.write(application, [EMAIL])
    assert application.scopes.get().version == 3


@pytest.mark.parametrize(
    "change",
    [
        {"lawful_basis": "contract"},
        {"purpose": "To send you news"},
        {"retention": "A year"},
        {"privacy_notice": "https://service.example.org/privacy"},
        {"notice_version": "2"},
    ],
)
def test_each_text_that_residents_are_told_makes_a_version(
    application: Application, change: dict[str, str]
) -> None:
    terms.write(application, [EMAIL])
    terms.write(application, [replace(EMAIL, **change)])
    assert application.scopes.get().version == 2
    assert application.scope_terms.filter(version=2, **change).exists()


def test_another_notice_of_the_whole_application_is_a_new_version_where_no_other_stands() -> None:
    application = factories.application(scopes=())
    own = ScopeWanted("profile", "contract", "To greet you", "", "https://a.example/own")
    terms.write(application, [ScopeWanted("openid", "contract", "To know you"), EMAIL, own])
    notice = "https://service.example.org/privacy"
    changing.change(application=application, changes=Changes(privacy_url=notice), by=OPERATOR)
    versions = dict(application.scopes.values_list("scope", "version"))
    assert versions == {"openid": 2, "email": 2, "profile": 1}
    told = application.scope_terms.get(scope="email", version=2)
    assert told.privacy_notice == notice


@pytest.fixture
def library() -> Application:
    return factories.sandbox(slug="library")


def _shown(scope: str) -> dict[str, Any]:
    scopes = run("application", "show", "library")["scopes"]
    found: dict[str, Any] = next(one for one in scopes if one["scope"] == scope)
    return found


@pytest.mark.usefixtures("library")
def test_operators_change_what_is_told_of_one_scope_and_see_it() -> None:
    notice = "https://library.example.org/privacy"
    run("application", "tell", "library", "email", "--retention", "A year", "--notice", notice)
    run("application", "tell", "library", "email", "--notice-version", "2026-11")
    assert _shown("email") == {
        "scope": "email",
        "lawful_basis": "public_task",
        "purpose": "To find your account",
        "retention": "A year",
        "privacy_notice": notice,
        "notice_version": "2026-11",
        "version": 3,
    }
    assert _shown("openid")["version"] == 1
    changed = AuditEvent.objects.filter(event="application:application:changed")
    assert [event.detail for event in changed] == [{"parts": "scopes"}] * 2


@pytest.mark.usefixtures("library")
def test_the_same_texts_told_again_are_no_new_version() -> None:
    for _ in range(2):
        run("application", "tell", "library", "email", "--retention", "A year")
    assert _shown("email")["version"] == 2


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "arguments, words, status",
    [
        (["phone", "--purpose", "To ring you"], "may not ask for this scope", 1),
        (["email", "--purpose", ""], "Enter a text that residents will read", 1),
        (["email", "--notice", "http://a.example/"], "must start with https://", 1),
        (["email", "--notice-version", "x" * 41], "The text is too long", 1),
        (["email"], "Say what residents are to be told", 2),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_reason(
    arguments: list[str], words: str, status: int
) -> None:
    message, code = refused("application", "tell", "library", *arguments)
    assert words in message
    assert code == status
    assert _shown("email")["version"] == 1


def test_scopes_listed_anew_keep_what_was_told_of_retention_and_notice(
    library: Application,
) -> None:
    told = Told(retention="A year", notice_version="7")
    changing.tell(application=library, scope="email", told=told, by=OPERATOR)
    openid = "openid:public_task:To find your account"
    scopes = ["--scope", openid, "--scope", "email:consent:To write to you"]
    run("application", "change", "library", *scopes)
    shown = _shown("email")
    assert (shown["retention"], shown["notice_version"], shown["version"]) == ("A year", "7", 3)


def test_a_registration_read_and_written_back_says_the_same(library: Application) -> None:
    told = Told(retention="A year", privacy_notice="https://a.example/own", notice_version="7")
    changing.tell(application=library, scope="email", told=told, by=OPERATOR)
    same = described(library)
    changing.become(application=library, registration=same, by=OPERATOR)
    assert described(library) == same
    assert _shown("email")["version"] == 2


def test_a_scope_that_is_not_the_applications_own_tells_nothing(library: Application) -> None:
    with pytest.raises(ApplicationRefusedError) as refusal:
        changing.tell(application=library, scope="phone", told=Told(purpose="x"), by=OPERATOR)
    (finding,) = refusal.value.findings
    assert finding.problem is RegistrationProblem.SCOPE_NOT_ITS_OWN
