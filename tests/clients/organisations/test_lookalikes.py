"""Nobody is called like the council, like this provider, or like another organisation."""

import pytest
from pytest_django import Settings

from clients.models import Application
from clients.organisations.queries import lookalike_problem
from clients.organisations.rules import NameProblem
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _names(settings: Settings) -> None:
    settings.COUNCIL_NAME, settings.SERVICE_NAME = "Sutton Council", "Borough Login"


@pytest.mark.parametrize(
    "name",
    [
        "Sutton Council",
        "sutton counci1",
        "Sutton Council – Parking",
        "The Sutton-Council",
        "Borough Login",
        "Help for B0rough Login",
        "Riverside Trust",
        "R1VERSIDE trust",
        "Choir Online",
    ],
)
def test_a_name_that_residents_would_mistake_is_refused(name: str) -> None:
    other = factories.organisation(name="Riverside Trust")
    factories.application(of=other, name="Choir Online")
    assert lookalike_problem(name, of=factories.organisation(name="Mine")) is NameProblem.OF_ANOTHER
    assert lookalike_problem(name) is NameProblem.OF_ANOTHER


@pytest.mark.parametrize("name", ["Mine", "Mine Bookings", "Riverside Choir", "Parking"])
def test_ones_own_name_and_any_other_is_fit(name: str) -> None:
    factories.organisation(name="Riverside Trust")
    mine = factories.organisation(name="Mine")
    factories.application(of=mine, name="Mine Bookings")
    assert lookalike_problem(name, of=mine) is None


def test_what_another_organisation_only_tries_takes_no_name_away() -> None:
    factories.application(name="Parking", environment=Application.Environment.SANDBOX)
    assert lookalike_problem("Parking", of=factories.organisation(name="Mine")) is None


def test_the_council_has_its_own_name() -> None:
    council = factories.organisation(name="Sutton Council", is_council=True)
    assert lookalike_problem("Sutton Council Parking", of=council) is None
    assert lookalike_problem("Borough Login", of=council) is NameProblem.OF_ANOTHER


def test_letters_that_look_alike_are_not_mixed() -> None:
    assert lookalike_problem("P\u0430rking") is NameProblem.MIXED
