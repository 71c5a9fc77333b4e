"""RFC 9701: what introspection answers as a JWT, for whoever asks for one."""

import pytest

from idp.models import SigningKey
from tests.protocol import tokens
from tests.protocol.introspecting import ask
from tests.protocol.partner import Partner, body, refused
from tests.protocol.signing import ISSUER

TYPE = "application/token-introspection+jwt"


def asked(partner: Partner, token: str, accept: str = TYPE) -> dict[str, object]:
    """Return what the JWT says."""
    answer = partner.post("/introspect", {"token": token}, Accept=accept)
    assert answer.status_code == 200, answer.content
    assert (answer["Content-Type"], answer["Cache-Control"]) == (TYPE, "no-store")
    text = answer.content.decode()
    assert tokens.header(text)["typ"] == "token-introspection+jwt"
    return tokens.claims(text, partner.application.client_id)


def test_it_says_the_same_within(partner: Partner) -> None:
    """§5."""
    token = partner.tokens()["access_token"]
    said = asked(partner, token)
    assert said["token_introspection"] == ask(partner, token)


def test_it_is_for_the_caller_and_no_token(partner: Partner) -> None:
    """§5: neither `sub` nor `exp`."""
    said = asked(partner, partner.tokens()["access_token"])
    assert set(said) == {"iss", "aud", "iat", "token_introspection"}
    assert (said["iss"], said["aud"]) == (ISSUER, partner.application.client_id)


@pytest.mark.parametrize("token", ["nonsense", "a.b.c"])
def test_of_a_token_that_is_not_good_it_says_nothing_more(partner: Partner, token: str) -> None:
    assert asked(partner, token)["token_introspection"] == {"active": False}


def test_nor_of_one_that_does_not_concern_the_caller(partner: Partner) -> None:
    other = Partner.confidential()
    token = other.tokens()["access_token"]
    assert asked(partner, token)["token_introspection"] == {"active": False}


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", "application/*", "text/html"])
def test_whoever_does_not_ask_for_it_gets_json(partner: Partner, accept: str) -> None:
    """§4."""
    answer = partner.post("/introspect", {"token": "x"}, Accept=accept)
    assert body(answer) == {"active": False}


@pytest.mark.parametrize("accept", [f"application/json;q=0.5, {TYPE}", TYPE.upper()])
def test_of_several_types_it_may_be_one_in_any_letters(partner: Partner, accept: str) -> None:
    """RFC 9110 §8.3.1."""
    assert "token_introspection" in asked(partner, "x", accept)


def test_it_is_no_access_token_itself(partner: Partner) -> None:
    token = partner.tokens()["access_token"]
    answer = partner.post("/introspect", {"token": token}, Accept=TYPE).content.decode()
    assert refused(partner.userinfo(answer), "invalid_token", 401)
    assert ask(partner, answer) == {"active": False}


def test_without_a_key_it_says_so(partner: Partner) -> None:
    SigningKey.objects.update(state=SigningKey.State.RETIRED)
    answer = partner.post("/introspect", {"token": "x"}, Accept=TYPE)
    assert refused(answer, "server_error", 503)


def test_a_caller_that_does_not_authenticate_gets_nothing_signed(partner: Partner) -> None:
    partner.secret = "wrong"
    answer = partner.post("/introspect", {"token": "x"}, Accept=TYPE)
    assert refused(answer, "invalid_client", 401)
