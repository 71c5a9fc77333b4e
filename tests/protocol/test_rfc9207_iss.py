"""RFC 9207: every authorization response says who answers."""

from django.conf import settings

from tests import factories
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, sent


class TestSection2ResponseParameter:
    """§2: `iss` is our issuer, exactly, in a success and in an error."""

    def test_with_a_code(self, resident: Resident, partner: Partner) -> None:
        resident.sign_in(factories.account())
        assert resident.answer(partner.application)["iss"] == settings.ISSUER

    def test_with_an_error_of_the_request(self, resident: Resident, partner: Partner) -> None:
        answer = sent(resident.ask(partner.application, response_type="token"))
        assert (answer["error"], answer["iss"]) == ("unsupported_response_type", settings.ISSUER)

    def test_with_an_error_of_prompt_none(self, resident: Resident, partner: Partner) -> None:
        answer = sent(resident.ask(partner.application, prompt="none"))
        assert (answer["error"], answer["iss"]) == ("login_required", settings.ISSUER)

    def test_with_a_refusal_by_the_resident(self, resident: Resident, partner: Partner) -> None:
        resident.sign_in(factories.account())
        page = resident.press(resident.ask(partner.application), "refuse")
        answer = sent(resident.press(page, "leave"))
        assert (answer["error"], answer["iss"]) == ("access_denied", settings.ISSUER)


class TestSection3Metadata:
    """§3: the metadata says so."""

    def test_it_is_announced(self, partner: Partner) -> None:
        metadata = body(partner.http.get("/.well-known/openid-configuration"))
        assert metadata["authorization_response_iss_parameter_supported"] is True
        assert metadata["issuer"] == settings.ISSUER
