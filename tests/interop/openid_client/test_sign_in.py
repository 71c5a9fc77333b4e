"""The code flow with PKCE, by openid-client: OIDC Core §3.1, RFC 7636, RFC 9207."""

from dataclasses import replace

import httpx
import pytest

from tests.interop.conftest import Person
from tests.interop.openid_client.application import Application
from tests.interop.openid_client.library import Library, RefusedError
from tests.interop.proxy import Proxy
from tests.interop.resident import Resident
from tests.interop.tamperings import TAMPERINGS

pytestmark = pytest.mark.once
INVALID_GRANT = "^OAUTH_RESPONSE_BODY_ERROR 400 invalid_grant$"
INVALID_CLIENT = "^OAUTH_WWW_AUTHENTICATE_CHALLENGE 401 invalid_client$"
CLAIM = "^OAUTH_JWT_CLAIM_COMPARISON_FAILED$"
RESPONSE = "^OAUTH_INVALID_RESPONSE$"


def _at(proxy: Proxy) -> dict[str, str]:
    return {"token_endpoint": f"{proxy.url}/token", "jwks_uri": f"{proxy.url}/jwks"}


class TestSignIn:
    def test_both_sides_say_the_same_person_signed_in(
        self, library: Library, web: Application, resident: Resident, person: Person
    ) -> None:
        done = library.run("sign_in details", web, resident)
        assert done["claims"]["iss"] == library.issuer
        assert done["claims"]["aud"] == web.client.client_id
        assert done["details"]["sub"] == done["claims"]["sub"]
        assert done["details"]["email"] == person.sign_in_name
        assert done["tokens"]["token_type"] == "bearer"
        assert resident.steps[0] == "/sign-in"

    def test_an_application_without_a_secret_signs_people_in(
        self, library: Library, public: Application, resident: Resident, person: Person
    ) -> None:
        done = library.run("sign_in details", public, resident)
        assert done["details"]["email"] == person.sign_in_name

    def test_an_answer_may_come_as_a_form(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        done = library.run("sign_in by_form_post", web, resident)
        assert done["claims"]["aud"] == web.client.client_id

    def test_a_recent_sign_in_is_asked_for_and_told(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        """The library compares auth_time with max_age (OIDC Core §3.1.2.1)."""
        done = library.run(
            "sign_in details",
            web,
            resident,
            parameters={"max_age": "60"},
            checks={"maxAge": 60},
        )
        assert done["claims"]["iat"] - done["claims"]["auth_time"] <= 60

    def test_single_claims_come_where_they_were_asked_for(
        self, library: Library, web: Application, resident: Resident, person: Person
    ) -> None:
        asked = '{"id_token": {"email": {"essential": true}}}'
        done = library.run("sign_in details", web, resident, parameters={"claims": asked})
        assert done["claims"]["email"] == person.sign_in_name

    def test_only_the_shared_details_are_told(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        done = library.run("sign_in details", web, resident, parameters={"scope": "openid"})
        assert "email" not in done["details"]


class TestRefusals:
    """What the library throws, by the provider's answer or by its own check of it."""

    def test_somebody_who_shares_nothing(
        self, library: Library, web: Application, refusing: Resident
    ) -> None:
        # Asked even where the same person shared with the same application before.
        asked = {"prompt": "consent"}
        told = "^OAUTH_AUTHORIZATION_RESPONSE_ERROR access_denied$"
        with pytest.raises(RefusedError, match=told):
            library.run("sign_in details", web, refusing, parameters=asked)
        assert refusing.steps[-1].endswith("/leave")

    @pytest.mark.parametrize(
        "asked, error",
        [
            ({"prompt": "none"}, "login_required"),
            ({"request": "eyJhbGciOiJub25lIn0.e30."}, "request_not_supported"),
            ({"response_type": "code id_token"}, "unsupported_response_type"),
            ({"code_challenge_method": "plain"}, "invalid_request"),
        ],
    )
    def test_a_request_that_cannot_be_answered(
        self,
        library: Library,
        web: Application,
        resident: Resident,
        asked: dict[str, str],
        error: str,
    ) -> None:
        """The library takes an error only with the right `state` and `iss` (RFC 9207)."""
        with pytest.raises(RefusedError, match=f"^OAUTH_AUTHORIZATION_RESPONSE_ERROR {error}$"):
            library.run("sign_in details", web, resident, parameters=asked)
        assert resident.steps == []

    @pytest.mark.parametrize("verifier", ["another-verifier-" * 3, ""], ids=["wrong", "missing"])
    def test_a_code_without_its_verifier(
        self, library: Library, web: Application, resident: Resident, verifier: str
    ) -> None:
        with pytest.raises(RefusedError, match=INVALID_GRANT):
            library.run("sign_in details", web, resident, checks={"pkceCodeVerifier": verifier})

    def test_a_code_used_again(
        self, library: Library, web: Application, resident: Resident, metadata: dict[str, str]
    ) -> None:
        seen: list[int] = []

        def look(told: dict[str, str]) -> None:
            bearer = {"Authorization": f"Bearer {told['access_token']}"}
            seen.append(httpx.get(metadata["userinfo_endpoint"], headers=bearer).status_code)

        with pytest.raises(RefusedError, match=INVALID_GRANT):
            library.run("sign_in code_used_again", web, resident, look)
        assert seen == [httpx.codes.OK]

    @pytest.mark.parametrize(
        "checks, told",
        [
            ({"expectedNonce": "of another sign-in"}, CLAIM),
            ({"expectedState": "of another sign-in"}, RESPONSE),
        ],
        ids=["nonce", "state"],
    )
    def test_an_answer_to_another_sign_in(
        self,
        library: Library,
        web: Application,
        resident: Resident,
        checks: dict[str, str],
        told: str,
    ) -> None:
        with pytest.raises(RefusedError, match=told):
            library.run("sign_in details", web, resident, checks=checks)

    def test_an_answer_of_another_provider(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        """RFC 9207 §2.4: `iss` in the answer is compared with who was asked."""
        other = {"issuer": "http://evil.test"}
        with pytest.raises(RefusedError, match=RESPONSE):
            library.run("sign_in details", web, resident, server=other)

    def test_details_of_somebody_else(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        with pytest.raises(RefusedError, match=r"^OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED$"):
            library.run("sign_in details_of_somebody_else", web, resident)

    def test_a_wrong_secret(self, library: Library, web: Application, resident: Resident) -> None:
        stranger = replace(web, client=replace(web.client, client_secret="guessed"))
        with pytest.raises(RefusedError, match=INVALID_CLIENT):
            library.run("sign_in details", stranger, resident)

    def test_the_right_secret_in_another_way_than_was_agreed(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        with pytest.raises(RefusedError, match=INVALID_CLIENT):
            library.run("sign_in details", replace(web, method="client_secret_post"), resident)


class TestTheLibraryIsAJudge:
    """It refuses tokens that were changed on the way, so its acceptance of ours says something."""

    def test_token_signed_anew_without_a_change_is_accepted(
        self, library: Library, web: Application, resident: Resident, proxy: Proxy
    ) -> None:
        proxy.change = proxy.resigned()
        done = library.run("sign_in details", web, resident, server=_at(proxy))
        assert done["claims"]["aud"] == web.client.client_id

    @pytest.mark.parametrize("wrong", TAMPERINGS)
    def test_tampered_token_is_refused(
        self, library: Library, web: Application, resident: Resident, proxy: Proxy, wrong: str
    ) -> None:
        proxy.change = TAMPERINGS[wrong](proxy)
        with pytest.raises(RefusedError, match=r"^OAUTH_(?!RESPONSE_BODY|AUTHORIZATION)"):
            library.run("sign_in details", web, resident, server=_at(proxy))
