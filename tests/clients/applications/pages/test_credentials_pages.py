"""Members make and end secrets, see each once, and give keys that are looked at."""

import json
import re
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from jwt.algorithms import ECAlgorithm

from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent
from accounts.security import keyed_hash
from accounts.security.outgoing.client import Fetched
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from clients.applications.credentials import operations as secrets
from clients.applications.credentials.operations import PURPOSE
from clients.applications.queries import live_secrets
from clients.models import Application, Member
from tests import factories
from tests.accounts.mfa.owner import asks_to_sign_in
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db

URI = "https://service.example.org/jwks"
FETCH = "clients.applications.pages.credentials.checking.fetch"
_PRIVATE = ec.generate_private_key(ec.SECP256R1())
KEY = {**json.loads(ECAlgorithm.to_jwk(_PRIVATE.public_key())), "kid": "one", "alg": "ES256"}
SET = json.dumps({"keys": [KEY]})
PRIVATE_SET = json.dumps({"keys": [json.loads(ECAlgorithm.to_jwk(_PRIVATE))]})


@pytest.fixture
def partner() -> Partner:
    return Partner(Member.Role.DEVELOPER)


def _make(partner: Partner, row: Application, **values: Any) -> Any:  # noqa: ANN401 - an answer
    newest = row.secrets.order_by("-pk").first()
    seen = {"days": "90", "after": str(newest.pk if newest else 0), **values}
    return partner.post(partner.page(row, "credentials/new-secret"), **seen)


def _secret_in(answer: object) -> str:
    found = re.search(r'id="client-secret">([^<]+)<', text(answer))
    return found[1] if found else ""


def _good(row: Application) -> int:
    return live_secrets(row, now=timezone.now()).count()


def test_a_new_secret_is_shown_once_and_works_beside_the_first(partner: Partner) -> None:
    row = partner.sandbox()
    factories.client_secret(row)
    answer = _make(partner, row)
    secret = _secret_in(answer)
    newest = row.secrets.latest("pk")
    assert newest.secret_hash in keyed_hash.candidates(PURPOSE, secret)
    assert newest.expires_at is not None
    assert timedelta(days=89) < newest.expires_at - timezone.now() <= timedelta(days=90)
    assert "no-store" in answer["Cache-Control"]
    assert _good(row) == 2
    page = text(partner.get(partner.page(row, "credentials")))
    assert secret not in page
    assert f"By {partner.account.full_name}" in page
    assert "Ends on" in page
    assert secret not in str(list(AuditEvent.objects.values()))
    event = AuditEvent.objects.get(event="application:client_secret:issued")
    assert (event.actor_id, event.object_id) == (str(partner.account.pk), str(newest.pk))


def test_the_same_form_sent_again_makes_no_other_and_shows_nothing(partner: Partner) -> None:
    row = partner.sandbox()
    assert _secret_in(_make(partner, row, after="0"))
    again = _make(partner, row, after="0")
    assert not _secret_in(again)
    assert "It is not shown again" in text(again)
    assert row.secrets.count() == 1


def test_a_third_secret_is_refused_until_one_ends(partner: Partner) -> None:
    row = partner.sandbox()
    _make(partner, row)
    _make(partner, row)
    assert "Two secrets are good already" in text(_make(partner, row))
    assert "Make a new secret" not in text(partner.get(partner.page(row, "credentials")))
    first = row.secrets.earliest("pk")
    answer = partner.post(partner.page(row, f"credentials/{first.pk}/end"))
    assert (answer.status_code, answer["Location"]) == (303, partner.page(row, "credentials"))
    assert _secret_in(_make(partner, row))
    assert _good(row) == 2


@pytest.mark.parametrize("days", ["", "0", "-1", "366", "100000", "ninety"])
def test_a_life_that_was_not_offered_is_refused(partner: Partner, days: str) -> None:
    row = partner.sandbox()
    assert "Choose how long the secret is good" in text(_make(partner, row, days=days))
    assert not row.secrets.exists()


def test_a_live_applications_secret_is_good_for_half_a_year_at_most() -> None:
    partner = Partner(Member.Role.DEVELOPER, two_factors=True)
    live = factories.application(of=partner.organisation)
    assert "Choose how long" in text(_make(partner, live, days="365"))
    assert _secret_in(_make(partner, live, days="180"))


def test_credentials_of_a_live_application_take_a_strong_and_new_sign_in() -> None:
    partner = Partner(Member.Role.DEVELOPER, two_factors=True)
    live = factories.application(of=partner.organisation)
    partner.grow_stale()
    for page in ("new-secret", "keys", "use-secret", "1/end"):
        assert asks_to_sign_in(partner.get(partner.page(live, f"credentials/{page}")))
        assert asks_to_sign_in(partner.post(partner.page(live, f"credentials/{page}")))
    assert not live.secrets.exists()
    assert partner.get(partner.page(live, "credentials")).status_code == 200


def test_a_secret_ends_at_once_and_the_page_says_that_it_is_the_last(partner: Partner) -> None:
    row = partner.sandbox()
    _make(partner, row)
    number = row.secrets.get().pk
    page = partner.page(row, f"credentials/{number}/end")
    assert "the only one that is good" in text(partner.get(page))
    partner.post(page)
    partner.post(page)
    assert _good(row) == 0
    assert AuditEvent.objects.filter(event="application:client_secret:ended").count() == 1
    assert partner.get(page).status_code == 404
    assert "None: the application cannot authenticate" in text(
        partner.get(partner.page(row, "credentials"))
    )


def test_a_secret_of_another_application_is_not_ended(partner: Partner) -> None:
    mine, other = partner.sandbox(), factories.application(environment="sandbox")
    factories.client_secret(other)
    number = other.secrets.get().pk
    assert partner.post(partner.page(mine, f"credentials/{number}/end")).status_code == 404
    assert partner.post(partner.page(other, f"credentials/{number}/end")).status_code == 404
    assert _good(other) == 1


@pytest.mark.parametrize("page", ["new-secret", "keys", "keys/check", "use-secret", "1/end"])
def test_a_viewer_handles_no_credentials(page: str) -> None:
    viewer = Partner(Member.Role.VIEWER)
    row = viewer.sandbox(jwks_uri=URI)
    assert viewer.post(viewer.page(row, f"credentials/{page}")).status_code == 403
    assert "new-secret" not in text(viewer.get(viewer.page(row, "credentials")))


def test_what_keeps_no_secret_gets_none(partner: Partner) -> None:
    row = partner.sandbox(public=True)
    assert _make(partner, row).status_code == 404
    assert partner.get(partner.page(row, "credentials/keys")).status_code == 404
    assert "Not at all" in text(partner.get(partner.page(row, "credentials")))


def test_who_made_a_secret_is_not_named_once_they_left(partner: Partner) -> None:
    row = partner.sandbox()
    _make(partner, row)
    colleague = Partner(of=partner.organisation, account=factories.account(full_name="Bo Other"))
    assert partner.account.full_name in text(colleague.get(colleague.page(row, "credentials")))
    partner.member.delete()
    page = text(colleague.get(colleague.page(row, "credentials")))
    assert partner.account.full_name not in page
    assert "Made on" in page


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


def test_a_private_key_is_refused_and_not_shown_again(partner: Partner) -> None:
    answer = partner.post(partner.page(partner.sandbox(), "credentials/keys"), jwks=PRIVATE_SET)
    assert "The key is private" in text(answer)
    assert json.loads(PRIVATE_SET)["keys"][0]["d"] not in text(answer)


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
        answers = [partner.post(page).status_code for _ in range(31)]
    assert answers[-1] == 429
    assert asked.call_count == 30


def test_a_key_gives_way_to_a_secret_that_is_shown_once(partner: Partner) -> None:
    row = partner.sandbox(token_endpoint_auth_method="private_key_jwt", jwks=json.loads(SET))
    page = partner.page(row, "credentials/use-secret")
    assert _secret_in(partner.post(page))
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


def test_rotating_shortens_the_life_of_the_last_secret_and_never_lengthens_it(
    partner: Partner,
) -> None:
    row = partner.sandbox()
    _make(partner, row, days="30")
    with time_machine.travel(timezone.now() + timedelta(days=29, hours=20), tick=False):
        secrets.rotate(application=row, overlap=timedelta(days=2), by=OPERATOR)
        old = row.secrets.earliest("pk")
        assert old.expires_at is not None
        assert old.expires_at < timezone.now() + timedelta(hours=5)
