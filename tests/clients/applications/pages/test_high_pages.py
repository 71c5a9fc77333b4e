"""Members make an application of the high profile by pages, and change what it lets them."""

import json
from typing import Any

import pytest
from pytest_django import Settings

from clients.models import Application, Member
from tests.clients.applications.pages.test_keys_pages import PRIVATE_PEM, SET
from tests.clients.partner import Partner, text
from tests.protocol.high import HIGH
from tests.protocol.mtls.conftest import MTLS

pytestmark = pytest.mark.django_db

CALLBACK = "https://badges.example.org/callback"
NEW = {"name": "Blue Badges", "redirect_uris": CALLBACK, "binding": "dpop"}
SUBJECT = {"certificate_subject_kind": "san_dns", "certificate_subject": "api.example.org"}
NAMED = {
    "token_endpoint_auth_method": "tls_client_auth",
    "dpop_bound_access_tokens": False,
    "certificate_bound_access_tokens": True,
    **SUBJECT,
}


@pytest.fixture(autouse=True)
def _offered(settings: Settings) -> None:
    settings.MTLS_ADDRESS = MTLS


@pytest.fixture
def partner() -> Partner:
    return Partner(Member.Role.DEVELOPER)


def _new(partner: Partner, method: str, kind: str = "web", **values: str) -> Any:  # noqa: ANN401
    path = f"{partner.home}/new-application/{kind}/high/{method}"
    return partner.post(path, **{name: it for name, it in {**NEW, **values}.items() if it})


class TestChoosing:
    def test_the_page_of_a_new_application_leads_to_the_profiles(self, partner: Partner) -> None:
        for kind, is_asked in {"web": True, "service": True, "spa": False, "native": False}.items():
            page = text(partner.get(f"{partner.home}/new-application/{kind}"))
            assert ("/profile" in page) == is_asked

    def test_each_choice_leads_on(self, partner: Partner) -> None:
        page = f"{partner.home}/new-application/web"
        assert 'value="standard" checked' in text(partner.get(f"{page}/profile"))
        for profile, next_page in {"standard": page, "high": f"{page}/high"}.items():
            answer = partner.post(f"{page}/profile", profile=profile)
            assert (answer.status_code, answer["Location"]) == (303, next_page)
        answer = partner.post(f"{page}/high", method="tls_client_auth")
        assert answer["Location"] == f"{page}/high/tls_client_auth"

    def test_no_choice_is_asked_for_again(self, partner: Partner) -> None:
        page = f"{partner.home}/new-application/web"
        asked = {"profile": "Choose which profile it needs", "method": "Choose how it proves"}
        for field, words in asked.items():
            path = f"{page}/{'high' if field == 'method' else field}"
            for nothing in ("", "x\0", "none"):
                assert words in text(partner.post(path, **{field: nothing}))

    def test_without_an_address_for_certificates_there_is_one_way(
        self, partner: Partner, settings: Settings
    ) -> None:
        settings.MTLS_ADDRESS = ""
        page = f"{partner.home}/new-application/web/high"
        assert partner.get(page)["Location"] == f"{page}/private_key_jwt"
        assert "mutual TLS" not in text(partner.get(f"{page}/private_key_jwt"))
        assert partner.get(f"{page}/tls_client_auth").status_code == 404

    @pytest.mark.parametrize(
        "path",
        [
            "spa/profile",
            "native/high",
            "device/high/private_key_jwt",
            "web/high/client_secret_post",
        ],
    )
    def test_what_keeps_no_key_has_no_such_page(self, partner: Partner, path: str) -> None:
        assert partner.get(f"{partner.home}/new-application/{path}").status_code == 404

    @pytest.mark.parametrize("path", ["profile", "high", "high/private_key_jwt"])
    def test_a_viewer_chooses_nothing(self, path: str) -> None:
        viewer = Partner(Member.Role.VIEWER)
        assert viewer.get(f"{viewer.home}/new-application/web/{path}").status_code == 403


class TestMaking:
    def test_by_a_key_and_dpop(self, partner: Partner) -> None:
        page = text(_new(partner, "private_key_jwt", jwks=SET, signs="on"))
        row = Application.objects.get()
        assert (row.profile, row.token_endpoint_auth_method) == ("high", "private_key_jwt")
        assert (row.dpop_bound_access_tokens, row.certificate_bound_access_tokens) == (True, False)
        assert (row.requires_pushed_requests, row.requires_signed_requests) == (True, True)
        assert (row.algorithm, row.pkce, row.environment) == ("ES256", "required", "sandbox")
        assert row.client_id in page
        assert "client-secret" not in page
        assert row.secrets.count() == 0

    def test_by_a_key_and_a_certificate(self, partner: Partner) -> None:
        _new(partner, "private_key_jwt", jwks=SET, binding="certificate")
        row = Application.objects.get()
        assert (row.dpop_bound_access_tokens, row.certificate_bound_access_tokens) == (False, True)

    def test_by_a_name(self, partner: Partner) -> None:
        _new(partner, "tls_client_auth", binding="certificate", **SUBJECT)
        row = Application.objects.get()
        assert (row.certificate_subject_kind, row.certificate_subject) == tuple(SUBJECT.values())
        assert row.jwks is None

    def test_by_a_certificate_of_its_own_making(self, partner: Partner) -> None:
        _new(partner, "self_signed_tls_client_auth", binding="certificate", jwks=SET)
        row = Application.objects.get()
        assert row.token_endpoint_auth_method == "self_signed_tls_client_auth"

    def test_a_program_in_its_own_name(self, partner: Partner) -> None:
        _new(partner, "private_key_jwt", kind="service", jwks=SET, redirect_uris="")
        row = Application.objects.get()
        assert (row.profile, row.grant_types) == ("high", ["client_credentials"])


class TestRefusals:
    """Each at the field that it is about, with the rule that it breaks."""

    def test_an_address_by_http(self, partner: Partner) -> None:
        page = text(_new(partner, "private_key_jwt", jwks=SET, redirect_uris="http://localhost/cb"))
        assert "FAPI 2.0 Security Profile §5.3.2.2" in page
        assert not Application.objects.exists()

    def test_no_keys(self, partner: Partner) -> None:
        page = text(_new(partner, "private_key_jwt"))
        assert "Give the public keys, or the address where they are" in page

    def test_a_private_key_is_not_shown_again(self, partner: Partner) -> None:
        page = text(_new(partner, "private_key_jwt", jwks=PRIVATE_PEM))
        assert PRIVATE_PEM.splitlines()[1] not in page
        assert not Application.objects.exists()

    @pytest.mark.parametrize(
        "subject", ["", "*.example.org", "x" * 3000, "a b", "api.example.org\0", "é.example.org"]
    )
    def test_a_name_that_is_none(self, partner: Partner, subject: str) -> None:
        answer = _new(
            partner,
            "tls_client_auth",
            binding="certificate",
            certificate_subject_kind="san_dns",
            certificate_subject=subject,
        )
        assert answer.status_code == 200
        assert 'id="certificate_subject-error"' in text(answer).replace("id_", "")
        assert not Application.objects.exists()

    def test_no_binding(self, partner: Partner) -> None:
        page = text(_new(partner, "private_key_jwt", jwks=SET, binding=""))
        assert "Choose what its tokens are bound to" in page

    def test_a_form_that_is_looked_at_writes_nothing(self, partner: Partner) -> None:
        answer = _new(partner, "private_key_jwt", jwks=SET, redirect_uris="x", checking="1")
        assert json.loads(answer.content)["redirect_uris"]
        assert not Application.objects.exists()

    def test_the_same_name_twice(self, partner: Partner) -> None:
        for _ in range(2):
            _new(partner, "private_key_jwt", jwks=SET)
        assert Application.objects.count() == 1


class TestChanging:
    def test_the_name_in_its_certificate(self, partner: Partner) -> None:
        row = partner.sandbox(**{**HIGH, **NAMED})
        path = partner.page(row, "change/certificate")
        assert "api.example.org" in text(partner.get(path))
        wrong = partner.post(path, **{**SUBJECT, "certificate_subject": "*.example.org"})
        assert "without a wildcard" in text(wrong)
        assert (
            partner.post(path, **{**SUBJECT, "certificate_subject": "b.example.org"}).status_code
            == 303
        )
        row.refresh_from_db()
        assert row.certificate_subject == "b.example.org"
        assert "b.example.org" in text(partner.get(partner.page(row, "credentials")))

    def test_who_is_not_known_by_one_has_no_such_page(self, partner: Partner) -> None:
        row = partner.sandbox()
        assert partner.get(partner.page(row, "change/certificate")).status_code == 404

    def test_the_high_profile_is_not_weakened(self, partner: Partner) -> None:
        row = partner.sandbox(
            **HIGH, token_endpoint_auth_method="private_key_jwt", jwks=json.loads(SET)
        )
        path = partner.page(row, "change/safeguards")
        page = text(partner.post(path, safeguards=["requires_pushed_requests"]))
        assert "FAPI 2.0 Security Profile §5.3.2.1" in page
        page = text(partner.post(path, safeguards=["dpop_bound_access_tokens"]))
        assert "FAPI 2.0 Security Profile §5.3.2.2" in page
        row.refresh_from_db()
        assert row.dpop_bound_access_tokens
        assert row.requires_pushed_requests

    def test_what_is_stronger_is_taken(self, partner: Partner) -> None:
        row = partner.sandbox()
        path = partner.page(row, "change/safeguards")
        both = ["dpop_bound_access_tokens", "requires_pushed_requests"]
        assert partner.post(path, safeguards=both).status_code == 303
        row.refresh_from_db()
        assert row.dpop_bound_access_tokens
        assert row.requires_pushed_requests

    def test_no_secret_is_offered_instead_of_a_key(self, partner: Partner) -> None:
        row = partner.sandbox(
            **HIGH, token_endpoint_auth_method="private_key_jwt", jwks=json.loads(SET)
        )
        path = partner.page(row, "credentials")
        assert "use-secret" not in text(partner.get(path))
        assert partner.post(f"{path}/use-secret").status_code == 303
        row.refresh_from_db()
        assert row.token_endpoint_auth_method == "private_key_jwt"
