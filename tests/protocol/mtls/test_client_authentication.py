"""RFC 8705 §2: an application is known by its certificate, and by no other."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from cryptography import x509
from django.db import IntegrityError, transaction

from accounts.limits.table import CLIENT_AUTHENTICATION
from idp.web_servers import CERTIFICATE, ClientCertificate
from tests import factories
from tests.protocol.mtls.badges import NAME, SUBJECTS, Badge, BadgePartner, badge, told
from tests.protocol.partner import Partner, body, refused
from tests.protocol.signing import SigningPartner

OTHER = "other"


def reason(partner: Partner, caplog: pytest.LogCaptureFixture) -> str:
    """Return why the application is refused at the token endpoint, its code being good still."""
    issued = factories.grant(partner.application)
    answer = partner.exchange(issued)
    assert refused(answer, "invalid_client", 401)
    return caplog.records[-1].getMessage().partition("(")[2].partition(")")[0]


class TestBySubject:
    """§2.1: tls_client_auth."""

    @pytest.mark.parametrize("kind", SUBJECTS)
    def test_the_one_of_the_registered_subject_is_taken(self, kind: str) -> None:
        assert "access_token" in BadgePartner.named(kind).tokens()

    @pytest.mark.parametrize("path", ["/token", "/par", "/introspect", "/revoke"])
    def test_it_counts_at_every_endpoint(self, path: str) -> None:
        partner = BadgePartner.named(kind="san_dns")
        answer = partner.post(path, {"token": "x"})
        assert body(answer).get("error", "") != "invalid_client" if answer.content else True
        partner.told = {}
        assert refused(partner.post(path, {"token": "x"}), "invalid_client", 401)

    def test_of_several_names_one_is_enough(self) -> None:
        assert "access_token" in BadgePartner.named("san_dns", "other.riverside.example").tokens()

    @pytest.mark.parametrize(
        "kind, subject",
        [
            ("san_dns", "API.Riverside.EXAMPLE"),
            ("san_email", "booking@RIVERSIDE.example"),
            ("subject_dn", "CN=booking,O=Riverside Trust,C=GB"),
            ("subject_dn", "cn=booking,o=Riverside Trust,c=GB"),
            ("subject_dn", "2.5.4.3=booking,O=Riverside Trust,C=GB"),
        ],
    )
    def test_spelling_that_means_the_same_is_the_same(self, kind: str, subject: str) -> None:
        assert "access_token" in BadgePartner.named(kind, subject).tokens()

    @pytest.mark.parametrize(
        "kind, subject",
        [
            ("subject_dn", "CN=booking"),
            ("subject_dn", "C=GB,O=Riverside Trust,CN=booking"),
            ("subject_dn", "CN=Booking,O=Riverside Trust,C=GB"),
            ("subject_dn", f"OU=more,{NAME}"),
            ("san_dns", "riverside.example"),
            ("san_dns", "more.api.riverside.example"),
            ("san_uri", "https://riverside.example/booking/"),
            ("san_uri", "https://RIVERSIDE.example/booking"),
            ("san_ip", "192.0.2.8"),
            ("san_email", "Booking@riverside.example"),
        ],
    )
    def test_another_subject_is_refused(
        self, kind: str, subject: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        partner = BadgePartner.named(kind, subject)
        assert reason(partner, caplog) == "certificate_of_another_subject"

    def test_a_name_of_another_kind_is_none(self, caplog: pytest.LogCaptureFixture) -> None:
        """A host name in the common name is no dNSName, and the other way round."""
        partner = BadgePartner.named("san_dns", "api.riverside.example")
        partner.badge = badge(OTHER, name="CN=api.riverside.example", names=())
        assert reason(partner, caplog) == "certificate_of_another_subject"

    def test_a_wildcard_in_a_certificate_covers_nobody(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        partner = BadgePartner.named("san_dns")
        partner.badge = badge(OTHER, names=(x509.DNSName("*.riverside.example"),))
        assert reason(partner, caplog) == "certificate_of_another_subject"

    def test_an_untrusted_chain_with_the_right_subject_is_refused(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        for kind in SUBJECTS:
            partner = BadgePartner.named(kind)
            partner.told = badge(OTHER).told(verified=False)
            assert reason(partner, caplog) == "certificate_untrusted"

    def test_the_key_of_the_application_does_not_make_up_for_the_subject(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        partner = BadgePartner.named(jwks={"keys": [badge().jwk]})
        partner.told = badge().told(verified=False)
        assert reason(partner, caplog) == "certificate_untrusted"


class TestByKey:
    """§2.2: self_signed_tls_client_auth."""

    def test_the_one_of_the_registered_key_is_taken_without_a_chain(self) -> None:
        assert "access_token" in BadgePartner.keyed().tokens()

    def test_a_renewed_one_of_the_same_key_is_the_same(self) -> None:
        """§2.2.2: what is registered is the key."""
        partner = BadgePartner.keyed()
        key = {"jwks": {"keys": [badge(OTHER).jwk, {**badge().jwk, "kid": "two"}]}}
        type(partner.application).objects.update(**key)
        assert "access_token" in partner.tokens()

    def test_one_of_another_key_with_the_same_names_is_refused(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        partner = BadgePartner.keyed()
        partner.told = badge(OTHER).told(verified=True)
        assert reason(partner, caplog) == "certificate_key_not_registered"

    def test_a_key_that_is_for_encryption_authenticates_nobody(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        partner = BadgePartner.keyed(jwks={"keys": [{**badge().jwk, "use": "enc"}]})
        assert reason(partner, caplog) == "certificate_key_not_registered"

    def test_the_certificate_of_another_application_is_refused(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        partner = BadgePartner.keyed(jwks={"keys": [badge(OTHER).jwk]})
        BadgePartner.keyed()
        assert reason(partner, caplog) == "certificate_key_not_registered"


PEM = badge().pem
UNREADABLE = {
    "nothing": " ",
    "no certificate": "forged",
    "two": PEM + PEM,
    "two joined as headers are": f"{PEM},{PEM}",
    "one and a text": f"{PEM}more",
    "a text and one": f"more{PEM}",
    "half": PEM[:200],
    "its middle changed": PEM.replace(PEM[200:210], "A" * 10),
    "not base64": "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n",
    "empty": "-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n",
    "a key": PEM.replace("CERTIFICATE", "PUBLIC KEY"),
    "too long": f"-----BEGIN CERTIFICATE-----\n{'A' * 20_000}\n-----END CERTIFICATE-----",
    "NUL": PEM.replace("M", "\0"),
    "not ASCII": PEM.replace("M", "\xe9"),
}


class TestWhatPassesForOne:
    @pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
    @pytest.mark.parametrize("make", [BadgePartner.named, BadgePartner.keyed])
    def test_it_is_refused(
        self, make: Callable[[], BadgePartner], text: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        partner = make()
        partner.told = told(text)
        found = reason(partner, caplog)
        assert found in {"certificate_malformed", "certificate_key_not_registered"}

    @pytest.mark.parametrize("make", [BadgePartner.named, BadgePartner.keyed])
    def test_none_is_refused(
        self, make: Callable[[], BadgePartner], caplog: pytest.LogCaptureFixture
    ) -> None:
        partner = make()
        partner.told = {}
        assert reason(partner, caplog) == "certificate_missing"

    @pytest.mark.parametrize(
        "days, why",
        [((-3, -1), "certificate_expired"), ((1, 3), "certificate_not_yet_valid")],
    )
    def test_one_of_another_time_is_refused(
        self, days: tuple[int, int], why: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        old = badge(OTHER, begins=days[0], ends=days[1])
        partner = BadgePartner.keyed(jwks={"keys": [old.jwk]})
        partner.told = old.told()
        assert reason(partner, caplog) == why

    def test_a_header_of_the_callers_own_is_no_certificate(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """What the web server says never comes as a header of the request by the time it counts."""
        partner = BadgePartner.named()
        partner.told = {
            "HTTP_X_CLIENT_CERTIFICATE": quote(PEM, safe=""),
            "HTTP_X_CLIENT_CERTIFICATE_VERIFIED": "SUCCESS",
            "HTTP_CLIENT_CERT": ":Zm9yZ2Vk:",
            "HTTP_BOROUGH_CLIENT_CERTIFICATE": PEM,
        }
        assert reason(partner, caplog) == "certificate_missing"


class TestOtherMethods:
    def test_a_certificate_makes_up_for_no_secret(self, caplog: pytest.LogCaptureFixture) -> None:
        partner = BadgePartner.named()
        type(partner.application).objects.update(
            token_endpoint_auth_method="client_secret_post",
            certificate_subject="",
            certificate_subject_kind="",
        )
        assert reason(partner, caplog) == "wrong_auth_method"

    def test_a_secret_makes_up_for_no_certificate(self, caplog: pytest.LogCaptureFixture) -> None:
        partner = BadgePartner.named()
        partner.told = {}
        secret = factories.client_secret(partner.application)
        issued = factories.grant(partner.application)
        assert refused(partner.exchange(issued, client_secret=secret), "invalid_client", 401)
        assert "wrong_auth_method" in caplog.text

    def test_an_assertion_makes_up_for_no_certificate(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        partner = SigningPartner.keyed()
        type(partner.application).objects.update(
            token_endpoint_auth_method="self_signed_tls_client_auth"
        )
        assert reason(partner, caplog) == "wrong_auth_method"

    def test_one_that_is_suspended_stays_out(self, caplog: pytest.LogCaptureFixture) -> None:
        partner = BadgePartner.named(status="suspended")
        assert reason(partner, caplog) == "application_not_active"

    def test_failures_are_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        few = replace(CLIENT_AUTHENTICATION, amount=2)
        monkeypatch.setattr("idp.oidc.client_auth.CLIENT_AUTHENTICATION", few)
        partner = BadgePartner.named()
        partner.told = {}
        assert [partner.revoke("x").status_code for _ in range(3)] == [401, 401, 429]


def test_the_database_wants_a_subject_of_tls_client_auth_and_of_no_other() -> None:
    wrong: list[dict[str, Any]] = [
        {"token_endpoint_auth_method": "tls_client_auth"},
        {"token_endpoint_auth_method": "tls_client_auth", "certificate_subject": "x"},
        {"certificate_subject": "x", "certificate_subject_kind": "san_dns"},
    ]
    for columns in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.application(**columns)


def test_what_the_web_server_tells_is_no_part_of_a_log() -> None:
    shown = repr(ClientCertificate("secret-enough", is_verified=True))
    assert "secret-enough" not in shown
    assert isinstance(Badge(badge().key, PEM).told()[CERTIFICATE], ClientCertificate)
