"""How many SQL statements a request costs, transaction control left out."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import IssuedCode
from tests.protocol.partner import Partner
from tests.protocol.resident import parameters
from tests.protocol.signing import SigningPartner

_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def statements(request: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        request()
    return len([query for query in captured if not query["sql"].startswith(_CONTROL)])


def test_a_code_exchange_with_everything_takes_8(partner: Partner) -> None:
    issued = factories.grant(partner.application)
    assert statements(lambda: partner.exchange(issued)) == 8


def test_a_refresh_takes_8(partner: Partner) -> None:
    token = partner.tokens()["refresh_token"]
    assert statements(lambda: partner.refresh(token)) == 8


def test_a_token_for_an_api_takes_one_more_to_see_that_it_may_be_called(
    partner: Partner, api_grant: IssuedCode
) -> None:
    assert statements(lambda: partner.exchange(api_grant)) == 9
    identifier = api_grant.grant.resource
    token = partner.tokens(session=api_grant.session, resource=identifier)["refresh_token"]
    assert statements(lambda: partner.refresh(token)) == 9


@pytest.mark.parametrize(
    "scopes, count",
    [
        ("openid profile", 2),
        ("openid profile email", 3),
        ("openid profile email address phone", 3),
    ],
)
def test_userinfo_takes_two_and_one_more_for_however_one_is_reached(
    partner: Partner, scopes: str, count: int
) -> None:
    token = partner.tokens(scopes=scopes.split())["access_token"]
    assert statements(lambda: partner.userinfo(token)) == count


def test_an_id_token_with_claims_of_every_kind_takes_one_more(partner: Partner) -> None:
    asked = {"id_token": dict.fromkeys(("email", "phone_number", "address"))}
    scopes = ["openid", "email", "phone", "address", "offline_access"]
    issued = factories.grant(partner.application, scopes=scopes, claims=asked)
    assert statements(lambda: partner.exchange(issued)) == 9
    token = partner.tokens(scopes=scopes, claims=asked)["refresh_token"]
    assert statements(lambda: partner.refresh(token)) == 9


@pytest.mark.parametrize("scopes, count", [("openid profile", 2), ("openid profile email", 3)])
def test_signed_userinfo_takes_no_more_once_the_key_is_parsed(scopes: str, count: int) -> None:
    partner = Partner.confidential(userinfo_algorithm="ES256")
    token = partner.tokens(scopes=scopes.split())["access_token"]
    partner.userinfo(token)
    assert statements(lambda: partner.userinfo(token)) == count


def test_a_key_of_its_own_costs_an_application_one_more() -> None:
    partner = SigningPartner.keyed()
    issued, token = factories.grant(partner.application), partner.tokens()["refresh_token"]
    assert statements(lambda: partner.exchange(issued)) == 9
    assert statements(lambda: partner.refresh(token)) == 9


def test_a_pushed_request_takes_4_and_what_it_names_besides(partner: Partner) -> None:
    asked = parameters(partner.application)
    partner.post("/par", asked)
    # Application, its scopes, the count that bounds its rows, and the row.
    assert statements(lambda: partner.post("/par", asked)) == 4


def test_a_revocation_takes_4_and_of_a_whole_family_5(partner: Partner) -> None:
    tokens = partner.tokens()
    assert statements(lambda: partner.revoke(tokens["access_token"])) == 4
    assert statements(lambda: partner.revoke(tokens["refresh_token"])) == 5
    assert statements(lambda: partner.revoke("unknown")) == 2


def test_a_refusal_takes_no_more_than_it_must(partner: Partner) -> None:
    issued = factories.grant(partner.application)
    # Application, code, and the count of failures.
    assert statements(lambda: partner.exchange(issued, code_verifier="x" * 43)) == 3
    assert statements(lambda: partner.userinfo("nonsense")) == 0


def test_metadata_takes_none_and_keys_take_one() -> None:
    http = Client(headers={"host": "localhost"})
    assert statements(lambda: http.get("/.well-known/openid-configuration")) == 0
    assert statements(lambda: http.get("/jwks")) == 1
