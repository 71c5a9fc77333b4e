"""How an access token is presented: RFC 6750."""

import pytest
from django.http import HttpResponseBase

from tests.protocol.partner import Partner, body

EITHER = 'Bearer realm="{0}", DPoP realm="{0}", algs="ES256 PS256 EdDSA Ed25519"'


def challenge(response: HttpResponseBase) -> str:
    return str(response["WWW-Authenticate"])


class TestAuthorizationHeader:
    """§2.1."""

    @pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_is_read_in_any_case(self, partner: Partner, scheme: str, method: str) -> None:
        header = {"Authorization": f"{scheme} {partner.tokens()['access_token']}"}
        assert getattr(partner.http, method)("/userinfo", headers=header).status_code == 200

    @pytest.mark.parametrize("header", ["Basic abc", "Bearer", "Bearer ", "DPoP", "DPoP ", "token"])
    def test_anything_else_is_no_token(self, partner: Partner, header: str) -> None:
        response = partner.http.get("/userinfo", headers={"Authorization": header})
        assert response.status_code == 401
        assert challenge(response) == EITHER.format("userinfo")


class TestFormBody:
    """§2.2."""

    def test_a_posted_form_may_hold_it(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        assert partner.raw("/userinfo", f"access_token={token}").status_code == 200

    def test_two_places_at_once_are_refused(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        response = partner.raw(
            "/userinfo", f"access_token={token}", Authorization=f"Bearer {token}"
        )
        assert response.status_code == 400
        assert 'error="invalid_request"' in challenge(response)

    def test_another_kind_of_body_is_not_read(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        response = partner.http.post(
            "/userinfo", {"access_token": token}, content_type="application/json"
        )
        assert response.status_code == 401


class TestQuery:
    """§2.3, RFC 9700 §4.3.2: never in an address, which logs and histories keep."""

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_is_refused(self, partner: Partner, method: str) -> None:
        token = partner.tokens()["access_token"]
        response = getattr(partner.http, method)(f"/userinfo?access_token={token}")
        assert response.status_code == 400
        assert 'error="invalid_request"' in challenge(response)

    def test_it_is_refused_beside_a_good_header_too(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        header = {"Authorization": f"Bearer {token}"}
        response = partner.http.get(f"/userinfo?access_token={token}", headers=header)
        assert response.status_code == 400


class TestErrors:
    """§3, §3.1."""

    def test_without_a_token_the_challenge_names_no_error(self, partner: Partner) -> None:
        response = partner.http.get("/userinfo")
        assert response.status_code == 401
        assert challenge(response) == EITHER.format("userinfo")

    @pytest.mark.parametrize(
        "token",
        ["x", "a.b.c", "e30.e30.", "x" * 10_000, "..", "eyJhbGciOiJub25lIn0.e30.", "é" * 50],
    )
    def test_nonsense_is_an_invalid_token(self, partner: Partner, token: str) -> None:
        response = partner.userinfo(token.encode().decode("latin-1"))
        assert response.status_code == 401
        assert 'error="invalid_token"' in challenge(response)
        assert body(response)["error"] == "invalid_token"
        assert response["Cache-Control"] == "no-store"

    def test_without_openid_the_scope_is_insufficient(self, partner: Partner) -> None:
        first = partner.tokens()
        narrow = body(partner.refresh(first["refresh_token"], scope="email"))
        response = partner.userinfo(narrow["access_token"])
        assert response.status_code == 403
        assert 'error="insufficient_scope"' in challenge(response)
        assert 'scope="openid"' in challenge(response)
