"""RFC 8628 §3.4, §3.5: a device polls with its code until its owner has answered."""

import pytest

from accounts.audit.events import Event
from accounts.models import AuditEvent
from idp.models import AccessToken, DeviceGrant, RefreshToken
from idp.oidc import device_codes
from idp.oidc.authorize.operations import AlreadyAnsweredError
from tests import factories
from tests.protocol import tokens
from tests.protocol.devices import GRANT, Device, maker
from tests.protocol.partner import Partner, body, refused
from tests.protocol.test_statement_counts import statements


@pytest.fixture
def device() -> Device:
    return Device.asks()


@pytest.fixture
def let_in(device: Device) -> Device:
    device.is_let_in()
    return device


class TestSection34Request:
    """§3.4: a grant of the token endpoint like any other."""

    def test_a_device_that_was_let_in_gets_tokens(self, let_in: Device) -> None:
        answer = let_in.tokens()
        assert answer["token_type"] == "Bearer"
        assert answer["scope"] == "openid profile offline_access"
        assert let_in.partner.userinfo(answer["access_token"]).status_code == 200
        assert let_in.partner.refresh(answer["refresh_token"]).status_code == 200

    def test_a_confidential_application_authenticates(self) -> None:
        device = Device.asks(maker(public=False))
        device.is_let_in()
        impostor = Partner(device.partner.application, "wrong")
        assert refused(device.poll(by=impostor), "invalid_client", 401)
        assert device.poll().status_code == 200

    def test_the_id_token_tells_of_the_sign_in_and_has_no_nonce(self, let_in: Device) -> None:
        claims = tokens.claims(let_in.tokens()["id_token"], let_in.partner.application.client_id)
        assert claims["acr"] == "https://refeds.org/profile/sfa"
        assert {"auth_time", "amr", "sid", "sub", "at_hash"} <= claims.keys()
        assert "nonce" not in claims

    def test_the_code_is_required(self, let_in: Device) -> None:
        assert refused(let_in.poll(device_code=""), "invalid_request")

    def test_no_refresh_token_without_offline_access(self) -> None:
        device = Device.asks(scope="openid profile")
        device.is_let_in()
        assert "refresh_token" not in device.tokens()

    def test_a_token_for_an_api_is_for_the_one_that_was_asked_for(self) -> None:
        partner = maker()
        api, other = (
            factories.resource(partner.application),
            factories.resource(partner.application),
        )
        device = Device.asks(partner, resource=api.identifier)
        device.is_let_in()
        assert refused(device.poll(resource=other.identifier), "invalid_target")
        token = device.tokens()["access_token"]
        assert tokens.claims(token, api.identifier)["aud"] == api.identifier

    def test_it_may_name_the_issuer_for_userinfo_instead(self) -> None:
        partner = maker()
        api = factories.resource(partner.application)
        device = Device.asks(partner, resource=api.identifier)
        device.is_let_in()
        answer = device.poll(resource="http://localhost:8000")
        assert partner.userinfo(body(answer)["access_token"]).status_code == 200

    def test_an_application_that_lost_the_grant_gets_nothing(self, let_in: Device) -> None:
        application = let_in.partner.application
        application.grant_types = ["authorization_code"]
        application.save(update_fields=["grant_types"])
        assert refused(let_in.poll(), "unauthorized_client")


class TestSection35Pending:
    """§3.5 authorization_pending, slow_down."""

    def test_before_its_owner_answers_a_device_waits(self, device: Device) -> None:
        assert refused(device.poll(), "authorization_pending")
        device.waits(5)
        assert refused(device.poll(), "authorization_pending")
        assert device.row.interval == 5

    def test_a_poll_a_little_early_was_only_carried_faster(self, device: Device) -> None:
        device.poll()
        device.waits(4.2)
        assert refused(device.poll(), "authorization_pending")

    def test_each_poll_too_early_makes_it_wait_five_seconds_longer(self, device: Device) -> None:
        device.poll()
        for interval in (10, 15, 20):
            assert refused(device.poll(), "slow_down")
            assert device.row.interval == interval
        device.waits(15)
        assert refused(device.poll(), "slow_down")
        device.waits(25)
        assert refused(device.poll(), "authorization_pending")
        assert device.row.interval == 25

    def test_one_device_slows_no_other_down(self) -> None:
        partner = maker()
        hasty, patient = Device.asks(partner), Device.asks(partner)
        hasty.poll()
        assert refused(hasty.poll(), "slow_down")
        assert refused(patient.poll(), "authorization_pending")
        assert patient.row.interval == 5

    def test_whoever_was_let_in_meanwhile_is_not_slowed_down(self, device: Device) -> None:
        device.poll()
        device.is_let_in()
        assert device.poll().status_code == 200

    def test_a_poll_in_the_name_of_another_slows_nobody_down(self, device: Device) -> None:
        for _number in range(3):
            assert refused(device.poll(by=maker()), "invalid_grant")
        assert refused(device.poll(), "authorization_pending")

    def test_a_poll_takes_three_statements(self, device: Device) -> None:
        # Application, device with all that it stands on, and the time of the poll.
        assert statements(device.poll) == 3
        assert statements(device.poll) == 3

    def test_the_exchange_takes_no_more_than_that_of_a_code(self, let_in: Device) -> None:
        Partner.confidential().tokens()  # parses the key, which the process then keeps
        assert statements(let_in.poll) == 7


class TestSection35Refused:
    """§3.5 access_denied, expired_token, and RFC 6749 §5.2 invalid_grant."""

    def test_a_device_that_was_turned_away_is_denied_for_good(self, device: Device) -> None:
        device.is_turned_away()
        for _number in range(2):
            assert refused(device.poll(), "access_denied")
        device.expires()
        assert refused(device.poll(), "access_denied")
        assert not AccessToken.objects.exists()

    def test_after_its_time_a_code_has_expired(self, device: Device) -> None:
        device.expires()
        assert refused(device.poll(), "expired_token")

    def test_a_code_that_was_let_in_expires_too(self, let_in: Device) -> None:
        let_in.expires()
        assert refused(let_in.poll(), "expired_token")
        assert not AccessToken.objects.exists()

    @pytest.mark.parametrize("code", ["x", "x" * 43, "\u00e9", "x" * 20_000])
    def test_an_unknown_code_is_no_grant(self, device: Device, code: str) -> None:
        assert refused(device.poll(device_code=code), "invalid_grant")

    def test_the_user_code_is_no_device_code(self, let_in: Device) -> None:
        for code in (let_in.user_code, let_in.user_code.replace("-", "")):
            assert refused(let_in.poll(device_code=code), "invalid_grant")

    def test_an_authorization_code_and_a_device_code_are_not_the_same(
        self, partner: Partner
    ) -> None:
        application = partner.application
        application.grant_types = [*application.grant_types, GRANT]
        application.save(update_fields=["grant_types"])
        device = Device.asks(partner)
        device.is_let_in()
        issued = factories.grant(application)
        assert refused(partner.exchange(issued, code=device.answer["device_code"]), "invalid_grant")
        assert refused(device.poll(device_code=issued.code), "invalid_grant")
        assert device.poll().status_code == 200
        assert partner.exchange(issued).status_code == 200

    def test_another_application_gets_nothing_and_uses_nothing_up(self, let_in: Device) -> None:
        for other in (maker(), maker(public=False)):
            assert refused(let_in.poll(by=other), "invalid_grant")
        assert let_in.row.used_at is None
        assert let_in.poll().status_code == 200

    def test_it_works_once(self, let_in: Device) -> None:
        first = let_in.tokens()
        assert refused(let_in.poll(), "invalid_grant")
        assert AccessToken.objects.count() == RefreshToken.objects.count() == 1
        # A twin of the first poll: it ends nothing.
        assert let_in.partner.userinfo(first["access_token"]).status_code == 200

    def test_used_again_later_it_ends_what_came_of_it(self, let_in: Device) -> None:
        first = let_in.tokens()
        let_in.waits(1)
        assert refused(let_in.poll(), "invalid_grant")
        assert let_in.partner.userinfo(first["access_token"]).status_code == 401
        assert refused(let_in.partner.refresh(first["refresh_token"]), "invalid_grant")
        event = AuditEvent.objects.get(event=Event.DEVICE_CODE_REUSED)
        assert event.object_id == str(let_in.row.token_family)

    def test_another_application_ends_nothing_by_using_it_again(self, let_in: Device) -> None:
        first = let_in.tokens()
        let_in.waits(60)
        assert refused(let_in.poll(by=maker()), "invalid_grant")
        assert let_in.partner.userinfo(first["access_token"]).status_code == 200

    def test_an_answer_once_given_stays(self, let_in: Device) -> None:
        assert not device_codes.refuse(device=let_in.row.pk)
        assert let_in.row.status == DeviceGrant.AUTHORIZED
        with pytest.raises(AlreadyAnsweredError):
            let_in.is_let_in()
        refused_one = Device.asks()
        refused_one.is_turned_away()
        with pytest.raises(AlreadyAnsweredError):
            refused_one.is_let_in()
        assert refused_one.row.user is None
