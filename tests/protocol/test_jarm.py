"""JARM: answers to authorization requests as one signed JWT, and nothing beside it."""

from time import time

import pytest

from idp.models import SigningKey
from tests import factories
from tests.protocol import tokens
from tests.protocol.forms import forms
from tests.protocol.partner import Partner, refused
from tests.protocol.resident import Resident, sent
from tests.protocol.signing import ISSUER

SIGNED = ["jwt", "query.jwt"]


def read(answer: dict[str, str], partner: Partner) -> dict[str, object]:
    """Return what the JWT says, which stands alone."""
    assert set(answer) == {"response"}
    return tokens.claims(answer["response"], partner.application.client_id)


class TestACode:
    @pytest.mark.parametrize("mode", SIGNED)
    def test_it_comes_in_one_jwt_and_nothing_beside(
        self, signed_in: Resident, partner: Partner, mode: str
    ) -> None:
        """§2.1, §2.3.1."""
        page = signed_in.ask(partner.application, response_mode=mode, state="s" * 128)
        said = read(sent(signed_in.press(page, "share")), partner)
        assert set(said) == {"iss", "aud", "exp", "code", "state"}
        assert (said["iss"], said["aud"]) == (ISSUER, partner.application.client_id)
        assert said["state"] == "s" * 128
        exchange = {
            "grant_type": "authorization_code",
            "code": str(said["code"]),
            "redirect_uri": factories.REDIRECT_URI,
            "code_verifier": factories.VERIFIER,
        }
        assert partner.post("/token", exchange).status_code == 200

    def test_it_is_good_for_minutes(self, signed_in: Resident, partner: Partner) -> None:
        """§2.1: ten at most; the suite warns below ten seconds."""
        page = signed_in.ask(partner.application, response_mode="jwt")
        said = read(sent(signed_in.press(page, "share")), partner)
        exp = said["exp"]
        assert isinstance(exp, int)
        assert 10 < exp - time() <= 600

    @pytest.mark.parametrize("algorithm", ["ES256", "PS256", "EdDSA", "RS256"])
    def test_it_is_signed_as_its_id_tokens_are(self, signed_in: Resident, algorithm: str) -> None:
        partner = Partner.confidential(algorithm=algorithm)
        page = signed_in.ask(partner.application, response_mode="jwt")
        header = tokens.header(sent(signed_in.press(page, "share"))["response"])
        assert header["alg"] == algorithm
        assert header["kid"]

    def test_by_a_form_too(self, signed_in: Resident, partner: Partner) -> None:
        """§2.3.3."""
        page = signed_in.ask(partner.application, response_mode="form_post.jwt")
        (form,) = forms(signed_in.press(page, "share").content.decode())
        assert form.values.keys() == {"response"}
        said = tokens.claims(form.values["response"], partner.application.client_id)
        assert "code" in said

    def test_without_a_state_there_is_none(self, signed_in: Resident, partner: Partner) -> None:
        page = signed_in.ask(partner.application, response_mode="jwt", state=None)
        assert "state" not in read(sent(signed_in.press(page, "share")), partner)


class TestAnError:
    @pytest.mark.parametrize("mode", SIGNED)
    @pytest.mark.parametrize(
        "changes, error",
        [
            ({"scope": "profile"}, "invalid_scope"),
            ({"prompt": "none"}, "login_required"),
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"code_challenge_method": "plain"}, "invalid_request"),
        ],
    )
    def test_it_comes_in_one_too(
        self,
        resident: Resident,
        partner: Partner,
        mode: str,
        changes: dict[str, str],
        error: str,
    ) -> None:
        answer = sent(resident.ask(partner.application, response_mode=mode, **changes))
        said = read(answer, partner)
        assert (said["error"], said["state"], said["iss"]) == (error, "state-1", ISSUER)
        assert "error_description" in said

    def test_a_refusal_by_the_resident_too(self, signed_in: Resident, partner: Partner) -> None:
        page = signed_in.ask(partner.application, response_mode="jwt")
        answer = sent(signed_in.press(signed_in.press(page, "refuse"), "leave"))
        assert read(answer, partner)["error"] == "access_denied"

    @pytest.mark.parametrize("mode", ["fragment.jwt", "fragment", "JWT", "jwt.query"])
    def test_a_mode_that_is_none_is_refused_plainly(
        self, resident: Resident, partner: Partner, mode: str
    ) -> None:
        """A code never goes by a fragment here, so neither does a JWT."""
        answer = sent(resident.ask(partner.application, response_mode=mode))
        assert answer["error"] == "invalid_request"

    def test_without_a_key_it_is_refused_at_once_and_plainly(
        self, resident: Resident, partner: Partner
    ) -> None:
        SigningKey.objects.update(state=SigningKey.State.RETIRED)
        answer = sent(resident.ask(partner.application, response_mode="jwt"))
        assert (answer["error"], answer["state"]) == ("server_error", "state-1")


class TestConfusion:
    """RFC 8725 §3.11: a JWT of one use passes for none of another."""

    @pytest.fixture
    def answer(self, signed_in: Resident, partner: Partner) -> str:
        page = signed_in.ask(partner.application, response_mode="jwt")
        return sent(signed_in.press(page, "share"))["response"]

    def test_it_is_no_access_token(self, partner: Partner, answer: str) -> None:
        assert refused(partner.userinfo(answer), "invalid_token", 401)

    def test_it_is_no_hint(self, signed_in: Resident, partner: Partner, answer: str) -> None:
        said = sent(signed_in.ask(partner.application, id_token_hint=answer, prompt="none"))
        assert said["error"] == "invalid_request"

    def test_it_is_no_code(self, partner: Partner, answer: str) -> None:
        parameters = {"grant_type": "authorization_code", "code": answer}
        parameters["redirect_uri"] = factories.REDIRECT_URI
        assert refused(partner.post("/token", parameters), "invalid_grant")
