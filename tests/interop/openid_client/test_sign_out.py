"""Sign-outs by openid-client: RP-Initiated Logout 1.0, Back-Channel Logout 1.0."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.interop.openid_client.application import Application
from tests.interop.openid_client.library import Library, RefusedError
from tests.interop.openid_client.registered import SIGNED_OUT_URI
from tests.interop.resident import Resident

pytestmark = pytest.mark.once


class TestBegunByTheService:
    def test_the_service_signs_its_resident_out_and_gets_them_back(
        self, library: Library, web: Application, resident: Resident, metadata: dict[str, str]
    ) -> None:
        done = library.run("sign_out begun_here", web, resident)
        assert done["came_back"].startswith(f"{SIGNED_OUT_URI}?")
        assert parse_qs(urlsplit(done["came_back"]).query) == {"state": [done["state"]]}
        bearer = {"Authorization": f"Bearer {done['access_token']}"}
        answer = httpx.get(metadata["userinfo_endpoint"], headers=bearer)
        assert answer.status_code == httpx.codes.UNAUTHORIZED

    def test_it_has_to_ask_for_a_sign_in_again(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        library.run("sign_out begun_here", web, resident)
        told = "^OAUTH_AUTHORIZATION_RESPONSE_ERROR login_required$"
        with pytest.raises(RefusedError, match=told):
            library.run("sign_in details", web, resident, parameters={"prompt": "none"})


class TestToldToTheService:
    def test_a_service_hears_whose_session_ended_elsewhere(
        self,
        library: Library,
        web: Application,
        public: Application,
        resident: Resident,
        callback_port: int,
    ) -> None:
        """Its token is checked by the library before it is answered (§2.6)."""

        def sign_out(_told: object) -> None:
            """Let them use another service in the same browser, and leave it."""
            other = library.run("sign_in details", public, resident)
            resident.sign_out(library.issuer, id_token_hint=other["tokens"]["id_token"])

        done = library.run("sign_out heard", web, resident, sign_out, port=callback_port)
        for claim in ("iss", "aud", "sub", "sid"):
            assert done["told"][claim] == done["claims"][claim]
