"""RFC 9101 §5.2, OpenID Connect Core §6.2: requests from an address that is registered."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from accounts.limits.table import REQUEST_URI
from accounts.models import Account
from idp.models import AuthorizationRequest
from tests.accounts.security.outgoing.servers import Server, answering, serving
from tests.protocol.resident import (
    Resident,
    parameters,
    path,
    sent,
)
from tests.protocol.signed_requests import ask, is_shown, signed, unsigned
from tests.protocol.signing import SigningPartner


@pytest.fixture
def signer() -> SigningPartner:
    return SigningPartner.keyed()


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
        uri = self.publish(server, signer, unsigned(signer))
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
