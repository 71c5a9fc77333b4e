"""OpenID Connect Discovery 1.0 §3, RFC 8414 §2: every value that is advertised works."""

from datetime import date
from typing import Any, Final

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Phone, PostalAddress
from idp.oidc import discovery
from tests import factories
from tests.protocol.advertised.scene import Scene
from tests.protocol.advertised.table import EXERCISES
from tests.protocol.partner import body
from tests.protocol.resident import Resident
from tests.protocol.tokens import ISSUER

pytestmark = pytest.mark.once


def _values() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for member, value in discovery.document(ISSUER).items():
        found += [(member, one) for one in (value if isinstance(value, list) else [value])]
    return found


ADVERTISED: Final = _values()


@pytest.fixture
def scene(resident: Resident, settings: Settings) -> Scene:
    names = ("given_name", "middle_name", "family_name", "nickname", "preferred_username")
    pages = ("profile", "picture", "website")
    account = factories.account()
    organisation = factories.organisation()
    made_up = factories.test_resident(
        organisation,
        date_of_birth=date(1980, 2, 29),
        former_name="Ann Before",
        shares_former_name=True,
        test_claims={
            **dict.fromkeys(names, "Ann"),
            **dict.fromkeys(pages, "https://ann.example.org/"),
            "gender": "female",
            "zoneinfo": "Europe/London",
            "locale": "en-GB",
            "updated_at": 1_700_000_000,
        },
    )
    Phone.objects.create(account=made_up, number="+447700900123", changed_at=timezone.now())
    PostalAddress.objects.create(account=made_up, lines="1 High Street", postcode="AB1 2CD")
    resident.sign_in(account)
    resident.sign_in(made_up)
    return Scene(resident, account, settings, made_up, organisation)


@pytest.mark.parametrize("member, value", ADVERTISED)
def test_it_works(scene: Scene, member: str, value: object) -> None:
    assert member in EXERCISES, "nothing tries what this member promises"
    assert EXERCISES[member](scene, value)


def test_nothing_is_tried_that_is_not_advertised() -> None:
    assert EXERCISES.keys() == {member for member, _ in ADVERTISED}


def test_both_addresses_have_the_same_and_it_is_what_was_tried() -> None:
    """RFC 8414 §3."""
    http = Client(headers={"host": "localhost"})
    for name in ("openid-configuration", "oauth-authorization-server"):
        assert body(http.get(f"/.well-known/{name}")) == discovery.document(ISSUER)
