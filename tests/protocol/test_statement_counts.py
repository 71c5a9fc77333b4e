"""How many SQL statements a request costs, transaction control left out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
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


CONTACT = ("email", "phone_number", "address")
EVERYTHING = ["openid", "profile", "email", "phone", "address", "offline_access"]
# What a sign-in was for, and what it costs beside the least: contact details in an ID token, one.
ASKED: list[tuple[dict[str, Any], int]] = [
    ({}, 0),
    ({"scopes": EVERYTHING}, 0),
    ({"scopes": EVERYTHING, "claims": {"userinfo": dict.fromkeys(CONTACT)}}, 0),
    ({"scopes": EVERYTHING, "claims": {"id_token": {"name": None, "birthdate": None}}}, 0),
    ({"scopes": EVERYTHING, "claims": {"id_token": dict.fromkeys(CONTACT)}}, 1),
]
NAMES = ["least", "every scope", "userinfo claims", "own claims", "contact claims"]


@pytest.fixture(autouse=True)
def _parsed_key() -> None:
    """Let the process know the signing key already: its first use costs a statement more."""
    Partner.confidential().tokens()


@pytest.mark.parametrize("api", [False, True], ids=["userinfo", "an API"])
@pytest.mark.parametrize("asked, more", ASKED, ids=NAMES)
class TestTokens:
    """A secret takes 7, and 8 with contact details in the ID token; a key of its own one more."""

    def test_a_secret(self, asked: dict[str, Any], more: int, *, api: bool) -> None:
        assert costs(Partner.confidential(), asked, api=api) == {
            "exchange": 7 + more,
            "refresh": 7 + more,
        }

    def test_a_key(self, asked: dict[str, Any], more: int, *, api: bool) -> None:
        assert costs(SigningPartner.keyed(), asked, api=api) == {
            "exchange": 8 + more,
            "refresh": 8 + more,
        }


def costs(partner: Partner, asked: dict[str, Any], *, api: bool) -> dict[str, int]:
    if api:
        asked = {**asked, "resource": factories.resource(partner.application).identifier}
    issued = factories.grant(partner.application, **asked)
    token = partner.tokens(session=issued.session, **asked)["refresh_token"]
    return {
        "exchange": statements(lambda: partner.exchange(issued)),
        "refresh": statements(lambda: partner.refresh(token)),
    }


def test_what_a_resident_brought_along_costs_none_more(partner: Partner) -> None:
    ann = factories.account()
    for old_id in ("ann", "ann.1970"):
        factories.claimed(partner.application, ann, old_id)
    tokens = partner.tokens(account=ann)
    issued = factories.grant(partner.application, account=ann)
    assert statements(lambda: partner.exchange(issued)) == 7
    assert statements(lambda: partner.refresh(tokens["refresh_token"])) == 7
    assert statements(lambda: partner.userinfo(tokens["access_token"])) == 2
    assert partner.userinfo(tokens["access_token"]).json()["old_user_ids"] == ["ann", "ann.1970"]


@pytest.mark.parametrize("algorithm", ["", "ES256"], ids=["plain", "signed"])
@pytest.mark.parametrize(
    "asked",
    [
        {"scopes": ["openid"]},
        {"scopes": EVERYTHING},
        {"scopes": EVERYTHING, "claims": {"userinfo": dict.fromkeys(CONTACT)}},
    ],
    ids=["least", "every scope", "claims"],
)
def test_userinfo_takes_two_however_much_it_tells(algorithm: str, asked: dict[str, Any]) -> None:
    partner = Partner.confidential(userinfo_algorithm=algorithm)
    token = partner.tokens(**asked)["access_token"]
    assert statements(lambda: partner.userinfo(token)) == 2


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
