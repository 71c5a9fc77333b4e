"""Versions of what an application tells of its scopes."""

import pytest

from clients.applications import terms
from clients.applications.registration import ScopeWanted
from clients.models import Application
from tests import factories

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
