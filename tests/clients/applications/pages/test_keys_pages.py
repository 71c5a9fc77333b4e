"""Members give public keys in the place of secrets, and see what a server answers as its keys."""

import json
from typing import Any
from unittest import mock

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.utils import timezone
from jwt.algorithms import ECAlgorithm

from accounts.limits.table import PARTNER_KEYS
from accounts.security.outgoing.client import Fetched
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from clients.applications.queries import live_secrets
from clients.models import Application, Member
from tests import factories
from tests.clients.applications.pages.shown import secret_in
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db

URI = "https://service.example.org/jwks"
FETCH = "clients.applications.pages.credentials.checking.fetch"
_PRIVATE = ec.generate_private_key(ec.SECP256R1())
KEY = {**json.loads(ECAlgorithm.to_jwk(_PRIVATE.public_key())), "kid": "one", "alg": "ES256"}
SET = json.dumps({"keys": [KEY]})
PEM = _PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
PRIVATE_PEM = _PRIVATE.private_bytes(
    Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
).decode()
PRIVATE_SET = json.dumps({"keys": [json.loads(ECAlgorithm.to_jwk(_PRIVATE))]})


@pytest.fixture
def partner() -> Partner:
    return Partner(Member.Role.DEVELOPER)


def _good(row: Application) -> int:
    return live_secrets(row, now=timezone.now()).count()


def test_keys_by_value_take_the_place_of_secrets(partner: Partner) -> None:
    row = partner.sandbox()
    factories.client_secret(row)
    answer = partner.post(partner.page(row, "credentials/keys"), jwks=SET)
    assert answer.status_code == 303
    row.refresh_from_db()
    assert row.token_endpoint_auth_method == "private_key_jwt"
    assert row.jwks is not None
    assert row.jwks["keys"][0]["kid"] == "one"
    assert _good(row) == 0
    page = text(partner.get(partner.page(row, "credentials")))
    assert "ES256" in page
    assert ">one<" in page


@pytest.mark.parametrize(
    "values, reason",
    [
        ({"jwks": " "}, "Give the public keys, or the address where they are"),
        ({"jwks": "not json"}, "as JSON"),
        ({"jwks": "[" * 20_000}, "as JSON"),
        ({"jwks": "[]"}, "as JSON"),
        ({"jwks": '{"keys": []}'}, "No key is for signatures"),
        ({"jwks": '{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}'}, "The key is a shared secret"),
        ({"jwks": "x" * 70_000}, "The keys are too large"),
        ({"jwks": "-----BEGIN PUBLIC KEY-----"}, "cannot be read as the public key"),
        ({"jwks": PEM.replace("PUBLIC KEY", "CERTIFICATE")}, "cannot be read as the public key"),
        ({"jwks_uri": URI, "jwks": PEM}, "not both"),
        ({"jwks_uri": "http://service.example.org/jwks"}, "must start with https://"),
        ({"jwks_uri": "https://10.0.0.5/jwks"}, "a host name, not a number"),
        ({"jwks_uri": "https://localhost/jwks"}, "on the public internet"),
        ({"jwks_uri": "javascript:alert(1)"}, "must start with https://"),
        ({"jwks_uri": URI, "jwks": SET}, "not both"),
    ],
)
def test_unfit_keys_are_refused_in_words(
    partner: Partner, values: dict[str, str], reason: str
) -> None:
    row = partner.sandbox()
    factories.client_secret(row)
    with mock.patch(FETCH) as asked:
        answer = partner.post(partner.page(row, "credentials/keys"), **values)
    assert reason in text(answer)
    asked.assert_not_called()
    row.refresh_from_db()
    assert (row.token_endpoint_auth_method, _good(row)) == ("client_secret_basic", 1)


def test_a_key_in_pem_is_taken_as_openssl_prints_it(partner: Partner) -> None:
    row = partner.sandbox()
    page = partner.page(row, "credentials/keys")
    assert "openssl pkey -in private-key.pem -pubout" in text(partner.get(page))
    assert partner.post(page, jwks=f"\r\n{PEM}").status_code == 303
    row.refresh_from_db()
    assert row.jwks == {"keys": [{name: KEY[name] for name in ("kty", "crv", "x", "y")}]}


@pytest.mark.parametrize(
    "private, secret, reason",
    [
        (PRIVATE_SET, json.loads(PRIVATE_SET)["keys"][0]["d"], "The key is private"),
        (PRIVATE_PEM, PRIVATE_PEM.splitlines()[1], "The key is private"),
        (PRIVATE_PEM + PEM, PRIVATE_PEM.splitlines()[1], "The key is private"),
        # Cut short while it was copied, it is no JSON any more.
        (PRIVATE_SET[:-1], json.loads(PRIVATE_SET)["keys"][0]["d"], "as JSON"),
    ],
)
def test_a_private_key_is_refused_and_not_shown_again(
    partner: Partner, private: str, secret: str, reason: str
) -> None:
    answer = partner.post(partner.page(partner.sandbox(), "credentials/keys"), jwks=private)
    assert reason in text(answer)
    assert secret not in text(answer)


def test_keys_by_address_are_looked_at_before_they_are_taken(partner: Partner) -> None:
    row = partner.sandbox()
    page = partner.page(row, "credentials/keys")
    with mock.patch(FETCH, return_value=Fetched(404, b"", {})):
        assert "does not answer with status 200" in text(partner.post(page, jwks_uri=URI))
    with mock.patch(FETCH, return_value=Fetched(200, SET.encode(), {})):
        assert partner.post(page, jwks_uri=URI).status_code == 303
    row.refresh_from_db()
    assert (row.token_endpoint_auth_method, row.jwks_uri) == ("private_key_jwt", URI)


@pytest.mark.parametrize(
    "body, said",
    [
        (SET.encode(), "ES256"),
        (b"<html>", "The answer is not JSON"),
        (b"[" * 60_000, "The answer is not JSON"),
        (b"{}", "must be a JWK Set"),
        (PRIVATE_SET.encode(), "The key is private"),
        (b'{"keys": [{"kty": "EC", "crv": "P-256", "x": 5}]}', "cannot be read as the public key"),
    ],
)
def test_what_the_partners_server_answers_is_told_in_words(
    partner: Partner, body: bytes, said: str
) -> None:
    row = partner.sandbox(token_endpoint_auth_method="private_key_jwt", jwks_uri=URI)
    with mock.patch(FETCH, return_value=Fetched(200, body, {})):
        answer = partner.post(partner.page(row, "credentials/keys/check"))
    assert answer.status_code == 200
    assert said in text(answer)


@pytest.mark.parametrize(
    "reason, said",
    [
        (FetchProblem.REDIRECT, "The server redirects"),
        (FetchProblem.TLS, "certificate"),
        (FetchProblem.ADDRESS_INSIDE, "cannot be reached from the public internet"),
        (FetchProblem.UNKNOWN_HOST, "cannot be reached from the public internet"),
        (FetchProblem.TIMED_OUT, "cannot be reached from the public internet"),
    ],
)
def test_why_nothing_came_tells_nothing_of_our_network(
    partner: Partner, reason: FetchProblem, said: str
) -> None:
    row = partner.sandbox(token_endpoint_auth_method="private_key_jwt", jwks_uri=URI)
    with mock.patch(FETCH, side_effect=OutgoingRefusedError(reason)):
        answer = partner.post(partner.page(row, "credentials/keys/check"))
    assert said in text(answer)


def test_nobody_makes_us_ask_others_at_will(partner: Partner) -> None:
    row = partner.sandbox(token_endpoint_auth_method="private_key_jwt", jwks_uri=URI)
    page = partner.page(row, "credentials/keys/check")
    with mock.patch(FETCH, return_value=Fetched(200, SET.encode(), {})) as asked:
        answers = [partner.post(page).status_code for _ in range(PARTNER_KEYS.amount + 1)]
    assert answers[-1] == 429
    assert asked.call_count == PARTNER_KEYS.amount


def test_a_key_gives_way_to_a_secret_that_is_shown_once(partner: Partner) -> None:
    row = partner.sandbox(token_endpoint_auth_method="private_key_jwt", jwks=json.loads(SET))
    page = partner.page(row, "credentials/use-secret")
    assert secret_in(partner.post(page))
    assert partner.post(page).status_code == 303
    row.refresh_from_db()
    assert (row.token_endpoint_auth_method, row.jwks) == ("client_secret_basic", None)
    assert row.secrets.get().expires_at is not None


def test_a_live_applications_keys_are_replaced_and_its_method_stays() -> None:
    partner = Partner(Member.Role.DEVELOPER, two_factors=True)
    by_key = factories.application(
        of=partner.organisation, token_endpoint_auth_method="private_key_jwt", jwks_uri=URI
    )
    by_secret = factories.application(of=partner.organisation)
    assert partner.post(partner.page(by_key, "credentials/keys"), jwks=SET).status_code == 303
    by_key.refresh_from_db()
    assert by_key.jwks is not None
    assert (by_key.jwks_uri, by_key.jwks["keys"][0]["kid"]) == ("", "one")
    assert partner.post(partner.page(by_secret, "credentials/keys"), jwks=SET).status_code == 404
    assert partner.post(partner.page(by_key, "credentials/use-secret")).status_code == 303
    by_key.refresh_from_db()
    assert by_key.token_endpoint_auth_method == "private_key_jwt"


@pytest.mark.parametrize(
    "page, method, values",
    [
        ("credentials/keys", "client_secret_basic", {"jwks": SET}),
        ("credentials/use-secret", "private_key_jwt", {}),
    ],
)
def test_what_is_refused_after_the_page_let_it_pass_is_said_there(
    page: str, method: str, values: dict[str, str]
) -> None:
    partner = Partner(two_factors=True)
    keys = {"keys": [KEY]} if method == "private_key_jwt" else None
    columns: dict[str, Any] = {"token_endpoint_auth_method": method, "jwks": keys}
    row = factories.application(of=partner.organisation, **columns)
    # As if it had become another one between the look and the write.
    looks = "clients.applications.authenticating.operations"
    with (
        mock.patch(f"{looks}.may_have_keys", return_value=True),
        mock.patch(f"{looks}.may_use_secret", return_value=True),
    ):
        answer = partner.post(partner.page(row, page), **values)
    assert answer.status_code == 200
    assert "Error:" in text(answer)
    row.refresh_from_db()
    assert row.token_endpoint_auth_method == method
