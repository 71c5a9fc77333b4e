"""Requests that are pushed, signed or both, by openid-client: RFC 9126, RFC 9101, RFC 7523."""

from dataclasses import replace

import pytest

from tests.interop.conftest import Person
from tests.interop.openid_client.application import Application, new_key
from tests.interop.openid_client.library import Library, RefusedError
from tests.interop.resident import Resident

pytestmark = pytest.mark.once
INVALID_REQUEST = "^OAUTH_RESPONSE_BODY_ERROR 400 invalid_request$"
INVALID_CLIENT = "^OAUTH_WWW_AUTHENTICATE_CHALLENGE 401 invalid_client$"


class TestSigned:
    """With every algorithm, on both sides: assertion, request, ID token, userinfo."""

    def test_a_signed_request_leads_to_signed_answers(
        self, library: Library, signing: Application, resident: Resident, person: Person
    ) -> None:
        done = library.run("sign_in details", signing, resident, way="signed")
        assert done["claims"]["aud"] == signing.client.client_id
        assert done["details"]["email"] == person.sign_in_name

    def test_a_request_may_be_signed_and_pushed(
        self, library: Library, signing: Application, resident: Resident, person: Person
    ) -> None:
        done = library.run("sign_in details", signing, resident, way="signed and pushed")
        assert done["details"]["email"] == person.sign_in_name

    def test_a_request_signed_by_another_key_is_not_taken(
        self, library: Library, signing: Application
    ) -> None:
        assert signing.key
        wrong = new_key(signing.key["alg"])
        told = "^OAUTH_RESPONSE_BODY_ERROR 400 invalid_request_object$"
        with pytest.raises(RefusedError, match=told):
            library.run("sign_in details", signing, way="signed and pushed", request_key=wrong)

    def test_an_assertion_signed_by_another_key_proves_nothing(
        self, library: Library, signing: Application
    ) -> None:
        assert signing.key
        stranger = replace(signing, key=new_key(signing.key["alg"]))
        with pytest.raises(RefusedError, match=INVALID_CLIENT):
            library.run("sign_in details", stranger, way="pushed")


class TestPushed:
    def test_a_pushed_request_is_carried_out(
        self, library: Library, web: Application, resident: Resident, person: Person
    ) -> None:
        done = library.run("sign_in details", web, resident, way="pushed")
        assert done["details"]["email"] == person.sign_in_name

    def test_a_pushed_request_works_once(
        self, library: Library, web: Application, resident: Resident
    ) -> None:
        opened: list[tuple[int, str]] = []

        def open_again(told: dict[str, str]) -> None:
            page = resident.get(told["url"])
            opened.append((page.status_code, page.text))

        library.run("sign_in pushed_request_used_again", web, resident, open_again)
        [(status, text)] = opened
        assert (status, "already used" in text) == (400, True)

    def test_what_cannot_be_asked_for_is_refused_at_once(
        self, library: Library, web: Application
    ) -> None:
        """RFC 9126 §2.3: before anybody was sent anywhere."""
        for asked in ({"redirect_uri": "https://evil.test/"}, {"code_challenge_method": "plain"}):
            with pytest.raises(RefusedError, match=INVALID_REQUEST):
                library.run("sign_in details", web, way="pushed", parameters=asked)

    def test_a_wrong_secret_pushes_nothing(self, library: Library, web: Application) -> None:
        stranger = replace(web, client=replace(web.client, client_secret="guessed"))
        with pytest.raises(RefusedError, match=INVALID_CLIENT):
            library.run("sign_in details", stranger, way="pushed")
