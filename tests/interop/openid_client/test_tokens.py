"""What is done with tokens, by openid-client: RFC 6749, 7009, 7662, 8707, 9068."""

from typing import Any

import httpx
import pytest

from tests.interop.openid_client.application import Application
from tests.interop.openid_client.library import Library, RefusedError
from tests.interop.openid_client.registered import API
from tests.interop.resident import Resident

pytestmark = pytest.mark.once
INVALID_GRANT = "^OAUTH_RESPONSE_BODY_ERROR 400 invalid_grant$"
AWAY = {"prompt": "consent", "scope": "openid email offline_access"}


class TestRefresh:
    """RFC 6749 §6, OIDC Core §12."""

    def test_a_service_goes_on_while_its_resident_is_away(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        done = library.run("tokens refreshed", web, resident, parameters=AWAY)
        before, after = done["before"], done["after"]
        for claim in ("iss", "sub", "aud", "sid", "auth_time"):
            assert before[claim] == after[claim]
        assert done["details"]["sub"] == before["sub"]
        assert done["tokens"]["refresh_token"] != done["again"]["refresh_token"]

    def test_a_refresh_token_works_once(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        flow = "tokens refreshed_twice_with_one_token"
        with pytest.raises(RefusedError, match=INVALID_GRANT):
            library.run(flow, web, resident, parameters=AWAY)


class TestRevocation:
    """RFC 7009."""

    def test_after_it_no_token_of_that_sign_in_is_good(
        self, library: Library, web: Application, resident: Resident, metadata: dict[str, str]
    ) -> None:
        done = library.run("tokens revoked", web, resident, parameters=AWAY)
        assert [said["active"] for said in done["before"]] == [True, True]
        assert done["after"] == [{"active": False}, {"active": False}]
        bearer = {"Authorization": f"Bearer {done['tokens']['access_token']}"}
        answer = httpx.get(metadata["userinfo_endpoint"], headers=bearer)
        assert answer.status_code == httpx.codes.UNAUTHORIZED

    def test_a_revoked_refresh_token_brings_nothing(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        flow = "tokens refreshed_after_revocation"
        with pytest.raises(RefusedError, match=INVALID_GRANT):
            library.run(flow, web, resident, parameters=AWAY)

    def test_a_revoked_access_token_tells_nothing(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        """RFC 6750 §3.1: the library reads why from WWW-Authenticate."""
        told = "^OAUTH_WWW_AUTHENTICATE_CHALLENGE 401 invalid_token$"
        with pytest.raises(RefusedError, match=told):
            library.run("tokens details_after_revocation", web, resident)


@pytest.fixture(scope="module")
def token(library: Library, applications: dict[str, Application]) -> str:
    """Return a token that a program got in its own name."""
    asked = {"resource": API, "scope": "bins:read"}
    answer = library.run("tokens of_its_own", applications["lorry"], token_parameters=asked)
    assert "refresh_token" not in answer
    return str(answer["access_token"])


class TestProgram:
    """A program in its own name and the API that it calls: RFC 6749 §4.4, RFC 8707."""

    def test_the_api_can_check_its_token_alone(
        self, library: Library, web: Application, program: Application, token: str
    ) -> None:
        """RFC 9068 §4."""
        claims = library.run("tokens checked_by_an_api", web, token=token, audience=API)
        assert claims["client_id"] == program.client.client_id
        assert claims["scope"] == "bins:read"

    def test_another_api_does_not_take_it(
        self, library: Library, web: Application, token: str
    ) -> None:
        other = "https://other.example/api"
        with pytest.raises(RefusedError, match=r"^OAUTH_JWT_CLAIM_COMPARISON_FAILED$"):
            library.run("tokens checked_by_an_api", web, token=token, audience=other)

    def test_the_api_can_ask_whether_its_token_holds(
        self, library: Library, web: Application, program: Application, token: str
    ) -> None:
        said: dict[str, Any] = library.run("tokens introspection", web, token=token)
        assert said["active"] is True
        assert said["client_id"] == program.client.client_id
        assert said["aud"] == API

    @pytest.mark.parametrize("signing", ["ES256"], indirect=True)
    def test_the_program_may_ask_about_its_own_and_another_learns_nothing(
        self, library: Library, program: Application, signing: Application, token: str
    ) -> None:
        assert library.run("tokens introspection", program, token=token)["active"] is True
        assert library.run("tokens introspection", signing, token=token) == {"active": False}

    def test_an_application_without_a_secret_may_not_ask(
        self, library: Library, public: Application, token: str
    ) -> None:
        with pytest.raises(RefusedError, match="401 invalid_client"):
            library.run("tokens introspection", public, token=token)

    @pytest.mark.parametrize(
        "asked, error",
        [
            ({"resource": "https://other.example/api"}, "invalid_target"),
            ({"scope": "bins:write"}, "invalid_scope"),
        ],
    )
    def test_it_gets_no_token_for_what_it_may_not_call(
        self, library: Library, program: Application, asked: dict[str, str], error: str
    ) -> None:
        wanted = {"resource": API, **asked}
        with pytest.raises(RefusedError, match=f"^OAUTH_RESPONSE_BODY_ERROR 400 {error}$"):
            library.run("tokens of_its_own", program, token_parameters=wanted)
