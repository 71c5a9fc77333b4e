"""RFC 9101 and OpenID Connect Core §6: requests that the application signed."""

import json
import socket
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from time import time
from typing import Any
from urllib.parse import urlencode

import pytest
from pytest_django import Settings

from accounts.limits.table import REQUEST_URI
from accounts.models import Account
from idp.models import AuthorizationRequest
from tests import factories
from tests.accounts.security.outgoing.servers import Server, answering, serving
from tests.protocol.partner import Partner, refused
from tests.protocol.resident import (
    Resident,
    Response,
    main_text,
    parameters,
    path,
    sent,
)
from tests.protocol.signing import ISSUER, SigningPartner, signing_key

ALGORITHMS = ("ES256", "RS256", "PS256", "EdDSA")
EVIL = "https://evil.example/cb"


@pytest.fixture
def signer() -> SigningPartner:
    return SigningPartner.keyed()


def wish(partner: SigningPartner, **changes: Any) -> dict[str, Any]:
    """Return the claims of a good request object, with changes; None leaves one out."""
    now = int(time())
    right = {
        **parameters(partner.application),
        "iss": partner.application.client_id,
        "aud": ISSUER,
        "iat": now,
        "nbf": now,
        "exp": now + 60,
        "state": "inside",
    }
    return {name: value for name, value in {**right, **changes}.items() if value is not None}


def signed(partner: SigningPartner, **changes: Any) -> str:
    """Return a good request object, with changes to its claims."""
    return partner.key.sign(wish(partner, **changes), typ="oauth-authz-req+jwt")


def ask(resident: Resident, partner: Partner, **outside: str | None) -> Response:
    """Come with these parameters beside the client_id, and no others."""
    query = {"client_id": partner.application.client_id, **outside}
    text = urlencode({name: value for name, value in query.items() if value is not None})
    return resident.get(f"/authorize?{text}")


def is_shown(page: Response, error: str) -> bool:
    """Say whether it is a page that leads nowhere and names this error."""
    assert page.status_code == 400
    assert "Location" not in page
    assert error in main_text(page), main_text(page)
    assert not AuthorizationRequest.objects.exists()
    return True


class TestByValue:
    """RFC 9101 §5.1, OIDC Core §6.1."""

    @pytest.mark.parametrize("algorithm", ALGORITHMS)
    def test_what_was_signed_is_asked(
        self, resident: Resident, account: Account, algorithm: str
    ) -> None:
        signer = SigningPartner.keyed(algorithm)
        resident.sign_in(account)
        page = ask(resident, signer, request=signed(signer))
        assert path(page) == "/consent"
        answer = sent(resident.press(page, "share"))
        assert (set(answer), answer["state"]) == ({"code", "state", "iss"}, "inside")

    def test_any_application_with_keys_may_sign_however_it_authenticates(
        self, resident: Resident
    ) -> None:
        key = signing_key("ES256")
        application = factories.application(public=True, jwks={"keys": [key.jwk]})
        signer = SigningPartner(application, key=key)
        assert path(ask(resident, signer, request=signed(signer))) == "/sign-in"

    @pytest.mark.parametrize("typ", [None, "JWT", "jwt", "application/oauth-authz-req+jwt"])
    def test_each_typ_that_a_request_may_have(
        self, resident: Resident, signer: SigningPartner, typ: str | None
    ) -> None:
        token = signer.key.sign(wish(signer), typ=typ)
        assert path(ask(resident, signer, request=token)) == "/sign-in"

    def test_who_it_is_from_and_for_and_when_may_be_left_out(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        token = signed(signer, iss=None, aud=None, iat=None, nbf=None, exp=None)
        assert path(ask(resident, signer, request=token)) == "/sign-in"

    def test_parameters_outside_count_for_nothing(
        self, resident: Resident, signer: SigningPartner, account: Account
    ) -> None:
        resident.sign_in(account)
        outside = {
            "redirect_uri": EVIL,
            "state": "outside",
            "nonce": "outside",
            "prompt": "none",
            "response_mode": "form_post",
            "code_challenge": "x",
            "unknown": "x",
        }
        page = ask(resident, signer, request=signed(signer), **outside)
        assert sent(resident.press(page, "share"))["state"] == "inside"

    def test_nothing_is_taken_from_outside_that_is_missing_inside(
        self, resident: Resident, signer: SigningPartner, account: Account
    ) -> None:
        resident.sign_in(account)
        token = signed(signer, state=None, nonce=None)
        page = ask(resident, signer, request=token, state="outside", nonce="outside")
        assert "state" not in sent(resident.press(page, "share"))
        assert AuthorizationRequest.objects.get().nonce == ""

    @pytest.mark.parametrize("missing", ["redirect_uri", "code_challenge"])
    def test_nor_are_these(self, resident: Resident, signer: SigningPartner, missing: str) -> None:
        token = signed(signer, **{missing: None})
        page = ask(resident, signer, **{**parameters(signer.application), "request": token})
        if missing == "redirect_uri":
            assert is_shown(page, "invalid_request")
        else:
            assert sent(page)["error"] == "invalid_request"

    def test_response_type_and_scope_may_stand_outside_alone(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        token = signed(signer, response_type=None, scope=None, client_id=None)
        page = ask(resident, signer, request=token, response_type="code", scope="openid email")
        assert path(page) == "/sign-in"
        assert AuthorizationRequest.objects.get().scope == "openid email"

    def test_the_scope_inside_may_be_more_than_openid_outside(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        ask(resident, signer, request=signed(signer, scope="openid email"), scope="openid")
        assert AuthorizationRequest.objects.get().scope == "openid email"

    def test_numbers_and_objects_are_what_they_are_in_json(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        claims = {"userinfo": {"email": {"essential": True}}}
        ask(resident, signer, request=signed(signer, max_age=300, claims=claims))
        row = AuthorizationRequest.objects.get()
        assert row.max_age == 300
        assert row.claims == {"userinfo": {"email": []}}

    @pytest.mark.parametrize(
        "changes",
        [
            {"scope": ["openid"]},
            {"max_age": -1},
            {"max_age": 1.5},
            {"max_age": True},
            {"prompt": "banana"},
            {"nonce": "x" * 2000},
            {"response_type": "token"},
            {"claims": {"userinfo": 1}},
            {"code_challenge": 5},
            {"registration": {"x": 1}},
        ],
    )
    def test_what_is_inside_passes_the_same_checks(
        self, resident: Resident, signer: SigningPartner, changes: dict[str, Any]
    ) -> None:
        answer = sent(ask(resident, signer, request=signed(signer, **changes)))
        assert answer["state"] == "inside"
        assert "code" not in answer

    @pytest.mark.parametrize("uri", [EVIL, None, "", [factories.REDIRECT_URI], {"a": 1}, 5])
    def test_a_redirect_uri_inside_that_is_not_registered_leads_nowhere(
        self, resident: Resident, signer: SigningPartner, uri: object
    ) -> None:
        token = signed(signer, redirect_uri=uri)
        page = ask(resident, signer, request=token, redirect_uri=factories.REDIRECT_URI)
        assert is_shown(page, "invalid_request")


class TestRefused:
    """RFC 9101 §6, §10: whatever is wrong with the object itself."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"iss": "someone-else"},
            {"aud": "https://other.example"},
            {"aud": [ISSUER, "https://other.example"]},
            {"aud": []},
            {"exp": int(time()) - 10},
            {"exp": "soon"},
            {"nbf": int(time()) + 3600},
            {"iat": int(time()) + 3600},
            {"client_id": "someone-else"},
            {"request": "eyJ.e30."},
            {"request_uri": "https://service.example.org/r"},
        ],
    )
    def test_its_claims(
        self, resident: Resident, signer: SigningPartner, changes: dict[str, Any]
    ) -> None:
        token = signed(signer, **changes)
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")
        # Where the address, too, names a place of the application's own, it is told there.
        outside = {"redirect_uri": factories.REDIRECT_URI, "state": "outside"}
        answer = sent(ask(resident, signer, request=token, **outside))
        assert (answer["error"], answer["state"]) == ("invalid_request_object", "outside")

    def test_an_error_is_never_sent_where_the_object_or_the_address_likes(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        token = signed(signer, iss="someone-else", redirect_uri=EVIL)
        page = ask(resident, signer, request=token, redirect_uri=EVIL)
        assert is_shown(page, "invalid_request_object")

    def test_a_response_type_that_differs_outside(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        page = ask(resident, signer, request=signed(signer), response_type="token")
        assert is_shown(page, "invalid_request_object")

    def test_the_key_of_another(self, resident: Resident, signer: SigningPartner) -> None:
        stranger = signing_key("ES256", "stranger")
        token = replace(stranger, kid=signer.key.kid).sign(wish(signer))
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")

    def test_another_applications_object(self, resident: Resident, signer: SigningPartner) -> None:
        other = SigningPartner.keyed()
        page = ask(resident, other, request=signed(signer))
        assert is_shown(page, "invalid_request_object")

    def test_an_algorithm_that_is_not_the_registered_one(self, resident: Resident) -> None:
        signer = SigningPartner.keyed("RS256", request_object_algorithm="PS256")
        page = ask(resident, signer, request=signed(signer))
        assert is_shown(page, "invalid_request_object")

    @pytest.mark.parametrize(
        "token",
        ["x", "a.b.c", "e30.e30", "é", "....", "a.b.c.d.e", "eyJhbGciOiJIUzI1NiJ9.e30.x"],
    )
    def test_what_is_none(self, resident: Resident, signer: SigningPartner, token: str) -> None:
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")

    @pytest.mark.parametrize(
        "header",
        [
            {"crit": ["b64"], "b64": False},
            {"jku": "https://evil.example/jwks"},
            {"jwk": {"kty": "EC"}},
            {"x5u": "https://evil.example/x"},
            {"typ": "at+jwt"},
            {"typ": "client-authentication+jwt"},
            {"typ": "logout+jwt"},
        ],
    )
    def test_a_header_that_says_more_or_other_than_it_may(
        self, resident: Resident, signer: SigningPartner, header: dict[str, Any]
    ) -> None:
        token = signer.key.sign(wish(signer), **header)
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")

    def test_rfc9101_10_8_an_assertion_is_no_request(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        page = ask(resident, signer, request=signer.assertion())
        assert is_shown(page, "invalid_request_object")

    def test_an_object_of_a_hundred_levels(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        deep = '{"a":' * 100 + "1" + "}" * 100
        token = signer.key.sign_text(json.dumps({"alg": "ES256", "kid": "one"}), deep)
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")

    def test_a_member_that_comes_twice(self, resident: Resident, signer: SigningPartner) -> None:
        text = json.dumps(wish(signer))[:-1] + ', "state": "other"}'
        token = signer.key.sign_text(json.dumps({"alg": "ES256", "kid": "one"}), text)
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")

    def test_an_application_without_keys(self, resident: Resident, partner: Partner) -> None:
        signer = SigningPartner(partner.application)
        page = ask(resident, signer, request=signed(signer))
        assert is_shown(page, "invalid_request_object")

    def test_request_and_request_uri_at_once(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        uri = "https://service.example.org/r"
        page = ask(resident, signer, request=signed(signer), request_uri=uri)
        assert is_shown(page, "invalid_request")


class TestUnsigned:
    """OIDC Core §6.1: an object without a signature is not ignored, and not taken."""

    def unsigned(self, partner: SigningPartner, **changes: Any) -> str:
        """Return an object that says by itself that nobody signed it."""
        parts = ({"alg": "none"}, wish(partner, **changes))
        head, claims = (urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts)
        return f"{head.rstrip('=')}.{claims.rstrip('=')}."

    def test_by_value_it_is_not_supported(self, resident: Resident, signer: SigningPartner) -> None:
        outside = parameters(signer.application)
        answer = sent(ask(resident, signer, **{**outside, "request": self.unsigned(signer)}))
        assert (answer["error"], answer["state"]) == ("request_not_supported", "state-1")
        assert not AuthorizationRequest.objects.exists()

    def test_a_bad_address_outside_gets_nothing_for_a_good_one_inside(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        outside = {**parameters(signer.application), "redirect_uri": EVIL}
        page = ask(resident, signer, **{**outside, "request": self.unsigned(signer)})
        assert is_shown(page, "request_not_supported")

    def test_pushed_it_is_an_invalid_object(self, signer: SigningPartner) -> None:
        answer = signer.post("/par", {"request": self.unsigned(signer)})
        assert refused(answer, "invalid_request_object")

    def test_a_signature_beside_none_changes_nothing(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        token = signer.key.sign(wish(signer), alg="none")
        assert is_shown(ask(resident, signer, request=token), "request_not_supported")


class TestByReference:
    """RFC 9101 §5.2, OIDC Core §6.2: from an address that the application registered."""

    @pytest.fixture
    def server(self, settings: Settings) -> Iterator[Server]:
        with serving(self.answer) as server:
            settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
            yield server

    def answer(self, to: socket.socket) -> None:
        """Answer as the test wants."""
        self.says(to)

    def publish(self, server: Server, signer: SigningPartner, text: str, **how: str) -> str:
        """Register an address of the server, let it say this, and return the address."""
        self.says = answering(text.encode(), **how)
        uri = f"http://127.0.0.1:{server.port}/request.jwt"
        signer.application.request_uris = [uri]
        signer.application.save()
        return uri

    def test_what_is_there_is_asked(
        self, resident: Resident, signer: SigningPartner, account: Account, server: Server
    ) -> None:
        resident.sign_in(account)
        uri = self.publish(server, signer, signed(signer) + "\n")
        page = ask(resident, signer, request_uri=uri, state="outside")
        assert sent(resident.press(page, "share"))["state"] == "inside"
        (seen,) = server.seen
        assert b"oauth-authz-req+jwt" in seen

    @pytest.mark.parametrize("registered, asked", [("#a", "#a"), ("#a", ""), ("", "#b")])
    def test_a_fragment_is_of_the_version_and_not_of_the_address(
        self,
        resident: Resident,
        signer: SigningPartner,
        server: Server,
        registered: str,
        asked: str,
    ) -> None:
        uri = self.publish(server, signer, signed(signer))
        signer.application.request_uris = [uri + registered]
        signer.application.save()
        assert path(ask(resident, signer, request_uri=uri + asked)) == "/sign-in"
        assert b"#" not in server.seen[0]

    @pytest.mark.parametrize("changed", ["?x=1", "/x", ".jwt", "x"])
    def test_an_address_that_is_not_registered_is_not_asked(
        self, resident: Resident, signer: SigningPartner, server: Server, changed: str
    ) -> None:
        uri = self.publish(server, signer, signed(signer)) + changed
        assert is_shown(ask(resident, signer, request_uri=uri), "invalid_request_uri")
        assert server.seen == []

    @pytest.mark.parametrize("uri", ["http://127.0.0.1:1/r", "http://169.254.169.254/", "x", "#"])
    def test_what_could_reach_inside_is_never_asked(
        self, resident: Resident, signer: SigningPartner, uri: str
    ) -> None:
        signer.application.request_uris = [uri]
        signer.application.save()
        assert is_shown(ask(resident, signer, request_uri=uri), "invalid_request_uri")

    @pytest.mark.parametrize(
        "head", ["HTTP/1.1 404 Not Found", "HTTP/1.1 500 Oh", "HTTP/1.1 204 No Content"]
    )
    def test_an_answer_that_is_none(
        self, resident: Resident, signer: SigningPartner, server: Server, head: str
    ) -> None:
        uri = self.publish(server, signer, signed(signer), head=head)
        assert is_shown(ask(resident, signer, request_uri=uri), "invalid_request_uri")

    def test_a_redirect_is_not_followed(
        self, resident: Resident, signer: SigningPartner, server: Server
    ) -> None:
        head = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/"
        uri = self.publish(server, signer, "", head=head)
        assert is_shown(ask(resident, signer, request_uri=uri), "invalid_request_uri")

    def test_too_much_is_not_read(
        self, resident: Resident, signer: SigningPartner, server: Server
    ) -> None:
        uri = self.publish(server, signer, "a" * 100_000)
        assert is_shown(ask(resident, signer, request_uri=uri), "invalid_request_uri")

    def test_what_is_there_must_be_signed(
        self, resident: Resident, signer: SigningPartner, server: Server
    ) -> None:
        uri = self.publish(server, signer, TestUnsigned().unsigned(signer))
        page = ask(resident, signer, request_uri=uri)
        assert is_shown(page, "request_uri_not_supported")
        uri = self.publish(server, signer, "é\0")
        assert is_shown(ask(resident, signer, request_uri=uri), "invalid_request_object")

    def test_it_is_told_where_the_address_may_be_trusted(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        outside = {**parameters(signer.application), "request_uri": "https://evil.example/r"}
        answer = sent(ask(resident, signer, **outside))
        assert (answer["error"], answer["state"]) == ("invalid_request_uri", "state-1")

    def test_nobody_makes_us_ask_again_and_again(
        self,
        resident: Resident,
        signer: SigningPartner,
        server: Server,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        settings.LIMITS_ENABLED = True
        limit = "idp.oidc.authorize.checks.request_object.REQUEST_URI"
        monkeypatch.setattr(limit, replace(REQUEST_URI, amount=1))
        uri = self.publish(server, signer, signed(signer))
        ask(resident, signer, request_uri=uri)
        AuthorizationRequest.objects.all().delete()
        page = ask(resident, signer, request_uri=uri)
        assert is_shown(page, "temporarily_unavailable")
        assert len(server.seen) == 1


class TestPushed:
    """RFC 9126 §3: a signed request may be pushed."""

    def test_it_is_kept_as_signed(
        self, resident: Resident, signer: SigningPartner, account: Account
    ) -> None:
        resident.sign_in(account)
        answer = signer.post("/par", {"request": signed(signer), "state": "outside"})
        assert answer.status_code == 201
        page = ask(resident, signer, request_uri=answer.json()["request_uri"])
        assert sent(resident.press(page, "share"))["state"] == "inside"

    @pytest.mark.parametrize(
        "changes",
        [{"iss": "x"}, {"client_id": "x"}, {"aud": "x"}, {"exp": 1}, {"request_uri": "urn:x"}],
    )
    def test_a_bad_one_is_refused_as_json(
        self, signer: SigningPartner, changes: dict[str, Any]
    ) -> None:
        answer = signer.post("/par", {"request": signed(signer, **changes)})
        assert refused(answer, "invalid_request_object")
        assert not AuthorizationRequest.objects.exists()

    def test_one_of_another_application_is_refused(self, signer: SigningPartner) -> None:
        answer = SigningPartner.keyed().post("/par", {"request": signed(signer)})
        assert refused(answer, "invalid_request_object")


class TestSection105:
    """RFC 9101 §10.5: an application may be held to signing all its requests."""

    @pytest.fixture
    def held(self) -> SigningPartner:
        return SigningPartner.keyed(requires_signed_requests=True)

    def test_a_plain_request_of_it_is_refused(
        self, resident: Resident, held: SigningPartner
    ) -> None:
        answer = sent(resident.ask(held.application))
        assert (answer["error"], answer["state"]) == ("invalid_request", "state-1")
        assert refused(held.post("/par", parameters(held.application)), "invalid_request")

    def test_a_signed_one_works(self, resident: Resident, held: SigningPartner) -> None:
        assert path(ask(resident, held, request=signed(held))) == "/sign-in"

    def test_nothing_but_the_client_id_counts_outside(
        self, resident: Resident, held: SigningPartner
    ) -> None:
        token = signed(held, scope=None)
        answer = sent(ask(resident, held, request=token, scope="openid email"))
        assert answer["error"] == "invalid_scope"
